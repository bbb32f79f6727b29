"""Which points lie in a grown oval: as their distances say, whichever way it is decided."""

from __future__ import annotations

import numpy as np
import pytest

from jewelgen.flat.outline import Oval
from jewelgen.piece.contains import in_grown, oval_distance

FAR = 8.0


@pytest.mark.parametrize(("length", "width"), [(8.0, 6.0), (9.0, 1.5), (2.0, 7.0)])
@pytest.mark.parametrize("d", [-0.6, -0.1, 0.0, 0.3, 2.0])
def test_points_lie_in_a_grown_oval_as_their_distances_say(
    length: float, width: float, d: float
) -> None:
    oval = Oval(length, width)
    x, y = np.random.default_rng(3).uniform(-FAR, FAR, (2, 20_000))
    x[:3], y[:3] = (0.0, 0.0, 1e-12), (0.0, 1e-12, 0.0)
    away = oval_distance(oval, x, y)
    told = np.abs(away - d) > 1e-7
    assert (in_grown(oval, d, x, y) == (away <= d))[told].all()
    each = np.where(x > 0, d, -d)
    assert (in_grown(oval, each, x, y) == (away <= each))[told & (np.abs(away + d) > 1e-7)].all()
    assert 0 < in_grown(oval, d, x, y).sum() < len(x)


@pytest.mark.parametrize(("length", "width"), [(9.0, 1.5), (2.0, 7.0), (6.0, 6.0)])
def test_the_distance_to_an_oval_is_that_to_its_nearest_place(length: float, width: float) -> None:
    """Also deep inside near the long axis, where two places are as near."""
    angles = np.linspace(0.0, 2 * np.pi, 20_001)
    edge = np.column_stack((width / 2 * np.cos(angles), length / 2 * np.sin(angles)))
    x, y = np.random.default_rng(5).uniform(-FAR, FAR, (2, 400))
    x[:150], y[150:300] = 0.03 * x[:150], 0.03 * y[150:300]
    x[0] = y[0] = x[1] = y[2] = 0.0
    nearest = [np.hypot(*(edge - place).T).min() for place in zip(x, y, strict=True)]
    away = oval_distance(Oval(length, width), x, y)
    assert np.abs(away) == pytest.approx(nearest, abs=1e-3)
    inside = (2 * x / width) ** 2 + (2 * y / length) ** 2 < 1.0
    assert ((away < 0.0) == inside).all()
    assert inside.any()

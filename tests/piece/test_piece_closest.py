"""The nearest place of a line, with and without a tree: the same answer as looking at every sample."""

from __future__ import annotations

import numpy as np
import pytest

from jewelgen.piece import swept
from jewelgen.piece.rail import Bez, at

RAIL = Bez(
    ((0.0, 0.0, 0.0), (9.0, 0.0, 1.0), (9.0, 6.0, 2.0), (4.0, 6.0, 3.0), (0.0, 6.0, 4.0), (1.0, 1.0, 5.0), (6.0, 2.0, 6.0))
)  # fmt: skip
LINE = at(RAIL, np.linspace(0.0, 1.0, 400))[0]


@pytest.mark.parametrize("reach", [0.3, 2.0, 50.0])
@pytest.mark.parametrize("pairs", [0, swept._PAIRS])
def test_the_nearest_sample_is_found_within_reach(monkeypatch, pairs, reach):
    monkeypatch.setattr(swept, "_PAIRS", pairs)
    points = np.random.default_rng(7).uniform((-1, -1, -1), (10, 7, 7), (900, 3))
    index, near = swept._closest(LINE, points, reach)
    apart = np.linalg.norm(points[:, None] - LINE[None], axis=2)
    assert (near == (apart.min(axis=1) < reach)).all()
    assert near.any()
    found = np.linalg.norm(points[near] - LINE[index[near]], axis=1)
    assert found == pytest.approx(apart.min(axis=1)[near], abs=1e-9)


def test_nothing_is_near_where_the_line_is_not():
    away = np.array([[100.0, 0.0, 0.0], [0.0, 90.0, 0.0]])
    assert not swept._closest(LINE, away, 1.0)[1].any()
    assert not len(swept._closest(LINE, np.zeros((0, 3)), 1.0)[1])

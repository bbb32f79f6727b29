"""Points inside outlines: letters with their counters, offsets of ovals, corners at the height of a point."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from jewelgen.flat.outline import Outline, Oval, Path, grown, inside, points
from jewelgen.flat.segments import Line, loop_points
from jewelgen.flat.text import text_path


def square(half: float, turn: int) -> tuple[Line, ...]:
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)][::turn]
    return tuple(Line(corners[i], corners[(i + 1) % 4]) for i in range(4))


def scattered(n: int, reach: float) -> tuple[np.ndarray, np.ndarray]:
    spots = np.random.default_rng(11).uniform(-reach, reach, (2, n))
    return spots[0], spots[1]


def test_points_of_a_letter_are_inside_where_its_metal_is_and_not_in_its_counters() -> None:
    path = text_path("B8", "sans", 6.0)
    assert len(path.loops) > 4
    x, y = scattered(4000, 6.0)
    wanted = np.zeros(len(x), dtype=bool)
    for loop in path.loops:
        wanted ^= shapely.contains_xy(shapely.Polygon(loop_points(loop, 0.001)), x, y)
    assert wanted.any()
    assert (inside(path, x, y) == wanted).all()
    table = inside(path, x.reshape(40, 100), y.reshape(40, 100))
    assert (table == wanted.reshape(40, 100)).all()


def test_a_square_with_a_hole_counts_its_corners_once() -> None:
    """Rays at the very height of corners and along sides."""
    frame = Path((square(2.0, 1), square(1.0, -1)))
    x = np.array([-3.0, -1.5, -1.5, 0.0, 1.5, 1.5, 3.0, 0.0])
    y = np.array([1.0, 1.0, -1.0, 0.0, -2.0, 0.0, 1.0, 3.0])
    assert inside(frame, x, y).tolist() == [False, True, True, False, True, True, False, False]


@pytest.mark.parametrize("outline", [grown(Oval(8.0, 6.0), 0.7), grown(Oval(8.0, 6.0), -0.7)])
def test_offsets_of_ovals_hold_what_their_polygon_does(outline: Outline) -> None:
    x, y = scattered(3000, 6.0)
    wanted = shapely.contains_xy(shapely.Polygon(points(outline, 720)), x, y)
    assert (inside(outline, x, y) == wanted).all()
    assert not inside(outline, np.zeros(0), np.zeros(0)).any()

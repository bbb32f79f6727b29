"""Places: one frame seen from another, boxes of moved shapes, keys that are equal for equal places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.frame import Frame, Vec, cross, dot, unit

Box3 = tuple[NDArray[np.float64], NDArray[np.float64]]


def seen_from(host: Frame, place: Frame) -> Frame:
    """`place` (outer frame) in the coordinates of `host`: `host.then(result)` is `place` again."""
    return Frame(
        host.local(place.origin),
        _turned(host, place.x),
        _turned(host, place.z),
        host.flip != place.flip,
    )


def _turned(host: Frame, v: Vec) -> Vec:
    return (dot(v, host.x), dot(v, host.y), dot(v, host.z))


def rounded(frame: Frame) -> Frame:
    """The frame with its noise below 1e-9 dropped, so that equal places are equal keys."""

    def clean(v: Vec) -> Vec:
        return (round(v[0], 9) + 0.0, round(v[1], 9) + 0.0, round(v[2], 9) + 0.0)

    return Frame(clean(frame.origin), clean(frame.x), clean(frame.z), frame.flip)


def spun(frame: Frame) -> Frame:
    """The frame with its x turned to a place that depends on z alone: equal for anything turned about z."""
    z = frame.z
    helper = (1.0, 0.0, 0.0) if abs(z[0]) < 0.9 else (0.0, 1.0, 0.0)
    return Frame(frame.origin, unit(cross(helper, z)), z)


def box_moved(box: Box3, frame: Frame) -> Box3:
    """The axis-parallel box around a moved box."""
    rows = np.array(frame.rows())
    middle, half = (box[0] + box[1]) / 2, (box[1] - box[0]) / 2
    centre = rows[:, :3] @ middle + rows[:, 3]
    reach = np.abs(rows[:, :3]) @ half
    return centre - reach, centre + reach


def boxes_meet(a: Box3, b: Box3, slack: float = 1e-6) -> bool:
    """Whether two boxes share a point."""
    return bool(np.all(a[0] <= b[1] + slack) and np.all(b[0] <= a[1] + slack))

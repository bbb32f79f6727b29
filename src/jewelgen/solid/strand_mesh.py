"""Meshes of a `Twist`: a round tube along each strand, without the kernel."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.form import Twist
from jewelgen.piece.rail import axes, is_closed
from jewelgen.piece.strand import strand_line, strand_radius, turns
from jewelgen.solid.model import Mesh
from jewelgen.solid.swept_mesh import ALONG, circle_share, skin, turn_step

Array = NDArray[np.float64]


def strand_frames(twist: Twist, strand: int, t: Array) -> tuple[Array, Array, Array]:
    """Points of the strand's centre line, the direction to the rail and the direction of travel, (n, 3) each."""
    step = 1e-5
    line = strand_line(twist, strand, t)
    run = strand_line(twist, strand, t + step) - strand_line(twist, strand, t - step)
    run /= np.linalg.norm(run, axis=1)[:, None]
    inward = axes(twist.rail, t)[0] - line
    inward -= (inward * run).sum(1)[:, None] * run
    inward /= np.linalg.norm(inward, axis=1)[:, None]
    return line, inward, run


def _level_frames(twist: Twist, strand: int, t: Array) -> tuple[Array, Array, Array]:
    """As `strand_frames`, but the spoke leans where the rail's u axis does: rings that do not turn with
    the strand lose no metal between them (half a percent otherwise).
    """
    line, _, run = strand_frames(twist, strand, t)
    level = axes(twist.rail, t)[2]
    level = level - (level * run).sum(1)[:, None] * run
    return line, level / np.linalg.norm(level, axis=1)[:, None], run


def twist_mesh(twist: Twist, chord: float, angle: float) -> Mesh:
    """All strands, each a closed tube of its own."""
    around = max(8, math.ceil(2 * math.pi / turn_step(twist.d / 2, chord, angle)))
    reach = strand_radius(twist) + twist.d / 2
    a_turn = max(12, math.ceil(2 * math.pi / turn_step(reach, chord, ALONG * angle)))
    n = math.ceil(turns(twist) * a_turn)
    closed = is_closed(twist.rail)
    t = np.arange(n) / n if closed else np.linspace(0.0, 1.0, n + 1)
    a = 2 * math.pi * np.arange(around) / around
    vertices, triangles, count = [], [], 0
    for strand in range(twist.n):
        line, first, run = _level_frames(twist, strand, t)
        side = np.cross(run, first)
        spokes = (
            np.cos(a)[None, :, None] * first[:, None] + np.sin(a)[None, :, None] * side[:, None]
        )
        tube = skin(line[:, None] + twist.d / 2 * circle_share(around) * spokes, closed)
        vertices.append(tube.vertices)
        triangles.append(tube.triangles + count)
        count += len(tube.vertices)
    return Mesh(np.concatenate(vertices), np.concatenate(triangles))

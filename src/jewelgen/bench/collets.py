"""A faceted stone in a wall: how high its bearing stands, what rim is left over the girdle, how far that comes in."""

from __future__ import annotations

import math

import numpy as np

from jewelgen.bench import seats
from jewelgen.bench.bezels import rim_shortening
from jewelgen.bench.figure import Figure
from jewelgen.bench.tools import Tool, Wanted
from jewelgen.flat.outline import Oval
from jewelgen.piece.form import Wall
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.stone import Stone


def stepped(piece: Piece, stone: Stone, part: Part, wall: Wall, order: str) -> seats.Row:
    """Figures, tools and push order of a stone whose girdle lies on a bearing in the wall."""
    top = np.array(part.at.origin) + wall.height * np.array(part.at.z)
    rim = float((top - np.array(stone.at.origin)) @ np.array(stone.at.z))
    over = rim - stone.girdle
    lean = over * math.cos(crown_angle(stone))
    before, after, share = rim_shortening(wall.outline, wall.gap, lean)
    figures = (
        Figure("wall height", wall.height, "mm", "finished rim above the floor, before pushing", (("wall", wall.height),)),
        Figure("bearing below the rim", rim, "mm", "girdle and rim over it", (("girdle", stone.girdle), ("rim", over))),
        Figure("rim over the girdle", over, "mm", "upper edge to the rim", (("rim", rim), ("girdle", stone.girdle))),
        *seats.culet(piece, stone),
        Figure("lean", lean, "mm", "over the girdle: rim cos(crown angle)", (("rim", over), ("c", wall.gap))),
        Figure("rim shortening", share, "%", "(before - after) / before", (("before", before), ("after", after))),
    )  # fmt: skip
    return figures, (_cutter(stone, wall), "bezel pusher", "burnisher"), order


def crown_angle(stone: Stone) -> float:
    """Radians between the girdle's plane and the crown's facets, across the stone."""
    corners, _ = polyhedron(stone)
    high = corners[corners[:, 2] > corners[:, 2].max() - 1e-6]
    run = stone.width / 2 - float(np.abs(high[:, 0]).max())
    return math.atan2(stone.crown, run)


def _cutter(stone: Stone, wall: Wall) -> Wanted:
    """A round bearing is burred, any other is filed."""
    if isinstance(wall.outline, Oval) and wall.outline.l == wall.outline.w:
        return Tool("setting_bur", stone.width, tail=" to the bearing", digits=2)
    return "half-round needle file, along the bearing"

"""Where parts, stones and marks lie, as numbers for the manifest: the checker names places by them.

In: a `Piece`.  Out: plain data in mm of the finished piece. No kernel.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np

from jewelgen.paper.shapes import patches
from jewelgen.paper.stones import Seated, seated
from jewelgen.piece.bounds import bounds
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.gem import exact_carats
from jewelgen.piece.girdles import Array, girdle_points
from jewelgen.piece.late import open_stones
from jewelgen.piece.mark import Glyphs, Mark
from jewelgen.piece.piece import Part, Piece
from jewelgen.rules.hanging import hung_from
from jewelgen.units import GRAMS_PER_CARAT

MOST = 24  # points a copy of a part
EYES = frozenset({"bail", "link"})  # blocks that a chain runs through
CORNERS = 8  # an outline of so few points is no circle, though they all lie on one


def places(piece: Piece) -> dict[str, Any]:
    """Points on every part, the seat of every stone, the ground of every mark."""
    prongs = {n for s in piece.stones if s.grip in {"prongs", "claws"} for n in s.held_by}
    return {
        "parts": [
            {
                "name": part.name,
                "prong": part.name in prongs and isinstance(part.form, Bar),
                "finger": isinstance(part.form, Hoop) and abs(part.form.bore - piece.bore) < 1e-6,
                "eye": piece.sort == "pendant" and part.name.partition(".")[0] in EYES,
                "points": _points(part),
            }
            for part in piece.parts
        ],
        "stones": [_stone(item, open_stones(piece)) for item in seated(piece)],
        "hang": _hang(piece),
        "marks": [row for mark in piece.marks for row in _marks(mark)],
    }


def _hang(piece: Piece) -> list[float] | None:
    """Where a pendant hangs from."""
    if piece.sort != "pendant" or not piece.parts:
        return None
    return [round(float(v), 4) for v in hung_from(piece)[1]]


def _points(part: Part) -> list[list[float]]:
    """Some points of each copy, spread evenly over what is drawn of it."""
    grids = [grid.reshape(-1, 3) for grid in patches(part.form)]
    if not grids:
        return [[round(v, 3) for v in part.at.then(f).origin] for f in part.array.frames()]
    local = np.concatenate(grids)
    local = local[:: max(1, len(local) // MOST)]
    found = []
    for copy in part.array.frames():
        rows = np.array(part.at.then(copy).rows())
        found += (local @ rows[:, :3].T + rows[:, 3]).round(3).tolist()
    return found


def _stone(item: Seated, open_: Collection[str]) -> dict[str, Any]:
    """A stone's seat; `open_`: the stones whose seats the setter cuts."""
    s = item.stone
    rim = girdle_points(s.cut, s.length, s.width)
    return {
        "name": item.id,
        "middle": [round(v, 4) for v in item.frame.origin],
        "axis": [round(v, 6) for v in item.frame.z],
        "radius": round(float(np.linalg.norm(rim, axis=1).max()), 4),
        "above": round(s.depth if s.cut.startswith("cab") else s.crown + s.girdle, 4),
        "below": 0.0 if s.cut.startswith("cab") else round(s.pavilion, 4),
        "girdle": round(s.girdle, 4),
        "grip": s.grip,
        "grams": round(exact_carats(s) * GRAMS_PER_CARAT, 6),
        "held_by": list(s.held_by),
        "open": s.name in open_,
        "rim": _rim(item, rim),
    }


def _rim(item: Seated, flat: Array) -> list[list[float]]:
    """The girdle about its middle, turned as the stone is; a circle needs no points."""
    if len(flat) > CORNERS and np.ptp(np.linalg.norm(flat, axis=1)) < 1e-6:
        return []
    rows = np.array(item.frame.rows())
    found: list[list[float]] = (flat @ rows[:, :2].T).round(4).tolist()
    return found


def _marks(mark: Mark) -> list[dict[str, Any]]:
    """Letters and artwork that the master carries, a row a copy; what pierces the metal has no depth."""
    form = mark.form
    if not isinstance(form, Glyphs) or form.how == "pierce" or mark.when != "cast":
        return []
    low, high = bounds(replace(form, bend=0.0))
    common = {
        "name": mark.name, "on": mark.on, "how": form.how, "deep": form.deep,
        "bend": round(form.bend, 4), "tall": round(form.tall if form.text else 0.0, 4), "box": [round(v, 4) for v in (*low[:2], *high[:2])],
    }  # fmt: skip
    return [
        common | {"rows": [[round(v, 6) for v in row] for row in mark.at.then(copy).rows()]}
        for copy in mark.array.frames()
    ]

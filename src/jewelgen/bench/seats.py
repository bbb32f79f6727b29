"""Seats that are drilled and cut: drill lists, burs in order, depths under the surface, spacing, beads.

In: a piece and a stone in a tube, flush, in a channel or under beads.  Out: figures, tools, the order. mm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from jewelgen.bench.bezels import flush_drills, tube_seat
from jewelgen.bench.figure import Figure
from jewelgen.bench.tools import Tool, Wanted
from jewelgen.catalog.facts import fact
from jewelgen.piece.cutter import Bearing, Groove
from jewelgen.piece.form import Plate, Tube
from jewelgen.piece.inside import inside
from jewelgen.piece.mark import Beads
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.stone import Stone

Row = tuple[tuple[Figure, ...], tuple[Wanted, ...], str]
FINEST = 0.01  # mm: how finely the surface is looked for
FARTHEST = 8.0  # mm from the girdle that is looked


def tube(piece: Piece, stone: Stone, part: Part, form: Tube) -> Row:
    """A stone in a tube: the tube's own hole is the drill."""
    lip, land, bur = tube_seat(stone.width, form.od, form.id)
    rim = np.array(part.at.origin) + form.length * np.array(part.at.z)
    deep = float((rim - np.array(stone.at.origin)) @ np.array(stone.at.z)) - stone.girdle
    figures = (
        Figure("lip", lip, "mm", "(OD - s)/2", (("OD", form.od), ("s", stone.width))),
        Figure("seat land", land, "mm", "(s - ID)/2", (("ID", form.id), ("s", stone.width))),
        Figure("setting bur", bur, "mm", "the stone's own size", (("s", stone.width),), "stock tube_set_rule"),
        Figure("girdle under the rim", deep, "mm", "upper edge, down from the rim", (("girdle", stone.girdle),)),
        *culet(piece, stone),
    )  # fmt: skip
    tools = (
        f"tube's hole {form.id:.2f}",
        Tool("setting_bur", bur, tail=" to depth", digits=2),
        "pusher",
        "burnisher",
    )
    return figures, tools, "N S E W, then all round"


def flush(piece: Piece, stone: Stone) -> Row:
    """A stone let in level: drill, ball burs in order, the last bur, then the edge is burnished over."""
    drills, balls, bur = flush_drills(stone.width)
    seat, hole, how = _bearing(piece, stone), drills[0], "least of the stone"
    if seat is not None and seat.pilot > 0.0:
        hole, how = seat.pilot, "pilot hole as drawn"
        if hole < max(drills):
            drills = (hole, 0.0)
        else:  # the list starts with a finer drill; its ball burs open the hole to the one drawn, and on to the seat
            balls = tuple(sorted({*balls, round(hole, 1)}))
    figures = (
        Figure("drill", hole, "mm", how, (("s", stone.width),)),
        Figure("setting bur", bur, "mm", "the stone's own size", (("s", stone.width),)),
        *_depths(piece, stone), *_spacing(piece, stone),
    )  # fmt: skip
    tools = (
        Tool("drill", *drills, tail=_times(stone)),
        *(Tool("ball_bur", ball) for ball in balls),
        Tool("hart_bur", bur),
    )
    return figures, tools, "burnish the edge all round"


def channel(piece: Piece, stone: Stone) -> Row | None:
    """Stones in a turned slot; None when no slot is theirs."""
    grooves = [c.form for c in piece.cuts if c.stone == stone.name and isinstance(c.form, Groove)]
    slots = [c.form for c in piece.cuts if c.name == f"{stone.name}.channel" and isinstance(c.form, Groove)]  # fmt: skip
    if not grooves or not slots:
        return None
    groove, slot = grooves[0], slots[0]
    cover = (groove.w - slot.w) / 2
    figures = (
        Figure("slot width", slot.w, "mm", "as drawn", (("w", slot.w),)),
        Figure("slot depth", slot.depth, "mm", "as drawn, from the top of the walls", (("depth", slot.depth),)),
        Figure("groove into each wall", cover, "mm", "(groove - slot)/2", (("groove", groove.w), ("slot", slot.w))),
        Figure("groove height", groove.depth, "mm", "girdle, and room", (("girdle", stone.girdle),)),
        *_depths(piece, stone), *_spacing(piece, stone),
    )  # fmt: skip
    tools = (
        Tool("hart_bur", groove.depth + 2 * cover, tail=", run along both walls"),
        "wax",
        "hammer handpiece",
    )
    order = "from one end, one stone after the other, level and touching none; then both walls down, from the middle outwards"
    return figures, tools, order


def beads(piece: Piece, stone: Stone) -> Row:
    """Stones under beads: drilled, seated, then beads are raised."""
    seat = _bearing(piece, stone)
    share = fact("bench_rules", "pave.drill_fraction").number
    drawn = seat is not None and seat.pilot > 0.0
    drill = seat.pilot if seat is not None and drawn else share * stone.width
    how = "pilot hole as drawn" if drawn else "share of the stone"
    source = "" if drawn else "bench_rules pave.drill_fraction"
    figures = (
        Figure("drill", drill, "mm", how, (("s", stone.width),), source),
        Figure("setting bur", stone.width, "mm", "the stone's own size", (("s", stone.width),)),
        *_depths(piece, stone), *_spacing(piece, stone), *_beads(piece, stone),
    )  # fmt: skip
    tools = (
        Tool("drill", drill, tail=_times(stone), digits=2), Tool("ball_bur", 0.8 * stone.width), Tool("setting_bur", stone.width),
        "flat and round gravers", "beading tool",
    )  # fmt: skip
    return (
        figures,
        tools,
        "lay the row out, drill all, seat all, then raise beads from the middle outwards",
    )


def drill_points(piece: Piece, part: Part) -> tuple[tuple[float, float, float], ...]:
    """Where stones are drilled for in a plate: (x, y, drill) in the plate's own frame."""
    if not isinstance(part.form, Plate):
        return ()
    found = []
    for stone in piece.stones:
        if part.name in stone.held_by and stone.grip in {"flush", "beads"}:
            row = flush(piece, stone) if stone.grip == "flush" else beads(piece, stone)
            drill = next(figure.value for figure in row[0] if figure.name == "drill")
            for copy in stone.array.frames():
                x, y, _ = part.at.local(stone.at.then(copy).origin)
                found.append((x, y, drill))
    return tuple(found)


def _times(stone: Stone) -> str:
    return f" x {stone.array.n}" if stone.array.n > 1 else ""


def _bearing(piece: Piece, stone: Stone) -> Bearing | None:
    return next(
        (c.form for c in piece.cuts if c.stone == stone.name and isinstance(c.form, Bearing)), None
    )


def _depths(piece: Piece, stone: Stone) -> Iterator[Figure]:
    """Girdle and culet under the surface of the metal that holds the stone, and the metal left below."""
    held = [piece.part(name) for name in stone.held_by]
    up, down = _reach(held, stone, 1.0), _reach(held, stone, -1.0)
    if up is None or down is None:
        return
    given = (("pavilion", stone.pavilion), ("girdle", stone.girdle))
    yield Figure(
        "girdle under the surface",
        up - stone.girdle,
        "mm",
        "upper edge, down from the metal",
        given,
    )
    yield Figure("seat to the culet", up + stone.pavilion, "mm", "surface to culet", given)
    yield Figure("metal under the culet", down - stone.pavilion, "mm", "culet to the inside", given)


def _reach(parts: Sequence[Part], stone: Stone, way: float) -> float | None:
    """How far the metal, uncut, goes on from the girdle along the stone's axis; None where there is none."""
    along = np.arange(FINEST / 2, FARTHEST, FINEST)
    solid = _solid(parts, stone, way * along)
    if not solid[0]:
        return None
    return float(along[np.argmin(solid)] if not solid.all() else FARTHEST) - FINEST / 2


def culet(piece: Piece, stone: Stone) -> Iterator[Figure]:
    """How far the culet stands clear of whatever metal lies under it."""
    along = np.arange(FINEST / 2, FARTHEST, FINEST)
    solid = _solid(piece.parts, stone, -stone.pavilion - along)
    if solid.any():
        clear = float(along[np.argmax(solid)]) - FINEST / 2
        yield Figure("culet clear of the metal below", clear, "mm", "along its axis", (("pavilion", stone.pavilion),))  # fmt: skip


def _solid(parts: Sequence[Part], stone: Stone, heights: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which heights over the girdle of the first stone of a row lie in one of the parts, uncut."""
    frame = stone.at.then(stone.array.frames()[0])
    spots = np.array(frame.origin) + heights[:, None] * np.array(frame.z)
    found = np.zeros(len(heights), dtype=bool)
    for part in parts:
        for copy in part.array.frames():
            rows = np.array(part.at.then(copy).rows())
            found |= inside(part.form, (spots - rows[:, 3]) @ rows[:, :3])
    return found


def _spacing(piece: Piece, stone: Stone) -> Iterator[Figure]:
    """Middle to middle along the row, the gap between girdles there, and to the nearest other row."""
    spots = np.array([stone.at.then(copy).origin for copy in stone.array.frames()])
    if len(spots) > 1:
        apart = np.linalg.norm(np.diff(spots, axis=0), axis=1)
        pitch = float(apart.min())
        wide = (
            stone.width if math.isclose(stone.length, stone.width, rel_tol=0.05) else stone.length
        )
        yield Figure(
            "pitch along the row", pitch, "mm", "middle to middle", (("n", float(len(spots))),)
        )
        yield Figure(
            "gap between stones",
            pitch - wide,
            "mm",
            "pitch - stone",
            (("pitch", pitch), ("s", wide)),
        )
    near = [
        float(np.linalg.norm(spots - np.array(other.at.then(copy).origin), axis=1).min())
        for other in piece.stones
        if other.name != stone.name and other.grip == stone.grip
        for copy in other.array.frames()
    ]
    if near:
        yield Figure("to the next row", min(near), "mm", "middle to nearest middle", (("rows", float(len(piece.stones))),))  # fmt: skip


def _beads(piece: Piece, stone: Stone) -> Iterator[Figure]:
    """Beads of a row: how many, of which diameter, how far beside the middle of the row."""
    own = [m for m in piece.marks if m.stone == stone.name and isinstance(m.form, Beads)]
    sizes = [mark.form.d for mark in own if isinstance(mark.form, Beads)]
    if not own:
        return
    many = sum(mark.array.n for mark in own)
    yield Figure(
        "beads",
        float(many),
        "pc",
        "as drawn, each shared by two or three stones",
        (("stones", float(stone.array.n)),),
    )
    yield Figure("bead diameter", sizes[0], "mm", "as drawn: beading tool", (("d", sizes[0]),))
    spots = np.array([stone.at.then(copy).origin for copy in stone.array.frames()])
    bead = np.array(own[0].at.then(own[0].array.frames()[0]).origin)
    away = float(np.linalg.norm(spots - bead, axis=1).min())
    yield Figure("bead from the middle of its stone", away, "mm", "as drawn", (("d", sizes[0]),))

"""JG212, JG213: metal left under a seat, and how much of a prong its notch takes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jewelgen.catalog.packs import limit
from jewelgen.findings import Finding, Severity
from jewelgen.flat.outline import extents
from jewelgen.piece.bodies import Solid, to_world
from jewelgen.piece.bounds import meet
from jewelgen.piece.cutter import Bearing, Cut
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Piece
from jewelgen.piece.section import Wire
from jewelgen.rules.places import Array, here, metal_of

AROUND, ALONG = 48, 96  # azimuths probed under a seat, and points a probe
RAYS, STEPS = 180, 240  # radii probed through a notch, and points on each
BEYOND = 3.0  # mm outside the girdle that the radii go


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """Warnings for the first place of every seat cut in a casting."""
    cast = {part.name for part in piece.parts if part.made == "cast"}
    for seat in piece.cuts:
        if seat.stone and isinstance(seat.form, Bearing) and set(seat.on) <= cast:
            frame = seat.at.then(seat.array.frames()[0])
            yield from _prongs(piece, seat, frame, pack)
            yield from _floor(piece, seat, frame, pack)


def _prongs(piece: Piece, seat: Cut, frame: Frame, pack: str) -> Iterator[Finding]:
    least = limit("seat_in_prong_max_pct", pack)
    prongs = [
        solid for solid in metal_of(piece) if solid.part in seat.on and _is_wire(solid.body.shape)
    ]
    world = (
        _radii(frame, seat.form) if prongs and isinstance(seat.form, Bearing) else np.zeros((0, 3))
    )
    room = (world.min(axis=0), world.max(axis=0)) if len(world) else None
    taken = [
        _notch(solid, world)
        for solid in prongs
        if room and meet(solid.body.box, room) and _cut_by(solid, seat, world)
    ]
    worst = max(taken, default=0.0)
    if worst > least.value + 2.0:  # the probes resolve about two per cent
        yield Finding(
            "JG213",
            f"{seat.stone}: the notch takes {worst:.0f} % of a prong",
            here(seat.stone),
            Severity.WARNING,
            f"at most {least.value:g} % in the model ({least.pack}); the bench cuts the rest",
            "thicker prongs, or prongs that stand further out",
        )


def _is_wire(shape: object) -> bool:
    """Whether a shape is a bar of round wire: of a V the seat leaves two walls, which JG238 measures."""
    return isinstance(shape, Bar) and isinstance(shape.stations[0][1], Wire)


def _radii(frame: Frame, bearing: Bearing) -> Array:
    """Points along radii at the girdle, from half way out past its prongs."""
    a = 2 * np.pi * np.arange(RAYS) / RAYS
    r = _out(bearing)
    flat = np.broadcast_arrays(np.cos(a)[:, None] * r, np.sin(a)[:, None] * r, bearing.girdle / 2)
    return to_world(frame, np.stack(flat, 2).reshape(-1, 3))


def _out(bearing: Bearing) -> Array:
    """How far from the stone's axis the points of a radius lie, mm."""
    return np.linspace(min(_half(bearing)) / 2, max(_half(bearing)) + BEYOND, STEPS)


def _cut_by(solid: Solid, seat: Cut, world: Array) -> bool:
    """Whether a prong reaches into the seat; what stands behind the next stone is cut by other seats."""
    if not isinstance(seat.form, Bearing):
        return False
    within = np.tile(_out(seat.form) < max(_half(seat.form)), RAYS)
    return bool(solid.body.contains(world[within]).any())


def _notch(solid: Solid, world: Array) -> float:
    """Per cent of the prong's depth, along radii at the girdle, that is cut away from its inner side."""
    prong = solid.body.contains(world)
    metal = prong.copy()
    metal[prong] = solid.contains(world[prong])
    whole, left = prong.reshape(RAYS, STEPS), metal.reshape(RAYS, STEPS)
    ray = int(whole.sum(axis=1).argmax())
    deep = int(whole[ray].sum())
    if not deep:
        return 0.0
    taken = left[ray].argmax() - whole[ray].argmax() if left[ray].any() else deep
    return 100.0 * float(taken) / deep


def _floor(piece: Piece, seat: Cut, frame: Frame, pack: str) -> Iterator[Finding]:
    least = limit("metal_below_seat_min", pack)
    depths = [
        d
        for solid in metal_of(piece)
        if solid.part in seat.on and not isinstance(piece.part(solid.part).form, Bar)
        for d in _below(solid, frame, seat, 3 * least.value)
    ]
    if depths and min(depths) < least.value - 0.03:
        yield Finding(
            "JG212",
            f"{seat.stone}: {min(depths):.2f} mm of metal under the girdle's seat",
            here(seat.stone),
            Severity.WARNING,
            f"at least {least.value:g} mm ({least.pack})",
            "a thicker shank, a smaller stone, or set it higher",
        )


def _below(solid: Solid, frame: Frame, seat: Cut, deep: float) -> list[float]:
    """Metal in mm straight down from the seat's rim, a row a probe; probes that start in air are left out."""
    form = seat.form
    if not isinstance(form, Bearing):
        return []
    a = 2 * np.pi * np.arange(AROUND) / AROUND
    width = _half(form)
    z = -np.linspace(0.02, deep, ALONG)
    ring: Array = np.stack(
        np.broadcast_arrays((width[0] * np.cos(a))[:, None], (width[1] * np.sin(a))[:, None], z), 2
    )
    hit = solid.contains(to_world(frame, ring.reshape(-1, 3))).reshape(AROUND, ALONG)
    rows = hit[hit[:, :3].any(axis=1)]
    return [float(row.sum()) / ALONG * deep for row in rows]


def _half(bearing: Bearing) -> tuple[float, float]:
    """Half width and length of the seat, just inside its rim."""
    length, width = extents(bearing.outline)
    return (width / 2 + bearing.gap) * 0.999, (length / 2 + bearing.gap) * 0.999

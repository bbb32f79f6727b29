"""Stones against the metal that was written: held all round, resting, with little play, metal under the seat,
and apart from one another.

In: a `Scene`, what is known of stones, a pack.  Out: `Check`s JG725 (held), JG726 (metal under), JG727 (apart), JG712 (prongs).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from jewelgen.catalog.facts import fact
from jewelgen.catalog.packs import limit
from jewelgen.checker import limits
from jewelgen.checker.known import Known, Seat, where
from jewelgen.checker.rays import Scene
from jewelgen.checker.report import Check
from jewelgen.checker.seats import AROUND, Grip, directions, floor, grip, necks
from jewelgen.checker.surface import Array
from jewelgen.findings import Severity

OPEN = 180.0  # degrees of girdle without metal through which a stone slides out
BENCH = 0.5  # of a prong: the setter's cut leaves no less
BENT = frozenset({"prongs", "claws", "beads"})  # grips that are pushed over the girdle
ROOM = 0.5  # mm: stones further apart are no neighbours
TOUCH = 0.005  # mm: girdles nearer than this touch


@dataclass(frozen=True, slots=True)
class _Set:
    """Stones of one record with what grips each."""

    name: str
    seats: tuple[Seat, ...]
    grips: tuple[Grip, ...]


def held(scene: Scene, known: Known, pack: str) -> Iterator[Check]:
    """Checks of every record of stones that this file holds: the worst stone of each."""
    here = [seat for seat in known.seats if seat.here and seat.grip]
    for name in dict.fromkeys(seat.name.partition(".")[0] for seat in here):
        seats = tuple(seat for seat in here if seat.name.partition(".")[0] == name)
        found = _Set(name, seats, tuple(grip(scene, seat) for seat in seats))
        yield from _record(found, known, pack)
        if seats[0].open:
            continue
        if seats[0].grip in {"prongs", "claws"}:
            yield from _neck(scene, found, known, pack)
        else:
            yield from _floor(scene, found, known, pack)
    if len(known.seats) > 1 and here:
        yield from _apart(known)


def _record(found: _Set, known: Known, pack: str) -> Iterator[Check]:
    if found.seats[0].open or all(each.solid for each in found.grips):
        yield Check(
            "JG725", f"{found.name}: seats", None, "mm", "cut by the setter", True,
            note="no seat is cut in this file: nothing of it can be measured",
        )  # fmt: skip
        return
    yield _round("held", found, [_free(each.holds) for each in found.grips], known)
    yield _round("resting", found, [_free(each.rests) for each in found.grips], known)
    yield _play(found, known)
    if found.seats[0].grip in BENT:
        yield _height(found, known, pack)


def _free(metal: NDArray[np.bool_]) -> float:
    """The widest run without metal, degrees."""
    met = np.flatnonzero(metal)
    if not len(met):
        return 360.0
    return float(np.diff([*met, met[0] + AROUND]).max() - 1) * 360.0 / AROUND


def _round(word: str, found: _Set, free: list[float], known: Known) -> Check:
    """An error when half the girdle and more has no metal over it, or none to rest on."""
    worst = int(np.argmax(free))
    passed = free[worst] < OPEN
    bite = min(float(each.bite.max()) for each in found.grips)
    what, words = "under", ("a seat or a ledge under it", "")
    if word == "held":
        reach = f"as cast it reaches {bite:.2f} mm in over the girdle"
        what, words = "over", ("more prongs or beads, or a wall that closes", reach)
    return _check(
        ("JG725", f"{found.seats[worst].name} {word}: girdle without metal {what} it", free[worst], "degrees"),
        f"less than {OPEN:g} degrees", (passed, Severity.ERROR), _at(found.seats[worst], known),
        words,
    )  # fmt: skip


def _play(found: _Set, known: Known) -> Check:
    """Air between girdle and metal where it is held; less than none is metal in the stone."""
    room = fact("casting", "stones.girdle_clearance")
    low, high = room.range or (0.0, room.number)
    plays = [
        float(np.median(each.beside[each.holds])) if each.holds.any() else 0.0
        for each in found.grips
    ]
    middle = (low + high) / 2
    worst = int(np.argmax([abs(play - middle) for play in plays]))
    slack = 3 * known.chord
    passed = low - slack <= plays[worst] <= high + slack
    wide = plays[worst] > middle
    hint = "the seat is wider than the stone" if wide else "metal stands where the stone goes"
    return _check(
        ("JG725", f"{found.seats[worst].name} play at the girdle", plays[worst], "mm"),
        f"{low:g} to {high:g} mm (casting: girdle_clearance)", (passed, Severity.WARNING),
        _at(found.seats[worst], known), (hint, ""),
    )  # fmt: skip


def _height(found: _Set, known: Known, pack: str) -> Check:
    """How high the lowest prong or bead stands over the girdle, to be pushed over it."""
    past = limit("prong_past_stone_pct", pack)
    rooms = []
    for seat, each in zip(found.seats, found.grips, strict=True):
        need = past.value / 100.0 * 2 * float(directions(seat)[1].min())
        rooms.append((_lowest(each) - need, _lowest(each), need))
    worst = int(np.argmin([room for room, _, _ in rooms]))
    _, value, need = rooms[worst]
    return _check(
        ("JG725", f"{found.seats[worst].name} lowest prong over the girdle", value, "mm"),
        f"at least {need:.2f} mm, {past.value:g} % of the stone ({past.pack}: prong_past_stone_pct; {past.source})",
        (value >= need - 2 * known.chord, Severity.WARNING), _at(found.seats[worst], known),
        ("longer prongs or larger beads", ""),
    )  # fmt: skip


def _lowest(found: Grip) -> float:
    """The height of the lowest of the runs of metal that stand over the girdle."""
    met = found.holds
    if met.all() or not met.any():
        return float(found.over.max())
    start = int(np.flatnonzero(~met)[0])
    over = np.roll(found.over, -start)
    ends = np.flatnonzero(np.diff(np.concatenate(([0], (over > 0).astype(int), [0]))))
    return min(float(over[a:b].max()) for a, b in zip(ends[::2], ends[1::2], strict=True))


def _neck(scene: Scene, found: _Set, known: Known, pack: str) -> Iterator[Check]:
    """The least metal that the seats leave of a prong: an error where less than the bench leaves of the thinnest."""
    least = limits.thinnest("wire", True, pack, known.alloy)
    left = [item for seat in found.seats for item in necks(scene, seat)]
    if not left:
        return
    deep, at = min(left, key=lambda item: item[0])
    broken = deep < BENCH * limit("prong_diameter_min", pack).value
    yield _check(
        ("JG712", f"thinnest prong of {found.name} behind its seats", deep, "mm"), str(least),
        (deep >= least.value - 2 * known.chord, Severity.ERROR if broken else Severity.WARNING),
        (at, known), ("thicker prongs, or stones further apart", ""),
    )  # fmt: skip


def _floor(scene: Scene, found: _Set, known: Known, pack: str) -> Iterator[Check]:
    least = limits.of("metal_below_seat_min", pack)
    under = [
        (deep, at) for seat in found.seats if (got := floor(scene, seat)) for deep, at in [got]
    ]
    if not under:
        return
    deep, at = min(under, key=lambda item: item[0])
    yield _check(
        ("JG726", f"metal under the seats of {found.name}", deep, "mm"), str(least),
        (deep >= least.value - 2 * known.chord, least.weight(deep, known.chord)), (at, known),
        ("a thicker shank, a smaller stone, or set it higher", ""),
    )  # fmt: skip


def _apart(known: Known) -> Iterator[Check]:
    """The nearest two girdles: an error where they meet."""
    seats, rims = known.seats, [_rim(seat) for seat in known.seats]
    trees = [cKDTree(rim) for rim in rims]
    middles = np.array([seat.middle for seat in seats])
    widest = max(seat.radius for seat in seats)
    near = []
    for i, j in sorted(cKDTree(middles).query_pairs(2 * widest + ROOM)):
        if np.linalg.norm(middles[i] - middles[j]) > seats[i].radius + seats[j].radius + ROOM:
            continue
        far, _ = trees[j].query(rims[i])
        k = int(np.argmin(far))
        meet = _inside(seats[i], rims[j]) or _inside(seats[j], rims[i])
        near.append((0.0 if meet else float(far[k]), i, j, k))
    if not near:
        return
    gap, i, j, k = min(near)
    least, weight = limits.between_stones(), Severity.ERROR if gap <= TOUCH else Severity.WARNING
    yield _check(
        ("JG727", f"nearest stones ({seats[i].name}, {seats[j].name})", gap, "mm"),
        f"at least {least.value:g} mm between girdles ({least.source})",
        (gap >= least.value - 2 * known.chord, weight), (rims[i][k], known),
        ("widen the gap, or take smaller or fewer stones", ""),
    )  # fmt: skip


def _rim(seat: Seat) -> Array:
    ways, reach = directions(seat)
    return np.asarray(
        np.array(seat.middle) + seat.girdle / 2 * np.array(seat.axis) + reach[:, None] * ways
    )


def _inside(seat: Seat, points: Array) -> bool:
    """Whether a point lies in the stone: a body that narrows evenly from its girdle to its point and its top."""
    ways, reach = directions(seat)
    apart = points - np.array(seat.middle)
    up = apart @ np.array(seat.axis)
    flat = apart - up[:, None] * np.array(seat.axis)
    out = np.linalg.norm(flat, axis=1)
    edge = reach[np.argmax(flat @ ways.T, axis=1)]
    below = 1.0 + np.minimum(up, 0.0) / seat.below if seat.below > 0 else (up >= 0) * 1.0
    high = max(seat.above - seat.girdle, 1e-9)
    above = 1.0 - 0.5 * np.clip((up - seat.girdle) / high, 0.0, 1.0)
    within = (up > -seat.below) & (up < seat.above)
    return bool((within & (out < edge * np.minimum(below, above) - TOUCH)).any())


def _at(seat: Seat, known: Known) -> tuple[Array, Known]:
    return np.array(seat.middle), known


def _check(
    said: tuple[str, str, float, str],
    allowed: str,
    judged: tuple[bool, Severity],
    at: tuple[Array, Known],
    words: tuple[str, str],
) -> Check:
    """A check of what was measured, at its place; `words`: what mends it, and a note."""
    (code, name, value, unit), (passed, weight), (point, known), (hint, note) = (
        said,
        judged,
        at,
        words,
    )
    place = (float(point[0]), float(point[1]), float(point[2]))
    return Check(
        code, name, value, unit, allowed, passed, weight, where=where(known, point),
        places=() if passed else (place,), note=note, hint="" if passed else hint,
    )  # fmt: skip

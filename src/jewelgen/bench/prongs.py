"""Prongs of wire: how long they are cut, where their notch lies, how deep it is, what is trimmed after setting.

In: a `Piece`, its stones and blanks.  Out: `Claws`, figures of the setting table, and blanks cut long; mm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure
from jewelgen.bench.practice import Practice
from jewelgen.bench.taken import recut
from jewelgen.catalog.cuts import cut
from jewelgen.catalog.facts import fact
from jewelgen.piece.easing import bar_section_at
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import axes
from jewelgen.piece.section import Sec, area_and_centroid, thickness
from jewelgen.piece.stone import Stone

STEPS = 1201  # places along a prong among which the girdle is sought
SOURCE = "bench_rules prong"
FOOT = "foot"  # once it is filed to its seat: all lengths of a prong count from there
STRAIGHT = 2.0  # degrees by which straight wire may turn
GAP = 0.05  # mm by which a notch is higher than the girdle that lies in it


@dataclass(frozen=True, slots=True)
class Claws:
    """One prong, mm along its wire from the foot: `notch` to the middle of the girdle (to a cabochon's back), `bent` to
    the finished tip, `cut` to its end before it is trimmed; `wire` thick, the notch `deep`, leaning by `lean` degrees
    at the girdle. `elbow`: how far from the foot it is bent up, and by how many degrees, for a cabochon; zeros where it runs straight.
    """

    notch: float
    bent: float
    cut: float
    wire: float
    deep: float
    lean: float
    elbow: tuple[float, float] = (0.0, 0.0)


def claws(stone: Stone, part: Part) -> Claws | None:
    """The prongs of a part that pass the stone's girdle; None where they do not."""
    bar = part.form
    if not isinstance(bar, Bar):
        return None
    t = np.linspace(0.0, 1.0, STEPS)
    line, tangent, _, _ = axes(bar.rail, t)
    k = _at_girdle(stone, part, line)
    if k is None:
        return None
    run = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))))
    section = bar_section_at(bar.stations, float(t[k]))
    wire = thickness(section)
    upright, notch = float(tangent[k][2]), float(run[k])
    extra = fact("bench_rules", "prong.cad_extra_above_table").number
    high = (stone.girdle / 2 + stone.crown + extra) / max(upright, 0.5)
    bent = float(run[-1]) + (thickness(bar.stations[-1][1]) / 2 if bar.end == "dome" else 0.0)
    elbow = (0.0, 0.0)
    if _is_domed(stone):  # its claw runs up along the dome as far as it is drawn
        high, elbow = 0.0, _elbow(tangent[: k + 1], run)
    deep = area_and_centroid(section)[1] - float(line[k][0])
    return Claws(
        notch, bent, max(notch + high, bent + extra), wire, deep if 0.0 < deep < wire else 0.0,
        math.degrees(math.acos(min(1.0, upright))), elbow,
    )  # fmt: skip


def _elbow(tangent: NDArray[np.float64], run: NDArray[np.float64]) -> tuple[float, float]:
    """Where wire that starts straight has turned half of what it turns up to the stone, mm from its foot; and degrees."""
    turned = np.degrees(np.arccos(np.clip(tangent @ tangent[0], -1.0, 1.0)))
    bends = turned[-1] > STRAIGHT and turned[len(turned) // 4] < STRAIGHT
    return (
        (float(run[np.argmax(turned > turned[-1] / 2)]), float(turned[-1])) if bends else (0.0, 0.0)
    )


def _at_girdle(stone: Stone, part: Part, line: NDArray[np.float64]) -> int | None:
    """Index of the place of a prong's line at the middle of the girdle's height, of a cabochon at its back."""
    at, place = _beside(stone, part)
    z = np.array([at.local(place.point((x, y, z)))[2] for x, y, z in line.tolist()])
    above = np.nonzero(z >= (0.0 if _is_domed(stone) else stone.girdle / 2))[0]
    return int(above[0]) if len(above) and above[0] > 0 else None


def _beside(stone: Stone, part: Part) -> tuple[Frame, Frame]:
    """The frames of the first stone and of the copy of a part that is nearest to it."""
    at = stone.at.then(stone.array.frames()[0])
    places = [part.at.then(copy) for copy in part.array.frames()]
    return at, min(places, key=lambda frame: math.dist(frame.origin, at.origin))


def prong_figures(piece: Piece, stone: Stone) -> tuple[Figure, ...]:
    """The numbers to hit: tips and notches; of wire also its lengths before and after trimming."""
    parts = [piece.part(name) for name in stone.held_by]
    if stone.array.n > 1:
        return _shared(stone, parts[0])
    if _is_domed(stone):
        return _over_dome(stone, parts)
    rows = [(part, claw) for part in parts if (claw := claws(stone, part))]
    vees = tuple(row for part, claw in rows if _is_vee(part) for row in _vee(part, claw))
    part, claw = next(((part, claw) for part, claw in rows if not _is_vee(part)), (None, None))
    low, high = fact("bench_rules", "prong.height_pct_of_table").numbers
    tip = Figure(
        "tip height after trimming", stone.crown * (low + high) / 200, "mm", f"{low:g}-{high:g} % of girdle to table",
        (("crown", stone.crown),), SOURCE,
    )  # fmt: skip
    if part is None or claw is None:
        return (tip, *vees)
    most = fact("bench_rules", "prong.notch_depth_max_pct").number
    limit = claw.wire * most / 100
    return (
        Figure("prong diameter", claw.wire, "mm", "as drawn", (("d", claw.wire),)),
        *(_lengths(stone, claw) if part.made == "handmade" else ()),
        tip,
        Figure(
            "notch depth", claw.deep or limit, "mm", f"as drawn; at most {most:g} % of the prong",
            (("d", claw.wire), ("most", limit)), SOURCE,
        ),
        Figure("notch height", stone.girdle + GAP, "mm", "the girdle, and a gap", (("girdle", stone.girdle),)),
        *vees,
    )  # fmt: skip


def _shared(stone: Stone, part: Part) -> tuple[Figure, ...]:
    """A post between two stones of a row: its notch for each of them, its round tip over both."""
    bar, (at, place) = part.form, _beside(stone, part)
    if not isinstance(bar, Bar):
        return ()
    ends = (place.point((x, y, z)) for x, y, z in axes(bar.rail, np.array((0.0, 1.0)))[0].tolist())
    low, high = (np.array(at.local(end)) for end in ends)
    foot = low + (stone.girdle / 2 - low[2]) / (high[2] - low[2]) * (high - low)
    wire = thickness(bar.stations[0][1])
    deep = stone.width / 2 + wire / 2 - math.hypot(foot[0], foot[1])
    most = fact("bench_rules", "prong.notch_depth_shared_max_pct").number
    return (
        Figure("prong diameter", wire, "mm", "as drawn", (("d", wire),)),
        Figure(
            "tip height after trimming", float(high[2]) + wire / 2 - stone.girdle, "mm",
            "over the girdle, as drawn: round, over both stones", (("crown", stone.crown),),
        ),
        Figure(
            "notch depth", deep, "mm", f"for each of two stones, as drawn; at most {most:g} % of the prong",
            (("d", wire), ("most", wire * most / 100)), SOURCE,
        ),
        Figure("notch height", stone.girdle + GAP, "mm", "the girdle, and a gap", (("girdle", stone.girdle),)),
    )  # fmt: skip


def _is_domed(stone: Stone) -> bool:
    return cut(stone.cut).family == "cabochon"


def _over_dome(stone: Stone, parts: Sequence[Part]) -> tuple[Figure, ...]:
    """A prong over a cabochon: how deep its side stands in it, how high over the back its tip ends; and Vs."""
    part = parts[0]
    claw, bar = claws(stone, part), part.form
    if claw is None or not isinstance(bar, Bar):
        return ()
    place = part.at.then(part.array.frames()[0])
    (end,) = axes(bar.rail, np.array((1.0,)))[0].tolist()
    high = stone.at.local(place.point((end[0], end[1], end[2])))[2]
    given = (("dome", stone.crown), ("upright side", stone.girdle))
    return (
        Figure("prong diameter", claw.wire, "mm", "as drawn", (("d", claw.wire),)),
        *(_lengths(stone, claw) if part.made == "handmade" else ()),
        Figure("seat in the prong", claw.deep, "mm", "as drawn: the stone's side stands in it", given),
        Figure("tip over the stone's back", high, "mm", "middle of its round end, as drawn", given),
        *(row for vee in parts if _is_vee(vee) and (cut_out := claws(stone, vee)) for row in _vee(vee, cut_out)),
    )  # fmt: skip


def _is_vee(part: Part) -> bool:
    """Whether a prong is a V: a bar with a ridge, cut out to two walls round a point."""
    return isinstance(part.form, Bar) and isinstance(part.form.stations[0][1], Sec)


def _vee(part: Part, claw: Claws) -> Iterator[Figure]:
    """What is cut into a V: how far its point lies from the ridge, and how wide the cut opens."""
    bar = part.form
    if not isinstance(bar, Bar) or not isinstance(section := bar.stations[1][1], Sec):
        return
    half = math.atan2(section.w / 2, section.rise)
    source = (("deep", claw.deep), ("bar", claw.wire))
    yield Figure("V, cut in from its inner face", claw.deep, "mm", "to the stone's point", source)
    yield Figure("V, angle of the cut", math.degrees(2 * half), "deg", "as the stone's point", ())
    wall = (claw.wire - claw.deep) * math.sin(half)
    yield Figure("V, walls", wall, "mm", "what the cut leaves beside the point", source)
    if part.made == "handmade":
        yield Figure("V, bar before trimming", claw.cut, "mm", "foot to tip and the surplus", ())


def _lengths(stone: Stone, claw: Claws) -> tuple[Figure, ...]:
    above, at = (
        "foot to notch, then girdle to table and the surplus along the wire",
        "to the middle of the girdle",
    )
    if _is_domed(stone):
        above, at = "foot to tip, and the surplus along the wire", "to where the stone's back lies"
    return (
        Figure(
            "length before trimming", claw.cut, "mm", above,
            (("notch", claw.notch), ("crown", stone.crown), ("lean deg", claw.lean)), SOURCE,
        ),
        Figure("length after trimming", claw.bent, "mm", "along the wire, bent over", (("notch", claw.notch),)),
        Figure(
            f"{_named(stone)} from the foot", claw.notch, "mm", f"along the wire {at}",
            (("crown", stone.crown), ("lean deg", claw.lean)),
        ),
    )  # fmt: skip


def _named(stone: Stone) -> str:
    """What is marked on a prong."""
    return "stone's back" if _is_domed(stone) else "notch"


def _top_of(stone: Stone) -> str:
    return "its finished tip" if _is_domed(stone) else "the table"


def _up_to(stone: Stone) -> str:
    return "the stone's side" if _is_domed(stone) else "the girdle"


def cut_long(piece: Piece, blank: Blank, practice: Practice) -> Blank:
    """A prong's blank: straight, and longer than it ends up, for it is bent and trimmed in setting."""
    part = piece.part(blank.part)
    for stone in piece.stones:
        claw = claws(stone, part) if stone.grip == "prongs" and part.name in stone.held_by else None
        if claw is None or blank.sort != "wire":
            continue
        extras = (
            Allowance(
                f"stands above {_top_of(stone)}, trimmed after setting", claw.cut - claw.bent
            ),
            Allowance("file the foot to its seat", practice.squaring_each_end),
            Allowance("saw kerf", practice.kerf),
        )
        shaped = [word for word in blank.forming if "taper" in word]
        at, degrees = claw.elbow
        if degrees:
            shaped.append(f"bend it up by {degrees:.0f} degrees, {at:.1f} mm from the foot")
        forming = (
            "straighten",
            *shaped,
            f"leave it straight above {_up_to(stone)}: it is bent in setting",
        )
        mark = practice.squaring_each_end + claw.notch
        return replace(
            recut(replace(blank, forming=forming), (claw.bent, extras), practice),
            ticks=((practice.squaring_each_end, FOOT), (mark, _named(stone)), (practice.squaring_each_end + claw.cut, "trim to here before setting")),
        )  # fmt: skip
    return blank

"""The joint list: type, area, gap, solder and chips, grade, reheats, margins, how to hold and heat.

In: a piece, the order of work.  Out: `JointLine` rows in that order, and findings JG503, JG504, JG505, JG509, JG511.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jewelgen.bench.bezels import pallion_side, solder_volume
from jewelgen.bench.figure import Figure
from jewelgen.bench.heats import Heat, heats, solder_for
from jewelgen.bench.holding import hold_words
from jewelgen.bench.order import Op
from jewelgen.bench.practice import SOURCES, Practice
from jewelgen.bench.seams import seam_place
from jewelgen.bench.surfaces import Meeting, meeting
from jewelgen.bench.torch import NO_TORCH, Torch, torch
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.solders import Solder
from jewelgen.findings import Finding, Severity
from jewelgen.piece.joint import Joint
from jewelgen.piece.piece import Piece

ONE_CHIP = 0.30  # mm3; a joint that needs no more takes one chip cut to size


@dataclass(frozen=True, slots=True)
class JointLine:
    """One row of the joint list. Cold joints have no grade. Lengths mm, areas mm2, volumes mm3, Celsius.

    `order_mm3` and `chips` are solder with surplus for one place; `places` how many equal places; `margin_c` the
    parent's solidus less the solder's flow (None where not known); `place`: where the ends of a seam meet.
    """

    id: str
    index: int
    parts: tuple[str, ...]
    method: str
    word: str
    text: str
    places: int
    area_mm2: float = 0.0
    run_mm: float = 0.0
    solder_mm3: float = 0.0
    order_mm3: float = 0.0
    chips: int = 0
    chip_side: float = 0.0
    grade: str = ""
    solder: Solder | None = None
    depth: int = 0
    reheats: int = 0
    margin_c: float | None = None
    shared: bool = False
    hold: str = ""
    figures: tuple[Figure, ...] = ()
    torch: Torch = NO_TORCH
    place: str = ""

    @property
    def chip_words(self) -> str:
        """`6 of 1.0` for the sheet: how many chips of which side in mm."""
        return f"{self.chips} of {self.chip_side:.1f}" if self.chips else "-"


def joint_lines(
    piece: Piece, order: Sequence[Op], practice: Practice, castings: Sequence[tuple[str, ...]] = ()
) -> tuple[JointLine, ...]:
    """All joints of the piece, hot and cold, in the order they are made; J1, J2, ...

    Parts of one casting are one body from the start, so that joints to it share a heat.
    """
    own = {name: unit[0] for unit in castings for name in unit}
    rows = [op for op in order if op.verb in {"seam", "join", "weld", "cold", "link", "wrap"}]
    indices = [int(op.about) for op in rows]
    hot = [int(op.about) for op in rows if op.verb in {"seam", "join"}]
    links = [(j.a, j.b) for j in piece.joints if j.method == "link"]
    table = {h.index: h for h in heats(_bodies(piece, hot, own), links)}
    lines: list[JointLine] = []
    for n, i in enumerate(indices, start=1):
        line = _line(f"J{n}", i, piece, table, practice)
        if i in table:
            body = {*table[i].body, *table[i].near}
            earlier = [
                row.id for row in lines if row.grade and own.get(row.parts[0], row.parts[0]) in body
            ]
            line = replace(line, torch=torch(piece, piece.joints[i], table[i], earlier, practice))
        lines.append(line)
    return tuple(lines)


def _bodies(piece: Piece, hot: Sequence[int], own: Mapping[str, str]) -> list[tuple[int, str, str]]:
    rows = [(i, piece.joints[i]) for i in hot]
    return [(i, own.get(joint.a, joint.a), own.get(joint.b, joint.b)) for i, joint in rows]


def _line(
    name: str, index: int, piece: Piece, table: Mapping[int, Heat], practice: Practice
) -> JointLine:
    joint = piece.joints[index]
    parts = (joint.a,) if joint.a == joint.b else (joint.a, joint.b)
    meet = meeting(piece, joint, practice)
    heat = table.get(index)
    if heat is None:
        plain = joint.method in {"weld", "wrap"}
        word = joint.method if plain else f"{joint.method}, {meet.word}"
        return JointLine(name, index, parts, joint.method, word, joint.why, joint.n)
    fillet = practice.fillet if meet.fillet else 0.0
    volume = solder_volume(meet.area, practice.solder_gap, fillet, meet.run)
    chips, side = chip_count(volume, practice)
    solder = solder_for(
        [piece.part(part).alloy or piece.alloy for part in parts], heat.grade, practice.shelf
    )
    return JointLine(
        name, index, parts, joint.method, meet.word, meet.text, joint.n, meet.area, meet.run,
        volume, volume * practice.solder_surplus, chips, side, heat.grade, solder, heat.depth,
        heat.reheats, _margin(piece, parts, solder), heat.shared,
        _hold(piece, joint, heat), _figures(meet, volume, practice), place=seam_place(piece, joint),
    )  # fmt: skip


def chip_count(volume: float, practice: Practice) -> tuple[int, float]:
    """How many chips of which side (mm) hold a joint's solder with its surplus; one chip when it is small."""
    wanted = volume * practice.solder_surplus
    if wanted <= ONE_CHIP:
        side = pallion_side(volume, practice.solder_sheet, practice.solder_surplus)
        return 1, math.ceil(side * 10 - 1e-6) / 10
    each = practice.chip_side**2 * practice.solder_sheet
    return math.ceil(wanted / each - 1e-6), practice.chip_side


def _margin(piece: Piece, parts: Sequence[str], solder: Solder | None) -> float | None:
    solidi = [alloy(piece.part(part).alloy or piece.alloy).solidus_c for part in parts]
    known = [value for value in solidi if value is not None]
    return min(known) - solder.flow_c if solder and known else None


def _figures(meet: Meeting, volume: float, practice: Practice) -> tuple[Figure, ...]:
    formula = "A gap" + (" + (1 - pi/4) r^2 L" if meet.fillet else "")
    given = [("A", meet.area), ("gap", practice.solder_gap)]
    if meet.fillet:
        given += [("r", practice.fillet), ("L", meet.run)]
    return (
        Figure("solder", volume, "mm3", formula, tuple(given), SOURCES["gap"]),
        Figure(
            "solder to cut",
            volume * practice.solder_surplus,
            "mm3",
            "surplus x V",
            (("surplus", practice.solder_surplus), ("V", volume)),
            "bench_rules practice.solder_surplus",
        ),
    )


def _hold(piece: Piece, joint: Joint, heat: Heat) -> str:
    """How to hold and where to heat, by the parts; earlier joints are protected."""
    text = hold_words(piece, joint)
    if heat.shared:
        return f"{text}; one heat with the joint before"
    return f"{text}; earlier seams away from the flame" if heat.depth else text


def joint_findings(
    piece: Piece, lines: Sequence[JointLine], practice: Practice
) -> Iterator[Finding]:
    """Margins to the parent and between grades, missing solders, repeated heats, fineness of the solder."""
    hot = [line for line in lines if line.grade]
    yield from _alike(item for line in hot for item in _one(line, practice))
    for line in hot:
        yield from _plumb(piece, line)
    steps = {line.solder.grade: line.solder for line in hot if line.solder}
    ladder = sorted(steps.values(), key=lambda solder: -solder.flow_c)
    for upper, lower in itertools.pairwise(ladder):
        gap = upper.flow_c - lower.flow_c
        if gap < practice.step_margin_c:
            yield Finding(
                "JG504", f"{upper.name} to {lower.name} solder is a step of {gap:.0f} C", severity=Severity.WARNING,
                allowed=f"at least {practice.step_margin_c:.0f} C", hint="cool between heats, shield the earlier joints",
            )  # fmt: skip
    least = [
        s for s in ladder if s.fineness is not None and s.fineness < 650 and s.family == "silver"
    ]
    for solder in least:
        yield Finding(
            "JG505",
            f"{solder.name} solder is {solder.fineness} fine",
            severity=Severity.WARNING,
            allowed="650 or more where the piece is hallmarked",
        )


def _alike(found: Iterable[Finding]) -> Iterator[Finding]:
    """One note for all joints of which the same is said: `J1 J2 J4: hard solder flows ...`."""
    rows: dict[tuple[str, str, str], list[Finding]] = {}
    for item in found:
        _, said, rest = item.message.partition(":")
        rows.setdefault((item.code, item.severity.name, rest if said else item.message), []).append(
            item
        )
    for (_, _, rest), items in rows.items():
        ids = " ".join(item.message.partition(":")[0] for item in items)
        yield items[0] if len(items) == 1 else replace(items[0], message=f"{ids}:{rest}")


def _plumb(piece: Piece, line: JointLine) -> Iterator[Finding]:
    """Gold and platinum metals are soldered plumb: the solder as fine as the least fine part it joins."""
    solder = line.solder
    if solder is None or solder.fineness is None or solder.family.startswith("silver"):
        return
    least = min(alloy(piece.part(name).alloy or piece.alloy).fineness for name in line.parts)
    if solder.fineness < least:
        yield Finding(
            "JG505", f"{line.id}: {solder.name} solder is {solder.fineness} fine, not plumb", severity=Severity.WARNING,
            allowed=f"{least} or more where the piece is hallmarked", hint="use a plumb solder, or weld",
        )  # fmt: skip


def _one(line: JointLine, practice: Practice) -> Iterator[Finding]:
    if line.solder is None:
        yield Finding(
            "JG511",
            f"{line.id}: no solder is listed for {' and '.join(line.parts)}",
            severity=Severity.WARNING,
            hint="weld it, or use the maker's solder sheet",
        )
    elif line.margin_c is not None and line.margin_c < practice.parent_margin_c:
        severity = Severity.ERROR if line.margin_c <= 0 else Severity.NOTE
        yield Finding(
            "JG503", f"{line.id}: {line.solder.name} solder flows {line.margin_c:.0f} C below the parent's solidus",
            severity=severity, allowed=f"{practice.parent_margin_c:.0f} C is safe", hint="pull the flame away the moment it flows",
        )  # fmt: skip
    if line.reheats > practice.reheats_limit:
        yield Finding(
            "JG509",
            f"{line.id} is reheated {line.reheats} times",
            severity=Severity.NOTE,
            allowed=f"{practice.reheats_limit} without protection",
            hint="ochre or a heat sink on the earlier joints",
        )

"""JG219, JG222: unsoldered jump rings of thin wire, and bails a chain does not pass."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.catalog.facts import fact
from jewelgen.findings import Finding, Fix, Severity
from jewelgen.flat.outline import extents
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import Bez, Circ, Loop, Rail, Wound
from jewelgen.piece.section import thickness
from jewelgen.rules.places import here, least_metal

WHOLE = 350.0  # degrees: what goes less far round is open on purpose
RING = 0.5  # mm: hoops further from the piece's bore than this are links


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """Warnings for links that open by themselves and for the uppermost opening of a pendant."""
    del pack  # links are bench practice
    closed = {j.a for j in piece.joints if j.fit.word == "seam" and j.a == j.b}
    for part in piece.parts:
        if not isinstance(part.form, Hoop) or abs(part.form.bore - piece.bore) <= RING:
            continue
        if part.form.a1 - part.form.a0 < WHOLE:  # a bow or a catch, not a ring
            continue
        wire, least = least_metal(part.form), _least_wire()
        if part.made != "cast" and part.name not in closed and wire < least - 1e-6:
            yield Finding(
                "JG219",
                f"{part.name}: an unsoldered ring of {wire:.2f} mm wire pulls open",
                here(part.name),
                Severity.WARNING,
                f"at least {least:g} mm, or soldered",
                fix=Fix(f"{part.name}.ends", '"soldered"'),
            )
    if piece.sort == "pendant":
        yield from _bail(piece)


def _least_wire() -> float:
    """The thinnest wire, mm, that holds unsoldered: its trade gauge, and what that measures."""
    gauge = fact("bench_rules", "bail_chain.jump_ring_gauge_min_unsoldered").number
    return dict(fact("stock", "jump_ring.label_mm").pairs)[gauge]


def _bail(piece: Piece) -> Iterator[Finding]:
    need = sum(fact("bench_rules", f"bail_chain.{key}").number for key in (
        "typical_chain_width_mm", "clearance_over_fitting",
    ))  # fmt: skip
    for part in piece.parts:
        room = opening(part)
        if 0 < room < need - 1e-6 and part.name.split(".")[0] in {"bail", "link"}:
            yield Finding(
                "JG222",
                f"{part.name}: an opening of {room:.2f} mm does not pass a usual chain",
                here(part.name),
                Severity.WARNING,
                f"at least {need:g} mm: a chain of 1.5 mm and 0.5 mm to spare",
            )


def opening(part: Part) -> float:
    """Clear width in mm of a link or bail; 0 for parts that are no ring."""
    form = part.form
    if isinstance(form, Hoop):
        return form.bore
    if isinstance(form, Bar):
        across = _across(form.rail)
        return max(across - max(thickness(s) for _, s in form.stations), 0.0) if across else 0.0
    return 0.0


def _across(rail: Rail) -> float:
    """Least inner extent of a closed rail, centre line to centre line; 0 for open ones."""
    match rail:
        case Circ():
            return 2 * rail.r if abs(rail.a1 - rail.a0) >= 360.0 else 0.0
        case Loop():
            return min(extents(rail.outline))
        case Bez():
            ends = [sum((a - b) ** 2 for a, b in zip(rail.points[0], rail.points[-1], strict=True))]
            spans = [max(axis) - min(axis) for axis in zip(*rail.points, strict=True)]
            wide = sorted(span for span in spans if span > 1e-9)
            return wide[0] if ends[0] < 1e-12 and len(wide) >= 2 else 0.0
        case Wound():
            return 0.0

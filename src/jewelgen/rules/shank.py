"""JG203: a cast shank thinner or narrower than the pack asks."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.catalog.packs import Limit, limit
from jewelgen.findings import Finding, Fix, Severity
from jewelgen.piece.form import Hoop
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import width
from jewelgen.rules.places import here, least_metal

FINGER = 0.5  # mm: a hoop whose bore is this near the piece's is the shank, not a jump ring


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """Warnings for the shank's least thickness and width; a thin ring casts, but bends."""
    for part in piece.parts:
        form = part.form
        if (
            part.made != "cast"
            or not isinstance(form, Hoop)
            or abs(form.bore - piece.bore) > FINGER
        ):
            continue
        yield from _short(part, "thickness", least_metal(form), limit("shank_thickness_min", pack))
        narrow = min(width(section) for _, section in form.stations)
        yield from _short(part, "width", narrow, limit("shank_width_min", pack))


def _short(part: Part, word: str, value: float, least: Limit) -> Iterator[Finding]:
    if value < least.value - 1e-6:
        key = "thick" if word == "thickness" else "width"
        yield Finding(
            "JG203",
            f"{part.name}: a shank {word} of {value:.2f} mm will not last",
            here(part.name),
            Severity.WARNING,
            f"at least {least.value:g} mm ({least.pack})",
            fix=Fix(f"{part.name}.{key}", f"{least.value:g}"),
        )

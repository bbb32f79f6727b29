"""JG203: a cast shank thinner or narrower than the pack asks."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.catalog.packs import Limit, limit
from jewelgen.findings import Finding, Fix, Severity
from jewelgen.piece.form import Hoop
from jewelgen.piece.joint import FUSED
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import width
from jewelgen.rules.places import here, least_metal

FINGER = 0.5  # mm: a hoop whose bore is this near the piece's is the shank, not a jump ring


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """Warnings for the shank's least thickness and width; a thin ring casts, but bends.

    Bands that are joined side by side are as wide as all of them.
    """
    for part in piece.parts:
        form = part.form
        if part.made != "cast" or not isinstance(form, Hoop) or not _round_finger(part, piece):
            continue
        yield from _short(part, "thickness", least_metal(form), limit("shank_thickness_min", pack))
        wide = sum(other.array.n * _narrowest(other) for other in _joined(part, piece))
        yield from _short(part, "width", wide, limit("shank_width_min", pack))


def _round_finger(part: Part, piece: Piece) -> bool:
    return isinstance(part.form, Hoop) and abs(part.form.bore - piece.bore) <= FINGER


def _narrowest(part: Part) -> float:
    """The least width of a hoop, mm."""
    return (
        min((width(s) for _, s in part.form.stations), default=0.0)
        if isinstance(part.form, Hoop)
        else 0.0
    )


def _joined(part: Part, piece: Piece) -> list[Part]:
    """The part and every other band round the finger that touches it along its side."""
    sides = {j.b if j.a == part.name else j.a for j in piece.joints
             if j.fit.word == "touch" and j.method in FUSED and part.name in (j.a, j.b)}  # fmt: skip
    others = [p for p in piece.parts if p.name in sides - {part.name} and _round_finger(p, piece)]
    return [part, *others]


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

"""JG203: a cast shank thinner or narrower than the pack asks, all round or behind the stones it carries."""

from __future__ import annotations

import math
from collections.abc import Iterator

from jewelgen.catalog.packs import Limit, limit
from jewelgen.findings import Finding, Fix, Severity
from jewelgen.piece.easing import section_at
from jewelgen.piece.form import Hoop
from jewelgen.piece.joint import FUSED
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import thickness, width
from jewelgen.rules.places import here, least_metal, stone_copies
from jewelgen.rules.stopped import grown, weight

FINGER = 0.5  # mm: a hoop whose bore is this near the piece's is the shank, not a jump ring


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """For the shank's least thickness and width; a thin ring casts, but bends: errors where its file cannot pass.

    Bands that are joined side by side are as wide as all of them.
    """
    for part in piece.parts:
        form = part.form
        if part.made != "cast" or not isinstance(form, Hoop) or not _round_finger(part, piece):
            continue
        yield from _thin(part, form, piece, pack)
        bands = _joined(part, piece)
        wide = sum(other.array.n * _narrowest(other) for other in bands)
        back = sum(other.array.n * _at_back(other)[0] for other in bands)
        yield from _short((part, "width", wide, back), limit("shank_width_min", pack), pack)


def _thin(part: Part, form: Hoop, piece: Piece, pack: str) -> Iterator[Finding]:
    """Behind stones the thickness at the back as it is cast, where the file cannot pass; else the least anywhere."""
    back = _at_back(part)[1]
    plain, loaded = (limit(f"shank_{word}_min", pack) for word in ("thickness", "loaded_thickness"))
    if _loaded(piece) and weight(back, loaded, pack, more=grown()) is Severity.ERROR:
        yield from _short((part, "thickness behind stones", back, back), loaded, pack)
    else:
        yield from _short((part, "thickness", least_metal(form), back), plain, pack)


def _loaded(piece: Piece) -> bool:
    """Whether it carries stones at its top and none at its back."""
    turns = [math.atan2(c.frame.origin[0], c.frame.origin[2]) for c in stone_copies(piece)]
    return bool(turns) and max(map(abs, turns)) < math.pi / 2


def _at_back(part: Part) -> tuple[float, float]:
    """Width and thickness at 6 o'clock, where the file is measured, mm."""
    if not isinstance(part.form, Hoop):
        return 0.0, 0.0
    section = section_at(part.form.stations, 180.0)
    return width(section), thickness(section)


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


def _short(found: tuple[Part, str, float, float], least: Limit, pack: str) -> Iterator[Finding]:
    """`found`: the part, what was measured, the least value anywhere and the one at the back."""
    part, word, value, back = found
    if value < least.value - 1e-6:
        key = "width" if word == "width" else "thick"
        yield Finding(
            "JG203",
            f"{part.name}: a shank {word} of {value:.2f} mm will not last",
            here(part.name),
            weight(back, least, pack, more=grown()),
            f"at least {least.value:g} mm ({least.pack})",
            fix=Fix(f"{part.name}.{key}", f"{least.value:g}"),
        )

"""JG228: necks and webs of a free outline narrower than metal casts, or bears handling."""

from __future__ import annotations

import math
from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from jewelgen.catalog.packs import limit
from jewelgen.findings import Finding, Fix, Severity
from jewelgen.flat.outline import Path, extents
from jewelgen.flat.region import region
from jewelgen.piece.form import Plate
from jewelgen.piece.piece import Piece
from jewelgen.rules.places import here

LETTERS = "letters"  # the role of plates that are all strokes: JG272 judges those
STEPS = 12  # halvings of the search: the web to a four-thousandth of the limit


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """An error for cast plates, a warning for sawn ones; the fix is the height at which the web is wide enough."""
    least = limit("wall_min", pack)
    for part in piece.parts:
        if not isinstance(part.form, Plate) or not isinstance(part.form.outline, Path):
            continue
        if part.role == LETTERS:
            continue
        web = least_web(part.form.outline, least.value)
        if web >= least.value:
            continue
        tall = math.ceil(11 * extents(part.form.outline)[0] * least.value / max(web, 0.05)) / 10
        yield Finding(
            "JG228",
            f"{part.name}: the outline narrows to {web:.2f} mm between wider places",
            here(part.name),
            Severity.ERROR if part.made == "cast" else Severity.WARNING,
            f"at least {least.value:g} mm ({least.pack})",
            "draw the narrow place wider, or make the piece larger",
            Fix(f"{part.name}.tall", f"{tall:g}"),
        )


def least_web(outline: Path, wanted: float) -> float:
    """The width in mm of the narrowest neck, or of metal beside a hole; `wanted` where none is narrower.

    Shrunk by half its width a neck parts and a hole breaks out; points only get shorter.
    """
    whole = region(outline)
    if _sort(whole.buffer(-wanted / 2)) == _sort(whole):
        return wanted
    low, high = 0.0, wanted
    for _ in range(STEPS):
        middle = (low + high) / 2
        if _sort(whole.buffer(-middle / 2)) == _sort(whole):
            low = middle
        else:
            high = middle
    return low


def _sort(shape: BaseGeometry) -> tuple[int, int]:
    """How many islands and how many holes."""
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    return len(parts), sum(len(part.interiors) for part in parts)

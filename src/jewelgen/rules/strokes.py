"""JG272: letters of a casting with strokes thinner than the pack casts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from jewelgen.catalog.packs import Limit, limit
from jewelgen.findings import Finding, Fix
from jewelgen.flat.outline import Path
from jewelgen.flat.region import region
from jewelgen.flat.strokes import thinnest
from jewelgen.piece.form import Plate
from jewelgen.piece.piece import Piece
from jewelgen.rules.places import here
from jewelgen.rules.webs import LETTERS

WALL = 2.5  # times as deep as wide: a stroke is then a wall to the caster, not a wire
ROOM = 1.2  # of the limit: strokes that meet at an angle are narrower than what was asked for


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """An error for every cast plate of letters; the fix is the stroke that passes."""
    for part in piece.parts:
        form = part.form
        if part.made != "cast" or part.role != LETTERS:
            continue
        if not isinstance(form, Plate) or not isinstance(form.outline, Path):
            continue
        wire = limit("element_min", pack)
        width, x, y = _thinnest(form.outline, wire.value)
        least = wire if form.t < WALL * width else limit("wall_min", pack)
        if width < least.value - 1e-6:
            yield Finding(
                "JG272",
                f"{part.name}: a stroke of {width:.2f} mm at x {x:.1f}, y {y:.1f} does not cast",
                here(part.name),
                allowed=f"at least {least.value:g} mm ({least.pack}) for {form.t:g} mm of metal",
                hint="bolder letters, larger ones, or thinner metal",
                fix=Fix(f"{part.name}.stroke", f"{_wanted(form, wire):g}"),
            )


@lru_cache(maxsize=16)
def _thinnest(path: Path, least: float) -> tuple[float, float, float]:
    return thinnest(region(path), least)


def _wanted(form: Plate, wire: Limit) -> float:
    """The stroke that is a wire still and no thinner than one, to the next 0.05 mm."""
    return round(20 * max(ROOM * wire.value, form.t / 2) + 0.499) / 20

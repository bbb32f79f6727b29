"""JG257: milgrain and raised letters too low to survive casting and polish."""

from __future__ import annotations

import math
from collections.abc import Iterator

from jewelgen.catalog.packs import limit
from jewelgen.findings import Finding, Fix, Severity
from jewelgen.piece.mark import Beads, Glyphs, Mark
from jewelgen.piece.piece import Piece
from jewelgen.rules.places import here


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """A warning for low relief on cast parts; made by hand it is crisp at any height."""
    least = limit("emboss_height_min", pack)
    for mark in piece.marks:
        high, key, grow = _height(mark)
        if mark.when != "cast" or piece.part(mark.on).made != "cast" or not key:
            continue
        if high >= least.value - 1e-9:
            continue
        yield Finding(
            "JG257",
            f"{mark.name}: relief of {high:.2f} mm is lost in casting and polish",
            here(mark.name),
            Severity.WARNING,
            f"at least {least.value:g} mm ({least.pack})",
            'larger, or made by hand on the casting: when = "after casting"',
            Fix(f"{mark.name}.{key}", f"{math.ceil(20 * grow * least.value - 1e-9) / 20:g}"),
        )


def _height(mark: Mark) -> tuple[float, str, float]:
    """How high it stands in mm, the key that says so, and that key's size for each mm of height."""
    form = mark.form
    if isinstance(form, Beads) and form.word == "milgrain":
        high = form.d - form.bite
        return high, "bead", form.d / high
    if isinstance(form, Glyphs) and form.how == "raise":
        return form.deep, "deep", 1.0
    return 0.0, "", 0.0

"""Artwork from a drawing, engraved, stamped, raised or pierced: flat on plates, wrapped on and inside bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from jewelgen.findings import DesignError, Finding, Where
from jewelgen.flat.artwork import artwork, widest_gap
from jewelgen.flat.drawing import Drawing, drawing
from jewelgen.kinds.kind import Kind
from jewelgen.piece.inscription import Wording, laid
from jewelgen.piece.mark import How
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Mm, OneOf, Parsed

OPEN = 0.05  # mm: wider gaps in an outline are no accident of drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What is drawn, how large and how it is made."""

    file: Annotated[
        Drawing,
        Parsed(
            drawing, "the artwork", '"leaf", "heart", "drop", or a drawing of your own (.svg)',
            suffix=".svg",
        ),
    ]  # fmt: skip
    tall: Annotated[float, Mm(0.6, 60, "height of the artwork")] = 4.0
    deep: Annotated[float, Mm(0.05, 3, "depth of cut, or height when raised")] = 0.25
    how: Annotated[str, OneOf(("engrave", "stamp", "raise", "pierce"), "how it is made")] = (
        "engrave"
    )
    fit: Annotated[str, OneOf(("as given", "shrink"), "smaller where there is no room")] = (
        "as given"
    )


def make(params: Params, site: Site) -> Fragment:
    """One mark on the anchor's part; raises `DesignError` JG226 or JG243 .. JG247."""
    gap = widest_gap(params.file, params.tall)
    if gap > OPEN:
        message = f"an outline of '{params.file.name}' is open by {gap:.2f} mm"
        where = Where(key=f"{site.name}.file")
        raise DesignError(Finding("JG226", message, where, hint="close it in the drawing"))
    name = params.file.name.removesuffix(".svg")
    how, shrinks = cast("How", params.how), params.fit == "shrink"
    words = Wording(name, "", params.tall, params.deep, how, shrinks)
    mark = laid(words, lambda tall: artwork(params.file, tall), site, "file")
    return Fragment(marks=(mark,))


KIND = Kind("engraving", "art", Params, make, "artwork from a drawing (SVG) on a face or a band")

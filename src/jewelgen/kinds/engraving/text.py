"""A text engraved, stamped, raised or pierced: flat on plates, wrapped on and inside bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from jewelgen.kinds.kind import Kind
from jewelgen.piece.inscription import Wording, inscribed
from jewelgen.piece.mark import How
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Letters, Mm, OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What is written, how large and how."""

    text: Annotated[str, Letters(1, 60, "what is written")]
    font: Annotated[
        str, Letters(1, 120, "sans, serif, cinzel, great-vibes, or a .ttf or .otf file")
    ] = "sans"
    tall: Annotated[float, Mm(0.4, 40, "height of capitals")] = 1.5
    deep: Annotated[float, Mm(0.05, 3, "depth of cut, or height when raised")] = 0.25
    how: Annotated[str, OneOf(("engrave", "stamp", "raise", "pierce"), "how it is made")] = (
        "engrave"
    )
    fit: Annotated[str, OneOf(("as given", "shrink"), "smaller letters where there is no room")] = (
        "as given"
    )


def make(params: Params, site: Site) -> Fragment:
    """One mark on the anchor's part; raises `DesignError` JG240 .. JG247."""
    how = cast("How", params.how)
    shrinks = params.fit == "shrink"
    words = Wording(params.text, params.font, params.tall, params.deep, how, shrinks)
    return Fragment(marks=(inscribed(words, site),))


KIND = Kind(
    "engraving",
    "text",
    Params,
    make,
    "a word or a line of text on a face or a band",
    usual=True,
)

"""A standard mark (925, 750, a maker's mark) struck with a punch."""

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
    """What the punch says; quality punches have letters of about 1 mm."""

    stamp: Annotated[str, Letters(1, 12, "what the punch says")]
    font: Annotated[str, Letters(1, 120, "sans, serif, or a .ttf or .otf file")] = "sans"
    tall: Annotated[float, Mm(0.4, 4, "height of capitals")] = 1.0
    deep: Annotated[float, Mm(0.05, 1, "depth")] = 0.15
    how: Annotated[str, OneOf(("stamp", "engrave"), "struck, or cut (laser, graver)")] = "stamp"


def make(params: Params, site: Site) -> Fragment:
    """One mark on the anchor's part; raises `DesignError` JG240 .. JG247."""
    how = cast("How", params.how)
    words = Wording(params.stamp, params.font, params.tall, params.deep, how)
    return Fragment(marks=(inscribed(words, site, "stamp"),))


KIND = Kind(
    "hallmark",
    "stamp",
    Params,
    make,
    "a standard mark struck with a punch",
    on="shank.inside",
    inside_at=180.0,
)

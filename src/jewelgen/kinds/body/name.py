"""A name in one piece: letters sawn of sheet or cast, pulled together until they hold each other."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, JewelgenError, Where
from jewelgen.flat.joined import Spelling, name_path
from jewelgen.flat.outline import Path
from jewelgen.flat.text import text_width
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Plate
from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Letters, Mm, OneOf

KEYS = {
    "JG241": "font",
    "JG270": "overlap",
}  # what to change for a finding; the text for all others

# The file of a master is thicker by what finishing takes, and its openings narrower.
OPENING = "pack.opening_min + 0.02 + cast * casting.finishing.loss_total"
WIDEST = 90.0  # mm: a wider one does not lie on a neck
LEAST = 3.0  # mm: smaller capitals have no room for strokes that hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The name and the sizes of its finished letters."""

    text: Annotated[str, Letters(1, 24, "the name, one word")]
    font: Annotated[
        str, Letters(1, 120, "great-vibes, cinzel, sans, serif, or a .ttf or .otf file")
    ] = "great-vibes"
    tall: Annotated[float, Mm(LEAST, 40, "height of capitals")] = 9.0
    fit: Annotated[
        str, OneOf(("as given", "shrink"), "smaller letters where a name is too wide")
    ] = "as given"
    thick: Annotated[float, Mm(0.6, 5, "thickness of the sheet")] = 1.2
    overlap: Annotated[float, Mm(0.1, 2, "how far neighbours are pulled into each other")] = 0.3
    dots: Annotated[float, Mm(0.3, 3, "width of the posts that hold dots and accents")] = 0.8
    stroke: Annotated[
        float,
        Mm(0, 3, "least width of strokes: thinner ones are widened", formula="max(0.6, thick / 2)"),
    ] = 0.6
    opening: Annotated[
        float,
        Mm(
            0.2,
            2,
            "narrower notches between strokes are filled: they do so in the flask",
            formula=OPENING,
        ),
    ] = 0.42


def make(params: Params, site: Site) -> Fragment:
    """One plate on z = 0; raises `DesignError` JG240 .. JG242, JG270, JG271, JG273 at the key to change."""
    path = _outline(params, site)
    form = Plate(path, params.thick)
    part = Part(site.name, form, site.frame, alloy=site.own_alloy, made=site.made, role="letters")
    front = site.frame.then(Frame((0.0, 0.0, params.thick)))
    edge = Anchor("front.edge", "edge", front, site.name, outline=path, depth=params.thick)
    return Fragment(parts=(part,), anchors=(edge,))


def _outline(params: Params, site: Site) -> Path:
    p = params
    try:
        tall = _fitting(params, site)
        return name_path(Spelling(p.text, p.font, tall, p.overlap, p.dots, p.stroke, p.opening))
    except JewelgenError as error:
        raise DesignError(_at(item, site.name) for item in error.findings) from error


def _fitting(params: Params, site: Site) -> float:
    """Height of the capitals with which the letters, as the font spaces them, are not too wide to lie on a neck.

    Pulling letters together only makes a name narrower. Raises JG273 for one that is, unless it may shrink.
    """
    wide = text_width(params.text, params.font, params.tall)
    if wide <= WIDEST:
        return params.tall
    tall = math.floor(10 * params.tall * WIDEST / wide) / 10
    if params.fit == "shrink" and tall >= LEAST:
        return tall
    key = f"{site.name}.tall"
    fix = Fix(key, f"{tall:g}") if tall >= LEAST else None
    message = (
        f"the name is {math.ceil(10 * wide) / 10:g} mm wide with capitals of {params.tall:g} mm"
    )
    hint = 'fewer letters, smaller ones, or fit = "shrink"' if fix else "fewer letters"
    raise DesignError(
        Finding(
            "JG273", message, Where(key=key), allowed=f"up to {WIDEST:g} mm", hint=hint, fix=fix
        )
    )


def _at(item: Finding, block: str) -> Finding:
    """The finding at the key it is about."""
    fix = replace(item.fix, key=f"{block}.{item.fix.key}") if item.fix else None
    if item.where.key:
        return item
    return replace(item, where=Where(key=f"{block}.{KEYS.get(item.code, 'text')}"), fix=fix)


KIND = Kind("body", "name", Params, make, "a name in joined letters", anchors=("front.edge",))

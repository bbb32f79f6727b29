"""A word or a drawing as a mark: its outlines laid on an anchor, checked for room and depth.

In: `Wording` (text, font, sizes, how), outlines by height, and the anchor they go on.  Out: a `Mark`.
Findings: JG243 does not fit, JG244 nothing to see, JG245 too deep, JG246 loose islands, JG247 no ground.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from jewelgen.findings import DesignError, Finding, Fix, JewelgenError, Where
from jewelgen.flat.outline import Path, extents
from jewelgen.flat.segments import loop_moments
from jewelgen.flat.text import text_path
from jewelgen.piece.lettering import MARGIN, Ground, ground, largest_scale
from jewelgen.piece.mark import Glyphs, How, Mark
from jewelgen.piece.site import Anchor, Site

EASE = 0.9  # mm kept free round letters that choose their own size: a rim that casts, and air for the eye
FLOOR = 0.3  # mm of metal left under cut letters; least standing wall of delicate work
LEAST = 0.4  # mm: capitals below this are dust
THROUGH = 0.05  # mm a pierced letter's tool passes the far face


@dataclass(frozen=True, slots=True)
class Wording:
    """What is to be written: `tall` is the height of capitals and `deep` the depth, in mm.

    `shrinks`: whether the letters get smaller, down to `LEAST` mm, when there is no room for `tall`.
    """

    text: str
    font: str
    tall: float
    deep: float
    how: How
    shrinks: bool = False


def inscribed(words: Wording, site: Site, key: str = "text") -> Mark:
    """The word set in its font, named after the site's block; raises `DesignError` with the key it concerns."""

    def set_in(tall: float) -> Path:
        return _set(replace(words, tall=tall), site, key)

    return laid(words, set_in, site, key)


def laid(words: Wording, drawn: Callable[[float], Path], site: Site, key: str = "text") -> Mark:
    """The outlines that `drawn` gives for a height in mm, as a mark; raises `DesignError` JG243 .. JG247."""
    anchor = site.anchor
    if anchor is None:
        raise _refused("JG247", f"'{words.text}' stands on nothing", f"{site.name}.on", GROUNDS)
    path = drawn(words.tall)
    place = _place(anchor, site)
    if words.shrinks:
        words = replace(words, tall=max(_room(words, path, anchor, EASE), LEAST))
        path = drawn(words.tall)
    _check_room(words, path, anchor, site, key)
    _check_depth(words, path, anchor, site)
    deep = anchor.depth + THROUGH if words.how == "pierce" else words.deep
    form = Glyphs(path, deep, words.how, words.text, words.font, words.tall, place.bend)
    return Mark(site.name, anchor.part, form, place.frame)


GROUNDS = "put it on a face (body.front, shank.inside) or round a band (shank.round)"


def _refused(
    code: str, message: str, key: str, hint: str = "", fix: Fix | None = None
) -> DesignError:
    return DesignError(Finding(code, message, Where(key=key), hint=hint, fix=fix))


def _place(anchor: Anchor, site: Site) -> Ground:
    try:
        return ground(anchor)
    except ValueError as error:
        raise _refused("JG247", str(error), f"{site.name}.on", GROUNDS) from error


def _set(words: Wording, site: Site, key: str) -> Path:
    """The outlines; what the font cannot set is said at the block's keys."""
    try:
        path = text_path(words.text, words.font, words.tall)
    except JewelgenError as error:
        spots = {"JG241": "font"}
        raise DesignError(
            replace(item, where=Where(key=f"{site.name}.{spots.get(item.code, key)}"))
            for item in error.findings
        ) from error
    if not path.loops:
        raise _refused("JG244", f"'{words.text}' has nothing to cut", f"{site.name}.{key}")
    return path


def _room(words: Wording, path: Path, anchor: Anchor, margin: float = MARGIN) -> float:
    """The asked height of capitals, or the greatest tenth of a millimetre that leaves a margin in mm."""
    scale = largest_scale(anchor, path, margin)
    return words.tall if scale >= 1.0 - 1e-9 else int(words.tall * scale * 10 + 1e-9) / 10


def _check_room(words: Wording, path: Path, anchor: Anchor, site: Site, key: str) -> None:
    """All of it must lie on the metal; the fix is the greatest height, to the tenth, that does."""
    tall = _room(words, path, anchor)
    if tall == words.tall:
        return
    long, spot = extents(path)[1], f"{site.name}.tall"
    message = f"'{words.text}' is {long:.1f} mm long at a height of {words.tall:g} mm: no room"
    if tall < LEAST:
        hint = "write fewer letters" if key == "text" else "a larger face"
        raise _refused("JG243", message, spot, hint)
    raise _refused("JG243", message, spot, f"{tall:g} mm fits", Fix(spot, f"{tall:g}"))


def _check_depth(words: Wording, path: Path, anchor: Anchor, site: Site) -> None:
    if words.how == "pierce":
        if any(loop_moments(loop).area < 0 for loop in path.loops):
            message = f"the insides of '{words.text}' fall out when it is pierced"
            raise _refused(
                "JG246", message, f"{site.name}.how", "engrave it, or use a stencil font"
            )
        return
    most = anchor.depth - FLOOR
    if words.how == "raise" or not anchor.depth or words.deep <= most + 1e-9:
        return
    key = f"{site.name}.deep"
    message = (
        f"{words.deep:g} mm deep leaves {anchor.depth - words.deep:.2f} of {anchor.depth:.2f} mm"
    )
    if most < 0.05:
        raise _refused("JG245", message, key, "the metal is too thin to cut letters in")
    fix = Fix(key, f"{int(most * 100) / 100:g}")
    raise _refused("JG245", message, key, f"at least {FLOOR} mm stay under the letters", fix)

"""The gallery's page: every shipped design with what may be asked of it, all together, and the metals in their colours.

In: designs as read, the alloys of the catalog.  Out: Markdown. No kernel: the pictures are drawn elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jewelgen.catalog.alloys import Alloy, alloy
from jewelgen.design.brief import Brief

ALL = "all.png"
HEAD = """# Gallery

Every shipped design from two sides, with all that may be asked of it, drawn by `make docs`; then [the metals](#metals).

![All designs](all.png)
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A design on the page: the file it is in, and what was read from it."""

    file: str
    brief: Brief


def gallery_page(pieces: Sequence[Shown], alloys: Iterable[Alloy]) -> str:
    """The whole page, LF ends."""
    return "\n".join([HEAD, *(_piece(piece) for piece in pieces), *_metals(alloys)])


def _piece(piece: Shown) -> str:
    brief = piece.brief
    asks = {ask.key: ask.text for ask in brief.asks}
    metal = alloy(brief.alloy).name
    lines = [
        f"## {brief.name}\n",
        f"`{piece.file}`, {brief.made}\n",
        f"- sizes: {asks.pop('size', 'one')}{f', drawn in {brief.size}' if brief.size else ''}",
        f"- metals: {asks.pop('alloy', 'one')}, drawn in {metal}",
    ]
    lines += [f"- {key}: {text}" for key, text in asks.items()]
    return "\n".join([*lines, f"\n![{brief.name}]({brief.stem}.png)\n"])


def _metals(alloys: Iterable[Alloy]) -> Iterable[str]:
    yield "## Metals\n"
    yield "One band in every alloy, in the light of all pictures here.\n"
    yield "| | alloy | in designs | fineness | sRGB |"
    yield "|---|---|---|---|---|"
    for row in alloys:
        yield (
            f"| ![{row.name}](alloys/{swatch(row)}) | {row.name} | `{row.id}` | {row.fineness or '-'} | "
            f"{' '.join(map(str, row.rgb))} |"
        )
    yield ""


def swatch(row: Alloy) -> str:
    """The name of the picture of an alloy; alloys of one colour share it."""
    return "{:02x}{:02x}{:02x}.png".format(*row.rgb)

"""Resin printers by name, or any by its build volume.

In: `"elegoo mars 3"`, `"prusa-sl1s"`, `"145x145x185"`.  Out: `Printer`, mm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jewelgen.catalog.facts import fact, table, unknown
from jewelgen.findings import did_you_mean

_SIZE = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(?:mm)?")
LEAST, MOST = 10.0, 2000.0  # mm a side: outside, a size was mistyped


@dataclass(frozen=True, slots=True)
class Printer:
    """What a printer can print: across, deep and high in mm."""

    name: str
    x: float
    y: float
    z: float


def printer(word: str) -> Printer:
    """The printer of a name or of `WxDxH` in mm; `CatalogError` JG451 with the nearest name."""
    found = _SIZE.fullmatch(word.lower().replace(" ", ""))
    if found:
        sides = tuple(float(side) for side in found.groups())
        if not all(LEAST <= side <= MOST for side in sides):
            raise unknown("JG451", f"no printer prints {word}", f"{LEAST:g} .. {MOST:g} mm a side")
        return Printer(f"{sides[0]:g} x {sides[1]:g} x {sides[2]:g} mm", *sides)
    rows = table("printers")["printer"]
    names = {_plain(key): key for key in rows} | {_plain(rows[key]["name"]): key for key in rows}
    if _plain(word) not in names:
        hint = did_you_mean(_plain(word).replace(" ", "-"), tuple(rows))
        raise unknown("JG451", f"no printer '{word}'", f"{hint}; or its size as WxDxH in mm")
    key = names[_plain(word)]
    return Printer(str(rows[key]["name"]), *fact("printers", f"printer.{key}.build").numbers)


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", " ", word.lower()).strip()

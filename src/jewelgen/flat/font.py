"""Fonts: the shipped ones by name, a designer's own by file; glyph outlines, advances and kerning pairs.

In: a name (`sans`, `serif`, `cinzel`, `great-vibes`) or the path of a .ttf or .otf.  Out: `Font`.
Findings: JG240 characters the font has not, JG241 no such font.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path as File
from typing import Any

from fontTools.ttLib import TTFont, TTLibError

from jewelgen.findings import DesignError, Finding, did_you_mean

SHIPPED = {
    "sans": "DejaVuSans.ttf",
    "serif": "DejaVuSerif.ttf",
    "cinzel": "Cinzel-Regular.ttf",
    "great-vibes": "GreatVibes-Regular.ttf",
}
LARGEST = 20_000_000  # bytes of a font file we are willing to read
_SUFFIXES = (".ttf", ".otf")


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A font read once: glyph names by code point, the glyph set to draw from, sizes in font units."""

    name: str
    glyphs: Any
    names: dict[int, str]
    cap: float
    kerns: dict[tuple[str, str], int]

    def glyph(self, character: str) -> str:
        """The glyph name of a character; `KeyError` when the font has none."""
        return self.names[ord(character)]

    def advance(self, glyph: str) -> float:
        """The advance width in font units."""
        return float(self.glyphs[glyph].width)

    def kern(self, left: str, right: str) -> float:
        """What is added between two glyphs, in font units."""
        return float(self.kerns.get((left, right), 0))

    def missing(self, text: str) -> str:
        """The characters of `text` without a glyph, each once, in order."""
        return "".join(dict.fromkeys(ch for ch in text if ord(ch) not in self.names))


def font_named(name: str) -> Font:
    """The font of that name or file; raises `DesignError` JG241."""
    if name in SHIPPED:
        return _shipped(name)
    if not name.lower().endswith(_SUFFIXES):
        hint = did_you_mean(name[:40], sorted(SHIPPED))
        raise _refused(f"no font '{name[:40]}'", hint or "or the path of a .ttf or .otf file")
    return _read(name, _bytes(File(name)))


@cache
def _shipped(name: str) -> Font:
    data = resources.files("jewelgen.flat").joinpath("fonts", SHIPPED[name]).read_bytes()
    return _read(name, data)


def _bytes(file: File) -> bytes:
    """The bytes of a font file, no more than `LARGEST`."""
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            raise _refused(f"'{file.name[:40]}' is no font file of up to {LARGEST // 10**6} MB")
        return file.read_bytes()
    except OSError as error:
        raise _refused(f"'{file.name[:40]}' cannot be read: {error.strerror}") from error


def _refused(message: str, hint: str = "") -> DesignError:
    return DesignError(Finding("JG241", message, hint=hint))


@cache
def _read(name: str, data: bytes) -> Font:
    label = name if name in SHIPPED else File(name).name
    try:
        font = TTFont(BytesIO(data), lazy=True)
        names, glyphs = font.getBestCmap(), font.getGlyphSet()
        cap = _cap_height(font, names)
        kerns = _kerning(font)
    except (TTLibError, KeyError, ValueError, TypeError, AssertionError, IndexError) as error:
        raise _refused(f"'{label[:40]}' cannot be read as a font") from error
    if not names or cap <= 0:
        raise _refused(f"'{label[:40]}' has no letters")
    return Font(label, glyphs, names, cap, kerns)


def _cap_height(font: Any, names: dict[int, str]) -> float:
    """Height of capitals in font units: what the font says, else the top of its H, else 0.7 em."""
    said = float(getattr(font["OS/2"], "sCapHeight", 0) or 0) if "OS/2" in font else 0.0
    if said > 0:
        return said
    if "glyf" in font and ord("H") in names:
        return float(font["glyf"][names[ord("H")]].yMax)
    return 0.7 * float(font["head"].unitsPerEm)


def _kerning(font: Any) -> dict[tuple[str, str], int]:
    """Pairs from the `kern` table where there is one, else from the `kern` feature of GPOS."""
    if "kern" in font:
        tables = [t for t in font["kern"].kernTables if hasattr(t, "kernTable")]
        return {
            pair: value for table in reversed(tables) for pair, value in table.kernTable.items()
        }
    if "GPOS" not in font or font["GPOS"].table.FeatureList is None:
        return {}
    gpos = font["GPOS"].table
    wanted = {
        index
        for record in gpos.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    pairs: dict[tuple[str, str], int] = {}
    for index in sorted(wanted):
        for table in gpos.LookupList.Lookup[index].SubTable:
            inner = getattr(table, "ExtSubTable", table)
            for pair, value in _pairs(inner).items():
                pairs.setdefault(pair, value)
    return pairs


def _pairs(table: Any) -> dict[tuple[str, str], int]:
    """Advance changes of one pair-positioning table (formats 1 and 2); empty for other sorts."""
    found: dict[tuple[str, str], int] = {}
    form = getattr(table, "Format", 0)
    if not hasattr(table, "ValueFormat1"):
        return found
    if form == 1:
        for left, row in zip(table.Coverage.glyphs, table.PairSet, strict=True):
            for record in row.PairValueRecord:
                found[left, record.SecondGlyph] = _advance(record.Value1)
    if form == 2:
        rights: dict[int, list[str]] = {}
        for glyph, kind in table.ClassDef2.classDefs.items():
            rights.setdefault(kind, []).append(glyph)
        for left in table.Coverage.glyphs:
            row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
            for kind, glyphs in rights.items():
                value = _advance(row[kind].Value1)
                found.update({(left, right): value for right in glyphs if value})
    return found


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0) if value is not None else 0

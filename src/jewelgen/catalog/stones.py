"""Stone phrases: `"round diamond 1.00 ct"`, `"oval cab turquoise 10x8x4"` to a `StoneSpec`, and back.

In: one cut, one species and one size in any order, or `{ cut=, size=, of=, depth=, girdle=, pavilion= }`; a stone in
hand may say its measured `girdle 0.9` and `pavilion 2.7` (girdle to culet) in a phrase too.
Out: `StoneSpec` in mm. Raises `CatalogError`: JG140 a word nobody knows, or cut or species missing;
JG141 no size, two sizes, or a size no stone has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from jewelgen.catalog import carats as formulas
from jewelgen.catalog import cuts, gems
from jewelgen.catalog.facts import fact, facts_at, unknown
from jewelgen.catalog.phrases import LONGEST, Words, read_size, read_words
from jewelgen.findings import did_you_mean
from jewelgen.units import length_mm

LEAST_MM, GREATEST_MM = 0.3, 120.0
MOST_CARATS = 2000.0
_MEASURED = ("girdle", "pavilion")
_KEYS = {"cut", "size", "of", "depth", *_MEASURED}
_HEIGHT = re.compile(
    r"\b(girdle|pavilion|culet)\s+(\d+(?:\.\d*)?|\.\d+)\s*(?:mm\b)?", re.IGNORECASE
)
_SAME = 0.05  # a round is round when its two diameters differ by no more than this share


@dataclass(frozen=True, slots=True)
class StoneSpec:
    """A stone: `cut` and `species` are catalog ids; length >= width (of ovals and the like), mm.

    `measured`: the girdle and the pavilion of a stone in hand, mm; 0 where the cut's usual share is taken.
    """

    cut: str
    species: str
    length: float
    width: float
    depth: float
    measured: tuple[float, float] = (0.0, 0.0)

    @property
    def outline(self) -> str:
        """The girdle's shape: round, oval, box, octagon, cushion, pear, marquise, heart, trillion."""
        return cuts.cut(self.cut).outline

    @property
    def family(self) -> str:
        """faceted, cabochon or rose."""
        return cuts.cut(self.cut).family

    @property
    def carats(self) -> float:
        """Weight in ct by the trade formula (girdle correction 1)."""
        size = (self.length, self.width, self.depth)
        return formulas.weight_ct(cuts.cut(self.cut), gems.species(self.species), size)

    @property
    def girdle(self) -> float:
        """Height of the girdle in mm; of a cabochon the upright band above its back."""
        return self._heights()[1]

    @property
    def crown(self) -> float:
        """Height above the girdle in mm; of a cabochon its dome."""
        return self._heights()[0]

    @property
    def pavilion(self) -> float:
        """Depth below the girdle in mm; 0 for flat backs."""
        return self._heights()[2]

    @property
    def upright(self) -> float:
        """Height in mm at which a cabochon's side begins to lean: as measured, else a fifth of its depth."""
        return self.measured[0] or 0.2 * self.depth

    @property
    def hold(self) -> float:
        """Where prongs lie on a dome, of the way in from its side to its crest: where it leans far enough to hold.

        An ellipse of half axes b (half the width) and a (the dome) leans t from upright where its half width is
        b q / sqrt(1 + q^2), q = b / (a tan t) (bench_rules prong.cabochon_lean_deg, cabochon_reach).
        """
        lean = math.radians(fact("bench_rules", "prong.cabochon_lean_deg").number)
        q = self.width / 2 / ((self.depth - self.upright) * math.tan(lean))
        low, high = fact("bench_rules", "prong.cabochon_reach").numbers
        return min(max(1.0 - q / math.hypot(1.0, q), low), high)

    @property
    def table(self) -> float:
        """Width of the table in mm, 0 where there is none."""
        facts = cuts.cut(self.cut).facts
        return self.width * facts["table_pct"].number / 100.0 if "table_pct" in facts else 0.0

    @property
    def prongs(self) -> int:
        """How many prongs hold it: the most that are usual for its outline (bench_rules prong_count), else 4."""
        found = facts_at("bench_rules", "prong_count").get(self.outline)
        return round(found.numbers[-1]) if found else 4

    def _heights(self) -> tuple[float, float, float]:
        """Crown, girdle, pavilion; their sum is the depth.

        The girdle takes what the cut's crown and pavilion leave while that is a girdle's height;
        otherwise it keeps its usual share and crown and pavilion are stretched alike.
        """
        item = cuts.cut(self.cut)
        girdle, pavilion = self.measured
        if item.family == "cabochon":
            wall = girdle or min(item.proportion("girdle_wall_mm"), self.depth / 3.0)
            return self.depth - wall, wall, 0.0
        if girdle or pavilion:
            return self._as_measured(item)
        crown = item.crown_pct * self.width / 100.0
        pavilion = item.pavilion_pct * self.width / 100.0
        least, greatest = item.facts["girdle_pct"].range or (0.0, 0.0)
        rest = self.depth - crown - pavilion
        if least * self.width <= 100.0 * rest <= greatest * self.width:
            return crown, rest, pavilion
        girdle = min(item.girdle_pct * self.width / 100.0, self.depth / 3.0)
        stretch = (self.depth - girdle) / (crown + pavilion)
        return crown * stretch, girdle, pavilion * stretch

    def _as_measured(self, item: cuts.Cut) -> tuple[float, float, float]:
        """Crown, girdle, pavilion of a faceted stone in hand: what was not measured keeps its usual share."""
        girdle, pavilion = self.measured
        girdle = girdle or min(item.girdle_pct * self.width / 100.0, (self.depth - pavilion) / 3.0)
        if not pavilion:
            share = item.pavilion_pct / (item.crown_pct + item.pavilion_pct)
            pavilion = (self.depth - girdle) * share
        return self.depth - girdle - pavilion, girdle, pavilion


def parse_stone(value: str | Mapping[str, Any]) -> StoneSpec:
    """The stone of a phrase or of the long form."""
    if isinstance(value, str):
        found = _HEIGHT.findall(value[: 2 * LONGEST])
        if found:
            return _in_hand(parse_stone(_HEIGHT.sub(" ", value)), found)
        words, size = read_words(value), read_size(value)
        return _stone(value, words, size)
    if not isinstance(value, Mapping) or not set(value) <= _KEYS:
        _refuse("JG140", f"{value!r} is not a stone", 'write "round diamond 1.00 ct"')
    return _of_mapping(value)


def stone_notes(text: str) -> tuple[str, ...]:
    """What words with a silent choice in a phrase were taken for (`garnet: almandine`)."""
    words = read_words(_HEIGHT.sub(" ", text))
    note = gems.alias_note(words.species_word)
    return (note,) if note else ()


def describe(spec: StoneSpec) -> str:
    """The echo: `round brilliant diamond 6.46 x 6.46 x 3.93, 1.00 ct` (mm, ct)."""
    size = " x ".join(f"{number:.2f}" for number in (spec.length, spec.width, spec.depth))
    name = gems.species(spec.species).name.split(" (")[0].lower()
    return f"{cuts.cut(spec.cut).name} {name} {size}, {_weight(spec.carats)} ct"


def _weight(carats: float) -> str:
    return f"{carats:.2f}" if carats >= 0.1 else f"{carats:.3f}"


def _of_mapping(value: Mapping[str, Any]) -> StoneSpec:
    for key in ("cut", "of", "size"):
        if key not in value:
            _refuse("JG140", f"a stone needs '{key}'", "write { cut=, size=, of= }")
    words = read_words(f"{value['cut']} cut", f"{value['of']}")
    size = value["size"]
    if isinstance(size, bool) or not isinstance(size, (int, float, str)):
        _refuse("JG141", f"{size!r} is no size", 'write 6.5, "10x8" or "1.00 ct"')
    text = f"{size:.9f}" if isinstance(size, (int, float)) else size
    spec = _stone(text, words, read_size(text))
    if "depth" in value:
        spec = _checked(replace(spec, depth=_length("depth", value["depth"])))
    return _in_hand(spec, [(key, _length(key, value[key])) for key in _MEASURED if key in value])


def _length(key: str, value: object) -> float:
    try:
        return length_mm(value)
    except ValueError as wrong:
        _refuse("JG141", f"{key}: {wrong}", "")


def _in_hand(spec: StoneSpec, found: Sequence[tuple[str, Any]]) -> StoneSpec:
    """The stone with its measured heights; each may be said once, and all of them fit in the depth."""
    said = {"pavilion" if key.lower() == "culet" else key.lower(): float(mm) for key, mm in found}
    if len(said) < len(found):
        _refuse("JG141", "one height of the stone is given twice", "girdle and pavilion, once each")
    girdle, pavilion = said.get("girdle", 0.0), said.get("pavilion", 0.0)
    if pavilion and spec.family != "faceted":
        _refuse("JG141", "a flat back has no pavilion", "leave it out")
    if any(mm <= 0.0 for mm in said.values()) or girdle + pavilion >= 0.95 * spec.depth:
        heights = " and ".join(f"{key} {mm:g}" for key, mm in said.items())
        _refuse(
            "JG141", f"{heights} in a stone {spec.depth:g} deep", "together less than its depth"
        )
    return replace(spec, measured=(girdle, pavilion))


def _stone(text: str, words: Words, size: tuple[str, tuple[float, ...]]) -> StoneSpec:
    cut, species = cuts.cut(words.cut), gems.species(words.species)
    unit, numbers = size
    if unit == "ct":
        if not 0.0 < numbers[0] <= MOST_CARATS:
            _refuse("JG141", f"{numbers[0]:g} ct in '{text}'", f"carats up to {MOST_CARATS:g}")
        return _checked(StoneSpec(cut.id, species.id, *formulas.size_mm(cut, species, numbers[0])))
    length, width = _plan(text, cut, numbers)
    depth = numbers[2] if len(numbers) == 3 else cut.depth_pct * width / 100.0
    return _checked(StoneSpec(cut.id, species.id, length, width, depth))


def _plan(text: str, cut: cuts.Cut, numbers: tuple[float, ...]) -> tuple[float, float]:
    """Length and width from the numbers written, the longer first but for hearts and trillions."""
    if len(numbers) == 1:
        if not cut.square:
            usual = numbers[0] / cut.length_over_width
            hint = f"write length x width, usual is {numbers[0]:g}x{usual:.1f}"
            _refuse("JG141", f"one number is no size of a {cut.name}: '{text}'", hint)
        return numbers[0], numbers[0]
    first, second = numbers[0], numbers[1]
    if cut.outline == "round" and abs(first - second) > _SAME * max(first, second):
        hint = f"write {first:g}x{first:g}x{second:g} for diameter and depth"
        _refuse("JG141", f"a {cut.name} is not {first:g} by {second:g}", hint)
    if cut.outline in {"heart", "trillion"}:
        return first, second
    return max(first, second), min(first, second)


def _checked(spec: StoneSpec) -> StoneSpec:
    for word in ("length", "width", "depth"):
        number = getattr(spec, word)
        if not LEAST_MM * (0.3 if word == "depth" else 1.0) <= number <= GREATEST_MM:
            allowed = f"stones go from {LEAST_MM:g} to {GREATEST_MM:g} mm"
            _refuse("JG141", f"a stone's {word} of {number:g} mm", allowed)
    if spec.depth > 2.5 * spec.width:
        _refuse(
            "JG141",
            f"a stone {spec.width:g} wide and {spec.depth:g} deep",
            "length x width x depth",
        )
    return spec


def _refuse(code: str, message: str, hint: str) -> NoReturn:
    raise unknown(code, message, hint)


_OUTLINE = re.compile(
    r"^\s*([a-z][a-z -]*?)\s+(\d+(?:\.\d+)?)\s*(?:[x×]\s*(\d+(?:\.\d+)?)\s*)?(?:mm)?\s*$",
    re.IGNORECASE,
)
SHAPES = {
    "round": "round", "circle": "round", "disc": "round", "oval": "oval", "ellipse": "oval",
    "cushion": "cushion", "square": "box", "rectangle": "box", "box": "box", "octagon": "octagon",
    "pear": "pear", "marquise": "marquise", "heart": "heart", "trillion": "trillion",
}  # fmt: skip


def parse_outline(text: str) -> tuple[str, float, float]:
    """Shape, length and width (mm) of `"oval 14x12"`, `"cushion 12x12"` or `"round 8"`.

    Raises `CatalogError` JG183 with the nearest shape.
    """
    match = _OUTLINE.match(text) if isinstance(text, str) and len(text) <= 60 else None
    if match is None:
        raise unknown("JG183", f"{text!r} is not an outline", 'write "oval 14x12" or "round 8"')
    word = gems.plain(match[1])
    if word not in SHAPES:
        raise unknown("JG183", f"no outline '{word}'", did_you_mean(word, [*SHAPES]))
    length = float(match[2])
    width = float(match[3]) if match[3] else length
    if match[3] is None and word not in {"round", "circle", "disc", "square", "cushion"}:
        raise unknown(
            "JG183", f"'{text}' needs length x width", f'write "{word} {length:g}x{length:g}"'
        )
    return SHAPES[word], length, width

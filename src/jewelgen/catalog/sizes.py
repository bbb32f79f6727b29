"""Ring sizes of ten systems: any size to a bore, a bore to all systems, and where print disagrees.

In: `"US 6 1/2"`, `"UK N1/2"`, `"54.4 mm"`, `{ bore = 17.3 }`.  Out: `RingSize` (mm), `SizeIn`, `Variant`.
Rule for bare millimetres: 40 and more is a circumference, less than 30 a diameter, between is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NoReturn

from jewelgen.catalog import scales
from jewelgen.catalog.facts import unknown
from jewelgen.catalog.scales import Scale
from jewelgen.catalog.size_meant import codes_hint, meant
from jewelgen.findings import nearest
from jewelgen.units import finite, length_mm

LEAST_BORE, GREATEST_BORE = 8.0, 40.0
LEAST_CIRCUMFERENCE, GREATEST_DIAMETER = 40.0, 30.0
_SIZE = re.compile(r"^\s*([A-Za-z]+?(?:40)?)\s+(.+?)\s*$")
_TIGHT = re.compile(r"^\s*(FR40|[A-Za-z]{2,3})(\d.*?)\s*$", re.IGNORECASE)
_MM = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*mm\b\s*(.*?)\s*$", re.IGNORECASE)
_STEPS = re.compile(r"^\s*(.+?)\s*\.\.\s*(.+?)(?:\s+by\s+(\S+))?\s*$")
_DIAMETER = {"diameter", "dia", "id", "inner diameter", "bore"}
_CIRCUMFERENCE = {"circumference", "circ", "inner circumference", "around"}


@dataclass(frozen=True, slots=True)
class RingSize:
    """A ring size: `system` is a catalog id or `mm`, `label` as the trade writes it, lengths in mm."""

    system: str
    label: str
    inner_diameter_mm: float
    circumference_mm: float


@dataclass(frozen=True, slots=True)
class SizeIn:
    """A bore in one system: the `exact` size number, the nearest real size and how far it is (mm).

    `difference_mm` is the nearest size's bore less the bore asked for; `inside` says whether the
    bore lies within half a step of the system's range.
    """

    system: str
    label: str
    exact: float
    inner_diameter_mm: float
    difference_mm: float
    inside: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """What another published table says of a size; `difference_mm` on the inner diameter."""

    id: str
    inner_diameter_mm: float
    difference_mm: float
    source: str
    note: str

    def __str__(self) -> str:
        return (
            f"{self.id}: {self.inner_diameter_mm:.2f} mm across ({self.difference_mm:+.2f}): "
            f"{self.note} [{self.source}]"
        )


def bore_mm(value: object) -> RingSize:
    """The `RingSize` of a text, or of `{ bore = mm }`.

    Raises `CatalogError` JG180 with the nearest size or system.
    """
    if isinstance(value, Mapping):
        return _of_mapping(value)
    if not isinstance(value, str):
        _refuse(f"{value!r} is not a ring size", 'write "US 7" or { bore = 17.3 }')
    plain = _MM.match(value)
    if plain:
        return _of_millimetres(float(plain[1]), plain[2].lower())
    code, rest = _split(value)
    return at(code, _number(scales.scale(code), rest))


def at(system: str, number: float) -> RingSize:
    """The size with scale `number` (letters: A = 0) of a system id or code.

    The label keeps the code (`IT 14` stays Italian); JG180 when the system has no such size.
    """
    scale = scales.scale(system)
    _check_on_scale(scale, number)
    diameter = scale.diameter(number)
    code = system.upper() if system.upper() in scale.codes else scale.code
    return RingSize(scale.id, scale.label(number, code), diameter, math.pi * diameter)


def systems(inner_diameter_mm: float) -> tuple[SizeIn, ...]:
    """The nearest size in every system for a bore in mm, with the exact value and the difference."""
    bore = _checked_bore(inner_diameter_mm)
    return tuple(_size_in(scale, bore) for scale in scales.scales())


def spread(size: RingSize) -> tuple[Variant, ...]:
    """What other published tables make of the same size name; empty for millimetres."""
    if size.system == "mm":
        return ()
    scale = scales.scale(size.system)
    number = size_index(size.system, size.label)
    found = []
    for other in scale.variants:
        diameter = other.diameter(number)
        if diameter is not None:
            off = diameter - size.inner_diameter_mm
            found.append(Variant(other.id, diameter, off, other.source, other.note))
    return tuple(found)


def as_row(
    size: RingSize, found: tuple[SizeIn, ...], others: tuple[Variant, ...]
) -> dict[str, object]:
    """A size as plain data for a JSON document: mm, all systems, the spread of print, traps."""
    return {
        "size": size.label,
        "system": size.system,
        "inner_diameter_mm": round(size.inner_diameter_mm, 4),
        "circumference_mm": round(size.circumference_mm, 4),
        "systems": {row.system: _rounded(asdict(row)) for row in found},
        "spread": [_rounded(asdict(row)) for row in others],
        "traps": list(traps(size.system)),
    }


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {key: round(cell, 4) if isinstance(cell, float) else cell for key, cell in row.items()}


def traps(system: str) -> tuple[str, ...]:
    """Short warnings on a system's name or tables."""
    return () if system == "mm" else scales.scale(system).traps


def size_index(system: str, label: str) -> float:
    """The number of a label on its scale (letters: A = 0, halves 0.5); mm labels give the bore."""
    if system == "mm":
        return bore_mm(label).inner_diameter_mm
    scale = scales.scale(system)
    text = label.strip()
    head, _, rest = text.partition(" ")
    return _number(scale, rest if head.upper() in scale.codes and rest else text)


def parse_size_steps(text: str) -> tuple[RingSize, ...]:
    """All sizes of `"US 4 .. US 9 by 1/4"`; without `by` the system's own step.

    Raises `CatalogError` JG181 for a range that cannot be walked.
    """
    match = _STEPS.match(text) if len(text) <= 80 else None
    if match is None:
        raise unknown(
            "JG181", f"'{text[:80]}' is not a range of sizes", 'write "US 4 .. US 9 by 1/4"'
        )
    first, last = bore_mm(match[1]), bore_mm(match[2])
    if first.system != last.system or first.system == "mm":
        raise unknown("JG181", f"'{text}' does not stay within one system of sizes")
    scale = scales.scale(first.system)
    step = _step(scale, match[3])
    start, end = size_index(scale.id, first.label), size_index(scale.id, last.label)
    if end < start:
        raise unknown("JG181", f"'{text}' runs backwards")
    count = int((end - start) / step + 1e-9)
    code = first.label.partition(" ")[0]
    return tuple(at(code, start + index * step) for index in range(count + 1))


def _step(scale: Scale, text: str | None) -> float:
    step = scales.fraction(text) if text else scale.step
    if step is None or step <= 0 or abs(step / scale.step - round(step / scale.step)) > 1e-9:
        raise unknown(
            "JG181", f"{scale.code} sizes do not go by {text}", f"they go by {scale.step:g}"
        )
    return step


def _of_mapping(value: Mapping[str, Any]) -> RingSize:
    if set(value) != {"bore"}:
        _refuse(f"{dict(value)!r} is not a ring size", "write { bore = 17.3 }")
    try:
        bore = length_mm(value["bore"])
    except ValueError as wrong:
        _refuse(f"bore: {wrong}", "write { bore = 17.3 }")
    bore = _checked_bore(bore)
    return RingSize("mm", f"{bore:g} mm diameter", bore, math.pi * bore)


def _of_millimetres(number: float, word: str) -> RingSize:
    if word in _CIRCUMFERENCE or (not word and number >= LEAST_CIRCUMFERENCE):
        bore = _checked_bore(number / math.pi)
        return RingSize("mm", f"{number:g} mm circumference", bore, number)
    if word in _DIAMETER or (not word and number < GREATEST_DIAMETER):
        bore = _checked_bore(number)
        return RingSize("mm", f"{number:g} mm diameter", bore, math.pi * bore)
    hint = f'write "{number:g} mm diameter" or "{number:g} mm circumference"'
    _refuse(
        f"{number:g} mm may be a diameter or a circumference" if not word else f"'{word}'", hint
    )


def _split(text: str) -> tuple[str, str]:
    match = (_SIZE.match(text) or _TIGHT.match(text)) if len(text) <= 60 else None
    if match is None:
        hint = meant(text) if len(text) <= 60 else codes_hint()
        _refuse(f"'{text[:60]}' is not a ring size", hint)
    code = match[1].upper()
    if code not in scales.codes():
        close = nearest(code.lower(), [word.lower() for word in scales.codes()]).upper()
        hint = f"did you mean '{close} {match[2]}'?" if close else codes_hint()
        _refuse(f"no ring size system '{match[1]}'", hint)
    return code, match[2]


def _number(scale: Scale, text: str) -> float:
    number = scale.read(text)
    if number is None:
        _refuse(f"'{text}' is no {scale.code} size", f"sizes look like {scale.example}")
    _check_on_scale(scale, number)
    return number


def _check_on_scale(scale: Scale, number: float) -> None:
    least, greatest = scale.size_range
    near = scale.nearest(number)
    if not least <= number <= greatest:
        allowed = f"{scale.label(least)} to {scale.label(greatest)}"
        _refuse(f"{scale.code} {number:g} is off the scale", f"there is {allowed}")
    if abs(near - number) > 1e-9:
        exact = scale.diameter(number)
        _refuse(
            f"there is no {scale.code} size {number:g}",
            f"nearest is {scale.label(near)}; or write {{ bore = {exact:.3f} }}",
        )


def _checked_bore(bore: float) -> float:
    try:
        number = finite(bore)
    except ValueError as wrong:
        _refuse(f"bore: {wrong}", "")
    if not LEAST_BORE <= number <= GREATEST_BORE:
        _refuse(
            f"a bore of {number:g} mm fits no finger",
            f"bores go from {LEAST_BORE:g} to {GREATEST_BORE:g} mm",
        )
    return number


def _size_in(scale: Scale, bore: float) -> SizeIn:
    exact = scale.exact(bore)
    near = scale.nearest(exact)
    diameter = scale.diameter(near)
    half = scale.step / 2
    inside = scale.size_range[0] - half <= exact <= scale.size_range[1] + half
    return SizeIn(scale.id, scale.label(near), exact, diameter, diameter - bore, inside)


def _refuse(message: str, hint: str) -> NoReturn:
    raise unknown("JG180", message, hint)

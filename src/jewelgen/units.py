"""Lengths, angles and weights as the trade writes them, read into millimetres, degrees and grams.

In: text or a plain number.  Out: a float in the house units.  Anything else raises `ValueError`
with the words a finding needs; findings themselves are made where the place is known.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

MM_PER_INCH = 25.4
GRAMS_PER_CARAT = 0.2
GRAMS_PER_DWT = 1.55517384  # 1/20 troy ounce
GRAMS_PER_OZT = 31.1034768
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)"
_QUANTITY = re.compile(
    rf"^\s*(?P<whole>{_NUMBER})(?:\s+(?P<num>\d+)/(?P<den>\d+)|/(?P<den0>\d+))?\s*(?P<unit>[A-Za-z%°]*)\s*$"
)
_LONGEST = 64


def bs_gauge_mm(gauge: float) -> float:
    """Thickness in mm of Brown & Sharpe gauge `gauge`: 0.127 * 92^((36 - g)/39) (ASTM B258)."""
    return 0.127 * math.pow(92.0, (36.0 - gauge) / 39.0)


def mm_bs_gauge(mm: float) -> float:
    """The (fractional) B&S gauge of a thickness in mm; inverse of `bs_gauge_mm`."""
    return 36.0 - 39.0 * math.log(mm / 0.127) / math.log(92.0)


def quantity(text: str) -> tuple[float, str]:
    """Split `"1/16 in"`, `"6 1/2"` or `"18 ga"` into number and unit word (lower case)."""
    match = _QUANTITY.match(text) if len(text) <= _LONGEST else None
    if match is None:
        raise ValueError(f"{text[:_LONGEST]!r} is not a number with a unit")
    value = float(match["whole"])
    try:
        if match["num"]:
            value += math.copysign(float(Fraction(int(match["num"]), int(match["den"]))), value)
        elif match["den0"]:
            value /= int(match["den0"])
    except ZeroDivisionError:
        raise ValueError(f"{text!r} divides by zero") from None
    return value, match["unit"].lower()


def finite(value: object) -> float:
    """A real finite number; booleans, NaN, infinities and texts are refused."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{value!r} is not a number")
    try:
        number = float(value)
    except OverflowError:
        raise ValueError("the number is too large") from None
    if not math.isfinite(number):
        raise ValueError(f"{number} is not a finite number")
    return number


def length_mm(value: object) -> float:
    """Millimetres from `1.8`, `"1.2 mm"`, `"1/16 in"` or `"18 ga"` (B&S).

    Raises `ValueError` for other units and for bare numbers in quotes.
    """
    if not isinstance(value, str):
        return finite(value)
    number, unit = quantity(value)
    if unit == "mm":
        return number
    if unit in {"in", "inch"}:
        return number * MM_PER_INCH
    if unit == "cm":
        return number * 10.0
    if unit in {"ga", "gauge"}:
        if not -3 <= number <= 40:
            raise ValueError(f"{number:g} ga is outside the B&S gauges -3 to 40")
        return bs_gauge_mm(number)
    if not unit:
        raise ValueError(f"write {number:g} without quotes")
    raise ValueError(f"{value!r} is not a length: mm, cm, in or ga")


def angle_deg(value: object) -> float:
    """Degrees from `"42 deg"`; a bare number is refused unless it is 0 (its unit would be a guess)."""
    if not isinstance(value, str):
        number = finite(value)
        if number == 0:
            return 0.0
        raise ValueError(f'an angle needs its unit: write "{number:g} deg"')
    number, unit = quantity(value)
    if unit in {"deg", "°", "degrees"}:
        return number
    raise ValueError(f'{value!r} is not an angle: write "{number:g} deg"')


def fraction_of_one(value: object) -> float:
    """A ratio from `0.08` or `"8 %"`."""
    if not isinstance(value, str):
        return finite(value)
    number, unit = quantity(value)
    if unit == "%":
        return number / 100.0
    raise ValueError(f'{value!r} is not a ratio: write {number:g} or "{number:g} %"')


def whole(value: object) -> int:
    """A whole number; 3.0 passes, 3.5, texts and booleans do not."""
    number = finite(value)
    if number != int(number):
        raise ValueError(f"{number:g} is not a whole number")
    return int(number)

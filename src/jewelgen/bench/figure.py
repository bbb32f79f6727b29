"""A number of the plan with its formula, inputs and source, so that it can be explained; what is cut off and lost.

In: values in mm, mm2, mm3, g or degrees.  Out: `Figure`, `Allowance`, `Loss`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Inputs = tuple[tuple[str, float], ...]


PLACES = {"%": 1, "pc": 0, "deg": 0}  # decimals by unit
TOOLS = (
    "drill",
    "bur",
    "diameter",
    "rod",
)  # sizes of tools and wires, which are sold by hundredths
DERIVED = "derived from the sizes of the piece [D]"


@dataclass(frozen=True, slots=True)
class Figure:
    """`name` = `value` `unit`, computed by `formula` from `inputs`; `source` names where the formula stands;
    without one it is geometry of the piece itself.
    """

    name: str
    value: float
    unit: str
    formula: str
    inputs: Inputs = ()
    source: str = ""

    @property
    def rounded(self) -> str:
        """The value as a bench measures it: lengths to 0.1, what is under 1 mm and tools to 0.01, degrees and counts whole."""
        if self.unit != "mm":
            return f"{self.value:.{PLACES.get(self.unit, 2)}f}"
        fine = self.value < 1.0 or any(word in self.name for word in TOOLS)
        return f"{self.value:.{2 if fine else 1}f}"

    @property
    def text(self) -> str:
        """One line: name, formula, inputs, value, source."""
        given = ", ".join(f"{name} = {value:.4g}" for name, value in self.inputs)
        tail = f"  [{self.source or DERIVED}]"
        middle = f"  ({given})" if given else ""
        return f"{self.name} = {self.formula} = {self.value:.3f} {self.unit}{middle}{tail}"


@dataclass(frozen=True, slots=True)
class Allowance:
    """Extra metal with its reason: `mm` in all along `axis` (length, width or all)."""

    name: str
    mm: float
    axis: str = "length"


@dataclass(frozen=True, slots=True)
class Loss:
    """Metal that a blank is issued with and its part, as drawn, does not hold: `mm3` of one blank.

    `scrap` is kept clean, `filed` becomes dust; `stays` is on the piece all the same, as stock that is sold a
    shade over the drawing (below 0: under it).
    """

    name: str
    mm3: float
    sort: Literal["scrap", "filed", "stays"] = "scrap"

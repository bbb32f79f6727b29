"""What the hand does after casting and what the casting brings: choices of a design, else of its shop.

In: words of a design or shop file.  Out: `Choices`; empty where nobody chose.
"""

from __future__ import annotations

from dataclasses import dataclass

SEATS = ("pre-cut", "open")
ENGRAVING = ("cast", "after casting")
SCALE = ("file", "caster")
DRAIN = (2.0, 6.0)  # mm: least and greatest drain that a file may ask for; 0 for none


@dataclass(frozen=True, slots=True)
class Choices:
    """`seats`: of stones, cast `pre-cut` or left `open` for the setter; `engraving`: `cast` or `after casting`.

    `scale`: who allows for shrinkage, the `file` or the `caster`, who then scales what is sent.
    `drain`: diameter of the holes that let resin and investment out of closed hollows in mm, 0 for none.
    """

    seats: str = ""
    engraving: str = ""
    drain: float | None = None
    scale: str = ""

    def over(self, other: Choices) -> Choices:
        """These choices, and the other's where nothing was chosen."""
        return Choices(
            self.seats or other.seats,
            self.engraving or other.engraving,
            other.drain if self.drain is None else self.drain,
            self.scale or other.scale,
        )


UNSAID = Choices()

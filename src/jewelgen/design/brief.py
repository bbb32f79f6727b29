"""The `Brief`: a design with every value read, every formula worked out, units gone. Public and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jewelgen.catalog.choices import UNSAID, Choices
from jewelgen.design.asks import Ask
from jewelgen.findings import Where
from jewelgen.kinds.kind import Kind
from jewelgen.piece.piece import Made, Sort


@dataclass(frozen=True, slots=True)
class Block:
    """One thing of the design. `name`: `head` or `head.centre`; `alloy` a catalog id or empty (the piece's).

    `on`: anchor name or empty (the kind's own); `at` degrees round the ring or None; `made` empty: the piece's.
    `beside` and `gap` (mm) lay a mirrored pair against a neighbour; `when` is for marks,
    `seats` (`open` or `pre-cut`) for what seats its stones.
    """

    name: str
    kind: Kind
    params: Any
    on: str = ""
    at: float | None = None
    made: Made | None = None
    alloy: str = ""
    like: str = ""
    beside: str = ""
    gap: float = 0.1
    when: str = ""
    seats: str = ""
    where: Where = field(default_factory=Where)

    @property
    def family(self) -> str:
        """The table's family: shank, head, ..."""
        return self.kind.family

    @property
    def word(self) -> str:
        """The kind's word: court, prong, ..."""
        return self.kind.word


@dataclass(frozen=True, slots=True)
class Echo:
    """What a phrase was understood as: `head.stone: "round 6.5 diamond"` -> `round brilliant ...`."""

    key: str
    written: str
    understood: str


@dataclass(frozen=True, slots=True)
class Change:
    """A value an order changed: what the design says and what it is now (as written)."""

    key: str
    base: str
    now: str


@dataclass(frozen=True, slots=True)
class Mold:
    """A rubber mold that exists: the shop's label, the size it was made at, the sizes it serves (mm bores).

    `digest`: the first letters of `mold_digest` in the manifest of the master it was cut from.
    """

    id: str
    size: str
    bore: float
    sizes: tuple[float, ...]
    written: str
    where: Where = field(default_factory=Where)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything `compose` needs, in mm and degrees; `stem` names the files, `alloy` is a catalog id.

    `bore`: inner diameter in mm, 0 for pendants; `size`: the ring size as the trade writes it; `pack`: the casting
    house whose limits the design asks for, or empty;
    `choices`: what is left to the hand after casting.
    """

    name: str
    stem: str
    sort: Sort
    made: Made
    alloy: str
    blocks: tuple[Block, ...]
    size: str = ""
    bore: float = 0.0
    finish: str = ""
    plating: str = ""
    hallmark_to: str = ""
    temper: str = ""
    lets: tuple[tuple[str, float], ...] = ()
    asks: tuple[Ask, ...] = ()
    mold: Mold | None = None
    echoes: tuple[Echo, ...] = ()
    changes: tuple[Change, ...] = ()
    file: str = ""
    pack: str = ""
    choices: Choices = UNSAID

    def block(self, name: str) -> Block:
        """The block called `name`; raises `KeyError` when there is none."""
        for block in self.blocks:
            if block.name == name:
                return block
        raise KeyError(name)

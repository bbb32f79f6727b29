"""The numbers that names in formulas stand for.

Names resolve in one order: own block, [let], `bore`, `cast` (1 where the block is cast, 0 where hands make it),
`hung` (1 where a bail or loops carry the block and nothing runs through its hole), `family.key` or
`family.name.key`, figures of the catalog; JG152 when none has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from typing import Any, Protocol

from jewelgen.catalog.figures import figure
from jewelgen.catalog.packs import CAUTIOUS
from jewelgen.design.blocks import RawBlock
from jewelgen.design.document import Document, KeyPath, refuse
from jewelgen.design.fields import numbers_of, rules_at, written_at
from jewelgen.findings import Where, did_you_mean
from jewelgen.spec import Rule, rules_of

CARRIERS = ("bail", "loops")  # families that a body hangs from
PLAIN = ("bore", "cast", "hung")  # what every block may ask


class Known(Protocol):
    """What is asked of the values of a design."""

    document: Document
    blocks: Mapping[str, RawBlock]
    bore: float

    def let(self, name: str) -> float:
        """A number of [let]."""

    def field(self, block: RawBlock, path: KeyPath, rule: Rule | type) -> Any:
        """A field of a block, read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A dotted name in the formula of field `path` of `block` (None: in [let])."""

    name: str
    block: RawBlock | None
    path: KeyPath
    where: Where


def number_named(values: Known, asked: Asked) -> float:
    """The number a name stands for; JG152 when it is none."""
    value = _named(values, asked, asked.name.split("."))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        inner = ", ".join(f"{asked.name}.{name}" for name in numbers_of(value))
        hint = f"there are {inner}" if inner else ""
        refuse("JG152", f"'{asked.name}' is not a number", asked.where, hint=hint)
    return float(value)


def _named(values: Known, asked: Asked, parts: list[str]) -> Any:
    block, path = asked.block, asked.path
    if block is not None:
        for depth in range(len(path) - 1, -1, -1):
            if parts[0] in rules_at(block, path[:depth]):
                return _descend(values, asked, parts, (block, path[:depth]))
    if len(parts) == 1 and parts[0] in values.document.tree.get("let", {}):
        return values.let(parts[0])
    if parts == ["bore"]:
        return values.bore
    if parts == ["cast"]:
        return float(_made(values, block) == "cast")
    if parts == ["hung"]:
        return float(block is not None and _hung(values, block))
    host, rest = _block_named(values, parts)
    if host is not None and rest and rest[0] in host.rules:
        return _descend(values, asked, rest, (host, ()))
    found = figure(parts, str(values.document.tree.get("pack", CAUTIOUS)))
    if found is not None:
        return found
    hint = did_you_mean(asked.name[:60], _names(values, block))
    refuse("JG152", f"no name '{asked.name[:60]}' here", asked.where, hint=hint)


def _made(values: Known, block: RawBlock | None) -> object:
    """How the block says that it is made, else the piece."""
    written = block.common.get("made") if block else None
    return written or values.document.tree.get("made")


def _hung(values: Known, block: RawBlock) -> bool:
    """Whether a block of a family that carries pieces stands on this one, and none on its hole."""
    whole = (block.name, block.kind.family)
    on = {
        str(item.common.get("on") or item.kind.on): item.kind.family
        for item in values.blocks.values()
    }
    hole = any(f"{name}.hole" in on for name in whole)
    carried = (
        family for host, family in on.items() if host.startswith(tuple(f"{n}." for n in whole))
    )
    return not hole and any(family in CARRIERS for family in carried)


def _block_named(values: Known, parts: list[str]) -> tuple[RawBlock | None, list[str]]:
    if ".".join(parts[:2]) in values.blocks and len(parts) > 1:
        return values.blocks[".".join(parts[:2])], parts[2:]
    if parts[0] in values.blocks:
        return values.blocks[parts[0]], parts[1:]
    family = [item for item in values.blocks.values() if item.kind.family == parts[0]]
    return (family[0], parts[1:]) if len(family) == 1 else (None, [])


def _names(values: Known, block: RawBlock | None) -> list[str]:
    names = [*(block.rules if block else ()), *values.document.tree.get("let", {}), *PLAIN]
    return names + [f"{item.name}.{key}" for item in values.blocks.values() for key in item.rules]


def _descend(values: Known, asked: Asked, parts: list[str], start: tuple[RawBlock, KeyPath]) -> Any:
    """The value at `parts` below `start`: through nested blocks, then through attributes."""
    block, inside = start
    path, rest = (*inside, parts[0]), parts[1:]
    rule = rules_at(block, inside)[parts[0]]
    nested = isinstance(rule, type) and bool(rest) and rest[0] in rules_of(rule)
    if nested and written_at(block.given, path) is not MISSING:
        return _descend(values, asked, rest, (block, path))
    value = values.field(block, path, rule)
    for name in rest:
        if name not in numbers_of(value):
            there = ", ".join(numbers_of(value))
            hint = f"there are {there}" if there else ""
            refuse("JG152", f"no name '{asked.name[:60]}' here", asked.where, hint=hint)
        value = getattr(value, name)
    return value

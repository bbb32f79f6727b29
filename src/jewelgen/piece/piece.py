"""The `Piece`: the finished object, whole, in millimetres, after the last polish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from jewelgen.piece.array import ONE, Array
from jewelgen.piece.cutter import Cut
from jewelgen.piece.form import Form
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.joint import FUSED, Joint
from jewelgen.piece.mark import Mark
from jewelgen.piece.stone import Stone

Made = Literal["cast", "handmade", "bought"]
Sort = Literal["ring", "pendant"]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of metal, or `array.n` equal ones. `alloy` is a catalog id; `role` words it for the bench.

    `finished`: whether its free faces are filed and polished (a casting allowance goes there).
    """

    name: str
    form: Form
    at: Frame
    array: Array = ONE
    alloy: str = ""
    made: Made = "cast"
    role: str = ""
    finished: bool = True
    temper: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something bought as it is (chain, clasp): no geometry, a line in the cut list."""

    name: str
    text: str
    n: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Parts, joints, stones, cuts and marks of one finished object; hashable and printable.

    `bore`: inner diameter of a ring in mm, 0 for pendants. `size`: what the customer calls it.
    """

    name: str
    sort: Sort
    made: Made
    alloy: str
    parts: tuple[Part, ...]
    joints: tuple[Joint, ...] = ()
    stones: tuple[Stone, ...] = ()
    cuts: tuple[Cut, ...] = ()
    marks: tuple[Mark, ...] = ()
    items: tuple[Item, ...] = ()
    bore: float = 0.0
    size: str = ""
    finish: str = ""
    plating: str = ""
    hallmark_to: str = ""
    frame: Frame = IDENTITY

    def part(self, name: str) -> Part:
        """The part called `name`; raises `KeyError` when there is none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)


def by_hand(piece: Piece) -> bool:
    """Whether any part is made at the bench."""
    return any(part.made == "handmade" for part in piece.parts)


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that become one body: fused by joints, of equal alloy and way of making."""

    name: str
    parts: tuple[str, ...]
    alloy: str
    made: Made


def lots(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of every name one that stands for all that the pairs connect it with."""
    leader = {name: name for name in names}

    def root(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for a, b in pairs:
        leader[root(b)] = root(a)
    return {name: root(name) for name in leader}


def groups(piece: Piece) -> tuple[Group, ...]:
    """Connected parts over `join`, `weld` and `one` with equal alloy and way of making, in order of parts.

    A handmade piece keeps its parts in one group a connected body too: the finished object is one metal;
    but parts of another alloy (a fine silver bezel) stay bodies of their own.
    """
    by_name = {part.name: part for part in piece.parts}
    made_one = [
        (joint.a, joint.b)
        for joint in piece.joints
        if joint.method in FUSED
        and by_name[joint.a].alloy == by_name[joint.b].alloy
        and by_name[joint.a].made == by_name[joint.b].made
    ]
    lot = lots(by_name, made_one)
    members: dict[str, list[str]] = {}
    for part in piece.parts:
        members.setdefault(lot[part.name], []).append(part.name)
    return tuple(
        Group(names[0], tuple(names), by_name[names[0]].alloy, by_name[names[0]].made)
        for names in members.values()
    )

"""What a kind declares (`KIND`) and the registry that finds every one by walking the package."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Literal

import jewelgen.kinds as package
from jewelgen.piece.site import Footprint, Fragment, Site

Family = Literal[
    "shank", "head", "halo", "stones", "shoulder", "body", "bail", "link", "loops",
    "engraving", "milgrain", "texture", "hallmark", "chain", "clasp",
]  # fmt: skip
FAMILIES: tuple[Family, ...] = (
    "shank", "head", "halo", "stones", "shoulder", "body", "bail", "link", "loops",
    "engraving", "milgrain", "texture", "hallmark", "chain", "clasp",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One word of the vocabulary.

    `params`: the frozen parameter block. `take`: footprint from the parameters alone, when something hosts it.
    `make`: parts, joints, stones and anchors at a site. `on`: default anchor; `inside_at`: degrees round the ring
    at which it stands inside by itself. `summary`: one line for lists.
    `anchors`: names of the anchors it will offer, known before anything is made.
    `usual`: whether it is the kind of a block of its family that names none.
    """

    family: Family
    word: str
    params: type[Any]
    make: Callable[[Any, Site], Fragment]
    summary: str
    on: str = ""
    take: Callable[[Any], Footprint] | None = None
    anchors: tuple[str, ...] = ()
    usual: bool = False
    inside_at: float = 0.0


@cache
def registry() -> Mapping[tuple[str, str], Kind]:
    """Every kind by (family, word): modules of this package with a `KIND`, then installed entry points.

    Raises `TypeError` when two kinds claim one word.
    """
    found: dict[tuple[str, str], Kind] = {}
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        module = importlib.import_module(info.name)
        for kind in _declared(module):
            _enter(found, kind)
    for point in sorted(entry_points(group="jewelgen.kinds"), key=lambda item: item.name):
        _enter(found, point.load())
    return found


def _declared(module: Any) -> tuple[Kind, ...]:
    one = getattr(module, "KIND", None)
    many = getattr(module, "KINDS", ())
    return ((one,) if isinstance(one, Kind) else ()) + tuple(many)


def _enter(found: dict[tuple[str, str], Kind], kind: Kind) -> None:
    key = (kind.family, kind.word)
    if key in found:
        raise TypeError(f"two kinds claim {kind.family} '{kind.word}'")
    found[key] = kind


def words(family: str) -> tuple[str, ...]:
    """The words of a family, in order."""
    return tuple(sorted(word for name, word in registry() if name == family))

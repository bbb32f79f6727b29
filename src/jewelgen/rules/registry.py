"""The registry of rules: every module of this package that has `findings` is one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from jewelgen.findings import Finding
from jewelgen.piece.piece import Piece

Rule = Callable[[Piece, str], Iterator[Finding]]
CAUTIOUS = "cautious"


@cache
def rules() -> tuple[tuple[str, Rule], ...]:
    """Name and function of every rule, by name."""
    found = []
    for info in pkgutil.iter_modules([str(Path(__file__).parent)]):
        module = importlib.import_module(f"jewelgen.rules.{info.name}")
        if hasattr(module, "findings"):
            found.append((info.name, module.findings))
    return tuple(sorted(found))


def check(piece: Piece, pack: str = CAUTIOUS) -> tuple[Finding, ...]:
    """Everything the rules have to say about a piece under a rule pack; `CatalogError` for a pack nobody knows."""
    return tuple(finding for _, rule in rules() for finding in rule(piece, pack))


@cache
def speaking(code: str) -> tuple[Rule, ...]:
    """The rules that may raise a code: those whose module says so in its first line."""
    names = [
        n for n, _ in rules() if code in _first_line(importlib.import_module(f"jewelgen.rules.{n}"))
    ]
    return tuple(rule for name, rule in rules() if name in names)


def _first_line(module: ModuleType) -> str:
    return (module.__doc__ or "").partition("\n")[0]

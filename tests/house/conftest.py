"""The source as parsed once for every house test."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One module: its dotted room path, text and syntax tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.partition("/")[0].removesuffix(".py")

    def functions(self) -> list[Function]:
        return [n for n in ast.walk(self.tree) if isinstance(n, Function)]

    def classes(self) -> list[ast.ClassDef]:
        return [n for n in ast.walk(self.tree) if isinstance(n, ast.ClassDef)]

    def at(self, node: ast.stmt | ast.excepthandler, name: str = "") -> str:
        return f"{self.name}:{node.lineno} {name}".rstrip()


@pytest.fixture(scope="session")
def sources(root: Path) -> tuple[Source, ...]:
    top = root / "src" / "jewelgen"
    paths = sorted(top.rglob("*.py"))
    assert len(paths) > 100, "the source was not found"
    return tuple(
        Source(str(path.relative_to(top)), text, ast.parse(text))
        for path in paths
        for text in [path.read_text(encoding="utf-8")]
    )

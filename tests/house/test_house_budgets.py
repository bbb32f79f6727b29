"""Sizes: small files, small functions, few arguments, everything public typed and documented."""

from __future__ import annotations

import ast
import io
import re
import statistics
import tokenize
from collections.abc import Iterator
from typing import Any

import pytest

FILE_MEDIAN, FILE_MOST = 120, 300
FUNCTION_MEDIAN, FUNCTION_P95, FUNCTION_MOST = 8, 25, 40
ARGUMENTS, METHODS, BROAD_EXCEPTS = 5, 12, 2
BROAD = {"Exception", "BaseException"}
# The kernel door and the shells start what is slow or missing only when it is asked for.
DEFERRING_ROOMS = {"__init__", "cli", "solid", "pipeline", "batch"}
# Where else a function imports one of these, it is because loading it takes half a second or more.
SLOW_PACKAGES = {"OCP", "vtkmodules", "embreex", "mitsuba"}


def _lines(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_files_are_short(sources: Any) -> None:
    sizes = {s.name: len(s.text.splitlines()) for s in sources}
    assert {n: size for n, size in sizes.items() if size > FILE_MOST} == {}
    assert statistics.median(sizes.values()) <= FILE_MEDIAN


def test_functions_are_short(sources: Any) -> None:
    sizes = {s.at(f, f.name): _lines(f) for s in sources for f in s.functions()}
    assert {n: size for n, size in sizes.items() if size > FUNCTION_MOST} == {}
    assert statistics.median(sizes.values()) <= FUNCTION_MEDIAN
    assert statistics.quantiles(sizes.values(), n=20)[-1] <= FUNCTION_P95


def test_functions_take_few_arguments(sources: Any) -> None:
    def count(function: Any) -> int:
        args = function.args
        names = [a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
        return len([name for name in names if name not in {"self", "cls"}])

    # A click command has one parameter an option: that is its form, and nothing calls it.
    called = [
        (s, f)
        for s in sources
        for f in s.functions()
        if not (s.room == "cli" and f.name == "command")
    ]
    assert [s.at(f, f.name) for s, f in called if count(f) > ARGUMENTS] == []


def test_classes_have_few_methods(sources: Any) -> None:
    def methods(c: ast.ClassDef) -> int:
        return sum(isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) for n in c.body)

    assert [s.at(c, c.name) for s in sources for c in s.classes() if methods(c) > METHODS] == []


def _public(body: list[ast.stmt]) -> Iterator[Any]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name.startswith("_"):
                continue
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def test_public_things_are_documented(sources: Any) -> None:
    modules = [s.name for s in sources if not ast.get_docstring(s.tree)]
    things = [
        s.at(n, n.name) for s in sources for n in _public(s.tree.body) if not ast.get_docstring(n)
    ]
    assert modules + things == []


def test_public_functions_are_typed(sources: Any) -> None:
    def typed(function: Any) -> bool:
        args = function.args
        given = [*args.posonlyargs, *args.args, *args.kwonlyargs]
        given += [a for a in (args.vararg, args.kwarg) if a]
        bare = [a for a in given if a.annotation is None and a.arg not in {"self", "cls"}]
        return function.returns is not None and not bare

    functions = [
        (s, n) for s in sources for n in _public(s.tree.body) if not isinstance(n, ast.ClassDef)
    ]
    assert [s.at(n, n.name) for s, n in functions if not typed(n)] == []


def _broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return any(isinstance(n, ast.Name) and n.id in BROAD for n in ast.walk(handler.type))


def test_broad_excepts_are_two_at_most(sources: Any) -> None:
    found = [
        s.at(n)
        for s in sources
        for n in ast.walk(s.tree)
        if isinstance(n, ast.ExceptHandler) and _broad(n)
    ]
    assert len(found) <= BROAD_EXCEPTS, found


def _packages(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").partition(".")[0]}
    return set()


def test_imports_are_deferred_only_at_the_doors(sources: Any) -> None:
    found = {
        s.at(f, f.name)
        for s in sources
        if s.room not in DEFERRING_ROOMS
        for f in s.functions()
        for n in ast.walk(f)
        if _packages(n) - SLOW_PACKAGES
    }
    assert sorted(found) == []


def test_nothing_is_left_for_later(sources: Any) -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    left = [
        f"{s.name}:{token.start[0]}"
        for s in sources
        for token in tokenize.generate_tokens(io.StringIO(s.text).readline)
        if (token.type == tokenize.COMMENT and later.search(token.string))
        or (token.type == tokenize.NAME and token.string == "NotImplementedError")
    ]
    assert left == []


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "base", "common", "misc"])
def test_no_module_is_named_after_nothing(sources: Any, name: str) -> None:
    assert [s.name for s in sources if name in s.name.removesuffix(".py").split("/")] == []

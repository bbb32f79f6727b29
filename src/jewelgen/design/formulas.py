"""Formulas: `= 0.16 * sqrt(stone.width) + 0.45`, over a closed whitelist of `ast` nodes; never `eval`.

In: text after `=` and a lookup of dotted names to numbers.  Out: a finite float. Angles are in degrees.
A table of the catalog is asked like a function: `bench.bezel_wall.table(stone.length)`.
Raises `DesignError`: JG150 an unknown function, JG153 not a formula, JG154 no finite result.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from jewelgen.catalog.figures import stepped
from jewelgen.design.document import refuse
from jewelgen.findings import Where, did_you_mean

LONGEST, DEEPEST, MOST_NODES, GREATEST_EXPONENT, GREATEST = 300, 16, 120, 12.0, 1e12
Lookup = Callable[[str], float]


def _round(number: float, digits: float = 0.0) -> float:
    return float(round(number, max(-12, min(12, int(digits)))))


FUNCTIONS: Mapping[str, tuple[Callable[..., float], int, int]] = MappingProxyType({
    "abs": (abs, 1, 1), "max": (max, 2, 20), "min": (min, 2, 20), "sqrt": (math.sqrt, 1, 1),
    "ceil": (lambda n: float(math.ceil(n)), 1, 1), "floor": (lambda n: float(math.floor(n)), 1, 1),
    "round": (_round, 1, 2), "sin": (lambda a: math.sin(math.radians(a)), 1, 1),
    "cos": (lambda a: math.cos(math.radians(a)), 1, 1),
    "tan": (lambda a: math.tan(math.radians(a)), 1, 1),
})  # fmt: skip
_COMPARE: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: lambda a, b: a < b, ast.LtE: lambda a, b: a <= b, ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b, ast.Eq: lambda a, b: a == b, ast.NotEq: lambda a, b: a != b,
}  # fmt: skip


def is_formula(value: object) -> bool:
    """Whether a value is written as a formula."""
    return isinstance(value, str) and value.lstrip().startswith("=")


def evaluate(text: str, lookup: Lookup, where: Where) -> float:
    """The number of the formula `text` (with or without its `=`); `lookup` knows dotted names."""
    body = text.lstrip().removeprefix("=").strip()
    tree = _parsed(body, where)
    try:
        return _checked(_Walk(lookup, where).number(tree, 0))
    except (ArithmeticError, ValueError) as wrong:
        refuse("JG154", f"'{body}' has no result: {wrong}", where)


def _parsed(body: str, where: Where) -> ast.expr:
    if not body or len(body) > LONGEST:
        message = f"a formula has 1 to {LONGEST} characters, this has {len(body)}"
        refuse("JG153", message, where)
    try:
        tree, terms = _tree(body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        hint = "write numbers, names, + - * / ** and functions, such as 0.5 * width"
        refuse("JG153", f"'{body}' is not a formula", where, hint=hint)
    if terms > MOST_NODES:
        refuse("JG153", "the formula has too many terms", where, hint="split it with [let]")
    return tree


@lru_cache(maxsize=1024)
def _tree(body: str) -> tuple[ast.expr, int]:
    """The parsed text and how many nodes it has; formulas stand once in a text and are asked for many times."""
    tree = ast.parse(body, mode="eval").body
    return tree, sum(1 for _ in ast.walk(tree))


def _checked(number: float) -> float:
    if not math.isfinite(number) or abs(number) > GREATEST:
        raise ValueError("the number is too large")
    return number


class _Walk:
    """One evaluation; every node that is not named here is refused."""

    __slots__ = ("lookup", "where")

    def __init__(self, lookup: Lookup, where: Where) -> None:
        self.lookup = lookup
        self.where = where

    def number(self, node: ast.expr, depth: int) -> float:
        if depth > DEEPEST:
            refuse(
                "JG153", "the formula is nested too deep", self.where, hint="split it with [let]"
            )
        below = depth + 1
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return _checked(float(node.value))  # type: ignore[arg-type]
        if isinstance(node, (ast.Name, ast.Attribute)):
            return _checked(self.lookup(self.name(node)))
        if isinstance(node, ast.BinOp):
            sides = self.number(node.left, below), self.number(node.right, below)
            return _checked(self.binary(node.op, *sides))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
            inner = self.number(node.operand, below)
            return -inner if isinstance(node.op, ast.USub) else inner
        if isinstance(node, ast.IfExp):
            return self.number(node.body if self.truth(node.test, below) else node.orelse, below)
        if isinstance(node, ast.Call):
            return _checked(self.call(node, below))
        return self.refused(node)

    def refused(self, node: ast.expr) -> float:
        word = type(node).__name__.lower()
        hint = "numbers, names, + - * / **, comparisons, 'a if c else b' and functions"
        refuse("JG153", f"a formula has no {word}", self.where, allowed=hint)

    def name(self, node: ast.expr) -> str:
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            self.refused(node)
            return ""
        parts.insert(0, node.id)
        if any(part.startswith("_") for part in parts):
            refuse("JG152", f"no name '{'.'.join(parts)}' here", self.where)
        return ".".join(parts)

    def binary(self, op: ast.operator, a: float, b: float) -> float:
        if isinstance(op, ast.Add):
            return a + b
        if isinstance(op, ast.Sub):
            return a - b
        if isinstance(op, ast.Mult):
            return a * b
        if isinstance(op, ast.Div):
            return a / b
        if isinstance(op, ast.Pow):
            if abs(b) > GREATEST_EXPONENT:
                raise ValueError(f"an exponent is at most {GREATEST_EXPONENT:g}")
            return math.pow(a, b)
        refuse("JG153", f"a formula has no {type(op).__name__.lower()}", self.where)

    def truth(self, node: ast.expr, depth: int) -> bool:
        if not isinstance(node, ast.Compare):
            return self.number(node, depth) != 0.0
        sides = [self.number(side, depth) for side in (node.left, *node.comparators)]
        for op, a, b in zip(node.ops, sides, sides[1:], strict=False):
            compare = _COMPARE.get(type(op))
            if compare is None:
                refuse("JG153", f"a formula has no '{type(op).__name__.lower()}'", self.where)
            if not compare(a, b):
                return False
        return True

    def call(self, node: ast.Call, depth: int) -> float:
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)[:40]
        if isinstance(node.func, ast.Attribute) and len(node.args) == 1 and not node.keywords:
            value = stepped(name, self.number(node.args[0], depth))
            if value is not None:
                return value
        if name not in FUNCTIONS:
            hint = did_you_mean(name, tuple(FUNCTIONS))
            allowed = f"there are {', '.join(sorted(FUNCTIONS))}"
            more = {"hint": hint} if hint.startswith("did") else {}
            refuse("JG150", f"no function '{name}'", self.where, allowed=allowed, **more)
        function, least, most = FUNCTIONS[name]
        if node.keywords or not least <= len(node.args) <= most:
            count = f"{least}" if least == most else f"{least} to {most}"
            refuse("JG153", f"{name} takes {count} numbers", self.where)
        return float(function(*(self.number(item, depth) for item in node.args)))

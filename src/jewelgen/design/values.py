"""Values worked out on demand: formulas ask for other values, circles are found on the way.

In: raw blocks and [let].  Out: parameter blocks with every field read by its rule.
Names resolve in the order of `names`.
Findings: JG131 missing, JG132 not allowed, JG133 an angle without unit, JG134 a number in quotes,
JG151 formulas in a circle, JG152 no such name, JG155 formulas that follow one another too far, and what the
catalog and the formulas raise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from typing import Any

from jewelgen.design.blocks import RawBlock
from jewelgen.design.document import Document, KeyPath, dotted, refuse
from jewelgen.design.fields import as_written, declared, keys_of, needs, placed, read_by, written_at
from jewelgen.design.files import attached
from jewelgen.design.formulas import evaluate, is_formula
from jewelgen.design.holders import with_holders
from jewelgen.design.names import Asked, number_named
from jewelgen.findings import DesignError, Finding, JewelgenError, Where, did_you_mean
from jewelgen.spec import Letters, OneOf, Parsed, Rule, rules_of
from jewelgen.units import finite, length_mm

Key = tuple[str, KeyPath]
MOST_LINKS = 32  # formulas that follow one another; shipped designs have three
_LET = ""
_BROKEN = object()


class Broken(Exception):
    """A value that could not be worked out; its finding has been said already."""


class Values:
    """All values of one design, each worked out once; `findings` collects what is wrong."""

    __slots__ = ("blocks", "bore", "document", "findings", "known", "stack")

    def __init__(
        self,
        document: Document,
        blocks: Mapping[str, RawBlock],
        bore: float,
        findings: list[Finding],
    ) -> None:
        self.document = document
        self.blocks = blocks
        self.bore = bore
        self.findings = findings
        self.known: dict[Key, Any] = {}
        self.stack: list[Key] = []

    def params(self, block: RawBlock) -> Any:
        """The block's parameters; raises `Broken` after saying everything that is wrong with them."""
        return self._build(block, block.kind.params, ())

    def let(self, name: str) -> float:
        """A number of [let]."""
        return float(self._once((_LET, (name,)), lambda: self._worked_out_let(name)))

    def _worked_out_let(self, name: str) -> float:
        raw = self.document.tree["let"][name]
        where = self.document.where("let", name)
        if is_formula(raw):
            return evaluate(
                raw, lambda asked: number_named(self, Asked(asked, None, (), where)), where
            )
        try:
            return length_mm(raw) if isinstance(raw, str) else finite(raw)
        except ValueError as wrong:
            refuse("JG132", str(wrong), where, allowed='a number, a length or a formula after "="')

    def _once(self, key: Key, work: Callable[[], Any]) -> Any:
        if key in self.known:
            if self.known[key] is _BROKEN:
                raise Broken
            return self.known[key]
        if key in self.stack:
            _circle(self, key)
        if len(self.stack) > MOST_LINKS:
            _too_far(self, key)
        self.stack.append(key)
        value: Any = _BROKEN
        try:
            value = work()
        except DesignError as error:
            self.findings.extend(error.findings)
            raise Broken from None
        finally:
            self.stack.pop()
            self.known[key] = value
        return value

    def _build(self, block: RawBlock, kind: type[Any], inside: KeyPath) -> Any:
        """A parameter block (or a nested one) with all fields read."""
        got: dict[str, Any] = {}
        failed = False
        for name, rule in rules_of(kind).items():
            try:
                got[name] = self.field(block, (*inside, name), rule)
            except Broken:
                failed = True
        if failed:
            raise Broken
        try:
            return kind(**got)
        except ValueError as wrong:
            self.findings.append(Finding("JG132", str(wrong), self._where(block, inside)))
        except JewelgenError as error:
            self.findings.extend(placed(error, self._where(block, inside)))
        raise Broken

    def field(self, block: RawBlock, path: KeyPath, rule: Rule | type) -> Any:
        """A field of a block, read once; raises `Broken` after saying what is wrong."""
        return self._once((block.name, path), lambda: self._read(block, path, rule))

    def _read(self, block: RawBlock, path: KeyPath, rule: Rule | type) -> Any:
        where = self._where(block, path)
        raw = written_at(block.given, path)
        if raw is MISSING:
            return self._default(block, path, rule)
        if isinstance(rule, type):
            if isinstance(raw, rule):
                return raw
            return self._nested(block, path, rule, raw)
        try:
            return read_by(rule, self._worked_out(raw, rule, block, path), where)
        except DesignError as error:
            raise with_holders(error, block, path[-1], raw) from None

    def _nested(self, block: RawBlock, path: KeyPath, rule: type, raw: object) -> Any:
        where, known = self._where(block, path), rules_of(rule)
        if not isinstance(raw, Mapping):
            refuse("JG132", f"{str(raw)[:40]!r} is not a table", where, allowed=keys_of(rule))
        unknown = [key for key in raw if key not in known]
        for key in unknown:
            place, hint = self._where(block, (*path, key)), did_you_mean(key, tuple(known))
            message = f"{dotted(path)} has no parameter '{key[:40]}'"
            self.findings.append(Finding("JG130", message, place, hint=hint))
        if unknown:
            raise Broken
        return self._build(block, rule, path)

    def _default(self, block: RawBlock, path: KeyPath, rule: Rule | type) -> Any:
        where = self._where(block, path)
        if not isinstance(rule, type) and rule.formula:
            number = evaluate(
                rule.formula,
                lambda asked: number_named(self, Asked(asked, block, path, where)),
                where,
            )
            return read_by(rule, as_written(number, rule), where)
        value = declared(block.kind.params, path)
        if value is MISSING and isinstance(rule, type) and not needs(rule):
            return self._build(block, rule, path)
        if value is MISSING:
            allowed = rule.allowed() if not isinstance(rule, type) else keys_of(rule)
            refuse("JG131", f"'{dotted(path)}' must be given", where, allowed=allowed)
        return value

    def _worked_out(self, raw: object, rule: Rule, block: RawBlock, path: KeyPath) -> object:
        """`raw` with its formula, or the formulas inside its table or list, turned into numbers."""
        where = self._where(block, path)

        def work(text: str) -> float:
            return evaluate(
                text, lambda asked: number_named(self, Asked(asked, block, path, where)), where
            )

        if isinstance(raw, str) and is_formula(raw) and not isinstance(rule, (Letters, OneOf)):
            return as_written(work(raw), rule)
        if isinstance(rule, Parsed) and isinstance(raw, (Mapping, list)):
            return _each(raw, work)
        return attached(rule, raw, self.document, where)

    def _where(self, block: RawBlock, path: KeyPath) -> Where:
        if not path:
            return self.document.where(*block.path)
        return self.document.where(*block.key_path(path[0], self.document), *path[1:])


def place(values: Values, block: RawBlock, key: str, text: str) -> float:
    """Where a block stands by the formula `text` at its `key`: degrees or mm; raises `Broken` as `Values.field` does."""
    where = values._where(block, (key,))

    def work() -> float:
        return evaluate(
            text, lambda asked: number_named(values, Asked(asked, block, (key,), where)), where
        )

    return float(values._once((block.name, (key,)), work))


def _each(raw: object, work: Callable[[str], float], depth: int = 3) -> object:
    """A value whose tables and lists have their formulas worked out, no deeper than a value is written."""
    if isinstance(raw, str) and is_formula(raw):
        return work(raw)
    if depth and isinstance(raw, Mapping):
        return {key: _each(value, work, depth - 1) for key, value in raw.items()}
    if depth and isinstance(raw, list):
        return [_each(value, work, depth - 1) for value in raw]
    return raw


def _circle(values: Values, key: Key) -> None:
    names = _chain([*values.stack[values.stack.index(key) :], key])
    refuse("JG151", f"formulas in a circle: {names}", _place(values, key))


def _too_far(values: Values, key: Key) -> None:
    message = f"formulas follow one another too far: {_chain(values.stack[:4])} -> ..."
    refuse("JG155", message, _place(values, key), allowed=f"{MOST_LINKS} in a row")


def _chain(keys: list[Key]) -> str:
    return " -> ".join(dotted((name, *path)) if name else dotted(path) for name, path in keys)


def _place(values: Values, key: Key) -> Where:
    owner = ("let",) if key[0] == _LET else tuple(key[0].split("."))
    return values.document.where(*owner, *key[1])

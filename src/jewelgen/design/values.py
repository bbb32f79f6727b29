"""Values worked out on demand: formulas ask for other values, circles are found on the way.

In: raw blocks and [let].  Out: parameter blocks with every field read by its rule.
Names resolve in one order: own block, [let], `bore`, `family.key` or `family.name.key`.
Findings: JG131 missing, JG132 not allowed, JG133 an angle without unit, JG134 a number in quotes,
JG151 formulas in a circle, JG152 no such name, and what the catalog and the formulas raise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

from jewelgen.design.blocks import RawBlock
from jewelgen.design.document import Document, KeyPath, dotted, refuse
from jewelgen.design.formulas import evaluate, is_formula
from jewelgen.findings import DesignError, Finding, JewelgenError, Where, did_you_mean
from jewelgen.spec import Between, Deg, Letters, OneOf, Parsed, Rule, rules_of
from jewelgen.units import finite, length_mm

Key = tuple[str, KeyPath]
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
        return float(self._once((_LET, (name,)), lambda: self._let(name)))

    def _let(self, name: str) -> float:
        raw = self.document.tree["let"][name]
        where = self.document.where("let", name)
        if is_formula(raw):
            return evaluate(raw, lambda asked: self._number(asked, None, (), where), where)
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
            self._circle(key)
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

    def _circle(self, key: Key) -> None:
        ring = [*self.stack[self.stack.index(key) :], key]
        names = " -> ".join(dotted((name, *path)) if name else dotted(path) for name, path in ring)
        owner = ("let",) if key[0] == _LET else tuple(key[0].split("."))
        refuse("JG151", f"formulas in a circle: {names}", self.document.where(*owner, *key[1]))

    def _build(self, block: RawBlock, kind: type[Any], inside: KeyPath) -> Any:
        """A parameter block (or a nested one) with all fields read."""
        got: dict[str, Any] = {}
        failed = False
        for name, rule in rules_of(kind).items():
            try:
                got[name] = self._field(block, (*inside, name), rule)
            except Broken:
                failed = True
        if failed:
            raise Broken
        try:
            return kind(**got)
        except ValueError as wrong:
            self.findings.append(Finding("JG132", str(wrong), self._where(block, inside)))
        except JewelgenError as error:
            self.findings.extend(_placed(error, self._where(block, inside)))
        raise Broken

    def _field(self, block: RawBlock, path: KeyPath, rule: Rule | type) -> Any:
        return self._once((block.name, path), lambda: self._read(block, path, rule))

    def _read(self, block: RawBlock, path: KeyPath, rule: Rule | type) -> Any:
        where = self._where(block, path)
        raw = _at(block.given, path)
        if raw is MISSING:
            return self._default(block, path, rule)
        if isinstance(rule, type):
            if isinstance(raw, rule):
                return raw
            return self._nested(block, path, rule, raw)
        return read_by(rule, self._worked_out(raw, rule, block, path), where)

    def _nested(self, block: RawBlock, path: KeyPath, rule: type, raw: object) -> Any:
        where, known = self._where(block, path), rules_of(rule)
        if not isinstance(raw, Mapping):
            keys = ", ".join(f"{name} =" for name in known)
            refuse("JG132", f"{str(raw)[:40]!r} is not a table", where, allowed=f"{{ {keys} }}")
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
                rule.formula, lambda asked: self._number(asked, block, path, where), where
            )
            return read_by(rule, _as_written(number, rule), where)
        value = _declared(block.kind.params, path)
        if value is MISSING and isinstance(rule, type) and not _needs(rule):
            return self._build(block, rule, path)
        if value is MISSING:
            allowed = rule.allowed() if not isinstance(rule, type) else ""
            refuse("JG131", f"'{dotted(path)}' must be given", where, allowed=allowed)
        return value

    def _worked_out(self, raw: object, rule: Rule, block: RawBlock, path: KeyPath) -> object:
        """`raw` with its formula, or the formulas inside its table, turned into numbers."""
        where = self._where(block, path)

        def work(text: str) -> float:
            return evaluate(text, lambda asked: self._number(asked, block, path, where), where)

        if isinstance(raw, str) and is_formula(raw) and not isinstance(rule, (Letters, OneOf)):
            return _as_written(work(raw), rule)
        if isinstance(raw, Mapping) and isinstance(rule, Parsed):
            return {
                k: work(v) if isinstance(v, str) and is_formula(v) else v for k, v in raw.items()
            }
        return raw

    def _number(self, asked: str, block: RawBlock | None, path: KeyPath, where: Where) -> float:
        """The number a dotted name stands for, seen from field `path` of `block`."""
        value = self._named(asked, asked.split("."), block, path, where)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            inner = ", ".join(f"{asked}.{name}" for name in _numbers_of(value))
            hint = f"there are {inner}" if inner else ""
            refuse("JG152", f"'{asked}' is not a number", where, hint=hint)
        return float(value)

    def _named(
        self, asked: str, parts: list[str], block: RawBlock | None, path: KeyPath, where: Where
    ) -> Any:
        if block is not None:
            for depth in range(len(path) - 1, -1, -1):
                if parts[0] in _rules_at(block, path[:depth]):
                    return self._descend(asked, parts, block, path[:depth], where)
        if len(parts) == 1 and parts[0] in self.document.tree.get("let", {}):
            return self.let(parts[0])
        if parts == ["bore"]:
            return self.bore
        host, rest = self._block_named(parts)
        if host is not None and rest and rest[0] in host.rules:
            return self._descend(asked, rest, host, (), where)
        hint = did_you_mean(asked, self._names(block))
        refuse("JG152", f"no name '{asked[:60]}' here", where, hint=hint)

    def _block_named(self, parts: list[str]) -> tuple[RawBlock | None, list[str]]:
        if ".".join(parts[:2]) in self.blocks and len(parts) > 1:
            return self.blocks[".".join(parts[:2])], parts[2:]
        if parts[0] in self.blocks:
            return self.blocks[parts[0]], parts[1:]
        family = [item for item in self.blocks.values() if item.kind.family == parts[0]]
        return (family[0], parts[1:]) if len(family) == 1 else (None, [])

    def _names(self, block: RawBlock | None) -> list[str]:
        names = [*(block.rules if block else ()), *self.document.tree.get("let", {}), "bore"]
        return names + [f"{item.name}.{key}" for item in self.blocks.values() for key in item.rules]

    def _descend(
        self, asked: str, parts: list[str], block: RawBlock, inside: KeyPath, where: Where
    ) -> Any:
        """The value at `parts` below `inside`: through nested blocks, then through attributes."""
        path, rest = (*inside, parts[0]), parts[1:]
        rule = _rules_at(block, inside)[parts[0]]
        nested = isinstance(rule, type) and bool(rest) and rest[0] in rules_of(rule)
        if nested and _at(block.given, path) is not MISSING:
            return self._descend(asked, rest, block, path, where)
        value = self._field(block, path, rule)
        for name in rest:
            if name not in _numbers_of(value):
                there = ", ".join(_numbers_of(value))
                hint = f"there are {there}" if there else ""
                refuse("JG152", f"no name '{asked[:60]}' here", where, hint=hint)
            value = getattr(value, name)
        return value

    def _where(self, block: RawBlock, path: KeyPath) -> Where:
        if not path:
            return self.document.where(*block.path)
        return self.document.where(*block.key_path(path[0], self.document), *path[1:])


def read_by(rule: Rule, raw: object, where: Where) -> Any:
    """`raw` read by a rule; its refusal as a finding with place and what is allowed."""
    try:
        return rule.read(raw)
    except JewelgenError as error:
        raise DesignError(_placed(error, where)) from None
    except (ValueError, TypeError, OverflowError) as wrong:
        message, code = str(wrong)[:200], "JG132"
        if isinstance(rule, Deg) and "needs its unit" in message:
            code = "JG133"
        elif "without quotes" in message:
            code = "JG134"
        refuse(code, message, where, allowed=rule.allowed())


def _placed(error: JewelgenError, where: Where) -> tuple[Finding, ...]:
    return tuple(item if item.where.line else replace(item, where=where) for item in error.findings)


def _as_written(number: float, rule: Rule) -> object:
    """A formula's number in the words its rule reads: angles carry their unit."""
    if isinstance(rule, Deg):
        return f"{number:.9f} deg" if abs(number) < 1e6 else number
    return int(number) if number == int(number) and not isinstance(rule, Between) else number


def _at(given: Mapping[str, Any], path: KeyPath) -> Any:
    here: Any = given
    for step in path:
        if not isinstance(here, Mapping):
            return getattr(here, step, MISSING) if is_dataclass(here) else MISSING
        here = here.get(step, MISSING)
    return here


def _rules_at(block: RawBlock, inside: KeyPath) -> Mapping[str, Rule | type]:
    rules: Mapping[str, Rule | type] = block.rules
    for step in inside:
        below = rules[step]
        rules = rules_of(below) if isinstance(below, type) else {}
    return rules


def _declared(kind: type[Any], path: KeyPath) -> Any:
    """The default a parameter block declares at `path`, or MISSING."""
    for item in fields(kind):
        if item.name != path[0]:
            continue
        value: Any = item.default
        if value is MISSING and item.default_factory is not MISSING:
            value = item.default_factory()
        if len(path) == 1:
            return value
        if value is not MISSING:
            return getattr(value, path[1], MISSING)
        inner = rules_of(kind)[path[0]]
        return _declared(inner, path[1:]) if isinstance(inner, type) else MISSING
    return MISSING


def _needs(kind: type[Any]) -> bool:
    """Whether a nested block has fields that must be given."""
    return any(
        _declared(kind, (name,)) is MISSING and not (isinstance(rule, type) or rule.formula)
        for name, rule in rules_of(kind).items()
    )


def _numbers_of(value: object) -> tuple[str, ...]:
    """Names a formula may follow from a parsed value: fields and properties, none of them private."""
    if not is_dataclass(value) or isinstance(value, type):
        return ()
    names = [item.name for item in fields(value)]
    names += [name for name, thing in vars(type(value)).items() if isinstance(thing, property)]
    return tuple(name for name in names if not name.startswith("_"))

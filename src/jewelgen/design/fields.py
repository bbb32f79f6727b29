"""What a parameter block declares: defaults, nested rules, and reading one value by its rule.

Findings: JG132 not allowed, JG133 an angle without unit, JG134 a number in quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

from jewelgen.design.blocks import RawBlock
from jewelgen.design.document import KeyPath, refuse
from jewelgen.findings import DesignError, Finding, JewelgenError, Where
from jewelgen.spec import Between, Deg, Rule, rules_of


def read_by(rule: Rule, raw: object, where: Where) -> Any:
    """`raw` read by a rule; its refusal as a finding with place and what is allowed."""
    try:
        return rule.read(raw)
    except JewelgenError as error:
        raise DesignError(placed(error, where)) from None
    except (ValueError, TypeError, OverflowError) as wrong:
        message, code = str(wrong)[:200], "JG132"
        if isinstance(rule, Deg) and "needs its unit" in message:
            code = "JG133"
        elif "without quotes" in message:
            code = "JG134"
        refuse(code, message, where, allowed=rule.allowed())


def placed(error: JewelgenError, where: Where) -> tuple[Finding, ...]:
    """The findings of an error, put at `where` unless they know better."""
    return tuple(item if item.where.line else replace(item, where=where) for item in error.findings)


def as_written(number: float, rule: Rule) -> object:
    """A formula's number in the words its rule reads: angles carry their unit."""
    if isinstance(rule, Deg):
        return f"{number:.9f} deg" if abs(number) < 1e6 else number
    return int(number) if number == int(number) and not isinstance(rule, Between) else number


def written_at(given: Mapping[str, Any], path: KeyPath) -> Any:
    """The value written at `path`, or MISSING."""
    here: Any = given
    for step in path:
        if not isinstance(here, Mapping):
            return getattr(here, step, MISSING) if is_dataclass(here) else MISSING
        here = here.get(step, MISSING)
    return here


def rules_at(block: RawBlock, inside: KeyPath) -> Mapping[str, Rule | type]:
    """The rules of the block, or of the nested block at `inside`."""
    rules: Mapping[str, Rule | type] = block.rules
    for step in inside:
        below = rules[step]
        rules = rules_of(below) if isinstance(below, type) else {}
    return rules


def declared(kind: type[Any], path: KeyPath) -> Any:
    """The default a parameter block declares at `path`, or MISSING."""
    for item in fields(kind):
        if item.name != path[0]:
            continue
        factory: Any = item.default_factory
        value: Any = factory() if factory is not MISSING else item.default
        if len(path) == 1:
            return value
        if value is not MISSING:
            return getattr(value, path[1], MISSING)
        inner = rules_of(kind)[path[0]]
        return declared(inner, path[1:]) if isinstance(inner, type) else MISSING
    return MISSING


def keys_of(kind: type[Any]) -> str:
    """A nested block as it is written, every key with what it takes."""
    keys = [
        f"{name} = {keys_of(rule) if isinstance(rule, type) else rule.allowed()}"
        for name, rule in rules_of(kind).items()
    ]
    return "{ " + ", ".join(keys) + " }"


def needs(kind: type[Any]) -> bool:
    """Whether a nested block has fields that must be given."""
    return any(
        declared(kind, (name,)) is MISSING and not (isinstance(rule, type) or rule.formula)
        for name, rule in rules_of(kind).items()
    )


def numbers_of(value: object) -> tuple[str, ...]:
    """Names a formula may follow from a parsed value: fields and properties, none of them private."""
    if not is_dataclass(value) or isinstance(value, type):
        return ()
    names = [item.name for item in fields(value)]
    names += [name for name, thing in vars(type(value)).items() if isinstance(thing, property)]
    return tuple(name for name in names if not name.startswith("_"))

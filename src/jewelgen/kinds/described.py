"""The keys of a kind as rows to print: what must be given, what else holds, what is allowed.

In: a parameter block.  Out: rows of texts.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from jewelgen.spec import Number, Rule, Span, rules_of


def explained(block: type, inside: str = "") -> list[tuple[str, str, str, str]]:
    """Every key of a block with those of its tables (`top.width`): its default, what is allowed, its help.

    The default is `must be given`, a formula after `=`, or a value.
    """
    found: list[tuple[str, str, str, str]] = []
    declared = {item.name: item.default for item in fields(block)}
    for name, rule in rules_of(block).items():
        key = f"{inside}{name}"
        if isinstance(rule, type):
            found += explained(rule, f"{key}.")
        else:
            found.append((key, _otherwise(rule, declared[name]), rule.allowed(), rule.help))
    return found


def _otherwise(rule: Rule, default: Any) -> str:
    """What holds when a key is not written."""
    if rule.formula:
        return f"= {rule.formula}"
    if default is MISSING:
        return "must be given"
    if isinstance(default, Span):
        return f"{default.least:g} .. {default.most:g}"
    if isinstance(default, str):
        return f'"{default}"'
    if isinstance(default, bool):
        return "true" if default else "false"
    unit = rule.unit if isinstance(rule, Number) else ""
    return f"{default:g} {unit}".rstrip() if isinstance(default, float) else str(default)

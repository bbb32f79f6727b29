"""An ask can only narrow: its ends are tried on the kind's own rule before any customer sees them.

Findings: JG173 wider than the kind (or catalog) allows, JG174 a key the design does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jewelgen.catalog.alloys import alloy
from jewelgen.design.asks import Ask
from jewelgen.design.blocks import COMMON, RawBlock
from jewelgen.design.document import Document
from jewelgen.design.files import attached
from jewelgen.design.heading import TEXTS, TOP
from jewelgen.findings import Finding, JewelgenError, did_you_mean
from jewelgen.spec import Letters, Rule, rules_of


def check_asks(
    document: Document,
    asks: Mapping[str, Ask],
    blocks: Mapping[str, RawBlock],
    findings: list[Finding],
) -> None:
    """Say of every ask whether its key exists and its ends are within the kind's range."""
    for key, ask in asks.items():
        if key in ("size", "made", *TEXTS) or key in document.tree.get("let", {}):
            continue
        rule = None if key == "alloy" else _rule(key, blocks)
        if key.rpartition(".")[2] == "alloy" and rule is None:
            _try(ask, alloy, "alloys of the catalog", findings)
        elif rule is not None:
            _try(ask, _reader(rule, document, ask), rule.allowed(), findings, rule)
        elif key.rpartition(".")[2] not in COMMON or key.rpartition(".")[0] not in blocks:
            known = [f"{name}.{word}" for name, block in blocks.items() for word in block.rules]
            hint = did_you_mean(key[:60], [*known, *TOP])
            findings.append(
                Finding("JG174", f"no '{key[:60]}' in this design", ask.where, hint=hint)
            )


def _reader(rule: Rule, document: Document, ask: Ask) -> Callable[[object], Any]:
    """What the kind makes of a value of the ask, the files it names read."""
    return lambda end: rule.read(attached(rule, end, document, ask.where))


def _rule(key: str, blocks: Mapping[str, RawBlock]) -> Rule | None:
    for name, block in blocks.items():
        if not key.startswith(f"{name}."):
            continue
        rules: Any = block.rules
        for step in key[len(name) + 1 :].split("."):
            found = rules.get(step)
            if found is None:
                break
            if not isinstance(found, type):
                rule: Rule = found
                return rule
            rules = rules_of(found)
    return None


def _try(ask: Ask, read: Any, allowed: str, findings: list[Finding], rule: Any = None) -> None:
    for end in ask.corners():
        if ask.sort == "letters":
            if isinstance(rule, Letters) and len(end) > rule.most:
                message = f"'{ask.text}' is wider than the kind: at most {rule.most} characters"
                findings.append(Finding("JG173", message, ask.where, allowed=allowed))
            continue
        try:
            read(end)
        except (ValueError, JewelgenError) as wrong:
            said = wrong.findings[0].message if isinstance(wrong, JewelgenError) else str(wrong)
            message = f"'{ask.text[:80]}' is wider than the kind: {said[:120]}"
            findings.append(Finding("JG173", message, ask.where, allowed=allowed))

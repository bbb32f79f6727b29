"""Which kinds hold a stone that the chosen kind refuses: said with the refusal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jewelgen.catalog.stones import parse_stone
from jewelgen.design.blocks import RawBlock
from jewelgen.findings import DesignError, JewelgenError
from jewelgen.kinds.kind import Kind, registry
from jewelgen.spec import Parsed, rules_of

ON_BODY = ' on = "body.front"'


def with_holders(error: DesignError, block: RawBlock, key: str, raw: object) -> DesignError:
    """The refusal of a stone with the kinds that would take it; any other as it is."""
    if not isinstance(raw, str) or not _is_stone(raw):
        return error
    words = _words(block.kind.family, key, raw)
    hint = f"kind = {_or(words)} holds it" if words else ""
    heads = _words("head", key, raw) if block.kind.family == "body" else []
    if heads:
        hint += f"{'; ' if hint else ''}so does a head of kind {_or(heads)} with{ON_BODY}"
    found = (item if item.hint else replace(item, hint=hint) for item in error.findings)
    return DesignError(found) if hint else error


def _is_stone(raw: str) -> bool:
    try:
        parse_stone(raw)
    except (JewelgenError, ValueError):
        return False
    return True


def _words(family: str, key: str, raw: str) -> list[str]:
    kinds = registry().values()
    return sorted(k.word for k in kinds if k.family == family and _takes(k, key, raw))


def _takes(kind: Kind, key: str, raw: str) -> bool:
    rule: Any = rules_of(kind.params).get(key)
    if not isinstance(rule, Parsed):
        return False
    try:
        return bool(rule.read(raw))
    except (JewelgenError, ValueError):
        return False


def _or(words: list[str]) -> str:
    quoted = [f'"{word}"' for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)

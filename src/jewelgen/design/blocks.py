"""Tables to blocks: one of a family or several named ones, `like` laid under, common keys set apart.

In: `Document` and the kinds known.  Out: `RawBlock` by name, in an order that does not depend on the text.
Findings: JG108 not a table, JG109 a name, JG112 more blocks than a piece has, JG120 no such kind, JG121 two without names, JG122 no kind said,
JG123 `like` or `beside` names no block, JG130 an unknown parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jewelgen.design.document import Document, KeyPath
from jewelgen.design.reader import deep_merge
from jewelgen.findings import Finding, did_you_mean, nearest
from jewelgen.kinds.kind import FAMILIES, Kind
from jewelgen.spec import rules_of

Kinds = Mapping[tuple[str, str], Kind]
COMMON = ("on", "at", "made", "alloy", "like", "when", "seats", "beside", "gap")
MOST = 64  # blocks of one design; the richest that is shipped has six
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block as written: `given` holds the kind's own keys, `common` the reader's; `path` is its table."""

    name: str
    kind: Kind
    path: KeyPath
    given: Mapping[str, Any]
    common: Mapping[str, Any]
    like: str = ""
    rules: Mapping[str, Any] = field(default_factory=dict)

    def key_path(self, key: str, document: Document) -> KeyPath:
        """Where a key of this block was written: here, or in the block it is like."""
        own = (*self.path, key)
        if self.like and own not in document.places:
            return (*self.like.split("."), key)
        return own


def raw_blocks(document: Document, kinds: Kinds, findings: list[Finding]) -> dict[str, RawBlock]:
    """All blocks of a design; what is wrong is added to `findings` and that block left out."""
    tables: dict[str, tuple[KeyPath, Mapping[str, Any]]] = {}
    for family in FAMILIES:
        if document.tree.get(family, False) is False:
            continue
        for name, path, table in _tables(document, family, kinds, findings):
            tables[name] = (path, table)
    if len(tables) > MOST:
        where = document.where(*tables[list(tables)[MOST]][0])
        findings.append(Finding("JG112", f"{len(tables)} blocks", where, allowed=f"at most {MOST}"))
        return {}
    found: dict[str, RawBlock] = {}
    for name, (path, _) in tables.items():
        whole = _like(name, tables, document, findings)
        if whole is None:
            continue
        block = _block(document, path, whole, kinds, findings)
        if block is not None:
            found[name] = block
    return found


def _tables(
    document: Document, family: str, kinds: Kinds, findings: list[Finding]
) -> list[tuple[str, KeyPath, Mapping[str, Any]]]:
    value, where = document.tree[family], document.where(family)
    if isinstance(value, list):
        message = f"[[{family}]]: blocks have names, not numbers"
        findings.append(Finding("JG121", message, where, hint=f"write [{family}.first]"))
        return []
    if not isinstance(value, Mapping):
        hint = f"write [{family}] with its keys below"
        findings.append(Finding("JG108", f"{family} is not a table", where, hint=hint))
        return []
    if not _is_named(family, value, kinds):
        return [(family, (family,), value)]
    found: list[tuple[str, KeyPath, Mapping[str, Any]]] = []
    for name, table in sorted(value.items()):
        if table is False:
            continue
        if not _NAME.fullmatch(name):
            message = f"'{name[:40]}' is no name for a block"
            hint = "letters, digits, - and _, a letter first, at most 32"
            findings.append(Finding("JG109", message, where, hint=hint))
        else:
            found.append((f"{family}.{name}", (family, name), table))
    return found


def _is_named(family: str, value: Mapping[str, Any], kinds: Kinds) -> bool:
    """Whether `[head]` holds named blocks: nothing but tables, none of them a nested parameter block."""
    if not value or not all(isinstance(item, Mapping) or item is False for item in value.values()):
        return False
    nested = {
        key
        for (owner, _), kind in kinds.items()
        if owner == family
        for key in rules_of(kind.params)
    }
    return not set(value) <= nested


def _like(
    name: str,
    tables: Mapping[str, tuple[KeyPath, Mapping[str, Any]]],
    document: Document,
    findings: list[Finding],
) -> Mapping[str, Any] | None:
    """The table with what it is like laid under it; the model's own place (`on`, `beside`) is not taken over."""
    path, table = tables[name]
    chain, whole = [name], dict(table)
    while "like" in tables[chain[-1]][1]:
        model = tables[chain[-1]][1]["like"]
        if not isinstance(model, str) or model not in tables or model in chain:
            others = [item for item in tables if item != name]
            message = (
                f"like: no block {str(model)[:60]!r}"
                if model not in chain
                else (f"blocks are like each other: {' -> '.join([*chain, str(model)])}")
            )
            hint = did_you_mean(str(model), others)
            findings.append(Finding("JG123", message, document.where(*path, "like"), hint=hint))
            return None
        chain.append(model)
        under = {
            k: v for k, v in tables[model][1].items() if k not in ("like", "beside", "on", "at")
        }
        whole = deep_merge(under, whole)
    return whole


def _block(
    document: Document,
    path: KeyPath,
    table: Mapping[str, Any],
    kinds: Kinds,
    findings: list[Finding],
) -> RawBlock | None:
    kind = _kind(document, path, table, kinds, findings)
    if kind is None:
        return None
    rules = rules_of(kind.params)
    own = {key: value for key, value in table.items() if key in rules}
    common = {k: v for k, v in table.items() if k in COMMON and k not in rules}
    block = RawBlock(".".join(path), kind, path, own, common, str(table.get("like", "")), rules)
    for key, value in table.items():
        if key in rules or key in common or key == "kind":
            continue
        findings.append(_unknown(document, block, key, value))
    return block


def _unknown(document: Document, block: RawBlock, key: str, value: object) -> Finding:
    where, family = document.where(*block.key_path(key, document)), block.kind.family
    if (
        isinstance(value, Mapping)
        and len(block.path) == 1
        and not set(value).isdisjoint({"kind", *COMMON})
    ):
        message = f"[{family}] and [{family}.{key[:32]}]: two of a family both need names"
        return Finding("JG121", message, where, hint=f"name the first one: [{family}.main]")
    what = f"{family} {block.kind.word}" if block.kind.word != family else family
    hint = did_you_mean(key, [*block.rules, *COMMON])
    return Finding("JG130", f"{what} has no parameter '{key[:40]}'", where, hint=hint)


def _kind(
    document: Document,
    path: KeyPath,
    table: Mapping[str, Any],
    kinds: Kinds,
    findings: list[Finding],
) -> Kind | None:
    family = path[0]
    words = sorted(word for owner, word in kinds if owner == family)
    usual = words if len(words) == 1 else [item for item in words if kinds[family, item].usual]
    word = table.get("kind", usual[0] if usual else None)
    where = document.where(*path, "kind")
    if word is None:
        allowed = f"there are {', '.join(words)}" if words else f"no kind of {family} is installed"
        findings.append(
            Finding("JG122", f"[{'.'.join(path)}] needs its kind", where, allowed=allowed)
        )
        return None
    if not isinstance(word, str) or (family, word) not in kinds:
        hint = did_you_mean(str(word)[:40], words)
        findings.append(Finding("JG120", f"no {family} {str(word)[:40]!r}", where, hint=hint))
        # The rest of the block is read as the nearest kind's, so that its mistakes are said too.
        meant = nearest(str(word)[:40], words)
        return kinds[family, meant] if meant else None
    return kinds[(family, word)]

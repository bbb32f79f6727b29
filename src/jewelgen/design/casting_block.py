"""`[casting]`: what the casting brings and what is left to the hand. In: the table.  Out: `Choices`.

Findings: JG108, JG130, JG132.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jewelgen.catalog.choices import DRAIN, ENGRAVING, SCALE, SEATS, UNSAID, Choices
from jewelgen.design.document import Document
from jewelgen.design.heading import read_word
from jewelgen.findings import Finding, did_you_mean
from jewelgen.units import length_mm

KEYS = ("seats", "engraving", "drain", "scale")


def read_casting(document: Document, findings: list[Finding]) -> Choices:
    """The choices of a design."""
    table = document.tree.get("casting")
    if not isinstance(table, Mapping):
        return UNSAID
    for key in table:
        if key not in KEYS:
            hint, message = did_you_mean(key[:40], KEYS), f"casting has no '{key[:40]}'"
            findings.append(Finding("JG130", message, document.where("casting", key), hint=hint))
    return Choices(
        _word(document, table, "seats", SEATS, findings),
        _word(document, table, "engraving", ENGRAVING, findings),
        _drain(document, table["drain"], findings) if "drain" in table else None,
        _word(document, table, "scale", SCALE, findings),
    )


def _word(
    document: Document,
    table: Mapping[str, Any],
    key: str,
    words: tuple[str, ...],
    findings: list[Finding],
) -> str:
    if key not in table:
        return ""
    return read_word(document, ("casting", key), table[key], words, findings) or ""


def _drain(document: Document, written: object, findings: list[Finding]) -> float | None:
    try:
        found = length_mm(written)
        if found == 0 or DRAIN[0] <= found <= DRAIN[1]:
            return found
        message = f"a drain of {found:g} mm"
    except (TypeError, ValueError) as wrong:
        message = str(wrong)[:200]
    allowed = f"0 for none, or {DRAIN[0]:g} .. {DRAIN[1]:g} mm"
    where = document.where("casting", "drain")
    findings.append(Finding("JG132", message, where, allowed=allowed))
    return None


def with_habits(document: Document, habits: Choices) -> Document:
    """The design with a shop's choices where it makes none of its own."""
    said = {key: value for key in KEYS if (value := getattr(habits, key)) not in ("", None)}
    table = document.tree.get("casting", {})
    if not said or not isinstance(table, Mapping):
        return document
    return replace(document, tree={**document.tree, "casting": {**said, **table}})

"""Orders against a rubber mold that exists: frozen keys are never listed, they are proved.

The order and the design are both composed at the mold's size; equal forms, cuts and cast marks mean the same
mold, then sizing. Findings: JG420 (warning) a new master is needed, JG421 (error) the same with `keep`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jewelgen.design.blocks import Kinds
from jewelgen.design.compose import compose
from jewelgen.design.document import Document
from jewelgen.design.resolve import resolve
from jewelgen.findings import Finding, Severity
from jewelgen.piece.piece import Piece

_TOUCH = 1e-6


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an order can come from the mold; `words` for people; `differs` the first thing that does not match."""

    same: bool
    words: str
    differs: str = ""
    finding: Finding | None = None


def judge(
    document: Document,
    order: Mapping[str, Any],
    *,
    keep: bool = False,
    kinds: Kinds | None = None,
) -> Verdict | None:
    """The verdict on an order, or None when the design speaks of no mold."""
    brief = resolve(document, order, kinds=kinds)
    mold = brief.mold
    if mold is None or not mold.bore:
        return None
    least, greatest = mold.sizes
    if not least - _TOUCH <= brief.bore <= greatest + _TOUCH:
        why = f"{brief.size} is outside {mold.written}"
        return _new_master(mold.id, why, "size", document, keep)
    there = replace(document, tree={**document.tree, "size": mold.size})
    rest = {key: value for key, value in order.items() if key != "size"}
    base = compose(resolve(there, kinds=kinds))
    wanted = compose(resolve(there, rest, kinds=kinds))
    differs = first_difference(base, wanted)
    if not differs:
        sizing = "" if abs(brief.bore - mold.bore) < _TOUCH else f", then size to {brief.size}"
        return Verdict(True, f"same mold {mold.id}{sizing}")
    keys = ", ".join(f"'{change.key}'" for change in brief.changes if change.key != "size")
    return _new_master(mold.id, f"{keys} changes {differs}", differs, document, keep)


def _new_master(name: str, why: str, differs: str, document: Document, keep: bool) -> Verdict:
    finding = Finding(
        "JG421" if keep else "JG420",
        f"the order needs a new master (mold {name}: {why})",
        document.where("mold"),
        Severity.ERROR if keep else Severity.WARNING,
        hint="leave out --keep-mold to build a new master"
        if keep
        else "it costs a master and a mold",
    )
    return Verdict(False, f"new master: {why}", differs, finding)


def first_difference(one: Piece, other: Piece) -> str:
    """What the mold would not give: `part 'shank'`, `cut 'x'`, `mark 'y'`; empty when all metal is the same."""
    a, b = _frozen(one), _frozen(other)
    for key in (*a, *(key for key in b if key not in a)):
        if a.get(key) != b.get(key):
            return key
    return ""


def _frozen(piece: Piece) -> dict[str, object]:
    """All that a mold fixes, by name: not alloy, temper, finish, nor marks that come after casting."""
    found: dict[str, object] = {}
    for part in piece.parts:
        found[f"part '{part.name}'"] = (part.form, part.at, part.array, part.made)
    for cut in piece.cuts:
        found[f"cut '{cut.name}'"] = (cut.on, cut.form, cut.at, cut.array)
    for mark in piece.marks:
        if mark.when == "cast":
            found[f"mark '{mark.name}'"] = (mark.on, mark.form, mark.at, mark.array)
    return found

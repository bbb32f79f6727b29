"""Orders against a rubber mold that exists: frozen keys are never listed, they are proved.

The order and the design are both composed at the mold's size; equal forms, cuts and cast marks mean the same
mold, then sizing, for which the ring's back must be plain. Findings: JG420 (warning) a new master is needed, JG421 (error) the same with `keep`,
JG422 the design is no longer the one whose digest the mold bears.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jewelgen.design.blocks import Kinds
from jewelgen.design.brief import Mold
from jewelgen.design.changes import named_set
from jewelgen.design.compose import compose
from jewelgen.design.document import Document
from jewelgen.design.orders import as_order
from jewelgen.design.resolve import resolve
from jewelgen.findings import Finding, Fix, Severity
from jewelgen.piece.back import in_the_way
from jewelgen.piece.digest import digest, first_difference

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
    row = as_order(order)
    order = named_set(document, row.chosen_set, row.where, []) | dict(row.values)
    mold = brief.mold
    if mold is None or not mold.bore:
        return None
    least, greatest = mold.sizes
    if not least - _TOUCH <= brief.bore <= greatest + _TOUCH:
        why = f"{brief.size} is outside {mold.written}"
        return new_master(mold.id, why, "size", document, keep)
    at_mold = _at_mold(document, mold)
    rest = {key: value for key, value in order.items() if key != "size"}
    base = compose(resolve(at_mold, kinds=kinds))
    wanted = compose(resolve(at_mold, rest, kinds=kinds))
    differs = first_difference(base, wanted)
    if not differs and abs(brief.bore - mold.bore) > _TOUCH and (there := in_the_way(base)):
        why = f"{brief.size} is sized at the back, where {there} stands"
        return new_master(mold.id, why, "size", document, keep)
    if not differs:
        sizing = "" if abs(brief.bore - mold.bore) < _TOUCH else f", then size to {brief.size}"
        return Verdict(True, f"same mold {mold.id}{sizing}")
    keys = ", ".join(f"'{change.key}'" for change in brief.changes if change.key != "size")
    return new_master(mold.id, f"{keys} changes {differs}", differs, document, keep)


def new_master(name: str, why: str, differs: str, document: Document, keep: bool) -> Verdict:
    """The verdict that an order cannot come from mold `name`, and why; JG420, or JG421 with `keep`."""
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


def unlike(document: Document, *, keep: bool = False, kinds: Kinds | None = None) -> Finding | None:
    """JG422 when the design at the mold's size is no longer the piece whose digest the mold bears."""
    mold = resolve(document, kinds=kinds).mold
    if mold is None or not mold.bore or not mold.digest:
        return None
    found = digest(compose(resolve(_at_mold(document, mold), kinds=kinds)), frozen=True)
    if found.startswith(mold.digest):
        return None
    return Finding(
        "JG422",
        f"the design has changed since mold {mold.id} was cut: it is {found[:16]} now",
        document.where("mold", "digest"),
        Severity.ERROR if keep else Severity.WARNING,
        hint="undo the change, or cut a new mold and write its digest here",
        fix=Fix("mold.digest", f'"{found[:16]}"'),
    )


def _at_mold(document: Document, mold: Mold) -> Document:
    return replace(document, tree={**document.tree, "size": mold.size})

"""The casting part of a shop file: what finishing takes, and the coupons it measured.

In: the tree of a shop file.  Out: `Own`; JG520 and JG521 at their keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jewelgen.bench.shop_check import Check
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.choices import DRAIN, ENGRAVING, SCALE, SEATS, Choices
from jewelgen.catalog.coupons import Coupon, Own
from jewelgen.findings import CatalogError

ALLOWANCES: Mapping[str, str] = {
    "outside": "metal left for file and polish on outside faces, mm a side",
    "inside": "metal left inside a ring, mm a side",
    "textured": "metal left on textured faces, mm a side",
    "unreachable": "metal left where no wheel reaches, mm a side",
    "prong": "length left on prongs for setting, mm",
    "undercut": "how deep behind metal the shop's mold rubber may reach, over its thickness there",
    "master_fee": "what a new master costs, in the shop's money",
    "mold_fee": "what a new mold costs, in the shop's money",
    "mold_days": "days until a new mold is cut",
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "seats": SEATS,
    "engraving": ENGRAVING,
    "scale": SCALE,
}
STAGES = ("print", "mold", "wax", "metal")
ROUTES = ("direct", "mold")
COUPON = ("stage", "before", "after", "route", "alloy")
LEAST, MOST = 0.9, 1.05  # after / before: what any stage has been seen to leave of a length


def own(tree: Mapping[str, Any], check: Check) -> Own:
    """What the file says of the shop's own castings."""
    table = check.table(tree, "casting")
    check.known(table, (*ALLOWANCES, *CHOICES, "drain"), ("casting",))
    left = {key: check.number(v, ("casting", key)) for key, v in table.items() if key in ALLOWANCES}
    return Own(tuple(_coupons(tree, check)), **left, choices=_choices(table, check))


def _choices(table: Mapping[str, Any], check: Check) -> Choices:
    """What the shop does by hand where a design does not say."""
    seats, engraving, scale = (
        check.word(table[key], known, ("casting", key)) if key in table else ""
        for key, known in CHOICES.items()
    )
    if "drain" not in table:
        return Choices(seats, engraving, scale=scale)
    drain, at = check.number(table["drain"], ("casting", "drain")), ("casting", "drain")
    if drain and not DRAIN[0] <= drain <= DRAIN[1]:
        allowed = f"0 for none, or {DRAIN[0]:g} .. {DRAIN[1]:g} mm"
        check.say("JG521", f"a drain of {drain:g} mm", at, allowed=allowed)
    return Choices(seats, engraving, drain, scale)


def _coupons(tree: Mapping[str, Any], check: Check) -> Iterator[Coupon]:
    rows = tree.get("coupon", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        check.say("JG521", "coupons are tables", ("coupon",), hint="write [[coupon]]")
        return
    for i, row in enumerate(rows):
        at = ("coupon", str(i))
        check.known(row, COUPON, at)
        stage = check.word(row.get("stage", ""), STAGES, (*at, "stage"))
        before = check.number(row.get("before"), (*at, "before"))
        after = check.number(row.get("after"), (*at, "after"))
        route = check.word(row["route"], ROUTES, (*at, "route")) if "route" in row else ""
        if not LEAST * before <= after <= MOST * before or not before:
            said = f"no stage makes {after:g} mm of {before:g}"
            check.say("JG521", said, (*at, "after"), allowed=f"{LEAST:g} .. {MOST:g} of before")
            continue
        yield Coupon(stage, before, after, route, _alloy(row.get("alloy", ""), check, at))


def _alloy(word: Any, check: Check, at: tuple[str, ...]) -> str:
    """The id of an alloy's word, empty for all alloys."""
    if not word:
        return ""
    try:
        return alloy(str(word)).id
    except CatalogError as error:
        check.say("JG521", f"no alloy {word!r}", (*at, "alloy"), hint=error.findings[0].hint)
        return ""

"""Figures of the catalog by the names that formulas give them.

`bench.flush.max_stone`, `stock.tube.od_over_stone_mm.least`, `pack.wall_min`; a table of steps is asked at a size:
`bench.bezel_wall.table(stone.length)`. `stock.round_wire.within(d)` is the thickest wire that is sold up to a diameter.
In: names, a rule pack.  Out: numbers; None for names that are none of the catalog's.
"""

from __future__ import annotations

from collections.abc import Sequence

from jewelgen.catalog.facts import Fact, facts_at, table
from jewelgen.catalog.packs import CAUTIOUS, limit, packs
from jewelgen.catalog.packs import limits as all_limits
from jewelgen.catalog.stock import wires

TABLES = {"bench": "bench_rules", "stock": "stock", "casting": "casting"}
ENDS = {"least": 0, "most": -1}
WITHIN = "stock.round_wire.within"


def figure(parts: Sequence[str], pack: str = CAUTIOUS) -> float | None:
    """The number a dotted name stands for; a figure with a spread is asked for its `least` or `most`."""
    if parts[0] == "pack" and len(parts) == 2:
        pack = pack if pack in packs() else CAUTIOUS
        known = {found.key for found in all_limits(pack)}
        return limit(parts[1], pack).value if parts[1] in known else None
    found = _fact(parts[:3])
    if found is None or isinstance(found.v, (str, bool)):
        return None
    if len(parts) == 4 and parts[3] in ENDS and isinstance(found.v, tuple):
        return found.numbers[ENDS[parts[3]]]
    return found.number if len(parts) == 3 and not isinstance(found.v, tuple) else None


def stepped(name: str, size: float) -> float | None:
    """The value of a table of steps at a size: the first row that reaches it, else the last.

    Of `WITHIN` the thickest round wire that is sold up to that diameter, else the thinnest.
    """
    if name == WITHIN:
        sold = [item.thickness for item in wires("round")]
        return max((mm for mm in sold if mm <= size + 1e-9), default=sold[0])
    found = _fact(name.split("."))
    if found is None or not isinstance(found.v, tuple) or not isinstance(found.v[0], tuple):
        return None
    rows = found.pairs
    return next((value for most, value in rows if size <= most + 1e-9), rows[-1][1])


def _fact(parts: Sequence[str]) -> Fact | None:
    if len(parts) != 3 or parts[0] not in TABLES:
        return None
    name = TABLES[parts[0]]
    return facts_at(name, parts[1]).get(parts[2]) if parts[1] in table(name) else None

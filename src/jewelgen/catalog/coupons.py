"""What a shop measured of its own castings: coupons for stages of the chain, and what its finishing takes.

In: rows of a shop file.  Out: `Own`, empty where the catalog's figures hold; mm.
"""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.catalog.choices import UNSAID, Choices


@dataclass(frozen=True, slots=True)
class Coupon:
    """One length of a test piece before and after a stage, mm; `route` and `alloy` (an id) empty: for all."""

    stage: str
    before: float
    after: float
    route: str = ""
    alloy: str = ""

    @property
    def shrink_pct(self) -> float:
        """Linear shrinkage of the stage in percent of the length before it."""
        return 100.0 * (1.0 - self.after / self.before)

    @property
    def words(self) -> str:
        """Where the figure comes from."""
        return f"measured coupon {self.before:.2f} -> {self.after:.2f} mm"


@dataclass(frozen=True, slots=True)
class Own:
    """A shop's coupons, and the metal it leaves for file and polish, mm; None where it follows the catalog.

    `undercut`: how deep its mold rubber may reach behind metal, over its thickness; `choices`: what it does by
    hand after casting, where a design does not say. `master_fee`, `mold_fee` in the shop's money and `mold_days`:
    what a new master and its mold cost.
    """

    coupons: tuple[Coupon, ...] = ()
    outside: float | None = None
    inside: float | None = None
    prong: float | None = None
    textured: float | None = None
    unreachable: float | None = None
    undercut: float | None = None
    master_fee: float | None = None
    mold_fee: float | None = None
    mold_days: float | None = None
    choices: Choices = UNSAID

    def coupon(self, stage: str, route: str, alloy: str) -> Coupon | None:
        """The most particular coupon of a stage; of equals the last, which was measured last."""
        found = None
        for row in self.coupons:
            fits = row.stage == stage and row.route in {"", route} and row.alloy in {"", alloy}
            if fits and (found is None or _weight(row) >= _weight(found)):
                found = row
        return found


def new_mold(own: Own) -> str:
    """What a new master and mold cost, in words, as far as the shop said."""
    rows = (("a master", own.master_fee), ("a mold", own.mold_fee))
    words = " and ".join(name + (f" ({fee:g})" if fee is not None else "") for name, fee in rows)
    fees = [fee for _, fee in rows if fee is not None]
    total = f": {sum(fees):g} in the shop's money" if len(fees) == len(rows) else ""
    if own.mold_days is None:
        wait = "" if fees else "; master_fee, mold_fee and mold_days under [casting] of a shop file say how much"  # fmt: skip
    else:
        wait = f", {own.mold_days:g} days"
    return f"it costs {words}{total}{wait}"


def _weight(row: Coupon) -> tuple[bool, bool]:
    return (bool(row.alloy), bool(row.route))


TRADE = Own()

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
    hand after casting, where a design does not say.
    """

    coupons: tuple[Coupon, ...] = ()
    outside: float | None = None
    inside: float | None = None
    prong: float | None = None
    textured: float | None = None
    unreachable: float | None = None
    undercut: float | None = None
    choices: Choices = UNSAID

    def coupon(self, stage: str, route: str, alloy: str) -> Coupon | None:
        """The most particular coupon of a stage; of equals the last, which was measured last."""
        found = None
        for row in self.coupons:
            fits = row.stage == stage and row.route in {"", route} and row.alloy in {"", alloy}
            if fits and (found is None or _weight(row) >= _weight(found)):
                found = row
        return found


def _weight(row: Coupon) -> tuple[bool, bool]:
    return (bool(row.alloy), bool(row.route))


TRADE = Own()

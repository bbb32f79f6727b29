"""Orders in another metal than a mold was made for: metals shrink differently, so that castings come out in other sizes.

In: a design, an order's brief, the mold's verdict.  Out: the verdict, with JG427 where the casting has to be sized more
than its tolerance, or JG420 (JG421) where sizing does not reach.
"""

from __future__ import annotations

from dataclasses import replace

from jewelgen.cast.chain import chain, number
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.coupons import Own
from jewelgen.catalog.facts import fact
from jewelgen.design.brief import Brief, Mold
from jewelgen.design.document import Document
from jewelgen.design.mold import Verdict, new_master
from jewelgen.design.resolve import resolve
from jewelgen.findings import Finding, Severity


def in_its_metal(
    verdict: Verdict, document: Document, brief: Brief, own: Own, keep: bool
) -> Verdict:
    """The verdict on an order once its metal has shrunk as that metal does, by the catalog or the shop's coupons."""
    base, mold = resolve(document), brief.mold
    if not verdict.same or mold is None or not mold.bore or base.alloy == brief.alloy:
        return verdict
    before, now = (chain("mold", alloy(b.alloy), own).needed for b in (base, brief))
    share = before / now
    most = number(fact("casting", "pattern.tolerance"))
    least, greatest = (share * bore for bore in mold.sizes)
    metals = alloy(base.alloy).name, alloy(brief.alloy).name
    if not least - most <= brief.bore <= greatest + most:
        why = f"in {metals[1]} it serves bores of {least:.2f} to {greatest:.2f} mm, not {brief.bore:.2f}"
        return new_master(mold.id, why, "alloy", document, keep)
    off = (share - 1) * mold.bore
    if abs(off) <= most:
        return verdict
    finding = _said(mold, metals, share, document)
    return replace(verdict, words=f"{verdict.words}; comes out {off:+.2f} mm", finding=finding)


def _said(mold: Mold, metals: tuple[str, str], share: float, document: Document) -> Finding:
    made, wanted = metals
    return Finding(
        "JG427",
        f"mold {mold.id} was made for {made}: in {wanted} it gives {share * mold.bore:.2f} mm inside, not {mold.bore:.2f}",
        document.where("mold"),
        Severity.WARNING,
        hint="size the casting, and allow for it in width and weight; a coupon in the shop file makes the figure your own",
    )

"""A chain that is bought as it is: a line in the cut list, no geometry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.kinds.kind import Kind
from jewelgen.piece.piece import Item
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What is ordered."""

    buy: Annotated[str, Letters(1, 120, "the chain as it is ordered, or none")]


def make(params: Params, site: Site) -> Fragment:
    """One item; nothing for `none`."""
    if params.buy.strip().lower() == "none":
        return Fragment()
    return Fragment(items=(Item(site.name, params.buy.strip()),))


KIND = Kind("chain", "bought", Params, make, "a chain bought with its clasp, or none")

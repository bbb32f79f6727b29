"""A prong head: tapered prongs bent over the crown, tied by a gallery and a base ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.kinds import basket, hung_basket
from jewelgen.kinds.hung_basket import STEM
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.prong_lines import Basket
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(Basket):
    """Stone, prongs, rings; prongs flare from the base and taper to their tips, Vs stand over points."""

    wall: Annotated[
        float, Mm(0.4, 2, "walls of a V over a point", formula="max(0.62, 0.6 * wire)")
    ] = 0.62
    leg: Annotated[
        float,
        Mm(0.3, 4, "girdle beside a point that a V covers", formula="max(0.3, 0.13 * stone.width)"),
    ] = 0.65

    def vee(self) -> tuple[float, float]:
        """Wall and leg of Vs over points, mm."""
        return self.wall, self.leg


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn(Params):
    """The same as a pendant."""

    stem: Annotated[float, STEM] = 0.8


def make_worn(params: Worn, site: Site) -> Fragment:
    """The basket on its stem; raises what heads raise."""
    return hung_basket.make(params, params.stem, site)


KINDS = (
    Kind(
        "head", "prong", Params, basket.make, "three to eight claws on a gallery",
        on="shank.top", take=basket.take, anchors=("girdle",),
    ),
    Kind("body", "prong", Worn, make_worn, "three to eight claws on a gallery, worn on a bail", anchors=("top", "girdle")),
)  # fmt: skip

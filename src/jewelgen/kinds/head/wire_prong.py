"""A prong head of round wire: straight prongs let into two rings, bent over the stone when it is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from jewelgen.catalog.stones import StoneSpec
from jewelgen.kinds import basket, hung_basket
from jewelgen.kinds.hung_basket import STEM
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.prong_limits import check_straight
from jewelgen.kinds.prong_lines import LIFT, Basket, base_formula
from jewelgen.kinds.stone_field import WIRED
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Count, Mm, Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(Basket):
    """Stone, prongs and rings of one or two wires; nothing tapers."""

    straight: ClassVar[bool] = True
    stone: Annotated[StoneSpec, WIRED]
    prongs: Annotated[int, Count(3, 8, "how many prongs")] = 4
    tip: Annotated[float, Mm(0.4, 2.5, "prongs at their tips: the wire itself", formula="wire")] = (
        0.9
    )
    base: Annotated[
        float, Mm(0.8, 30, "width of the base ring", formula=base_formula(0.5, 0.75, 0.6))
    ] = 3.0
    lift: Annotated[
        float,
        Mm(
            -1,
            6,
            "culet or flat back above the metal the head stands on",
            formula=LIFT.format(0.72),
        ),
    ] = 0.4
    gallery: Annotated[
        float, Ratio(0.2, 0.75, "height of the gallery on the way to the girdle")
    ] = 0.55
    rail: Annotated[float, Mm(0.5, 2.5, "wire of the gallery", formula="max(0.6, 0.8 * wire)")] = (
        0.75
    )


def make(params: Params, site: Site) -> Fragment:
    """Prongs, rings and stone; raises `DesignError` JG283 for prongs that lean in, or out by more than 45 degrees."""
    check_straight(params, site.name)
    return basket.make(params, site)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn(Params):
    """The same as a pendant."""

    stem: Annotated[float, STEM] = 0.8


def make_worn(params: Worn, site: Site) -> Fragment:
    """The basket on its stem; raises what heads raise."""
    check_straight(params, site.name)
    return hung_basket.make(params, params.stem, site)


KINDS = (
    Kind(
        "head", "wire-prong", Params, make, "straight prongs of wire let into two rings",
        on="shank.top", take=basket.take, anchors=("girdle",),
    ),
    Kind("body", "wire-prong", Worn, make_worn, "straight prongs of wire let into two rings, worn on a bail", anchors=("top", "girdle")),
)  # fmt: skip

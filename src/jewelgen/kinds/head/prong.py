"""A prong head: tapered prongs bent over the crown, tied by a gallery and a base ring."""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.kinds import basket
from jewelgen.kinds.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(basket.Basket):
    """Stone, prongs, rings; prongs flare from the base and taper to their tips."""


KIND = Kind(
    "head",
    "prong",
    Params,
    basket.make,
    "three to eight claws on a gallery",
    on="shank.top",
    take=basket.take,
    anchors=("girdle",),
)

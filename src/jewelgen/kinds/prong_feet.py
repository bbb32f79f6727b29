"""Where the feet of prongs stand along the finger, and the joints of what is filed to the metal below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jewelgen.piece.array import Array
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.site import Site

Place = tuple[float, float]  # the middle along the finger and half the width, mm


def feet(array: Array, s: float, wide: float) -> list[Place]:
    """Places of equal prongs `s` mm outside the girdle, `wide` mm thick."""
    return [(place.point((s, 0.0, 0.0))[1], wide / 2) for place in array.frames()]


def filed(site: Site, deep: float, standing: Mapping[str, Sequence[Place]]) -> Iterator[Joint]:
    """The end of each part filed to every part that it stands on, `deep` mm into it."""
    for part, places in standing.items():
        for below, n in site.under(deep, *places).items():
            yield Joint(part, below, "join", Fit("cope"), n)

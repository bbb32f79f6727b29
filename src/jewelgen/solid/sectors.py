"""Bodies that repeat round a uniform band: one sector of them is fused, its faces repeated and sewn.

In: the members of a body.  Out: a way to unite them, or none where they do not repeat. The 54 prongs of an eternity
ring cost the fuse of six.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from jewelgen.piece.frame import Frame
from jewelgen.solid import boolean
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.field import Field, Standing, at_home, field_shape, likes, period, rows
from jewelgen.solid.members import Place, band_tools, member_shape
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.placing import seen_from


def in_sectors(members: Sequence[Place]) -> list[boolean.Try]:
    """The way to unite one uniform whole band and what stands on it as often all round; none for anything else."""
    bands = [(place, found) for place in members if (found := band_tools(place.recipe))]
    if len(bands) != 1:
        return []
    ((band, (hoop, sets)),) = bands
    standing = _standing(band.frame, [place for place in members if place is not band])
    n = period([*rows(sets), *(item.degrees for item in standing)])
    return [partial(_whole, Field(hoop, sets, n, standing), band.frame)] if n else []


def _standing(band: Frame, members: Sequence[Place]) -> list[Standing]:
    """What stands on the band, copies that lie alike together."""
    turns = [at_home(seen_from(band, place.frame)) for place in members]
    items = [(place.recipe, home) for place, (_, home) in zip(members, turns, strict=True)]
    standing = []
    for row in likes(items, [False] * len(items)):
        recipe, home = items[row[0]]
        shape = solids.placed(member_shape(recipe), home)
        standing.append(Standing(shape, [turns[i][0] for i in row]))
    return standing


def _whole(field: Field, frame: Frame) -> Shape | None:
    made = field_shape(field, boolean.LADDER[0])
    return solids.placed(made, frame) if made else None

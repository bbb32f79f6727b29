"""JG218: a pendant that will not hang straight."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.gems import species
from jewelgen.findings import Finding, Severity
from jewelgen.flat.hung import pull_x
from jewelgen.piece.bodies import to_world
from jewelgen.piece.bounds import bounds
from jewelgen.piece.gem import stone_volume
from jewelgen.piece.inside import inside
from jewelgen.piece.piece import Piece
from jewelgen.piece.quadrature import lattice
from jewelgen.piece.volume import volume
from jewelgen.rules.places import Array, here, metal_of, stone_copies

SHARE = 0.04  # of the pendant's width: further out, it is seen to hang crooked


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """A warning when the centre of mass lies aside of, or above, what the pendant hangs from."""
    del pack  # gravity is the same in every pack
    if piece.sort != "pendant" or not piece.parts:
        return
    part, hang = hung_from(piece)
    centre = centre_of_mass(piece)
    sides = [
        end for solid in metal_of(piece) for end in (solid.body.box[0][0], solid.body.box[1][0])
    ]
    width = float(max(sides) - min(sides))
    aside = float(centre[0] - hang[0])
    if abs(aside) > SHARE * width:
        side = "right" if aside > 0 else "left"
        yield Finding(
            "JG218",
            f"the pendant's weight lies {abs(aside):.2f} mm to the {side} of its bail: it will hang crooked",
            here(part),
            Severity.WARNING,
            f"within {SHARE * width:.2f} mm",
            "move the bail over the weight",
        )
    if centre[1] > hang[1] + 1e-6:
        yield Finding(
            "JG218", "the pendant's weight lies above its bail: it will turn over",
            here(part), Severity.WARNING, hint="set the bail higher",
        )  # fmt: skip


def hung_from(piece: Piece) -> tuple[str, Array]:
    """The part that a pendant hangs by and the point, mm: the middle of its topmost part, or between its loops."""
    metal = metal_of(piece)
    boxes = np.array([(s.body.box[0], s.body.box[1]) for s in metal])
    loops = [i for i, s in enumerate(metal) if s.part.split(".")[0] == "loops"]
    if loops:
        return metal[loops[0]].part, _between(boxes[loops].mean(axis=1))
    top = int(boxes[:, 1, 1].argmax())
    return metal[top].part, np.asarray(boxes[top].mean(axis=0))


def _between(loops: Array) -> Array:
    """Where loops carry: a chain through two of them pulls between, and it is the lower that turns over."""
    left, right = loops[loops[:, 0].argmin()], loops[loops[:, 0].argmax()]
    pull = pull_x((left[0], left[1]), (right[0], right[1]))
    return np.array((pull, min(left[1], right[1]), (left[2] + right[2]) / 2))


def centre_of_mass(piece: Piece) -> Array:
    """Centre of mass in mm of forms and stones (cuts and overlaps left out: they are small and near)."""
    moment, weight = np.zeros(3), 0.0
    for solid in metal_of(piece):
        form = solid.body.shape
        low, high = bounds(form)
        p = low + lattice(8192) * (high - low)
        p = p[inside(form, p)]
        if len(p):
            part = piece.part(solid.part)
            grams = volume(part.form) * alloy(part.alloy or piece.alloy).density_g_cm3
            moment += grams * to_world(solid.body.frame, p).mean(axis=0)
            weight += grams
    for copy in stone_copies(piece):
        grams = stone_volume(copy.stone) * species(copy.stone.species).sg
        middle = (copy.stone.girdle + copy.stone.crown - copy.stone.pavilion) / 2
        moment += grams * np.array(copy.frame.point((0.0, 0.0, middle)))
        weight += grams
    return moment / max(weight, 1e-12)

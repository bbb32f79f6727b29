"""JG218: a pendant that will not hang straight, or hangs from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.gems import species
from jewelgen.findings import Finding, Severity
from jewelgen.flat.hung import pull_x
from jewelgen.flat.outline import Path
from jewelgen.piece.bounds import bounds
from jewelgen.piece.easing import bar_section_at
from jewelgen.piece.form import Bar, Form, Plate
from jewelgen.piece.frame import Vec
from jewelgen.piece.gem import stone_volume
from jewelgen.piece.inside import inside
from jewelgen.piece.piece import Piece
from jewelgen.piece.quadrature import lattice
from jewelgen.piece.rail import at
from jewelgen.piece.section import area_and_centroid
from jewelgen.piece.volume import volume
from jewelgen.rules.places import Array, here, metal_of, stone_copies

RAIL = 512  # places along a bar
THREADED = frozenset({"bail", "loops", "link"})  # blocks, and roles, that a chain goes through
SHARE = 0.04  # of the pendant's width: further out, it is seen to hang crooked


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """A warning when the centre of mass lies aside of, or above, what the pendant hangs from, or when it has nothing."""
    del pack  # gravity is the same in every pack
    if piece.sort != "pendant" or not piece.parts:
        return
    part, hang = hung_from(piece)
    if not _has_carrier(piece):
        yield Finding(
            "JG218", "nothing is there to hang the pendant by",
            here(part), Severity.WARNING, hint="a [bail], a [link] through a hole, or [loops]",
        )  # fmt: skip
        return
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


def _has_carrier(piece: Piece) -> bool:
    """Whether a chain or a ring finds a bail, a loop, a link or any hole to go through."""
    names = {part.name.split(".")[0] for part in piece.parts} | {part.role for part in piece.parts}
    return bool(names & THREADED) or any(_is_pierced(part.form) for part in piece.parts)


def _is_pierced(form: Form) -> bool:
    if not isinstance(form, Plate):
        return False
    inner = isinstance(form.outline, Path) and len(form.outline.loops) > 1
    return bool(form.holes) or inner


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
        part = piece.part(solid.part)
        grams = volume(part.form) * alloy(part.alloy or piece.alloy).density_g_cm3
        moment += grams * np.array(solid.body.frame.point(_middle(part.form)))
        weight += grams
    for copy in stone_copies(piece):
        grams = stone_volume(copy.stone) * species(copy.stone.species).sg
        middle = (copy.stone.girdle + copy.stone.crown - copy.stone.pavilion) / 2
        moment += grams * np.array(copy.frame.point((0.0, 0.0, middle)))
        weight += grams
    return moment / max(weight, 1e-12)


@lru_cache(maxsize=256)
def _middle(form: Form) -> Vec:
    """Centre of mass of a form in its own frame, mm: along the rail of a bar, through whose sections' centroids it
    runs; of points in it for the rest.
    """
    if isinstance(form, Bar):
        t = (np.arange(RAIL) + 0.5) / RAIL
        point, speed = at(form.rail, t)
        ends = np.linspace(0.0, 1.0, 33)
        areas = [area_and_centroid(bar_section_at(form.stations, float(x)))[0] for x in ends]
        mass = np.linalg.norm(speed, axis=1) * np.interp(t, ends, areas)
        middle = (mass[:, None] * point).sum(axis=0) / mass.sum()
    else:
        low, high = bounds(form)
        p = low + lattice(8192) * (high - low)
        hit = p[inside(form, p)]
        middle = hit.mean(axis=0) if len(hit) else (low + high) / 2
    return float(middle[0]), float(middle[1]), float(middle[2])

"""Baskets worn on a bail: a stem of wire stands out at 12 o'clock, as far as a bail on its end needs to clear the stone.

In: a `Basket`, the stem's thickness, a site.  Out: `Fragment` with the anchors `top` (the stem's end) and `girdle`; mm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from jewelgen.flat.outline import Outline, points
from jewelgen.kinds import basket
from jewelgen.kinds import prong_rings as rings
from jewelgen.kinds.prong_lines import Basket, Row, foot, gallery_s, gallery_z, girdle_z, rows
from jewelgen.kinds.stone_field import outline_of
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import at, straight
from jewelgen.piece.section import Wire, area_and_centroid, thickness
from jewelgen.piece.site import Anchor, Footprint, Fragment, Site
from jewelgen.spec import Mm

CLEAR = 0.2  # mm of air between a bail and stone, prongs and base ring
FILED = 0.5  # of half its width: how far a round bail may be let down on the stem's end
OUT = 0.25  # of the rail: where the stem begins outside the middle of the gallery's wire, so that it stays off the stone
SHOWS = 0.4  # mm of stem that stand free at least: there the solder flows
LOOP = Footprint(0.645, 3.04, 6.08)  # what is expected to hang there: a loop of 3.5 of 16 ga wire
PLACES = 9  # across a bail, and along a prong, where it is looked what stands in its way
STEM = Mm(0.6, 3, "wire of the stem that carries the bail", formula="max(0.8, rail)")
Disc = tuple[float, float, float]  # y, z and radius of what stands in the way of a bail


def make(params: Basket, stem: float, site: Site) -> Fragment:
    """The basket lying on the pendant's plane, its stem and its anchors; raises what `basket.make` raises."""
    made = basket.make(params, site)
    found, z, name = rows(params), gallery_z(params), f"{site.name}.stem"
    start = _start(params, found)
    end = max(_end(params, found, site), start + params.wire / 2 + SHOWS)
    form = Bar(straight((0.0, start, z), (0.0, end, z)), ((0.0, Wire(stem)),))
    part = Part(name, form, site.frame, alloy=site.own_alloy, made=site.made, role="stem")
    at_end = site.frame.then(Frame((0.0, end, z), z=(0.0, 1.0, 0.0)))
    top = Anchor("top", "point", at_end, name, width=stem, depth=end - start, section=Wire(stem))
    return replace(
        made,
        parts=(*made.parts, part),
        joints=(*made.joints, *_joints(params, found, stem, site)),
        anchors=(*made.anchors, top),
    )


def _start(params: Basket, found: tuple[Row, ...]) -> float:
    """Where the stem begins: in a prong that stands at 12 o'clock, else in the gallery."""
    z = gallery_z(params)
    for row in found:
        for place in row.array.frames():
            if abs(place.origin[0]) < 1e-6 < place.origin[1]:
                return place.origin[1] + row.claw.at_height(z)
    return _upper(rings.ring_outline(params.stone, gallery_s(params, found))) + OUT * params.rail


def _joints(params: Basket, found: tuple[Row, ...], stem: float, site: Site) -> tuple[Joint, ...]:
    """The stem filed to the gallery, or to the prong it begins in, and to prongs that flank it so near."""
    name, area = site.name, math.pi / 4 * stem**2
    met = {row.word: sum(1 for _ in _near(row, (stem + row.wide) / 2)) for row in found}
    names = [(f"{name}.{word}", n) for word, n in met.items() if n]
    if not any(row.role == "prong" and _first(row) for row in found):
        names.insert(0, (f"{name}.gallery", 1))
    return tuple(
        Joint(f"{name}.stem", part, "join", Fit("cope"), n, area=area) for part, n in names
    )


def _first(row: Row) -> bool:
    """Whether one of the prongs stands at 12 o'clock."""
    return any(_near(row, 1e-6))


def _near(row: Row, aside: float) -> Iterator[Frame]:
    """Places of prongs on the upper half, no more than `aside` mm beside 12 o'clock."""
    for place in row.array.frames():
        if place.origin[1] > 0 and abs(place.origin[0]) <= aside:
            yield place


def _end(params: Basket, found: tuple[Row, ...], site: Site) -> float:
    """How far out the stem ends: a bail as round as its footprint is deep, its middle at the gallery's height, clears all."""
    load = next((item.footprint for item in site.loads if item.anchor in {"", "top"}), LOOP)
    r, z = load.ry + CLEAR, gallery_z(params)
    middles = [
        y + math.sqrt(max(0.0, (r + round_) ** 2 - (high - z) ** 2))
        for y, high, round_ in _in_the_way(params, found, load.rx + CLEAR)
        if abs(high - z) < r + round_
    ]
    return max(middles, default=0.0) - load.ry + FILED * load.rx


def _in_the_way(params: Basket, found: tuple[Row, ...], half: float) -> Iterator[Disc]:
    """The stone's girdle, the base ring and the prongs that stand within `half` mm of 12 o'clock."""
    spec, high = params.stone, girdle_z(params)
    s, low = foot(params)
    girdle = _highest(outline_of(spec), half)
    yield girdle, high, 0.0
    yield girdle, high + max(spec.girdle, spec.upright), 0.0
    yield _highest(rings.ring_outline(spec, s), half), low, params.wire / 2
    for row in found:
        line = at(row.claw.rail, np.linspace(0.0, 1.0, PLACES))[0]
        out = max(thickness(sec) - area_and_centroid(sec)[1] for _, sec in row.claw.stations)
        for place in _near(row, half + row.wide / 2):
            for point in line:
                y, z = place.point((float(point[0]), 0.0, float(point[2])))[1:]
                yield y, z, out


def _highest(outline: Outline, half: float) -> float:
    """The greatest y of an outline within `half` mm of x = 0."""
    ring = np.array(points(outline))
    within = np.clip(np.linspace(-half, half, PLACES), ring[:, 0].min(), ring[:, 0].max())
    return max(_upper(outline, float(x)) for x in within)


def _upper(outline: Outline, x: float = 0.0) -> float:
    """The greatest y at which an outline passes x."""
    a = np.array(points(outline))
    b = np.roll(a, -1, axis=0)
    run = b[:, 0] - a[:, 0]
    upright = np.abs(run) < 1e-12
    share = np.where(upright, 0.0, (x - a[:, 0]) / np.where(upright, 1.0, run))
    y = np.where(upright, np.maximum(a[:, 1], b[:, 1]), a[:, 1] + share * (b[:, 1] - a[:, 1]))
    met = (np.minimum(a[:, 0], b[:, 0]) <= x + 1e-9) & (np.maximum(a[:, 0], b[:, 0]) >= x - 1e-9)
    return float(y[met].max())

"""A tree from the side and ring by ring: shadows of its patterns in the flask, numbered, with their weights.

In: a `Tree` and the shadow of every branch from the side and from above.  Out: SVG text in mm of the sheet. No kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from shapely.geometry import MultiPoint, MultiPolygon

from jewelgen.cast.branch import feeder_points
from jewelgen.cast.tree import Branch, Tree

COLOURS = (
    "#7fb0a5", "#d9a05b", "#8d9fcf", "#c98a8a", "#a7b56a", "#b48fc0", "#6fa8c7", "#cbb58a",
    "#5f9e7f", "#b9776a", "#7d87b0", "#9d9a55",
)  # fmt: skip
STEEL, WAX, INK, FAINT = "#8b9096", "#d8c9a0", "#222", "#888"
EDGE, SIDE, FOOT = 9.0, 46.0, 15.0  # mm of paper round the flask, for the rings' words, under it
WALL = 2.0  # mm: how thick the flask's steel is drawn
LABEL = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One branch with its shadows: from the side (x right, z up) and from above (x right, y up), mm of the flask."""

    branch: Branch
    side: MultiPolygon
    plan: MultiPolygon


@dataclass(frozen=True, slots=True)
class Svg:
    """A drawing with its size in mm."""

    text: str
    width: float
    height: float


def colours(tree: Tree) -> dict[str, str]:
    """A colour a design, in the order of their names."""
    names = sorted({b.pattern.name for b in tree.branches})
    return {name: COLOURS[i % len(COLOURS)] for i, name in enumerate(names)}


def side_view(tree: Tree, shown: Sequence[Shown]) -> Svg:
    """The flask cut open, 1 : 1, foot down; patterns in front are drawn over those behind and carry their place."""
    d, h = tree.flask.d, tree.flask.h
    width, height = d + 2 * EDGE + SIDE, h + EDGE + FOOT
    x0, y0 = EDGE + d / 2, EDGE + h
    body = [_flask(tree, x0, y0)]
    paint, depth = colours(tree), sorted(shown, key=_depth)
    trunk_drawn = False
    for item in depth:
        if not trunk_drawn and _depth(item) >= 0.0:
            body.append(_trunk(tree, x0, y0))
            trunk_drawn = True
        body.append(_branch(item, paint[item.branch.pattern.name], (x0, y0)))
    body += [] if trunk_drawn else [_trunk(tree, x0, y0)]
    body += [_label(item, (x0, y0)) for item in depth if _depth(item) > 0.0]
    body += _levels(tree, x0, y0) + _sizes(tree, x0, y0)
    return Svg(svg(body, width, height, "side view"), width, height)


def _depth(item: Shown) -> float:
    """How far a branch stands towards the eye: mm of its middle in front of the trunk."""
    rows = item.branch.rows
    middle = item.branch.pattern.mesh.vertices.mean(axis=0)
    return -float(rows[1, :3] @ middle + rows[1, 3])


def _flask(tree: Tree, x: float, y: float) -> str:
    d, h, keep = tree.flask.d, tree.flask.h, tree.keep
    walls = "".join(
        f'<rect x="{x + s:.2f}" y="{y - h:.2f}" width="{WALL}" height="{h:.2f}" fill="{STEEL}"/>'
        for s in (-d / 2 - WALL, d / 2)
    )
    inner = d / 2 - keep.wall
    free = (
        f'<path d="M{x - inner:.2f} {y - keep.foot:.2f} V{y - h + keep.top:.2f} H{x + inner:.2f} V{y - keep.foot:.2f}" '
        f'fill="none" stroke="{FAINT}" stroke-width="0.18" stroke-dasharray="1.2 0.9"/>'
    )
    low, high = d / 4, keep.trunk_d / 2
    foot = (
        f'<rect x="{x - d / 2 - 4:.2f}" y="{y:.2f}" width="{d + 8:.2f}" height="4" rx="1" fill="#5b5f66"/>'
        f'<path d="M{x - low:.2f} {y:.2f} L{x - high:.2f} {y - keep.foot:.2f} H{x + high:.2f} L{x + low:.2f} {y:.2f} Z" fill="#5b5f66"/>'
    )
    filled = f'<rect x="{x - d / 2:.2f}" y="{y - h:.2f}" width="{d:.2f}" height="{h:.2f}" fill="#fbfaf6"/>'
    return filled + walls + free + foot


def _trunk(tree: Tree, x: float, y: float) -> str:
    r, keep = tree.keep.trunk_d / 2, tree.keep
    top = keep.foot + tree.trunk
    return (
        f'<path d="M{x - r:.2f} {y - keep.foot:.2f} V{y - top + r:.2f} A{r:.2f} {r:.2f} 0 0 1 {x + r:.2f} {y - top + r:.2f} V{y - keep.foot:.2f} Z" '
        f'fill="{WAX}" stroke="{INK}" stroke-width="0.2"/>'
    )


def _branch(item: Shown, colour: str, at: tuple[float, float]) -> str:
    x, y = at
    feeder = MultiPolygon([_feeder(item, (0, 2))])
    back = _depth(item) < 0.0
    shade = ' opacity="0.45"' if back else ""
    return f"<g{shade}>{filled(feeder, WAX, (x, y))}{filled(item.side, colour, (x, y))}</g>"


def _feeder(item: Shown, axes: tuple[int, int]) -> shapely.Polygon:
    """The sprue's shadow."""
    rows = item.branch.rows
    there = feeder_points(item.branch.pose.sprue) @ rows[:, :3].T + rows[:, 3]
    hull = MultiPoint(there[:, axes]).convex_hull
    return hull if isinstance(hull, shapely.Polygon) else shapely.Polygon()


def filled(area: MultiPolygon, colour: str, at: tuple[float, float]) -> str:
    """An area on the sheet: `at` is where its origin lies, y up."""
    x, y = at
    loops = [r for part in area.geoms for r in (part.exterior, *part.interiors)]
    path = " ".join(
        "M" + " L".join(f"{x + u:.2f} {y - v:.2f}" for u, v in list(loop.coords)[:-1]) + " Z"
        for loop in loops if not loop.is_empty
    )  # fmt: skip
    return f'<path d="{path}" fill="{colour}" fill-rule="evenodd" stroke="{INK}" stroke-width="0.16" stroke-linejoin="round"/>'


def _label(item: Shown, at: tuple[float, float], area: str = "side") -> str:
    shape = item.side if area == "side" else item.plan
    spot = shapely.point_on_surface(shape)
    return halo(item.branch.at, at[0] + spot.x, at[1] - spot.y + LABEL * 0.36)


def halo(text: str, x: float, y: float, size: float = LABEL) -> str:
    """Words that stay legible on any ground."""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" text-anchor="middle" stroke="white" stroke-width="0.7" '
        f'paint-order="stroke" stroke-linejoin="round" fill="{INK}">{escape(text)}</text>'
    )


def _levels(tree: Tree, x: float, y: float) -> list[str]:
    """A line and words at the height of every ring, never one over another."""
    right, rows, last = x + tree.flask.d / 2 + WALL, [], 1e9
    for ring in tree.rings:
        z = ring[0].z
        row = min(y - z, last - 7.0)
        last = row
        weights = [b.pattern.metal_g for b in ring]
        many = f"{len(ring)} pieces, " if len(ring) > 1 else "1 piece, "
        span = (
            f"{min(weights):.2f} g"
            if max(weights) - min(weights) < 0.01
            else f"{min(weights):.2f} to {max(weights):.2f} g"
        )
        rows.append(
            f'<path d="M{x:.2f} {y - z:.2f} H{right:.2f} L{right + 5:.2f} {row:.2f} h2" fill="none" stroke="{FAINT}" stroke-width="0.15" stroke-dasharray="0.7 0.7"/>'
            f'<text x="{right + 8:.2f}" y="{row - 0.2:.2f}" font-size="2.9" font-weight="bold">ring {ring[0].ring}</text>'
            f'<text x="{right + 8:.2f}" y="{row + 2.8:.2f}" font-size="2.3" fill="{FAINT}">{many}{span}; at {z:.0f} mm</text>'
        )  # fmt: skip
    return rows


def _sizes(tree: Tree, x: float, y: float) -> list[str]:
    d, h, keep = tree.flask.d, tree.flask.h, tree.keep
    left = x - d / 2 - WALL - 3.0
    low = y + 8.0
    line = f'stroke="{INK}" stroke-width="0.18"'
    return [
        f'<path d="M{left:.2f} {y:.2f} V{y - h:.2f} M{left - 1:.2f} {y:.2f} h2 M{left - 1:.2f} {y - h:.2f} h2" fill="none" {line}/>',
        f'<text transform="translate({left - 1:.2f} {y - h / 2:.2f}) rotate(-90)" font-size="2.8" text-anchor="middle">{h:.1f}</text>',
        f'<path d="M{x - d / 2:.2f} {low:.2f} H{x + d / 2:.2f} M{x - d / 2:.2f} {low - 1:.2f} v2 M{x + d / 2:.2f} {low - 1:.2f} v2" fill="none" {line}/>',
        f'<text x="{x:.2f}" y="{low + 3.6:.2f}" font-size="2.8" text-anchor="middle">{d:.1f} inside; {tree.flask.name}</text>',
        f'<text x="{x:.2f}" y="{y - h - 2.2:.2f}" font-size="2.6" text-anchor="middle" fill="{FAINT}">open end, {keep.top:.0f} mm over the highest pattern</text>',
        f'<text x="{x:.2f}" y="{y + 2.9:.2f}" font-size="2.4" text-anchor="middle" fill="white">button side: metal goes in here</text>',
    ]  # fmt: skip


LETTER = 0.62  # widths of a letter over its size, on the safe side


def ring_view(tree: Tree, shown: Sequence[Shown], ring: int, size: float = 58.0) -> Svg:
    """One ring from above: every pattern with its place, id and grams round the flask; the ring's front is down."""
    here = [item for item in shown if item.branch.ring == ring]
    k = size / (tree.flask.d + 4)
    height = size + 9.0
    middle = (size / 2 / k, (size / 2 + 7.0) / k)
    x, y = middle
    wall, keep = tree.flask.d / 2, tree.keep
    paint = colours(tree)
    body = [
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{wall + 0.8:.2f}" fill="#fbfaf6" stroke="{STEEL}" stroke-width="1.6"/>',
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{wall - keep.wall:.2f}" fill="none" stroke="{FAINT}" stroke-width="{0.18 / k:.2f}" stroke-dasharray="2 1.6"/>',
    ]  # fmt: skip
    for item in here:
        body.append(filled(MultiPolygon([_feeder(item, (0, 1))]), WAX, middle))
        body.append(filled(item.plan, paint[item.branch.pattern.name], middle))
    body.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{keep.trunk_d / 2:.2f}" fill="{WAX}" stroke="{INK}" stroke-width="0.2"/>')  # fmt: skip
    body += [_ring_label(item, middle, k) for item in here]
    words = f"ring {ring}: root {here[0].branch.z:.0f} mm up, {len(here)} of {len(tree.branches)}"
    head = f'<text x="1" y="4" font-size="3.1" font-weight="bold">{words}</text>'
    drawn = [head, f'<g transform="scale({k:.5f})">', *body, "</g>"]
    return Svg(svg(drawn, size, height, words), size, height)


def _ring_label(item: Shown, at: tuple[float, float], k: float) -> str:
    """The place on the pattern; id and grams outside it, by the flask's wall."""
    branch, rows = item.branch, item.branch.rows
    spot = shapely.point_on_surface(item.plan)
    middle = branch.pattern.mesh.vertices.mean(axis=0)
    out = rows[:2, :3] @ middle + rows[:2, 3]
    out *= (branch.pose.reach + 3.2 / k) / float(np.hypot(*out))
    wide = LETTER * max(len(branch.pattern.id), 7) * 1.8 / k
    limit = max(at[0] - wide / 2 - 0.5 / k, 0.0)  # words stay within the paper
    x, y = at[0] + float(np.clip(out[0], -limit, limit)), at[1] - float(out[1])
    return (
        halo(branch.at, at[0] + spot.x, at[1] - spot.y + 0.9 / k, 2.6 / k)
        + halo(branch.pattern.id, x, y, 1.8 / k)
        + halo(f"{branch.pattern.metal_g:.2f} g", x, y + 2.0 / k, 1.8 / k)
    )


def svg(body: Sequence[str], width: float, height: float, title: str) -> str:
    """A whole SVG document of a size in mm."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{height:.2f}mm" '
        f'viewBox="0 0 {width:.2f} {height:.2f}" font-family="DejaVu Sans, sans-serif">\n<title>{escape(title)}</title>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )

"""A printer's plate from above: every master's shadow with its id.

In: a `Plate`.  Out: SVG in mm of the plate. No kernel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import shapely
from shapely.affinity import affine_transform
from shapely.geometry import MultiPolygon

from jewelgen.cast.plate import Laid, Plate
from jewelgen.catalog.facts import fact
from jewelgen.paper.tree_view import COLOURS, FAINT, INK, Svg, filled, halo, svg

EDGE, HEAD = 9.0, 13.0  # mm of paper round the plate and over it


def plate_view(number: int, plate: Plate) -> Svg:
    """The plate 1 : 1 seen from above, front edge down."""
    p = plate.printer
    width, height = p.x + 2 * EDGE, p.y + HEAD + EDGE
    at = (EDGE, HEAD + p.y)
    margin = fact("printers", "plate.margin").number
    names = sorted({item.standing.name for item in plate.laid})
    paint = {name: COLOURS[i % len(COLOURS)] for i, name in enumerate(names)}
    body = [
        f'<text x="{EDGE}" y="6" font-size="4" font-weight="bold">Plate {number}: {p.name}</text>',
        f'<text x="{EDGE}" y="10.4" font-size="2.6" fill="{FAINT}">{len(plate.laid)} pieces, {plate.height:.1f} mm high with supports, {100 * plate.share:.0f} % covered</text>',
        f'<rect x="{at[0]}" y="{HEAD}" width="{p.x:.2f}" height="{p.y:.2f}" rx="1.5" fill="#eceef0" stroke="{INK}" stroke-width="0.3"/>',
        f'<rect x="{at[0] + margin}" y="{HEAD + margin}" width="{p.x - 2 * margin:.2f}" height="{p.y - 2 * margin:.2f}" fill="#fbfaf6" stroke="{FAINT}" stroke-width="0.15" stroke-dasharray="1 0.8"/>',
    ]  # fmt: skip
    for item in plate.laid:
        ring = MultiPolygon([item.outline])
        body.append(filled(ring, "none", at).replace(f'stroke="{INK}"', f'stroke="{FAINT}"'))
        body.append(filled(shadow(item), paint[item.standing.name], at))
    body += [_label(item, at) for item in plate.laid]
    body.append(
        f'<text x="{at[0] + p.x / 2:.2f}" y="{at[1] + 4:.2f}" font-size="2.6" text-anchor="middle" fill="{FAINT}">front, {p.x:g} x {p.y:g} mm</text>'
    )
    return Svg(svg(body, width, height, f"plate {number}"), width, height)


def shadow(item: Laid) -> MultiPolygon:
    """What the master covers where it lies."""
    turn = item.rows[:2, :3] @ item.standing.poise.turn.T
    matrix = [*turn[0, :2], *turn[1, :2], item.rows[0, 3], item.rows[1, 3]]
    moved: MultiPolygon = affine_transform(item.standing.shadow, matrix)
    return moved


def _label(item: Laid, at: tuple[float, float]) -> str:
    """The id across the piece, as large as it fits."""
    left, _, right, _ = item.outline.bounds
    size = min(2.6, max(1.2, 1.55 * (right - left) / max(1, len(item.standing.id))))
    spot = shapely.centroid(item.outline)
    return halo(item.standing.id, at[0] + spot.x, at[1] - spot.y + size * 0.36, size)


def plate_row(number: int, plate: Plate, states: Mapping[str, str]) -> dict[str, Any]:
    """Everything of one plate as plain data, mm and degrees; `states`: scaled or not, by what, by id."""
    p = plate.printer
    return {
        "plate": number, "printer": p.name, "build_mm": [p.x, p.y, p.z], "pieces": len(plate.laid),
        "height_mm": plate.height, "covered": plate.share,
        "laid": [{**_laid(item), "scaled": states[item.standing.id]} for item in plate.laid],
    }  # fmt: skip


def _laid(item: Laid) -> dict[str, Any]:
    poise = item.standing.poise
    return {
        "id": item.standing.id, "design": item.standing.name, "matrix": item.rows.tolist(),
        "height_mm": poise.height, "detail_on_supports": poise.detail_down, "surface_supported": poise.supported,
        "resin_held_mm3": poise.pooled_mm3,
    }  # fmt: skip

"""The shadow of a mesh: what it covers when seen along z after it was moved.

In: a closed mesh and 3 x 4 matrices.  Out: a shapely area each, mm, holes left open.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from jewelgen.solid.mesh import manifold
from jewelgen.solid.model import Mesh

COARSE = 0.03  # mm: finer detail is lost before the shadow is cast
SMOOTH = 0.03  # mm: the outline's corners within this are left out


def silhouettes(
    mesh: Mesh, matrices: Sequence[NDArray[np.float64]], what: str
) -> tuple[MultiPolygon, ...]:
    """One shadow for each matrix; `GeometryError` JG313 when the mesh is not closed."""
    body = manifold(mesh, what).as_original().simplify(COARSE)
    return tuple(_area(body.transform(np.array(rows)).project().to_polygons()) for rows in matrices)


def _area(loops: Sequence[NDArray[np.float64]]) -> MultiPolygon:
    """Loops by their turn: counter-clockwise ones filled, the others holes."""
    rings = [Polygon(loop) for loop in loops if len(loop) > 3]
    outer = [ring for ring in rings if ring.exterior.is_ccw]
    holes = [ring for ring in rings if not ring.exterior.is_ccw]
    whole = shapely.union_all(outer) - shapely.union_all(holes)
    found = shapely.simplify(shapely.make_valid(whole), SMOOTH)
    parts = [part for part in shapely.get_parts(found) if isinstance(part, Polygon)]
    return MultiPolygon(parts)

"""A casting tree as it stands on the bench before it is invested: wax in the colours of its plan.

In: a `Tree` and a colour (`#rrggbb`) a design.  Out: PNG bytes, the same for the same tree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from jewelgen.cast.branch import feeder_points
from jewelgen.cast.tree import Tree
from jewelgen.solid.mesh import coarse, hull
from jewelgen.solid.model import Mesh
from jewelgen.view.picture import preview
from jewelgen.view.scene import Material, Scene, Surface

WAX, FOOT = "#d8c9a0", "#4c4d51"
COARSE = 0.02  # mm: finer than a pixel
SIZE = (720, 900)
ROUND = 48  # sides of trunk and foot


def tree_picture(tree: Tree, paint: Mapping[str, str], size: tuple[int, int] = SIZE) -> bytes:
    """The tree from the front, of `size` pixels."""
    smooth: dict[int, Mesh] = {}
    surfaces = [*_trunk(tree)]
    for branch in tree.branches:
        pattern, rows = branch.pattern, branch.rows
        if id(pattern.mesh) not in smooth:
            smooth[id(pattern.mesh)] = coarse(pattern.mesh, COARSE, pattern.id)
        mesh = smooth[id(pattern.mesh)]
        moved = Mesh(mesh.vertices @ rows[:, :3].T + rows[:, 3], mesh.triangles)
        surfaces.append(Surface(branch.at, moved, _wax(paint[pattern.name])))
        feeder = hull(feeder_points(branch.pose.sprue) @ rows[:, :3].T + rows[:, 3])
        surfaces.append(Surface(f"{branch.at} sprue", feeder, _wax(WAX)))
    return preview(Scene(f"tree of {tree.alloy}", "ring", tuple(surfaces)), size, "front")


def _trunk(tree: Tree) -> tuple[Surface, Surface]:
    keep = tree.keep
    r, top = keep.trunk_d / 2, keep.foot + tree.trunk
    rod = np.vstack((_circle(r, keep.foot), _circle(r, top - r / 2), _circle(r * 0.7, top)))
    cone = np.vstack((_circle(tree.flask.d / 4, 0.0), _circle(r, keep.foot)))
    return Surface("trunk", hull(rod), _wax(WAX)), Surface("foot", hull(cone), _wax(FOOT))


def _circle(r: float, z: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    a = np.linspace(0.0, 2 * math.pi, ROUND, endpoint=False)
    return np.stack((r * np.cos(a), r * np.sin(a), np.full(ROUND, z)), 1)


def _wax(colour: str) -> Material:
    """A dull body of a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return Material("ink", (red, green, blue), 0.5)

"""Reads a STEP file with gmsh, whose wheel carries an OCCT of its own, and prints what it finds as JSON.

Run in a process of its own: `python gmsh_reader.py FILE [MESH SIZE]`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

import gmsh
import numpy as np


def main(path: str, size: float) -> None:
    gmsh.initialize(["gmsh", "-nopopup"])
    gmsh.option.setNumber("General.Terminal", 0)
    gmsh.option.setNumber("Geometry.OCCImportLabels", 1)
    gmsh.option.setString("Geometry.OCCTargetUnit", "MM")
    gmsh.logger.start()
    gmsh.model.occ.importShapes(path, True)
    gmsh.model.occ.synchronize()
    solids = gmsh.model.getEntities(3)
    found = {
        "labels": [gmsh.model.getEntityName(*solid) for solid in solids],
        "volumes": [gmsh.model.occ.getMass(*solid) for solid in solids],
        "loose": len(gmsh.model.getEntities(2)) - len(_faces(solids)),
    }
    if size:
        gmsh.option.setNumber("Mesh.MeshSizeMin", size)
        gmsh.option.setNumber("Mesh.MeshSizeMax", size)
        gmsh.model.mesh.generate(2)
        found["open_edges"] = [_open_edges(solid) for solid in solids]
    found["said"] = [line for line in gmsh.logger.get() if line.startswith(("Warn", "Err"))]
    print(json.dumps(found))


def _faces(solids: list[tuple[int, int]]) -> set[tuple[int, int]]:
    return {face for solid in solids for face in gmsh.model.getBoundary([solid], oriented=False)}


def _open_edges(solid: tuple[int, int]) -> int:
    """Edges of the mesh on the solid's faces that do not join exactly two triangles."""
    edges: Counter[tuple[int, int]] = Counter()
    for dim, tag in gmsh.model.getBoundary([solid], oriented=False):
        assert dim == 2
        _, nodes = gmsh.model.mesh.getElementsByType(2, tag)
        rows = np.sort(nodes.astype(int).reshape(-1, 3), axis=1)
        assert len(rows), f"face {tag} cannot be meshed"
        for pair in np.concatenate([rows[:, :2], rows[:, 1:], rows[:, ::2]]).tolist():
            edges[tuple(pair)] += 1
    return sum(count != 2 for count in edges.values())


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.0)

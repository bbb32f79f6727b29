"""GLB (glTF 2.0 binary): metres, Y up, physically based metal and stones, one node a body."""

from __future__ import annotations

import numpy as np
import trimesh
from trimesh.visual.material import PBRMaterial
from trimesh.visual.texture import TextureVisuals

from jewelgen.formats.solids import Notes, Solid

SUFFIX = "glb"
# millimetres to metres, and the piece's z (12 o'clock, front) to glTF's y
_TO_GLTF = np.array(
    [[0.001, 0, 0, 0], [0, 0, 0.001, 0], [0, -0.001, 0, 0], [0, 0, 0, 1.0]], dtype=np.float64
)


def write(solids: tuple[Solid, ...], notes: Notes) -> bytes:
    """A binary glTF of the solids; `notes.rows` become extras of the scene."""
    scene = trimesh.Scene(metadata=dict(notes.rows))
    for solid in solids:
        scene.add_geometry(_geometry(solid), node_name=solid.name, geom_name=solid.name)
    data = scene.export(file_type="glb")
    if not isinstance(data, bytes):
        raise TypeError("the glTF writer returned no bytes")
    return data


def _geometry(solid: Solid) -> trimesh.Trimesh:
    mesh = trimesh.Trimesh(solid.vertices, solid.triangles, process=False, validate=False)
    mesh.apply_transform(_TO_GLTF)
    mesh.visual = TextureVisuals(material=_material(solid))
    return mesh


def _material(solid: Solid) -> PBRMaterial:
    return PBRMaterial(
        name=f"{solid.name} {'metal' if solid.metal else 'stone'}",
        baseColorFactor=[round(255 * channel) for channel in solid.colour],
        metallicFactor=1.0 if solid.metal else 0.0,
        roughnessFactor=0.18 if solid.metal else 0.02,
        alphaMode="OPAQUE" if solid.colour[3] >= 1 else "BLEND",
    )

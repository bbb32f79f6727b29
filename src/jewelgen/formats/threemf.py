"""3MF (core and material specification): named, coloured objects in millimetres, reproducible zip.

Only strict-reader features: one build item an object, display colours as base materials, plain metadata.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import quoteattr

import numpy as np

from jewelgen.formats.solids import Colour, Notes, Solid

SUFFIX = "3mf"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the least date a zip can hold
_CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="model" '
    'ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Target="/3D/3dmodel.model" Id="rel0" '
    'Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>'
)


def write(solids: tuple[Solid, ...], notes: Notes) -> bytes:
    """A 3MF package of the solids; extra notes go into namespaced metadata."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELS),
            ("3D/3dmodel.model", _model(solids, notes)),
        ):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            package.writestr(info, text.encode("utf-8"))
    return buffer.getvalue()


def _model(solids: tuple[Solid, ...], notes: Notes) -> str:
    materials = "".join(
        f'<base name={quoteattr(solid.name)} displaycolor="{_hex(solid.colour)}"/>'
        for solid in solids
    )
    objects = "".join(_object(i, solid) for i, solid in enumerate(solids))
    items = "".join(f'<item objectid="{i + 2}"/>' for i in range(len(solids)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<model unit="millimeter" xml:lang="en-US" xmlns="{_CORE}" '
        'xmlns:jg="https://jewelgen.invalid/3mf">'
        f"{_metadata(notes)}<resources>"
        f'<basematerials id="1">{materials}</basematerials>{objects}</resources>'
        f"<build>{items}</build></model>"
    )


def _metadata(notes: Notes) -> str:
    rows = [("Title", notes.title), ("Application", "jewelgen")]
    rows += [(f"jg:{key}", value) for key, value in notes.rows]
    return "".join(f"<metadata name={quoteattr(k)}>{_text(v)}</metadata>" for k, v in rows)


def _text(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _object(index: int, solid: Solid) -> str:
    """The mesh with the very corners that the STL has: of single precision, told apart by nine digits."""
    corners = solid.vertices.astype(np.float32).tolist()
    vertices = "".join(f'<vertex x="{x:.9g}" y="{y:.9g}" z="{z:.9g}"/>' for x, y, z in corners)
    triangles = "".join(
        f'<triangle v1="{a}" v2="{b}" v3="{c}"/>' for a, b, c in solid.triangles.tolist()
    )
    return (
        f'<object id="{index + 2}" type="model" name={quoteattr(solid.name)} pid="1" '
        f'pindex="{index}"><mesh><vertices>{vertices}</vertices>'
        f"<triangles>{triangles}</triangles></mesh></object>"
    )


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * channel):02X}" for channel in colour)

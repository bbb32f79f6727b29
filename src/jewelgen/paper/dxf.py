"""DXF documents: set up in millimetres with layers, written without clock or chance, shown as SVG at scale.

In: drawing calls.  Out: DXF text, SVG text. Strict auditors find nothing to mend.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import resources

from ezdxf import units
from ezdxf._options import options
from ezdxf.addons.drawing import layout, svg
from ezdxf.addons.drawing.config import (
    BackgroundPolicy,
    ColorPolicy,
    Configuration,
    LineweightPolicy,
)
from ezdxf.addons.drawing.frontend import Frontend
from ezdxf.addons.drawing.properties import RenderContext
from ezdxf.document import Drawing
from ezdxf.filemanagement import new
from ezdxf.fonts import fonts
from ezdxf.layouts.layout import Modelspace
from ezdxf.math import BoundingBox2d

STYLE = "jewelgen"
FACE = "DejaVuSans.ttf"
LAYERS = {
    "metal": (7, 25), "stone": (150, 18), "section": (7, 35), "dimension": (8, 13), "note": (7, 13),
    "saw": (1, 13), "bend": (5, 13), "drill": (3, 13), "engrave": (6, 13), "scale": (7, 13),
    "mark": (8, 13),
}  # fmt: skip
FINEST = 13  # hundredths of mm: the finest pen
BENCH = 0.1  # mm: over-all sizes are said no closer than a bench measures them
DIGIT = 0.87  # width of a figure over the height of capitals, DejaVu Sans: 0.636 em over 0.729 em
LETTER = 0.8  # the same of letters of words
ROOM, ARROWS = 0.4, 2.0  # text heights: free room a size needs, what arrows outside take
DASHED = frozenset({"bend"})


def new_drawing(layers: Iterable[str], text_height: float, factor: float = 1.0) -> Drawing:
    """An empty R2010 drawing in mm with the named layers and a dimension style.

    `text_height` in mm of the drawing; `factor` multiplies measured dimensions (enlarged sections).
    """
    with _fixed_dates():
        doc = new("R2010", setup=["linetypes"])
    doc.units = units.MM
    doc.styles.add(STYLE, font=FACE)
    for name in layers:
        colour, weight = LAYERS[name]
        line = "DASHED" if name in DASHED else "CONTINUOUS"
        doc.layers.add(name, color=colour, linetype=line, lineweight=weight)
    doc.header["$LTSCALE"] = 0.1
    _dimension_style(doc, text_height, factor)
    return doc


def thin(doc: Drawing, layer: str = "metal") -> None:
    """Draw a layer with the finest pen: lines of small parts at their true size lie close."""
    doc.layers.get(layer).dxf.lineweight = FINEST


def _dimension_style(doc: Drawing, text_height: float, factor: float) -> None:
    style = doc.dimstyles.add(STYLE)
    style.dxf.dimtxsty = STYLE
    style.dxf.dimtxt = text_height
    style.dxf.dimasz = text_height * 0.8
    style.dxf.dimexe = text_height * 0.4
    style.dxf.dimexo = text_height * 0.4
    style.dxf.dimgap = text_height * 0.3
    style.dxf.dimtad = 1
    style.dxf.dimdec = 1
    style.dxf.dimrnd = BENCH
    style.dxf.dimzin = 8
    style.dxf.dimdsep = ord(".")
    style.dxf.dimlfac = factor


def dimension(
    space: Modelspace,
    ends: tuple[tuple[float, float], tuple[float, float]],
    base: tuple[float, float],
    text: str = "<>",
    angle: float = 0.0,
) -> None:
    """A linear dimension between two points, its line through `base`, along `angle` degrees (0 or 90).

    Where the size has no room between its arrows it stands level beside them.
    """
    beside = _beside(space.doc, ends, base, text, angle)
    made = space.add_linear_dim(
        base=base, p1=ends[0], p2=ends[1], angle=angle, text=text, dimstyle=STYLE, location=beside,
        text_rotation=None if beside is None else 0.0, dxfattribs={"layer": "dimension"},
    )  # fmt: skip
    made.render()


def _beside(
    doc: Drawing,
    ends: tuple[tuple[float, float], tuple[float, float]],
    base: tuple[float, float],
    text: str,
    angle: float,
) -> tuple[float, float] | None:
    """Where a size stands that has no room between its arrows; None where it has."""
    axis = 1 if angle else 0
    low, high = sorted((ends[0][axis], ends[1][axis]))
    tall = float(doc.dimstyles.get(STYLE).dxf.dimtxt)
    said = f"{round((high - low) / BENCH) * BENCH:.1f}" if text == "<>" else text
    wide = DIGIT * tall * len(said)
    if wide + ROOM * tall <= high - low:
        return None
    if angle:
        return (base[0] + 0.6 * tall + wide / 2, (low + high) / 2)
    return (high + ARROWS * tall + wide / 2, base[1])


def words(
    space: Modelspace, text: str, at: tuple[float, float], height: float, layer: str = "note"
) -> None:
    """One line of text, its lower left corner at `at`."""
    entity = space.add_text(text, height=height, dxfattribs={"layer": layer, "style": STYLE})
    entity.set_placement(at)


def dxf_text(doc: Drawing) -> str:
    """The drawing as DXF text with fixed dates and identifiers."""
    stream = io.StringIO()
    # The library lists the classes in use in the order of a set: named beforehand, in order, they stay so.
    for name in sorted(doc.entitydb.dxf_types_in_use()):
        doc.classes.add_class(name)
    with _fixed_dates():
        doc.write(stream)
    return stream.getvalue()


@contextmanager
def _fixed_dates() -> Iterator[None]:
    """The library stamps the time into drawings unless its one global option says otherwise."""
    before = options.write_fixed_meta_data_for_testing
    options.write_fixed_meta_data_for_testing = True
    try:
        yield
    finally:
        options.write_fixed_meta_data_for_testing = before


def know_the_font() -> None:
    """Where the system lacks the lettering face, the shipped one is offered to the drawing library."""
    if not fonts.font_manager.has_font(FACE):
        folder = resources.files("jewelgen.flat").joinpath("fonts")
        fonts.font_manager.build([str(folder)], support_dirs=False)


def svg_text(doc: Drawing, box: tuple[float, float, float, float]) -> str:
    """The part of the drawing in `box` (mm) as SVG at exactly 1:1, black on white."""
    know_the_font()
    space = doc.modelspace()
    x0, y0, x1, y1 = box
    backend = svg.SVGBackend()
    config = Configuration(
        background_policy=BackgroundPolicy.OFF, color_policy=ColorPolicy.BLACK,
        lineweight_policy=LineweightPolicy.ABSOLUTE, min_lineweight=0.13,
    )  # fmt: skip
    Frontend(RenderContext(doc), backend, config=config).draw_layout(space)
    page = layout.Page(x1 - x0, y1 - y0, layout.Units.mm, margins=layout.Margins.all(0))
    settings = layout.Settings(
        fit_page=False,
        scale=1.0,
        page_alignment=layout.PageAlignment.BOTTOM_LEFT,
        output_layers=False,
    )
    return backend.get_string(
        page, settings=settings, render_box=BoundingBox2d([(x0, y0), (x1, y1)])
    )

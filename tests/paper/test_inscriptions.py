"""Letters, art and holes on the drawing and the templates: the sizes the design names, where it puts them."""

from __future__ import annotations

import io
import math
from pathlib import Path

import ezdxf
import numpy as np
import pytest
from ezdxf.layouts import Modelspace
from shapely.geometry import Polygon

from jewelgen.bench.plan import Plan, plan
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.flat.outline import area
from jewelgen.paper.contents import head_rows
from jewelgen.paper.drawing import drawing
from jewelgen.paper.templates import templates
from jewelgen.paper.views import views
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.piece import Piece


def handmade(root: Path, name: str) -> tuple[Piece, Plan]:
    (path,) = root.glob(f"*/**/{name}.toml")
    piece = compose(resolve(load(path), made="handmade"))
    return piece, plan(piece)


def space(text: str) -> Modelspace:
    doc = ezdxf.document.Drawing.read(io.StringIO(text))
    auditor = doc.audit()
    assert not auditor.errors
    assert not auditor.fixes
    return doc.modelspace()


def rings(drawn: Modelspace, layer: str) -> list[np.ndarray]:
    found = drawn.query(f'LWPOLYLINE[layer=="{layer}"]')
    return [np.array(entity.get_points("xy")) for entity in found]


def inked_area(loops: list[np.ndarray]) -> float:
    """Of loops, holes counted off: those that lie in another."""
    shapes = sorted((Polygon(loop) for loop in loops), key=lambda shape: -shape.area)
    signs = [(-1) ** sum(o.contains(s) for o in shapes if o is not s) for s in shapes]
    return float(sum(sign * shape.area for sign, shape in zip(signs, shapes, strict=True)))


@pytest.mark.parametrize("name", ["14_disc_tag", "bar_pendant"])
def test_the_template_of_a_plate_bears_what_is_cut_into_it(root: Path, name: str) -> None:
    piece, made = handmade(root, name)
    (form,) = [mark.form for mark in piece.marks if isinstance(mark.form, Glyphs)]
    drawn = space(templates(made).dxf)
    assert inked_area(rings(drawn, "engrave")) == pytest.approx(area(form.path), rel=0.005)
    sawn = max((Polygon(ring) for ring in rings(drawn, "saw")), key=lambda shape: shape.area)
    assert all(sawn.contains(Polygon(ring)) for ring in rings(drawn, "engrave"))
    said = f"{form.how} {form.text!r}: {form.tall:.1f} tall, {form.deep:.2f} deep, on the front"
    assert said in {entity.dxf.text for entity in drawn.query("TEXT")}


def test_letters_inside_a_band_are_laid_beside_its_strip(root: Path) -> None:
    piece, made = handmade(root, "29_plain_band")
    (form,) = [mark.form for mark in piece.marks if isinstance(mark.form, Glyphs)]
    drawn = space(templates(made).dxf)
    assert inked_area(rings(drawn, "engrave")) == pytest.approx(area(form.path), rel=0.005)
    assert any("1.0 tall, 0.15 deep, inside" in e.dxf.text for e in drawn.query("TEXT"))


def test_the_drawing_shows_the_word_in_its_place_and_enlarged(root: Path) -> None:
    piece, made = handmade(root, "14_disc_tag")
    shown = views(piece)
    front = [line for layer, line in shown[0].lines if layer == "engrave"]
    xs, ys = zip(*(point for line in front for point in line), strict=True)
    assert (max(xs) + min(xs)) / 2 == pytest.approx(0.0, abs=0.02)
    assert max(ys) - min(ys) == pytest.approx(4.0, abs=0.2)  # round letters overshoot
    assert not any(layer == "engrave" for layer, _ in shown[1].lines)
    drawn = space(drawing(piece, shown, made.letters).dxf)
    said = {entity.dxf.text for entity in drawn.query("TEXT")}
    assert {"stamp 'ROVER' on A", "4.0 tall, 0.25 deep", "on the front"} <= said
    assert "hole 1.60, its middle 2.30 from the edge" in said
    assert (
        dict(head_rows(made))["marks"]
        == "engraving: stamp ROVER, 4.0 tall, 0.25 deep, on the front"
    )


def test_letters_that_look_away_or_inward_are_on_no_view(root: Path) -> None:
    piece, _ = handmade(root, "01_court_band")
    assert any(isinstance(mark.form, Glyphs) for mark in piece.marks)
    assert all(layer != "engrave" for view in views(piece) for layer, _ in view.lines)


def test_nothing_that_is_only_marked_is_drilled_sawn_or_bent(root: Path) -> None:
    piece, made = handmade(root, "09_bezel_cab_ring")
    drawn = space(templates(made).dxf)
    assert not rings(drawn, "drill")
    assert not drawn.query('LINE[layer=="bend"]')
    (circle,) = rings(drawn, "mark")
    assert Polygon(circle).area == pytest.approx(math.pi * piece.bore**2 / 4, rel=1e-3)
    assert len(drawn.query('LINE[layer=="mark"]')) > 4


def test_long_wires_stand_on_the_page_with_their_marks(root: Path) -> None:
    _, made = handmade(root, "18_wire_wrap")
    pages = templates(made)
    assert pages.left_out == ()
    assert len(pages.pages) == 1
    drawn = space(pages.dxf)
    sizes = [np.ptp(ring, axis=0) for ring in rings(drawn, "saw")]
    assert sum(high == pytest.approx(188.3, abs=0.05) for _, high in sizes) == 4
    words = [e.dxf.text for e in drawn.query("TEXT")]
    assert words.count("bind") == 4 * 5

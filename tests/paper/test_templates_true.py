"""Templates re-measured from the DXF and the PDF that were written agree with the model to 0.05 mm."""

from __future__ import annotations

import io
import re
from pathlib import Path

import ezdxf
import numpy as np
import pytest
from pypdf import PdfReader
from shapely.geometry import Polygon

from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.flat.outline import points
from jewelgen.paper import write_plan
from jewelgen.piece.form import Plate

TRUE = 0.05  # mm
MM_PER_POINT = 25.4 / 72


@pytest.fixture(scope="module", params=["14_disc_tag", "15_bezel_pendant"])
def made(request):
    piece = compose(resolve(load(Path("designs") / f"{request.param}.toml")))
    return piece, write_plan(plan(piece), piece)


def plates(piece):
    """Outlines of the piece's own plates, from the model and not from the blanks."""
    return [part.form.outline for part in piece.parts if isinstance(part.form, Plate)]


def laid(ring):
    """A ring with its box's lower left corner at the origin."""
    corners = np.array(ring)
    return corners - corners.min(axis=0)


def test_the_dxf_holds_every_plate(made):
    piece, files = made
    doc = ezdxf.read(io.StringIO(files["templates.dxf"].decode()))
    sawn = [
        Polygon(laid(entity.get_points("xy")))
        for entity in doc.modelspace().query('LWPOLYLINE[layer=="saw"]')
    ]
    assert plates(piece)
    for outline in plates(piece):
        model = Polygon(laid(points(outline, 720)))
        assert min(model.hausdorff_distance(ring) for ring in sawn) < TRUE


def paths(pdf):
    """Width and height in mm of every stroked path of a PDF, from its drawing operators."""
    found = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        text = page.get_contents().get_data().decode("latin1")
        for body in re.findall(r"\nq (.*?)\nQ", text, re.DOTALL):
            scale = re.match(r"(\S+) 0 0 (\S+) \S+ \S+ cm", body)
            ends = re.findall(r"(\S+) (\S+) [ml](?=\s)", body)
            if scale and len(ends) > 2:
                box = np.ptp(np.array(ends, dtype=float), axis=0)
                found.append(box * np.abs([float(v) for v in scale.groups()]) * MM_PER_POINT)
    return found


def test_the_pdf_prints_every_plate_true(made):
    piece, files = made
    printed = paths(files["plan.pdf"])
    for outline in plates(piece):
        wanted = np.ptp(np.array(points(outline, 720)), axis=0)
        assert min(np.abs(box - wanted).max() for box in printed) < TRUE

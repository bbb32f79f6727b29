"""The written plan: files complete, reproducible, true to scale, nothing off the page."""

import csv
import io
import json
import math
import re
import shutil
import subprocess

import ezdxf
import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from jewelgen.paper import write_plan
from jewelgen.paper.document import plan_pdf
from jewelgen.paper.views import views

FILES = {
    "plan.pdf", "plan.json", "plan.md", "plan.html", "cut-list.csv", "joints.csv", "settings.csv", "steps.csv", "stock.csv", "templates.dxf", "drawing.dxf", "exploded.dxf",
    "templates-sheet-0.81-silver-925.dxf",
}  # fmt: skip
MM_PER_POINT = 25.4 / 72


def drawing(text):
    doc, auditor = ezdxf.document.Drawing.read(io.StringIO(text.decode())), None
    auditor = doc.audit()
    return doc, auditor


def test_all_files_and_the_same_bytes_again(ring, ring_plan, written):
    assert set(written) == FILES
    assert write_plan(ring_plan, ring) == written


def test_templates_audit_clean_and_hold_the_scale(written):
    doc, auditor = drawing(written["templates.dxf"])
    assert not auditor.errors
    assert not auditor.fixes
    assert doc.units == ezdxf.units.MM
    assert {"saw", "bend", "drill", "engrave", "mark"} <= {layer.dxf.name for layer in doc.layers}
    lines = doc.modelspace().query('LINE[layer=="scale"]')
    assert max((e.dxf.start - e.dxf.end).magnitude for e in lines) == pytest.approx(50.0, abs=1e-9)
    square = doc.modelspace().query('LWPOLYLINE[layer=="scale"]').first
    xs, ys = zip(*square.get_points("xy"), strict=True)
    assert (max(xs) - min(xs), max(ys) - min(ys)) == pytest.approx((20.0, 20.0))


def test_template_outlines_are_the_blanks(written):
    doc, _ = drawing(written["templates.dxf"])
    sizes = []
    for entity in doc.modelspace().query('LWPOLYLINE[layer=="saw"]'):
        xs, ys = zip(*entity.get_points("xy"), strict=True)
        sizes.append((round(max(xs) - min(xs), 2), round(max(ys) - min(ys), 2)))
    assert (8.74, 10.74) in sizes
    assert (60.01, 3.0) in sizes
    assert (30.98, 2.5) in sizes  # as it is cut, to be trimmed to 2.2
    assert not doc.modelspace().query('*[layer=="drill"]')
    ring = doc.modelspace().query('LWPOLYLINE[layer=="mark"]').first
    xs = [x for x, _ in ring.get_points("xy")]
    assert max(xs) - min(xs) == pytest.approx(17.32, abs=0.005)


def test_drawing_has_real_dimensions(written, ring):
    doc, auditor = drawing(written["drawing.dxf"])
    assert not auditor.errors
    measured = [round(d.get_measurement(), 2) for d in doc.modelspace().query("DIMENSION")]
    assert 20.32 in measured
    assert 24.63 in measured
    assert 17.32 in measured
    front = next(view for view in views(ring) if view.name == "front")
    assert front.box[2] - front.box[0] == pytest.approx(17.3196 + 3.0, abs=0.02)


def test_every_part_has_a_balloon_and_a_cut_line(ring, ring_plan, written):
    front = next(view for view in views(ring) if view.name == "front")
    assert {name for name, _ in front.balloons} == {line.part for line in ring_plan.cut_list}
    doc, _ = drawing(written["drawing.dxf"])
    texts = {e.dxf.text for e in doc.modelspace().query("TEXT")}
    assert {line.id for line in ring_plan.cut_list} <= texts


@pytest.mark.parametrize(("paper", "size"), [("a4", (210.0, 297.0)), ("letter", (215.9, 279.4))])
def test_paper_sizes_and_words(shown, ring_plan, paper, size):
    pdf = PdfReader(io.BytesIO(plan_pdf(ring_plan, shown, paper)))
    for page in pdf.pages:
        box = page.mediabox
        assert (float(box.width) * MM_PER_POINT, float(box.height) * MM_PER_POINT) == pytest.approx(
            size, abs=0.1
        )
    assert len(pdf.pages) == 5
    text = "".join(page.extract_text() for page in pdf.pages)
    for word in ("29.7", "58.4", "10.74 x 8.74", "6.3 long", "medium", "LAST HEAT", "Turquoise"):
        assert word in text


def strokes(pdf, page):
    """Lengths in mm of the single straight strokes on a page, from its drawing operators."""
    text = PdfReader(io.BytesIO(pdf)).pages[page].get_contents().get_data().decode("latin1")
    shape = re.compile(r"q (\S+) 0 0 -(\S+) \S+ \S+ cm\S*[^\n]*? (\S+) (\S+) m (\S+) (\S+) l\nS\n")
    found = []
    for sx, sy, x0, y0, x1, y1 in shape.findall(text):
        dx, dy = float(sx) * (float(x1) - float(x0)), float(sy) * (float(y1) - float(y0))
        found.append(math.hypot(dx, dy) * MM_PER_POINT)
    return found


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_printed_bar_measures_fifty_millimetres(shown, ring_plan, paper):
    pdf = plan_pdf(ring_plan, shown, paper)
    assert min(abs(value - 50.0) for value in strokes(pdf, 4)) < 0.01


def test_the_bar_in_pixels(written, tmp_path):
    tool = shutil.which("pdftoppm")
    if tool is None:
        pytest.skip("apt-get install poppler-utils")
    path = tmp_path / "plan.pdf"
    path.write_bytes(written["plan.pdf"])
    subprocess.run(
        [tool, "-r", "600", "-f", "5", "-l", "5", "-gray", str(path), str(tmp_path / "p")],
        check=True,
    )
    with Image.open(next(tmp_path.glob("p*.pgm"))) as picture:
        dark = np.asarray(picture) < 128
    longest = max(_run(row[: dark.shape[1] // 2]) for row in dark[: dark.shape[0] // 6])
    assert longest / 600 * 25.4 == pytest.approx(50.13, abs=0.1)  # the bar and the width of its pen


def _run(row):
    """The longest run of dark pixels in a row."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def test_pdf_is_sound(written, tmp_path):
    tool = shutil.which("qpdf")
    if tool is None:
        pytest.skip("apt-get install qpdf")
    path = tmp_path / "plan.pdf"
    path.write_bytes(written["plan.pdf"])
    assert (
        subprocess.run([tool, "--check", str(path)], capture_output=True, check=False).returncode
        == 0
    )


def test_json_says_units_and_schema(written):
    data = json.loads(written["plan.json"])
    assert data["schema"] == 1
    cut = {row["role"]: row for row in data["cut_list"]}
    assert cut["bezel"]["net_mm"][0] == pytest.approx(29.685, abs=0.001)
    assert cut["bezel"]["figures"][0]["formula"].startswith("P + 2 pi")
    assert data["heats"] == 3
    assert data["weights"]["issued_g"] == pytest.approx(3.66, abs=0.01)
    assert [row["grade"] for row in data["joints"]] == ["hard", "hard", "medium", "easy"]


@pytest.mark.parametrize(
    ("name", "count"), [("cut-list.csv", 3), ("joints.csv", 4), ("settings.csv", 1)]
)
def test_tables_are_square(written, name, count):
    rows = list(csv.reader(io.StringIO(written[name].decode())))
    assert len(rows) == count + 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_markdown_has_a_tick_for_every_step(written, ring_plan):
    text = written["plan.md"].decode()
    assert text.count("- [ ] ") == len(ring_plan.steps) + len(ring_plan.qc)

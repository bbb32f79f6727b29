"""Every handmade design on paper: words clear of each other and on the page, ids in the drawing as in the cut list."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import ezdxf
import pytest
from shapely.geometry import box
from text_boxes import dimension_lines, overlapping, texts

from jewelgen.bench.layout import layout
from jewelgen.bench.plan import Plan, plan
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.paper.contents import Drawings
from jewelgen.paper.document import plan_pdf
from jewelgen.paper.files import drawings_of

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("designs", "docs/examples")
BY_HAND = re.compile(r'^ *made *= *"handmade"', re.MULTILINE)
DESIGNS = [
    path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.toml"))
    if BY_HAND.search(path.read_text("utf-8"))
]  # fmt: skip
WORD = re.compile(r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*?)</word>')
PAGE = re.compile(r'<page width="(\S+)" height="(\S+)">(.*?)</page>', re.DOTALL)
TOUCH = 0.6  # points that boxes of words may share: they reach beyond the ink


@dataclass(frozen=True)
class Made:
    """A plan and all that is drawn for it."""

    plan: Plan
    shown: Drawings


@pytest.fixture(scope="module", params=DESIGNS, ids=lambda path: path.stem)
def made(request: pytest.FixtureRequest) -> Made:
    piece = compose(resolve(load(request.param, trust=request.param.parent.name == "examples")))
    bench = plan(piece)
    return Made(bench, drawings_of(bench, piece, layout([("", bench.cut_list, 1)], bench.practice)))


def read(dxf: str) -> ezdxf.document.Drawing:
    doc = ezdxf.document.Drawing.read(io.StringIO(dxf))
    auditor = doc.audit()
    assert not auditor.errors
    assert not auditor.fixes
    return doc


def test_all_handmade_designs_are_here() -> None:
    assert len(DESIGNS) >= 15


def test_words_of_the_drawings_stand_clear(made: Made) -> None:
    for sheet in (made.shown.sheet, made.shown.exploded):
        doc = read(sheet.dxf)
        words = texts(doc)
        assert overlapping(words) == []
        lines = dimension_lines(doc)
        for word, place in words:
            inner = place.buffer(-0.1)
            assert not any(line.intersects(inner) for line in lines), word
        low_x, low_y, high_x, high_y = sheet.box
        paper = box(low_x, low_y, high_x, high_y)
        assert [word for word, place in words if not paper.contains(place)] == []


def test_words_of_the_templates_stand_clear(made: Made) -> None:
    words = texts(read(made.shown.templates.dxf))
    assert overlapping(words) == []


def test_every_id_is_in_the_drawing_and_back(made: Made) -> None:
    space = read(made.shown.exploded.dxf).modelspace()
    said = {entity.dxf.text for entity in space.query("TEXT")}
    assert said == {*made.plan.letters.values()} | {row.id for row in made.plan.settings}
    circles = [(e.dxf.center, e.dxf.radius) for e in space.query("CIRCLE") if e.dxf.radius > 1]
    assert len(circles) == len(said)
    for i, (p, r) in enumerate(circles):
        assert all((p - q).magnitude > r + s + 0.3 for q, s in circles[i + 1 :])
    front = {e.dxf.text for e in read(made.shown.sheet.dxf).modelspace().query("TEXT")}
    ids = {*made.plan.letters.values()}
    assert {word for word in front if re.fullmatch(r"[A-Z]{1,2}", word)} <= ids


def test_the_sheet_says_once_of_every_id_how_thick_its_wall_or_sheet_is(made: Made) -> None:
    words = [e.dxf.text for e in read(made.shown.sheet.dxf).modelspace().query("TEXT")]
    said = [word for word in words if re.search(r": (sheet|wall|tube) \d", word)]
    assert len(said) == len(set(said))
    ids = [word for line in said for word in line.split(" ") if re.fullmatch(r"[A-Z]{1,2}", word)]
    flat = {row.id for row in made.plan.cut_list if row.blank.sort in {"sheet", "tube"}}
    assert len(ids) == len(set(ids))
    assert flat <= set(ids)


def overlaps(rows: list[tuple[float, float, float, float, str]]) -> list[tuple[str, str]]:
    rows = sorted(rows)
    found = []
    for i, (x0, y0, x1, y1, word) in enumerate(rows):
        for a0, b0, a1, b1, other in rows[i + 1 :]:
            if a0 > x1:
                break
            if min(x1, a1) - max(x0, a0) > TOUCH and min(y1, b1) - max(y0, b0) > 0.35 * (y1 - y0):
                found.append((word, other))
    return found


def test_words_of_the_pages_stand_clear(made: Made, tmp_path: Path, needs_program) -> None:
    path, out = tmp_path / "plan.pdf", tmp_path / "plan.html"
    path.write_bytes(plan_pdf(made.plan, made.shown, "a4"))
    subprocess.run([needs_program("pdftotext"), "-bbox", str(path), str(out)], check=True)
    pages = PAGE.findall(out.read_text("utf-8"))
    assert len(pages) >= 2
    for wide, tall, body in pages:
        rows = [(*map(float, row[:4]), row[4]) for row in WORD.findall(body)]
        assert rows
        assert all(x0 >= 20 and y0 >= 20 for x0, y0, *_ in rows)
        assert all(x1 <= float(wide) - 20 and y1 <= float(tall) - 20 for _, _, x1, y1, _ in rows)
        assert overlaps(rows) == []

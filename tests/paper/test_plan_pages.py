"""Pages as an artisan reads them: words clear of each other and on the page, ids that match, nothing used before it is made."""

import io
import re
import subprocess

import ezdxf
import pytest

from jewelgen.bench.layout import layout
from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.paper.document import plan_pdf
from jewelgen.paper.files import drawings_of
from jewelgen.paper.templates import templates

WORD = re.compile(r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*?)</word>')
PAGE = re.compile(r'<page width="(\S+)" height="(\S+)">(.*?)</page>', re.DOTALL)
NAMES = (
    "09_bezel_cab_ring",
    "19_locket",
    "18_wire_wrap",
    "27_wire_prong_ring",
    "20_cast_head_forged_shank",
)
TOUCH = 0.6  # points that boxes of words may share: they reach beyond the ink


def handmade(root, name):
    piece = compose(resolve(load(root / f"designs/{name}.toml"), made="handmade"))
    return piece, plan(piece)


@pytest.fixture(scope="module")
def locket(root):
    piece, made = handmade(root, "19_locket")
    return made, drawings_of(made, piece, layout([("", made.cut_list, 1)], made.practice))


def boxes(pdf, tmp_path, tool):
    """Of every page its size and the boxes of its words, in points."""
    path, out = tmp_path / "plan.pdf", tmp_path / "plan.html"
    path.write_bytes(pdf)
    subprocess.run([tool, "-bbox", str(path), str(out)], check=True)
    for wide, tall, body in PAGE.findall(out.read_text("utf-8")):
        rows = [(*map(float, row[:4]), row[4]) for row in WORD.findall(body)]
        yield float(wide), float(tall), rows


def overlapping(rows):
    rows = sorted(rows)
    for i, (x0, y0, x1, y1, word) in enumerate(rows):
        for a0, b0, a1, b1, other in rows[i + 1 :]:
            if a0 > x1:
                break
            if min(x1, a1) - max(x0, a0) > TOUCH and min(y1, b1) - max(y0, b0) > 0.35 * (y1 - y0):
                yield word, other


def test_the_finder_of_overlaps_finds_them():
    assert list(overlapping([(0, 0, 10, 8, "a"), (8, 2, 20, 10, "b")])) == [("a", "b")]
    assert not list(overlapping([(0, 0, 10, 8, "a"), (10, 0, 20, 8, "b"), (0, 8, 10, 16, "c")]))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_words_stand_clear_of_each_other_and_on_the_page(
    ring_plan, shown, locket, paper, tmp_path, needs_program
):
    for made, drawn in ((ring_plan, shown), locket):
        pages = list(boxes(plan_pdf(made, drawn, paper), tmp_path, needs_program("pdftotext")))
        assert len(pages) >= 4
        for wide, tall, rows in pages:
            assert rows
            assert all(
                x0 >= 20 and y0 >= 20 and x1 <= wide - 20 and y1 <= tall - 20
                for x0, y0, x1, y1, _ in rows
            )
            assert list(overlapping(rows)) == []


def test_every_id_of_the_plan_is_in_the_drawing_and_back(ring_plan, shown, locket):
    for made, drawn in ((ring_plan, shown), locket):
        space = ezdxf.document.Drawing.read(io.StringIO(drawn.exploded.dxf)).modelspace()
        said = {entity.dxf.text for entity in space.query("TEXT")}
        assert said == {*made.letters.values()} | {row.id for row in made.settings}
        circles = [(e.dxf.center, e.dxf.radius) for e in space.query("CIRCLE") if e.dxf.radius > 1]
        assert len(circles) == len(said)
        for i, (p, r) in enumerate(circles):
            assert all((p - q).magnitude > r + s for q, s in circles[i + 1 :])


@pytest.mark.parametrize("name", NAMES)
def test_no_step_uses_what_none_has_made(root, name):
    _, made = handmade(root, name)
    parts, ready, joined = {*made.letters.values()}, set(), set()
    lines = {line.id: line for line in made.joints}
    seams = {line.parts[0]: line.id for line in made.joints if len(set(line.parts)) == 1}
    for step in made.steps:
        verb, ids = step.key.partition(":")[0], set(step.ids)
        if verb in {"cut", "receive"}:
            ready |= ids & parts
        elif verb != "measure":
            assert ids & parts <= ready, step.key
        for line in (lines[mark] for mark in ids if mark in lines):
            own = {seams[part] for part in line.parts if part in seams} - {line.id}
            assert own <= joined, step.key
            joined.add(line.id)
        if verb == "set":
            row = next(row for row in made.settings if row.id in ids)
            heat = {line.id for line in made.joints if line.grade and {*line.parts} & {*row.held}}
            assert heat <= joined, step.key
    assert joined == set(lines)
    assert ready == parts


def test_stones_of_a_plate_have_their_drill_points_on_the_template(root):
    piece, made = handmade(root, "17_leaf_pendant")
    space = ezdxf.document.Drawing.read(io.StringIO(templates(made).dxf)).modelspace()
    rings = [entity.get_points("xy") for entity in space.query('LWPOLYLINE[layer=="drill"]')]
    sizes = [max(x for x, _ in ring) - min(x for x, _ in ring) for ring in rings]
    middles = sorted(sum(y for _, y in ring) / len(ring) for ring in rings)
    drill = next(f.value for f in made.settings[0].figures if f.name == "drill")
    assert sizes == pytest.approx([drill] * 4, abs=0.01)
    spots = sorted(piece.stones[0].at.then(c).origin[1] for c in piece.stones[0].array.frames())
    assert [y - middles[0] for y in middles] == pytest.approx(
        [y - spots[0] for y in spots], abs=0.02
    )

"""Free outlines: what is read of a drawing, closed forms, anchors, and every way a drawing can be wrong."""

from __future__ import annotations

import math
from pathlib import Path as File
from typing import Any

import numpy as np
import pytest

from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import brief_from, resolve
from jewelgen.findings import DesignError, Finding
from jewelgen.flat.crown import filed, heights
from jewelgen.flat.drawing import LARGEST, Drawing, Source, drawing
from jewelgen.flat.outline import area, extents
from jewelgen.flat.segments import Line, loop_moments, loop_points
from jewelgen.piece.digest import digest
from jewelgen.piece.metal import total_mm3
from jewelgen.piece.piece import Piece
from jewelgen.piece.volume import volume
from jewelgen.rules.registry import check
from jewelgen.rules.webs import least_web

PENDANT = {"name": "x", "piece": "pendant", "made": "cast", "alloy": "sterling"}
DESIGN = """format = 1
name = "x"
piece = "pendant"
made = "cast"
alloy = "sterling"
[body]
kind = "outline"
file = "{file}"
"""


def svg(inside: str, head: str = "") -> Drawing:
    text = f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{inside}</svg>'
    return drawing(Source("t.svg", text))


def piece_of(drawn: Any, bail: bool = False, **keys: Any) -> Piece:
    blocks = {"bail": {"kind": "loop"}} if bail else {}
    body = {"kind": "outline", "file": drawn, **keys}
    return compose(brief_from({**PENDANT, "body": body, **blocks}))


def refused(*args: Any, **keys: Any) -> Finding:
    with pytest.raises(DesignError) as raised:
        piece_of(*args, **keys)
    (finding,) = raised.value.findings
    return finding


def unread(inside: str, head: str = "") -> str:
    with pytest.raises(DesignError) as raised:
        svg(inside, head)
    return raised.value.findings[0].code


SQUARE = '<path d="M20 10 h60 v80 h-60 z"/>'


@pytest.mark.parametrize(
    ("inside", "mm2", "within"),
    [
        (SQUARE, 60 * 80 / 16, 1e-9),
        ('<rect x="20" y="10" width="60" height="80"/>', 60 * 80 / 16, 1e-9),
        ('<polygon points="20,10 80,10 80,90 20,90"/>', 60 * 80 / 16, 1e-9),
        ('<circle cx="50" cy="50" r="40"/>', math.pi * 100, 1e-5),
        ('<ellipse cx="9" cy="5" rx="20" ry="40"/>', math.pi * 50, 1e-5),
        ('<path d="M10 50 A40 40 0 0 1 90 50 A40 40 0 0 1 10 50"/>', math.pi * 100, 1e-5),
        # A parabola's arch holds two thirds of its box: quadratics are kept exactly.
        ('<path d="M10 90 Q50 -70 90 90 Z"/>', 2 / 3 * 20 * 20, 1e-6),
        ('<g transform="translate(3 4) scale(2)"><path transform="scale(.5 .5)" d="M0 0 h60 v80 h-60z"/></g>',
         300.0, 1e-9),
        (f'{SQUARE}<path fill="#000" d="M30 30 h20 v20 h-20 z"/>', 300 - 25.0, 1e-9),
        ('<path d="M20 10 h60 v80 h-60 z M30 30 v20 h20 v-20 z"/>', 300 - 25.0, 1e-9),
        (f'{SQUARE}<path style="fill:none" d="M0 0 L5 5"/><g display="none"><text>x</text></g>'.replace(
            "<text>x</text>", ""), 300.0, 1e-9),
    ],
)  # fmt: skip
def test_a_drawing_becomes_metal_of_its_own_area(inside: str, mm2: float, within: float) -> None:
    form = piece_of(svg(inside), tall=20, thick=1.5).part("body").form
    assert area(form.outline) == pytest.approx(mm2, rel=within)
    assert volume(form) == pytest.approx(1.5 * mm2, rel=within)
    assert extents(form.outline)[0] == pytest.approx(20, abs=0.005)


def test_the_outline_lies_about_its_middle_and_upwards() -> None:
    loop = (
        piece_of(svg('<path d="M50 10 L90 90 H10 Z"/>'), tall=20).part("body").form.outline.loops[0]
    )
    ring = np.array(loop_points(loop))
    assert ring[ring[:, 1].argmax()] == pytest.approx((0.0, 10.0))
    assert ring.min(axis=0) == pytest.approx((-10.0, -10.0))
    assert loop_moments(loop).area > 0


@pytest.mark.parametrize(
    ("inside", "head", "code"),
    [
        ("", '<!DOCTYPE svg [<!ENTITY a "b">]>', "JG110"),
        ("<style>@import url(http://x.y/z.css);</style>", "", "JG110"),
        (SQUARE * (LARGEST // len(SQUARE) + 1), "", "JG110"),
        ('<path d="M0 0' + " l1 1 l1 -1" * 1600 + 'z"/>', "", "JG110"),
        ("<g>" * 80 + "</g>" * 80, "", "JG110"),
        ("<g>", "", "JG110"),
        ('<path d="M0 0 L 1e9 3 L 4 nan z"/>', "", "JG110"),
        ('<image href="http://x.y/z.png" width="3" height="3"/>', "", "JG111"),
        ("<text>Anna</text>", "", "JG111"),
        (f'<g id="a">{SQUARE}</g><use href="#a"/>', "", "JG111"),
        ("<script>1</script>", "", "JG111"),
        ('<path fill="none" stroke="red" d="M0 0 h9 v9 z"/>', "", "JG111"),
        ("", "", "JG111"),
    ],
)
def test_what_is_no_outline_is_not_read(inside: str, head: str, code: str) -> None:
    assert unread(inside, head) == code


def test_text_of_another_format_is_said_to_be_no_svg() -> None:
    for text in ("<html><body/></html>", "not a drawing", "", '{"svg": 1}'):
        with pytest.raises(DesignError) as raised:
            drawing(Source("t.svg", text))
        assert raised.value.findings[0].code == "JG110"


def test_an_open_outline_is_refused_until_its_gap_is_allowed() -> None:
    gap = svg('<path d="M20 12 V10 h60 v80 h-60 V14"/>')  # 2 of 80 units open
    finding = refused(gap, tall=20)
    assert (finding.code, finding.fix.key, finding.fix.value) == ("JG226", "body.close", "0.5")
    form = piece_of(gap, tall=20, close=0.5).part("body").form
    assert area(form.outline) == pytest.approx(300.0, rel=1e-9)
    assert refused(svg('<path d="M20 10 h60 v80"/>'), tall=20).fix is None


def test_separate_outlines_are_one_piece_only_when_asked() -> None:
    two = svg(f'{SQUARE}<path d="M90 10 h8 v80 h-8 z"/>')
    finding = refused(two, tall=20)
    assert (finding.code, finding.fix.value) == ("JG227", '"largest"')
    kept = piece_of(two, tall=20, keep="largest").part("body").form
    assert area(kept.outline) == pytest.approx(300.0, rel=1e-9)


def test_a_hole_in_a_left_out_piece_goes_with_it() -> None:
    two = svg(f'{SQUARE}<path d="M84 10 h14 v80 h-14 z M86 20 v40 h8 v-40 z"/>')
    kept = piece_of(two, tall=20, keep="largest").part("body").form
    assert len(kept.outline.loops) == 1


DUMBBELL = '<path d="M10 10 h80 v30 h-{a} v20 h{a} v30 h-80 v-30 h{a} v-20 h-{a} z"/>'


def test_a_narrow_neck_is_found_with_its_width_and_cured_by_the_fix() -> None:
    piece = piece_of(svg(DUMBBELL.format(a=39)), tall=20)  # a neck of 2 of 80 units: 0.5 mm
    (finding,) = (item for item in check(piece) if item.code == "JG228")
    assert "0.50 mm" in finding.message
    wider = piece_of(svg(DUMBBELL.format(a=39)), tall=float(finding.fix.value))
    assert "JG228" not in {item.code for item in check(wider)}


@pytest.mark.parametrize(("away", "web"), [(2.0, 0.5), (1.0, 0.25), (3.9, 0.975), (20.0, 1.0)])
def test_a_web_beside_a_hole_is_as_wide_as_drawn(away: float, web: float) -> None:
    hole = f"M{20 + away} 40 v10 h10 v-10 z"
    form = piece_of(svg(f'<path d="M20 10 h60 v80 h-60 z {hole}"/>'), tall=20).part("body").form
    assert least_web(form.outline, 1.0) == pytest.approx(web, abs=2e-3)


def test_points_are_no_webs() -> None:
    assert "JG228" not in {item.code for item in check(piece_of("leaf", tall=24))}


def test_faces_are_read_from_their_own_side() -> None:
    """An ear on the right of the front is on the left of the back."""
    ear = svg('<path d="M20 10 h40 v30 h20 v20 h-20 v30 h-40 z"/>')
    words = {"text": "a", "tall": 1.5}
    for face, side in (("front", 1.0), ("back", -1.0)):
        body = {"kind": "outline", "file": ear, "tall": 20}
        piece = compose(
            brief_from({**PENDANT, "body": body, "engraving": {"on": f"body.{face}", **words}})
        )
        (mark,) = piece.marks
        assert mark.at.z == (0.0, 0.0, side)
        assert mark.at.x[0] == side


def test_a_tip_is_filed_flat_as_wide_as_the_loop_and_no_further() -> None:
    arrow = svg('<path d="M50 10 L90 90 H10 Z"/>')  # each side rises 2 for 1
    bare, carrying = piece_of(arrow, tall=40), piece_of(arrow, bail=True, tall=40)
    # A flat as wide as the wire takes a triangle as wide and as high off the tip.
    ((_, loop),) = carrying.part("bail").form.stations
    lost = area(bare.part("body").form.outline) - area(carrying.part("body").form.outline)
    assert lost == pytest.approx(0.5 * loop.d * loop.d, rel=1e-4)
    assert carrying.part("bail").at.origin[1] == pytest.approx(
        20 - loop.d + 1.75 + 0.75 * loop.d, abs=1e-4
    )


def test_a_flat_is_filed_through_curves_exactly() -> None:
    loop = piece_of("leaf", tall=24).part("body").form.outline.loops[0]
    low, high = heights(loop, 0.0, 0.8)
    cut = filed(loop, 0.0, low, 0.8)
    flat = cut[-1]
    assert isinstance(flat, Line)
    assert (flat.p[0], flat.q[0]) == pytest.approx((0.8, -0.8), abs=0.01)
    assert flat.p[1] == pytest.approx(low, abs=1e-9)
    assert 0 < high - low < 1.0
    steps = np.linspace(-0.8, 0.8, 2001)
    tip = np.trapezoid([heights(loop, x, 1e-9)[0] - low for x in steps], steps)
    assert loop_moments(loop).area - loop_moments(cut).area == pytest.approx(tip, rel=2e-3)


def test_a_heart_hangs_in_its_cleft_unfiled() -> None:
    bare, carrying = piece_of("heart"), piece_of("heart", bail=True)
    assert bare.part("body").form == carrying.part("body").form
    assert carrying.part("bail").at.origin[0] == pytest.approx(0.0, abs=1e-6)
    assert "JG218" not in {item.code for item in check(carrying)}


def test_a_needle_has_no_edge_for_a_bail() -> None:
    needle = svg('<path d="M50 0 L52 60 L70 90 H30 L48 60 Z"/>')
    assert refused(needle, bail=True, tall=20).code == "JG229"
    assert piece_of(needle, tall=20).parts


def test_drawings_are_read_beside_the_design_and_nowhere_else(tmp_path: File) -> None:
    (tmp_path / "in").mkdir()
    text = '<svg xmlns="http://www.w3.org/2000/svg">' + SQUARE + "</svg>"
    for place in (tmp_path / "in" / "a.svg", tmp_path / "out.svg"):
        place.write_text(text, encoding="utf-8")
    design = tmp_path / "in" / "d.toml"
    said = {}
    for name in ("a.svg", "b.svg", "../out.svg", str(tmp_path / "out.svg"), "aa.svg"):
        design.write_text(DESIGN.format(file=name), encoding="utf-8")
        try:
            said[name] = compose(resolve(load(design))).part("body").form
        except DesignError as error:
            (finding,) = error.findings
            assert (finding.code, finding.where.line) == ("JG110", 8)
            said[name] = finding.hint
    assert area(said.pop("a.svg").outline) == pytest.approx(24 * 18)
    assert said["aa.svg"] == "did you mean 'a.svg'?"
    assert "beside the design" in said["../out.svg"]


def test_the_digest_follows_the_file(tmp_path: File) -> None:
    design, drawn = tmp_path / "d.toml", tmp_path / "a.svg"
    design.write_text(DESIGN.format(file="a.svg"), encoding="utf-8")
    found = set()
    for width in (60, 60, 60.01):
        shape = f'<svg xmlns="http://www.w3.org/2000/svg"><rect width="{width}" height="80"/></svg>'
        drawn.write_text(shape, encoding="utf-8")
        found.add(digest(compose(resolve(load(design)))))
    assert len(found) == 2


def test_a_parent_brings_its_own_drawing(tmp_path: File) -> None:
    (tmp_path / "base").mkdir()
    shape = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
    (tmp_path / "base" / "a.svg").write_text(shape, encoding="utf-8")
    (tmp_path / "base" / "p.toml").write_text(DESIGN.format(file="a.svg"), encoding="utf-8")
    child = tmp_path / "c.toml"
    child.write_text('format = 1\nextends = "base/p.toml"\n[body]\ntall = 9\n', encoding="utf-8")
    assert total_mm3(compose(resolve(load(child)))) == pytest.approx(81 * 1.5)


def test_formulas_stand_in_lists_and_follow_the_height() -> None:
    body = {"kind": "outline", "file": "leaf", "thick": 1.8}
    row = {"kind": "flush", "on": "body.front", "stone": "round diamond 1.5"}
    for tall in (18, 30):
        along = [[0, "= -body.tall / 4"], ["= 1 / 8", "= body.tall / 4"]]
        design = {**PENDANT, "body": {**body, "tall": tall}, "stones": {**row, "along": along}}
        (stone,) = compose(brief_from(design)).stones
        spots = [frame.origin[:2] for frame in stone.array.frames()]
        assert spots == [(0.0, -tall / 4), (0.125, tall / 4)]

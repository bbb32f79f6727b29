"""Names in one piece: strokes measured and widened, letters pulled together, curves through polygons."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from jewelgen.findings import DesignError
from jewelgen.flat.fitted import TOLERANCE, fitted
from jewelgen.flat.font import SHIPPED
from jewelgen.flat.joined import Spelling, name_path
from jewelgen.flat.outline import area
from jewelgen.flat.region import region
from jewelgen.flat.segments import Cubic, Line, loop_moments
from jewelgen.flat.strokes import strokes, thickened, thinnest
from jewelgen.flat.text import text_width

BEAM = shapely.box(-5, -0.2, 5, 0.2)


def spelled(text: str, font: str = "great-vibes", **more: float) -> Spelling:
    sizes = {"tall": 9.0, "overlap": 0.3, "dots": 0.8, "stroke": 0.6, **more}
    return Spelling(text, font, **sizes)


def test_a_beam_is_as_wide_as_it_was_drawn() -> None:
    found = strokes(BEAM)
    assert thinnest(BEAM, 0.3)[0] == pytest.approx(0.4, abs=0.01)
    assert found.widths.max() == pytest.approx(0.4, abs=0.01)
    assert abs(found.lines[:, :, 1]).max() < 0.01


def test_a_thin_beam_is_widened_about_its_middle_and_a_thick_one_left() -> None:
    wide = thickened(BEAM, 0.9)
    assert wide.bounds[3] - wide.bounds[1] == pytest.approx(0.9, abs=0.01)
    assert wide.contains(shapely.box(-4.5, -0.44, 4.5, 0.44))
    assert thickened(BEAM, 0.39).equals(BEAM)


def test_the_point_of_a_broad_stroke_is_no_stroke() -> None:
    wedge = shapely.Polygon([(0, 0), (0, 3), (0.35, 3), (0.7, 2.6), (0.7, 0)])
    assert thickened(wedge, 0.6).area == pytest.approx(wedge.area, rel=1e-3)


@pytest.mark.parametrize("r", [0.4, 2.0, 15.0])
def test_a_dense_circle_becomes_a_few_cubics_of_its_area(r: float) -> None:
    polygon = shapely.Point(1, 2).buffer(r, quad_segs=64)
    path = fitted(polygon)
    assert len(path.loops[0]) <= 16
    assert abs(area(path) - math.pi * r * r) < 2 * math.pi * r * TOLERANCE


def test_corners_and_straight_edges_stay() -> None:
    path = fitted(shapely.box(0, 0, 4, 3).difference(shapely.box(1, 1, 2, 2)))
    assert all(isinstance(s, Line) for loop in path.loops for s in loop)
    assert [round(loop_moments(loop).area, 9) for loop in path.loops] == [12.0, -1.0]


@pytest.mark.parametrize("font", sorted(SHIPPED))
@pytest.mark.parametrize("text", ["Sophia", "Zoé-Björn"])
def test_a_name_is_one_region_whose_strokes_hold(font: str, text: str) -> None:
    path = name_path(spelled(text, font))
    shape = region(path)
    assert shape.geom_type == "Polygon"
    assert [loop_moments(loop).area > 0 for loop in path.loops] == [
        True,
        *([False] * (len(path.loops) - 1)),
    ]
    assert area(path) == pytest.approx(shape.area, rel=1e-3)
    assert thinnest(shape, 0.5)[0] >= 0.5
    assert sum(isinstance(s, Cubic) for loop in path.loops for s in loop) < 600
    x0, y0, x1, y1 = shape.bounds
    assert (x0 + x1, y0 + y1) == pytest.approx((0.0, 0.0), abs=0.02)
    assert x1 - x0 <= text_width(text, font, 9.0) + 0.7


@pytest.mark.parametrize("overlap", [0.3, 0.8])
def test_stems_are_pulled_into_each_other_by_what_was_asked(overlap: float) -> None:
    one, two = (
        region(name_path(spelled(t, "sans", stroke=0.0, overlap=overlap))) for t in ("l", "ll")
    )
    wide = [shape.bounds[2] - shape.bounds[0] for shape in (one, two)]
    assert wide[1] == pytest.approx(2 * wide[0] - overlap, abs=0.02)


def test_a_dot_hangs_on_a_post_slimmer_than_itself() -> None:
    shape = region(name_path(spelled("i", "sans", stroke=0.0)))
    low, high = shape.bounds[1] + 0.5, shape.bounds[3] - 0.5
    levels = [shapely.box(-9, y, 9, y + 0.01) for y in np.linspace(low, high, 200)]
    slices = [shape.intersection(level).bounds for level in levels]
    widths = [x1 - x0 for x0, _, x1, _ in slices]
    assert min(widths) == pytest.approx(
        0.6, abs=0.02
    )  # slimmer than asked, so that the dot is seen
    assert max(widths) > 1.0


def test_a_name_is_of_a_size_with_its_capitals() -> None:
    small, large = (region(name_path(spelled("Ab", "sans", tall=t, stroke=0.0))) for t in (6, 12))
    tall = [shape.bounds[3] - shape.bounds[1] for shape in (small, large)]
    assert tall[1] == pytest.approx(2 * tall[0], rel=0.01)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Anna Lena", "JG271"), ("a_'", "JG270"), ("愛", "JG240"), ("مريم", "JG242"), ("e\u0338", "JG242")],
)  # fmt: skip
def test_names_that_cannot_be_say_why(text: str, code: str) -> None:
    with pytest.raises(DesignError) as raised:
        name_path(spelled(text, "sans"))
    (finding,) = raised.value.findings
    assert finding.code == code
    assert finding.hint


def test_fonts_that_can_write_a_name_are_named() -> None:
    with pytest.raises(DesignError) as raised:
        name_path(spelled("Ждан", "great-vibes"))
    assert raised.value.findings[0].hint == "sans and serif can write it"

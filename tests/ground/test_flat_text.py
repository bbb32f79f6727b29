"""Text outlines: heights, areas by two ways, winding, kerning, fonts and what they refuse."""

from __future__ import annotations

import math
from pathlib import Path as File

import pytest
import shapely

from jewelgen.findings import DesignError
from jewelgen.flat.font import SHIPPED, font_named
from jewelgen.flat.outline import Path, area
from jewelgen.flat.polygons import grown_path, islands, united
from jewelgen.flat.region import region
from jewelgen.flat.segments import Line, loop_moments, loop_points
from jewelgen.flat.text import ink, text_path, text_width

WORDS = ("ROVER", "Always", "Sophia", "925", "H&8@%", "Zoe 750")


def square(x: float, y: float, side: float, turn: int = 1):
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)][::turn]
    return tuple(Line(p, q) for p, q in zip(corners, corners[1:] + corners[:1], strict=True))


@pytest.mark.parametrize("font", sorted(SHIPPED))
@pytest.mark.parametrize("word", WORDS)
def test_green_area_is_that_of_the_polygons(font: str, word: str) -> None:
    path = text_path(word, font, 3.0)
    rings = [shapely.Polygon(loop_points(loop, 0.0002)) for loop in path.loops]
    signs = [1 if loop_moments(loop).area > 0 else -1 for loop in path.loops]
    assert area(path) == pytest.approx(
        sum(s * r.area for s, r in zip(signs, rings, strict=True)), rel=2e-4
    )
    assert area(path) == pytest.approx(region(path).area, rel=1e-3)


@pytest.mark.parametrize("font", ["sans", "serif"])
def test_no_two_loops_of_a_word_cross(font: str) -> None:
    rings = [
        shapely.Polygon(loop_points(x, 0.001)).exterior
        for x in text_path("Sophia", font, 3.0).loops
    ]
    assert not any(a.intersects(b) for i, a in enumerate(rings) for b in rings[:i])


def test_script_letters_that_overlap_become_one_island() -> None:
    path = text_path("Sophia", "great-vibes", 5.0)
    solids = [x for x in path.loops if loop_moments(x).area > 0]
    parts = [shapely.Polygon(loop_points(x, 0.001)) for x in solids]
    assert all(a.intersection(b).area < 1e-4 for i, a in enumerate(parts) for b in parts[:i])
    assert len(solids) < len("Sophia")


@pytest.mark.parametrize("font", ["sans", "serif"])
@pytest.mark.parametrize("tall", [0.4, 1.5, 40.0])
def test_capitals_are_as_tall_as_asked_and_the_word_is_centred(font: str, tall: float) -> None:
    box = ink(text_path("HIE", font, tall))
    assert box.height == pytest.approx(tall, rel=1e-9)
    assert box.low == pytest.approx(-tall / 2, rel=1e-9)
    assert box.left == pytest.approx(-box.right, abs=1e-9 * tall)


def test_the_letter_i_has_the_area_of_its_stem() -> None:
    path = text_path("I", "sans", 2.0)
    box = ink(path)
    assert area(path) == pytest.approx(box.width * box.height, rel=1e-12)
    # DejaVu Sans: the stem of I is 202 units wide where capitals are 1493 high.
    assert box.width == pytest.approx(2.0 * 202 / 1493, rel=1e-9)


def test_holes_run_clockwise() -> None:
    signs = [loop_moments(loop).area > 0 for loop in text_path("B8", "sans", 2.0).loops]
    assert signs.count(True) == 2
    assert signs.count(False) == 4


def test_pairs_are_kerned_by_what_the_font_says() -> None:
    face = font_named("sans")
    left, right = face.glyph("A"), face.glyph("V")
    assert face.kern(left, right) < 0
    loose = text_width("A", "sans", face.cap) + text_width("V", "sans", face.cap)
    tight = text_width("AV", "sans", face.cap)
    bearings = face.advance(left) - text_width("A", "sans", face.cap)
    assert tight < loose + bearings
    assert font_named("cinzel").kern("A", "V") < 0


@pytest.mark.parametrize(
    ("text", "font", "code", "word"),
    [
        ("\u6f22", "sans", "JG240", "U+6F22"),
        ("\u0416", "cinzel", "JG240", "U+0416"),
        ("x", "sanz", "JG241", "sans"),
        ("x", "/nowhere/a.ttf", "JG241", "a.ttf"),
        ("\u0628", "sans", "JG242", "U+0628"),
    ],
)
def test_what_cannot_be_set_is_named(text: str, font: str, code: str, word: str) -> None:
    with pytest.raises(DesignError) as refused:
        text_path(text, font, 2.0)
    assert refused.value.findings[0].code == code
    assert word in str(refused.value)


def test_a_file_that_is_no_font_is_refused(tmp_path: File) -> None:
    file = tmp_path / "broken.ttf"
    file.write_bytes(b"\x00\x01\x00\x00" + bytes(range(200)))
    with pytest.raises(DesignError, match="JG241"):
        text_path("x", str(file), 2.0)


def test_a_font_of_ones_own_is_read_by_path(tmp_path: File) -> None:
    from importlib import resources

    file = tmp_path / "mine.ttf"
    file.write_bytes(
        resources.files("jewelgen.flat").joinpath("fonts", "DejaVuSerif.ttf").read_bytes()
    )
    assert text_path("Rg", str(file), 2.0) == text_path("Rg", "serif", 2.0)


def test_blanks_have_no_ink() -> None:
    assert text_path("   ", "sans", 2.0) == Path(())
    assert text_width("   ", "sans", 2.0) == 0.0


def test_islands_unite_what_overlaps_and_keep_what_does_not() -> None:
    assert area(islands([square(0, 0, 2), square(1, 1, 2)])) == pytest.approx(7.0)
    assert area(islands([square(0, 0, 2), square(5, 0, 1, -1)])) == pytest.approx(5.0)
    nested = islands([square(0, 0, 6), square(1, 1, 4), square(2, 2, 2)])
    assert area(nested) == pytest.approx(36 - 16 + 4)
    assert area(islands([square(0, 0, 2), square(1, 1, 2, -1)])) == pytest.approx(3.0)


def test_offsets_of_free_paths_follow_steiner() -> None:
    path = Path((square(-1, -1, 2),))
    assert area(grown_path(path, 1.0)) == pytest.approx(4 + 8 + math.pi, rel=2e-3)
    assert area(grown_path(path, -0.5)) == pytest.approx(1.0)
    assert grown_path(path, -1.5) == Path(())
    assert area(united([path, Path((square(0, 0, 2),))])) == pytest.approx(7.0)

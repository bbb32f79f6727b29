"""The gem map: every stone once, where it sits, with carats that two ways of reckoning bear out."""

from __future__ import annotations

import csv
import io
import math
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from shapely.geometry import Polygon, box

from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.paper.stone_labels import due, width
from jewelgen.paper.stone_map import ids_words, stone_map
from jewelgen.paper.stone_panels import panels
from jewelgen.paper.stones import seated, stones_csv, types
from jewelgen.piece.piece import Piece

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pieces(designs: tuple[Path, ...]) -> dict[str, Piece]:
    """Each design as composed; what the rules say of it is asked elsewhere."""
    return {path.stem: compose(resolve(load(path))) for path in designs}


@pytest.fixture(scope="module")
def maps(pieces: dict[str, Piece], built: Callable[[str], Path]) -> dict[str, tuple[Piece, str]]:
    """Each design that holds stones, with its map as it was written."""
    return {
        name: (piece, (built(name) / "stones.svg").read_text("utf-8"))
        for name, piece in pieces.items()
        if piece.stones
    }


@pytest.fixture(scope="module")
def pave(pieces: dict[str, Piece]) -> Piece:
    return pieces["07_pave_band"]


@pytest.fixture(scope="module")
def solitaire(pieces: dict[str, Piece]) -> Piece:
    return pieces["03_cathedral_six_prong"]


def rows_of(piece: Piece) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stones_csv(piece))))


def test_every_stone_is_a_row_of_its_own(pieces: dict[str, Piece]) -> None:
    for piece in pieces.values():
        rows = rows_of(piece)
        assert len(rows) == sum(stone.array.n for stone in piece.stones)
        assert len({row["id"] for row in rows}) == len(rows)
        places = {(row["x_mm"], row["y_mm"], row["z_mm"]) for row in rows}
        assert len(places) == len(rows)


def test_stones_of_a_band_stand_on_their_circle_and_face_outward(pave: Piece) -> None:
    for row in rows_of(pave):
        x, z = float(row["x_mm"]), float(row["z_mm"])
        clock = math.radians(float(row["clock_deg"]))
        reach = math.hypot(x, z)
        assert (x / reach, z / reach) == pytest.approx((math.sin(clock), math.cos(clock)), abs=2e-4)
        assert float(row["faces_x"]) == pytest.approx(x / reach, abs=2e-4)
        assert float(row["faces_z"]) == pytest.approx(z / reach, abs=2e-4)


def test_carats_by_formula_and_by_volume_agree_for_a_well_cut_round(solitaire: Piece) -> None:
    (one,) = types(solitaire)
    assert one.carats_formula == pytest.approx(1.0, abs=1e-6)
    assert one.carats_exact == pytest.approx(one.carats_formula, rel=0.02)


def test_equal_stones_are_one_type_and_other_species_another(pave: Piece) -> None:
    (only,) = types(pave)
    assert (only.letter, only.n) == ("A", 176)
    mixed = (*pave.stones[:3], replace(pave.stones[3], species="ruby"))
    two = types(replace(pave, stones=mixed))
    assert [(t.letter, t.n) for t in two] == [("A", 132), ("B", 44)]


def test_the_map_shows_each_stone_rolled_out_and_those_that_face_the_eye(
    maps: dict[str, tuple[Piece, str]],
) -> None:
    pave, drawn = maps["07_pave_band"]
    groups = ET.fromstring(drawn).iter(f"{SVG}g")  # noqa: S314  our own text
    seen = Counter(group.attrib["id"].split("-")[0] for group in groups)
    facing = sum(item.frame.z[2] > 0.35 for item in seated(pave))
    assert seen["rolled"] == 176
    assert seen["top"] == facing
    assert seen["side"] == sum(item.frame.z[0] > 0.35 for item in seated(pave))


def test_a_stone_is_drawn_at_the_stated_enlargement(maps: dict[str, tuple[Piece, str]]) -> None:
    piece, text = maps["03_cathedral_six_prong"]
    drawn = ET.fromstring(text)  # noqa: S314  our own text
    scale = next(
        float(t.text.split(", ")[1].split(" ")[0])
        for t in drawn.iter(f"{SVG}text")
        if t.text and t.text.startswith("top")
    )
    group = next(g for g in drawn.iter(f"{SVG}g") if g.attrib["id"] == "top-S1")
    hull = next(group.iter(f"{SVG}polygon")).attrib["points"].split()
    across = [float(point.split(",")[0]) for point in hull]
    assert (max(across) - min(across)) / scale == pytest.approx(
        piece.stones[0].width, abs=0.02 * piece.stones[0].width
    )


def ids_of(drawn: str) -> list[tuple[str, float, float, float]]:
    """Text, middle and size of every id that is printed."""
    return [
        (t.text or "", *(float(t.attrib[key]) for key in ("x", "y", "font-size")))
        for t in ET.fromstring(drawn).iter(f"{SVG}text")  # noqa: S314  our own text
        if t.attrib.get("class") == "id"
    ]


def test_every_stone_is_found_by_its_printed_id(maps: dict[str, tuple[Piece, str]]) -> None:
    assert len(maps) > 8
    for piece, drawn in maps.values():
        words = Counter(word for word, *_ in ids_of(drawn))
        for item in seated(piece):
            row, _, number = item.id.partition(".")
            assert words[item.id] or (words[number] and words[row]) or not due(item), item.id


def test_printed_ids_stand_clear_of_each_other_and_on_the_sheet(
    maps: dict[str, tuple[Piece, str]],
) -> None:
    for name, (_, drawn) in maps.items():
        boxes: list[Polygon] = []
        for word, x, y, tall in ids_of(drawn):
            assert tall >= 1.4
            half = width(word, tall) / 2
            assert 0 < x - half < x + half < 202
            boxes.append(box(x - half, y - 0.73 * tall, x + half, y))
        for i, one in enumerate(boxes):
            assert not any(one.intersects(other) for other in boxes[i + 1 :]), name


def test_prongs_and_beads_lie_over_the_stones(maps: dict[str, tuple[Piece, str]]) -> None:
    piece, _ = maps["04_split_halo"]
    top = next(panel for panel in panels(piece, seated(piece)) if panel.name == "top")
    centre = next(row for row in top.stones if row.item.id == "S1")
    hidden = Polygon(centre.loop).difference(centre.open.buffer(0.03))
    assert sum(part.area > 0.1 for part in getattr(hidden, "geoms", [hidden])) == 4
    halo = [row for row in top.stones if row.item.id != "S1"]
    assert all(row.open.area < 0.995 * Polygon(row.loop).area for row in halo)


def test_a_bezel_covers_the_edge_of_its_stone_alone(maps: dict[str, tuple[Piece, str]]) -> None:
    piece, _ = maps["09_bezel_cab_ring"]
    top = next(panel for panel in panels(piece, seated(piece)) if panel.name == "top")
    share = top.stones[0].open.area / Polygon(top.stones[0].loop).area
    assert 0.6 < share < 0.95


def test_the_table_names_the_ids_of_each_type(maps: dict[str, tuple[Piece, str]]) -> None:
    pave, drawn = maps["07_pave_band"]
    ranges = "S1.1 to S1.44; S2.1 to S2.44; S3.1 to S3.44; S4.1 to S4.44"
    assert ids_words(seated(pave)) == ranges
    assert ranges in drawn


def test_a_piece_without_stones_has_no_map(pieces: dict[str, Piece]) -> None:
    assert stone_map(pieces["01_court_band"]) == ""

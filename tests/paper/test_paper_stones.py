"""The gem map: every stone once, where it sits, with carats that two ways of reckoning bear out."""

from __future__ import annotations

import csv
import io
import math
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from jewelgen.design.reader import load
from jewelgen.paper.stone_map import stone_map
from jewelgen.paper.stones import seated, stones_csv, types
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare

SVG = "{http://www.w3.org/2000/svg}"


def piece_of(path: Path) -> Piece:
    return prepare(load(path), None, Options()).piece


@pytest.fixture(scope="module")
def pave(root: Path) -> Piece:
    return piece_of(root / "designs" / "07_pave_band.toml")


def rows_of(piece: Piece) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(stones_csv(piece))))


def test_every_stone_is_a_row_of_its_own(designs: tuple[Path, ...]) -> None:
    for path in designs:
        piece = piece_of(path)
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


def test_carats_by_formula_and_by_volume_agree_for_a_well_cut_round(root: Path) -> None:
    (one,) = types(piece_of(root / "designs" / "03_cathedral_six_prong.toml"))
    assert one.carats_formula == pytest.approx(1.0, abs=1e-6)
    assert one.carats_exact == pytest.approx(one.carats_formula, rel=0.02)


def test_equal_stones_are_one_type_and_other_species_another(pave: Piece) -> None:
    (only,) = types(pave)
    assert (only.letter, only.n) == ("A", 176)
    mixed = (*pave.stones[:3], replace(pave.stones[3], species="ruby"))
    two = types(replace(pave, stones=mixed))
    assert [(t.letter, t.n) for t in two] == [("A", 132), ("B", 44)]


def test_the_map_shows_each_stone_rolled_out_and_those_that_face_the_eye(pave: Piece) -> None:
    groups = ET.fromstring(stone_map(pave)).iter(f"{SVG}g")  # noqa: S314  our own text
    seen = Counter(group.attrib["id"].split("-")[0] for group in groups)
    facing = sum(item.frame.z[2] > 0.35 for item in seated(pave))
    assert seen["rolled"] == 176
    assert seen["top"] == facing
    assert seen["side"] == sum(item.frame.z[0] > 0.35 for item in seated(pave))


def test_a_stone_is_drawn_at_the_stated_enlargement(root: Path) -> None:
    piece = piece_of(root / "designs" / "03_cathedral_six_prong.toml")
    drawn = ET.fromstring(stone_map(piece))  # noqa: S314  our own text
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


def test_a_piece_without_stones_has_no_map(root: Path) -> None:
    assert stone_map(piece_of(root / "designs" / "01_court_band.toml")) == ""

"""Marking strips: wrapped round the band, every hole lies over its stone."""

from __future__ import annotations

import math
from pathlib import Path

import ezdxf
import numpy as np
import pytest

from jewelgen.bench.plan import Plan, plan
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.paper.templates import templates
from jewelgen.piece.piece import Piece


def both(root: Path, name: str) -> tuple[Piece, Plan]:
    piece = compose(resolve(load(root / "designs" / f"{name}.toml"), made="handmade"))
    return piece, plan(piece)


@pytest.mark.parametrize(
    ("name", "across"),
    [("07_pave_band", 4), ("08_channel_half_eternity", 1), ("06_eternity_shared_prong", 1)],
)
def test_wrapped_round_the_band_every_spot_lies_over_its_stone(
    root: Path, name: str, across: int
) -> None:
    piece, made = both(root, name)
    (strip,) = made.strips
    rows = {row.id: row for row in made.settings}
    stones = {stone.name: stone for stone in piece.stones}
    radius = strip.long / (2 * math.pi)
    assert len(strip.spots) == sum(row.n for row in made.settings)
    assert len({round(spot.across, 6) for spot in strip.spots}) == across
    for spot in strip.spots:
        stone = stones[rows[spot.stone].stone]
        x, y, z = stone.at.then(stone.array.frames()[spot.number - 1]).origin
        turn = spot.along / radius - math.pi
        away = math.hypot(x, z)
        assert radius > away > piece.bore / 2
        assert (math.sin(turn) * away, math.cos(turn) * away) == pytest.approx((x, z), abs=1e-9)
        assert spot.across - strip.tall / 2 == pytest.approx(y, abs=1e-9)
        assert 0.0 <= spot.along < strip.long and 0.0 < spot.across < strip.tall


def test_holes_of_the_template_are_those_of_the_setting_table(root: Path, tmp_path: Path) -> None:
    _, made = both(root, "07_pave_band")
    (strip,) = made.strips
    (drill,) = {f.value for row in made.settings for f in row.figures if f.name == "drill"}
    file = tmp_path / "templates.dxf"
    file.write_text(templates(made).dxf)
    rings = [np.array(e.get_points("xy")) for e in ezdxf.readfile(file).modelspace().query("LWPOLYLINE[layer=='drill']")]  # type: ignore[attr-defined]  # fmt: skip
    holes = [ring for ring in rings if np.ptp(ring[:, 0]) < 2.0]
    assert len(holes) == len(strip.spots) == 176
    for ring in holes:
        assert np.ptp(ring, axis=0) == pytest.approx((drill, drill), abs=0.01)
    middles = np.array([ring.mean(axis=0) for ring in holes])
    drawn = np.array([(spot.along, spot.across) for spot in strip.spots])
    assert np.abs((middles - middles[0]) - (drawn - drawn[0])).max() < 0.005


def test_bands_without_stones_have_no_strip(root: Path) -> None:
    assert both(root, "09_bezel_cab_ring")[1].strips == ()

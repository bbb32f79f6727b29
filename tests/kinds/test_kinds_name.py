"""Names as bodies: one plate, what is refused where, strokes that do not cast."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import shapely

from jewelgen.cast.chain import Allowance
from jewelgen.cast.master import master_piece
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError, Finding
from jewelgen.flat.outline import area, extents
from jewelgen.flat.region import region
from jewelgen.flat.text import text_width
from jewelgen.piece.form import Plate
from jewelgen.piece.piece import Piece
from jewelgen.piece.volume import volume
from jewelgen.rules.registry import check

PENDANT = {"name": "x", "piece": "pendant", "made": "cast", "alloy": "gold_14k_yellow"}


def named(text: str, **body: Any) -> Piece:
    return compose(brief_from({**PENDANT, "body": {"kind": "name", "text": text, **body}}))


def refused(text: str, **body: Any) -> Finding:
    with pytest.raises(DesignError) as raised:
        named(text, **body)
    (finding,) = raised.value.findings
    return finding


def test_a_name_is_one_plate_of_its_outline() -> None:
    (part,) = named("Ida", thick=1.5).parts
    assert volume(part.form) == pytest.approx(1.5 * area(part.form.outline), rel=1e-3)


@pytest.mark.parametrize(
    ("text", "more", "code", "key"),
    [
        ("Anna Lena", {}, "JG271", "text"),
        ("愛", {}, "JG240", "text"),
        ("Ida", {"font": "vibes"}, "JG241", "font"),
        ("M" * 24, {}, "JG273", "tall"),
    ],
)
def test_what_is_wrong_is_said_at_its_key(text: str, more: Any, code: str, key: str) -> None:
    finding = refused(text, **more)
    assert (finding.code, finding.where.key) == (code, f"body.{key}")


@pytest.mark.parametrize(("text", "font"), [("Sophia", "cinzel"), ("Genevieve", "great-vibes")])
def test_notches_of_a_name_stay_open_in_its_master(text: str, font: str) -> None:
    """What finishing takes is on both sides of a notch: it still lets a ball of 0.4 mm in (opening_min)."""
    outline = master_piece(named(text, font=font), Allowance(0.1, 0.1, 0.1)).parts[0].form.outline
    metal = shapely.Polygon(region(outline).exterior)
    shut = metal.buffer(0.2, quad_segs=16).buffer(-0.2, quad_segs=16)
    assert shut.difference(metal).buffer(-0.015).area < 1e-3
    by_hand = named(text, font=font, opening=0.42).parts[0].form.outline
    assert area(by_hand) < area(named(text, font=font).parts[0].form.outline)


def test_an_edge_of_many_curves_stays_one_of_about_as_many() -> None:
    finished = named("Genevieve").parts[0].form.outline
    cast = master_piece(named("Genevieve"), Allowance(0.1, 0.1, 0.1)).parts[0].form.outline
    count = len(finished.loops[0])
    assert count > 100
    assert len(cast.loops[0]) == pytest.approx(count, rel=0.15)
    grown = region(cast).area - region(finished).area
    assert grown == pytest.approx(0.1 * region(finished).exterior.length, rel=0.05)


def test_fixes_mend() -> None:
    hyphen = refused("Al Bo").fix
    assert hyphen is not None
    assert (hyphen.key, hyphen.value) == ("body.text", '"Al-Bo"')
    smaller = refused("WWWWWWWW", tall=20).fix
    assert smaller is not None
    assert named("WWWWWWWW", tall=float(smaller.value)).parts


def test_hairlines_that_do_not_cast_are_found_and_the_fix_casts() -> None:
    def thin(**body: Any) -> list[Finding]:
        return [f for f in check(named("Lia", **body)) if f.code == "JG272"]

    (finding,) = thin(stroke=0)
    assert finding.fix is not None
    assert finding.fix.key == "body.stroke"
    assert not thin(stroke=float(finding.fix.value))
    assert not thin()


@pytest.mark.parametrize("font", ["great-vibes", "cinzel"])
@pytest.mark.parametrize("text", ["Bartholomew", "Alexandrina", "Wilhelmina", "MMMMMMMMMMMM"])
def test_long_names_shrink_to_what_lies_on_a_neck(font: str, text: str) -> None:
    form = named(text, font=font, tall=9, fit="shrink").part("body").form
    assert isinstance(form, Plate)
    assert extents(form.outline)[1] <= 90.0
    if text_width(text, font, 9) > 90:
        finding = refused(text, font=font, tall=9)
        assert finding.code == "JG273"
        assert float(re.findall(r"[0-9.]+", finding.message)[0]) > 90.0


@pytest.mark.parametrize("font", ["great-vibes", "cinzel", "sans"])
def test_a_dot_stands_clear_of_its_stem_on_a_slimmer_post(font: str) -> None:
    """Up through the middle of the dot: a wide dot, a narrow post, then the stem."""
    form = named("i", font=font, tall=9, stroke=0.6, dots=0.8).part("body").form
    assert isinstance(form, Plate)
    shape = region(form.outline)  # type: ignore[arg-type]
    x0, y0, x1, y1 = shape.bounds
    levels = np.linspace(y0 + 0.01, y1 - 0.01, 300)
    widths = np.array([
        shape.intersection(shapely.LineString(((x0 - 1, y), (x1 + 1, y)))).length for y in levels
    ])  # fmt: skip
    top = levels > y1 - 1.2
    neck = (levels > y1 - 2.6) & (levels < y1 - 0.6)
    assert widths[top].max() >= 1.15
    assert widths[neck].min() < 0.7 * widths[top].max()

"""Artwork from a drawing as a mark: its size, where it may lie, what it takes from metal or adds to it."""

from __future__ import annotations

from typing import Any

import pytest

from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError, Finding
from jewelgen.flat.drawing import Drawing, Source, drawing
from jewelgen.flat.outline import area, extents
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Piece
from jewelgen.piece.volume import volume
from jewelgen.rules.registry import check
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

DISC = {"kind": "disc", "size": 20, "hole": 0, "thick": 1.2}


def svg(inside: str) -> Drawing:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
    return drawing(Source("crest.svg", f"{head}{inside}</svg>"))


FRAME = svg('<path d="M10 10 H50 V90 H10 Z M20 20 V80 H40 V20 Z"/><rect x="70" y="10" width="10" height="80"/>')  # fmt: skip


def pendant(file: object, **keys: Any) -> Piece:
    tree = {"format": 1, "name": "A", "piece": "pendant", "made": "cast", "alloy": "sterling"}
    art = {"kind": "art", "on": "body.front", "file": file, **keys}
    return compose(brief_from({**tree, "body": DISC, "engraving": art}, "a"))


def form_of(piece: Piece) -> Glyphs:
    (mark,) = piece.marks
    assert isinstance(mark.form, Glyphs)
    return mark.form


def refused(file: object, **keys: Any) -> Finding:
    with pytest.raises(DesignError) as raised:
        pendant(file, **keys)
    (finding,) = raised.value.findings
    return finding


def test_artwork_is_as_tall_as_asked_with_its_holes_and_islands() -> None:
    """80 units become 8 mm: a frame of 40 x 80 less 20 x 60, and a bar of 10 x 80 beside it."""
    form = form_of(pendant(FRAME, tall=8))
    assert extents(form.path) == pytest.approx((8.0, 7.0))
    assert area(form.path) == pytest.approx(32 - 12 + 8)
    assert form.text == "crest"


def test_what_it_takes_is_its_area_times_its_depth() -> None:
    (group,) = metal(pendant(FRAME, tall=8, deep=0.3))
    assert group.cuts == pytest.approx(28 * 0.3, rel=1e-6)


def test_raised_artwork_is_metal_and_the_kernel_agrees() -> None:
    piece = pendant(FRAME, tall=8, deep=0.4, how="raise")
    plate = volume(piece.parts[0].form)
    assert metal(piece)[0].finished == pytest.approx(plate + 28 * 0.4, rel=1e-3)
    (body,) = realize(piece, quality=Quality.PREVIEW).bodies
    assert body.volume_mm3 == pytest.approx(plate + 28 * 0.4, rel=1e-4)
    assert body.solids == 1


def test_artwork_too_large_is_refused_and_its_fix_goes() -> None:
    finding = refused("heart", tall=40)
    assert (finding.code, finding.where.key) == ("JG243", "engraving.tall")
    assert finding.fix is not None
    fitted = pendant("heart", tall=float(finding.fix.value))
    assert not [f for f in check(fitted) if f.code == "JG216"]
    assert form_of(pendant("heart", tall=40, fit="shrink")).tall < float(finding.fix.value)


def test_insides_that_fall_out_and_open_ends_are_refused() -> None:
    assert refused(FRAME, how="pierce").code == "JG246"
    assert pendant("heart", how="pierce").marks
    open_ = svg('<path d="M10 10 H50 V90 H10 V20"/>')
    assert refused(open_, tall=8).code == "JG226"


def test_a_block_that_names_no_kind_is_still_text() -> None:
    tree = {"format": 1, "name": "A", "piece": "pendant", "made": "cast", "alloy": "sterling"}
    words = {"on": "body.front", "text": "Ab"}
    assert form_of(compose(brief_from({**tree, "body": DISC, "engraving": words}, "a"))).text == "Ab"  # fmt: skip


def by_hand(**keys: Any) -> Piece:
    tree = {"format": 1, "name": "A", "piece": "pendant", "made": "handmade", "alloy": "sterling"}
    art = {"kind": "art", "on": "body.front", "file": "heart", "tall": 6, **keys}
    link = {"kind": "jump-ring", "wire": 1.0, "id": 4}
    body = {**DISC, "hole": 1.6}
    return compose(brief_from({**tree, "body": body, "link": link, "engraving": art}, "a"))


def test_by_hand_raised_artwork_is_sheet_sweated_on_before_the_last_heat() -> None:
    piece = by_hand(how="raise", deep=0.6)
    made, plain = plan(piece), plan(by_hand(how="engrave", deep=0.05))
    keys = [step.key for step in made.steps]
    assert keys.index("form:body") < keys.index("overlay:engraving") < keys.index("last_heat")
    rows = {row.part: row for row in made.weights.parts}
    sheet = area(form_of(piece).path) * 0.6 * 10.36e-3
    assert f"({sheet:.2f} g)" in made.steps[keys.index("overlay:engraving")].text
    bare = {row.part: row for row in plain.weights.parts}
    assert rows["body"].issued_g == pytest.approx(
        bare["body"].issued_g + made.cut_list[-1].issued_g
    )
    assert rows["body"].finished_g == pytest.approx(
        volume(piece.parts[0].form) * 10.36e-3 + sheet, rel=2e-3
    )


def test_by_hand_pierced_artwork_is_sawn_in_the_flat() -> None:
    made = plan(by_hand(how="pierce"))
    keys = [step.key for step in made.steps]
    assert keys.index("pierce:engraving") < keys.index("form:body")
    assert not any(key.startswith("engrave:") for key in keys)


def test_a_casting_brings_its_artwork_along() -> None:
    keys = {step.key.partition(":")[0] for step in plan(pendant("heart", how="raise", deep=0.4)).steps}  # fmt: skip
    assert not {"overlay", "pierce"} & keys

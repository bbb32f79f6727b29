"""Discs, jump rings, tapered bails, marks and chains: from doll to giant, places, refusals."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.flat.outline import Oval
from jewelgen.piece.bodies import to_local
from jewelgen.piece.form import Plate
from jewelgen.piece.frame import Frame, cross
from jewelgen.piece.inside import inside
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.metal import lines
from jewelgen.piece.piece import Piece
from jewelgen.piece.volume import volume

DISC: dict[str, Any] = {"kind": "disc", "size": 25.4, "thick": "18 ga", "hole": 1.6}
RING = {"kind": "jump-ring", "wire": "16 ga", "id": 4.0}
BEZEL = {"kind": "bezel", "stone": "oval cab labradorite 18x13x5", "floor": "22 ga"}
BAIL = {"kind": "tapered"}
DOLL = {"kind": "disc", "size": 6, "thick": 0.4, "hole": 0.8, "rim": 0.6}
GIANT = {"kind": "disc", "size": 80, "thick": 5, "hole": 6, "rim": 4}


def pendant(**blocks: dict[str, Any]) -> Piece:
    tree = {"name": "p", "piece": "pendant", "made": "handmade", "alloy": "sterling"}
    return compose(brief_from({**tree, **blocks}))


def band(**blocks: dict[str, Any]) -> Piece:
    tree = {"name": "r", "piece": "ring", "made": "cast", "alloy": "sterling", "size": "US 9"}
    shank = {"kind": "flat", "width": 5.0, "thick": 1.8}
    return compose(brief_from({**tree, "shank": shank, **blocks}))


def refused(make: Any, **blocks: dict[str, Any]) -> Any:
    with pytest.raises(DesignError) as error:
        make(**blocks)
    assert len(error.value.findings) == 1
    return error.value.findings[0]


def within(piece: Piece, part: str, *points: tuple[float, float, float]) -> list[bool]:
    item = piece.part(part)
    return list(inside(item.form, to_local(item.at, np.array(points))))


@pytest.mark.parametrize("body", [DOLL, DISC, GIANT])
def test_a_disc_weighs_what_its_circle_and_hole_say(body: dict[str, Any]) -> None:
    part = pendant(body=body).part("body")
    thick = 1.0237 if body is DISC else body["thick"]
    expected = math.pi / 4 * (body["size"] ** 2 - body["hole"] ** 2) * thick
    assert volume(part.form) == pytest.approx(expected, rel=1e-4)


def test_the_hole_stands_its_rim_from_the_edge() -> None:
    ((x, y, outline),) = pendant(body=DISC).part("body").form.holes
    assert x == 0.0
    assert 25.4 / 2 - (y + outline.w / 2) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("body", "ring"),
    [
        (DISC, RING),
        (DOLL, {"kind": "jump-ring", "wire": 0.4, "id": 1.5}),
        (GIANT, {"kind": "jump-ring", "wire": 3, "id": 12}),
    ],
)
def test_the_ring_goes_through_the_hole_and_round_the_rim(body: Any, ring: Any) -> None:
    piece = pendant(body=body, link=ring)
    part, plate = piece.part("link"), piece.part("body").form
    ((_, y, hole),) = plate.holes
    wire, r = part.form.stations[0][1].d, part.form.bore / 2
    middle = part.at.origin
    low = middle[1] - r - wire / 2
    # The wire's lowest point lies in the hole, the rim's middle in the ring's bore.
    assert abs(low - y) + wire / 2 < hole.w / 2
    assert within(piece, "link", (0.0, low, plate.t / 2)) == [True]
    rim = y + hole.w / 2 + body.get("rim", 1.5) / 2
    assert math.hypot(rim - middle[1], 0.0) < r
    assert not [line for line in lines(piece) if line.what == "shared" and line.mm3 > 1e-6]
    # Its axis lies across the pendant, along x, as the chain runs.
    assert part.at.y == pytest.approx((1.0, 0.0, 0.0))


def test_soldered_rings_have_a_seam_and_closed_ones_none() -> None:
    def fits(**more: str) -> list[str]:
        return [joint.fit.word for joint in pendant(body=DISC, link={**RING, **more}).joints]

    assert fits() == ["through", "seam"]
    assert fits(ends="closed") == ["through"]


@pytest.mark.parametrize(("key", "value"), [("wire", 2.0), ("id", 1.5)])
def test_a_ring_that_does_not_go_is_refused_and_the_fix_goes(key: str, value: float) -> None:
    finding = refused(pendant, body=DISC, link={**RING, key: value})
    assert (finding.code, finding.fix.key) == ("JG249", f"link.{key}")
    assert pendant(body=DISC, link={**RING, key: float(finding.fix.value)}).part("link")


@pytest.mark.parametrize("body", [BEZEL, {**DISC, "hole": 0}])
def test_the_bail_touches_only_the_back_and_opens_as_asked(body: Any) -> None:
    piece = pendant(body=body, bail={**BAIL, "opens": 5.0, "thick": 0.8})
    shared = [line.mm3 for line in lines(piece) if line.what == "shared"]
    assert sum(shared) == pytest.approx(0.0, abs=0.02)
    part = piece.part("bail")
    host = piece.part(next(j.b for j in piece.joints if j.fit.word == "lap"))
    top = part.at.origin[1]
    back = host.at.origin[2]
    # The tongue lies against the back for three thicknesses.
    y = np.linspace(top - 2.3, top - 0.1, 12)
    assert all(within(piece, "bail", *[(0.0, float(v), back - 0.05) for v in y]))
    assert all(within(piece, host.name, *[(0.0, float(v), back + 0.05) for v in y]))
    assert not any(within(piece, "bail", *[(0.0, top - 2.5, back - 0.05)]))
    # Going up the middle of the drop there is 5 mm of air under the crown.
    middle = back + 0.03
    spots = [(0.0, float(v), middle) for v in np.linspace(top + 1.5, top + 8, 1301)]
    metal = np.array(within(piece, "bail", *spots))
    first = spots[int(np.argmax(metal))][1]
    assert first - (top + 0.46) == pytest.approx(5.0, abs=0.02)


def test_the_bail_is_widest_at_the_crown() -> None:
    stations = pendant(body=BEZEL, bail=BAIL).part("bail").form.stations
    widths = [section.h for _, section in stations]
    assert max(widths) == widths[len(widths) // 2] == 5.0
    assert widths[0] == widths[-1] == 2.6
    assert widths == widths[::-1]


def test_a_foot_wider_than_the_crown_is_refused() -> None:
    finding = refused(pendant, body=BEZEL, bail={**BAIL, "wide": 3, "foot": 4})
    assert (finding.code, finding.where.key) == ("JG250", "bail.foot")


@pytest.mark.parametrize("k", [0.5, 2.0])
def test_a_bail_scaled_by_k_has_k_cubed_of_metal(k: float) -> None:
    # The slits that solder fills stay as they are: compare the strip's section times its length.
    def strip(scale: float) -> float:
        sizes = {"wide": 5 * scale, "foot": 2.6 * scale, "thick": 1 * scale, "opens": 6 * scale}
        return volume(pendant(body=GIANT, bail={**BAIL, **sizes}).part("bail").form)

    assert strip(k) == pytest.approx(k**3 * strip(1.0), rel=0.06)


def frame_of(piece: Piece) -> tuple[Frame, Glyphs]:
    (mark,) = piece.marks
    assert isinstance(mark.form, Glyphs)
    return mark.at, mark.form


def test_letters_in_a_band_are_read_from_within() -> None:
    frame, form = frame_of(band(engraving={"on": "shank.inside", "text": "Always", "at": "90 deg"}))
    bore = 18.95
    assert form.bend == pytest.approx(-bore / 2, abs=0.02)
    assert frame.origin == pytest.approx((bore / 2, 0.0, 0.0), abs=0.02)
    assert frame.z == pytest.approx((-1.0, 0.0, 0.0))
    assert frame.y == pytest.approx((0.0, 1.0, 0.0))
    # Seen from the middle of the finger, looking against z with y up, x runs to the right.
    look = tuple(-v for v in frame.z)
    assert cross(look, frame.y) == pytest.approx(frame.x)


@pytest.mark.parametrize(("face", "out"), [("body.front", 1.0), ("body.back", -1.0)])
def test_letters_on_a_face_are_upright_and_not_mirrored(face: str, out: float) -> None:
    frame, form = frame_of(pendant(body=DISC, engraving={"on": face, "text": "ROVER", "tall": 4}))
    assert (frame.y, frame.z) == ((0.0, 1.0, 0.0), (0.0, 0.0, out))
    assert frame.x == pytest.approx((out, 0.0, 0.0))
    assert form.bend == 0.0
    assert frame.origin[2] == pytest.approx(1.0237 if out > 0 else 0.0, abs=1e-4)


@pytest.mark.parametrize("text", ["WWWWWWWWWWWW", "I" * 40])
def test_a_text_too_long_is_refused_and_its_fix_goes(text: str) -> None:
    words = {"on": "body.front", "text": text, "tall": 6}
    finding = refused(pendant, body=DISC, engraving=words)
    assert (finding.code, finding.where.key) == ("JG243", "engraving.tall")
    assert pendant(body=DISC, engraving={**words, "tall": float(finding.fix.value)}).marks


def test_a_band_takes_letters_for_nearly_a_turn() -> None:
    def words(n: int) -> dict[str, Any]:
        return {"on": "shank.inside", "text": "M" * n, "tall": 1.6}

    assert band(engraving=words(20)).marks
    assert refused(band, engraving=words(40)).code == "JG243"
    assert refused(band, engraving={**words(3), "tall": 5}).code == "JG243"


def test_letters_leave_metal_under_them() -> None:
    words = {"on": "body.front", "text": "A", "tall": 4, "deep": 0.9}
    finding = refused(pendant, body=DISC, engraving=words)
    assert (finding.code, finding.fix.value) == ("JG245", "0.72")
    assert pendant(body=DISC, engraving={**words, "deep": 0.72}).marks


def test_pierced_letters_keep_no_loose_insides() -> None:
    words = {"on": "body.front", "tall": 4, "how": "pierce"}
    assert refused(pendant, body=DISC, engraving={**words, "text": "ROVER"}).code == "JG246"
    _, form = frame_of(pendant(body=DISC, engraving={**words, "text": "LUX"}))
    assert form.deep > 1.0237


def test_blanks_and_edges_are_refused() -> None:
    assert refused(pendant, body=DISC, engraving={"on": "body.front", "text": "  "}).code == "JG244"
    assert (
        refused(pendant, body=DISC, engraving={"on": "body.front.edge", "text": "a"}).code
        == "JG247"
    )


def test_a_hallmark_is_struck_small_by_default() -> None:
    frame, form = frame_of(band(hallmark={"stamp": "925"}))
    assert (form.how, form.text, form.tall, form.deep) == ("stamp", "925", 1.0, 0.15)
    assert frame.z == pytest.approx((0.0, 0.0, 1.0))  # at the back of the band, out of the metal


def test_a_hallmark_may_be_turned_away_from_the_back() -> None:
    for at, z in (("0 deg", (0.0, 0.0, -1.0)), ("90 deg", (-1.0, 0.0, 0.0))):
        assert frame_of(band(hallmark={"stamp": "925", "at": at}))[0].z == pytest.approx(z)


def test_punches_strike_castings_unless_asked_otherwise() -> None:
    def when(mark: dict[str, str], **more: str) -> str:
        return band(hallmark={"stamp": "925", **mark}, **more).marks[0].when

    assert when({}) == "after casting"
    assert when({"when": "cast"}) == "cast"
    assert when({"how": "engrave"}) == "cast"
    assert when({}, made="handmade") == "cast"


def test_letters_wait_until_after_casting_when_asked() -> None:
    words = {"on": "shank.inside", "text": "Lumi", "when": "after casting"}
    assert band(engraving=words).marks[0].when == "after casting"


def test_a_chain_is_an_item_and_none_is_nothing() -> None:
    assert [x.text for x in pendant(body=DISC, chain={"buy": "cable 1.4 mm, 45 cm"}).items] == [
        "cable 1.4 mm, 45 cm"
    ]
    assert pendant(body=DISC, chain={"buy": "none"}).items == ()


def test_a_hole_past_the_middle_is_refused() -> None:
    finding = refused(pendant, body={"kind": "disc", "size": 10, "hole": 4, "rim": 3})
    assert finding.code == "JG248"


def test_letters_shrink_only_when_asked_and_only_as_needed() -> None:
    words = {"on": "body.front", "text": "WWWWWWWW", "tall": 4, "fit": "shrink"}
    _, wide = frame_of(pendant(body={**DISC, "size": 19}, engraving=words))
    assert 1.5 <= wide.tall <= 1.7
    _, short = frame_of(pendant(body={**DISC, "size": 19}, engraving={**words, "text": "Bo"}))
    assert short.tall == 4
    finding = refused(pendant, body=DOLL, engraving={**words, "text": "W" * 40})
    assert (finding.code, finding.fix) == ("JG243", None)


@pytest.mark.parametrize(
    "kind", [{"kind": "disc", "size": 20}, {"kind": "bar"}], ids=["disc", "bar"]
)
def test_a_body_that_hangs_from_a_bail_is_not_drilled_for_a_ring(kind: dict[str, Any]) -> None:
    holes = {
        "ring": pendant(body=kind, link=RING),
        "bail": pendant(body=kind, bail={"kind": "loop"}),
        "named": pendant(body=kind, bail={"kind": "loop", "on": "body.top"}),
        "both": pendant(body=kind, bail={"kind": "loop"}, link=RING),
        "asked": pendant(body={**kind, "hole": 2.0}, bail={"kind": "loop"}),
    }
    found = {}
    for word, piece in holes.items():
        form = piece.part("body").form
        assert isinstance(form, Plate)
        found[word] = [outline.w for _, _, outline in form.holes if isinstance(outline, Oval)]
    assert found == {"ring": [1.6], "bail": [], "named": [], "both": [1.6], "asked": [2.0]}


def test_a_level_bar_on_end_loops_is_not_drilled() -> None:
    form = (
        pendant(body={"kind": "bar", "tall": 6, "wide": 30}, loops={"kind": "ends"})
        .part("body")
        .form
    )
    assert isinstance(form, Plate)
    assert not any(outline == Oval(1.6, 1.6) for _, _, outline in form.holes)

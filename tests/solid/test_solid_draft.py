"""Drafts: castings as they will be worn, by mesh alone; the exact solid of the same piece agrees."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from jewelgen.flat.outline import Oval
from jewelgen.piece.cutter import Bore, Cut, Pocket
from jewelgen.piece.form import Hoop, Plate
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Sec
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

BAND = Part("shank", Hoop(17.0, ((0.0, Sec(4.0, 1.8)),)), IDENTITY, alloy="silver_925", made="cast")
TABLE = Part(
    "table", Plate(Oval(8.0, 6.0), 3.0), Frame((0.0, 0.0, 9.0)), alloy="silver_925", made="cast"
)
POCKET = Cut("seat", ("table",), Pocket(Oval(4.0, 3.0), 1.0, 1.0), Frame((0.0, 0.0, 12.0)))


def signet(**joint: float) -> Piece:
    join = Joint("shank", "table", "join", Fit("butt"), **joint)
    return Piece(
        "p", "ring", "cast", "silver_925", (BAND, TABLE), joints=(join,), cuts=(POCKET,), bore=17.0
    )


def test_a_draft_weighs_what_the_exact_solid_does_and_looks_the_same() -> None:
    piece = signet()
    (exact,), (draft,) = (
        realize(piece, quality=Quality.PREVIEW, drafts=drafts).bodies for drafts in (False, True)
    )
    assert draft.shape is None
    assert draft.proof.brep is None
    assert exact.proof.brep == exact.volume_mm3
    assert draft.volume_mm3 == draft.proof.fine_mesh + draft.proof.chords
    assert draft.volume_mm3 == pytest.approx(exact.volume_mm3, rel=5e-4)
    assert draft.proof.predicted == exact.proof.predicted
    assert draft.proof.predicted == pytest.approx(draft.volume_mm3, rel=1e-3)
    assert (draft.name, draft.parts, draft.solids) == (exact.name, exact.parts, exact.solids)
    assert (draft.mesh.vertices == exact.mesh.vertices).all()


def test_what_is_sent_on_as_a_solid_or_has_fillets_or_is_one_form_is_never_a_draft() -> None:
    bench = tuple(replace(part, made="handmade") for part in (BAND, TABLE))
    one = replace(signet(), parts=(BAND,), joints=(), cuts=())
    for piece in (replace(signet(), parts=bench), signet(blend=0.2), one):
        (body,) = realize(piece, quality=Quality.PREVIEW, drafts=True).bodies
        assert body.shape is not None


def test_a_field_of_seats_is_weighed_by_its_period_as_the_whole_mesh_is() -> None:
    """Twelve bores across the band; one of twelve equal sectors tells of all."""
    from jewelgen.solid.boolean import FINE
    from jewelgen.solid.members import chord_loss, member_volume, places
    from jewelgen.solid.united import mesh_volume, union

    turns = [math.radians(30.0 * k + 7.0) for k in range(12)]
    frames = [
        Frame((9.0 * math.sin(a), 0.0, 9.0 * math.cos(a)), z=(math.sin(a), 0.0, math.cos(a)))
        for a in turns
    ]
    cuts = tuple(Cut(f"c{i}", ("shank",), Bore(0.8, 6.0), at) for i, at in enumerate(frames))
    piece = replace(signet(), parts=(BAND,), joints=(), cuts=cuts)
    members = list(places(piece, ("shank",)))
    (place,) = members
    assert len(place.recipe.steps) == 12
    found = mesh_volume(members, FINE)
    assert found == member_volume(place.recipe, FINE)
    whole = union(members, FINE).volume()
    assert found.volume == pytest.approx(whole, rel=1e-5)
    assert found.chords == pytest.approx(chord_loss(place.recipe, *FINE), rel=0.02)


def test_the_same_metal_in_another_alloy_is_not_united_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the kernel took long over is kept; the scale of another alloy's casting comes after it."""
    from jewelgen.solid import occ_boolean

    piece = signet()
    gold = replace(
        piece,
        alloy="gold_14k_yellow",
        parts=tuple(replace(part, alloy="gold_14k_yellow") for part in piece.parts),
    )
    (one,) = realize(piece, quality=Quality.PREVIEW).bodies

    def never(*_: object, **__: object) -> None:
        raise AssertionError("united again")

    monkeypatch.setattr(occ_boolean, "_operate", never)
    (other,) = realize(gold, quality=Quality.PREVIEW, scale=1.02).bodies
    assert other.alloy == "gold_14k_yellow"
    assert other.volume_mm3 == pytest.approx(one.volume_mm3 * 1.02**3, rel=1e-12)


def test_parts_that_do_not_meet_are_refused_by_the_exact_solid() -> None:
    from jewelgen.findings import GeometryError

    apart = replace(signet(), parts=(BAND, replace(TABLE, at=Frame((0.0, 0.0, 15.0)))), cuts=())
    with pytest.raises(GeometryError) as wrong:
        realize(apart, quality=Quality.PREVIEW, drafts=True)
    assert [finding.code for finding in wrong.value.findings] == ["JG311"]

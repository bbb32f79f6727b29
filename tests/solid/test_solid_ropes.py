"""Ropes with heads on them: what is soldered to a rope shares its metal with the strands once."""

from __future__ import annotations

import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import GeometryError
from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Piece
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_boolean, occ_solids, ropes
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

ROPE = {"kind": "twist", "wire": 1.2, "pitch": 9}
HEADS = (
    {"kind": "bezel", "stone": "round cab onyx 6"},
    pytest.param({"kind": "prong", "stone": "round diamond 5"}, marks=pytest.mark.wide),
)


def ring(head: dict[str, object]) -> Piece:
    heading = {
        "name": "x",
        "piece": "ring",
        "made": "handmade",
        "alloy": "sterling",
        "size": "US 3",
    }
    return compose(brief_from({**heading, "shank": ROPE, "head": head}))


@pytest.mark.parametrize("head", HEADS, ids=lambda head: str(head["kind"]))
def test_a_head_is_let_into_the_wires_of_a_rope(head: dict[str, object]) -> None:
    model = realize(ring(head), quality=Quality.PREVIEW)
    (body,) = (body for body in model.bodies if "shank" in body.parts)
    apart = sum(occ_solids.volume(member.shape) for member in body.members)
    assert body.solids == 3
    assert occ_solids.is_valid(body.shape)
    assert 0.3 < apart - body.volume_mm3 < 3.0
    assert body.volume_mm3 == pytest.approx(body.proof.predicted, rel=0.001)
    assert meshes.open_edges(body.mesh) == 0
    assert [item.code for item in model.findings] == ["JG314"]


def test_what_hovers_over_a_rope_is_refused() -> None:
    strand, ball = (occ_solids.sphere(1.0, Frame((0.0, 0.0, z))) for z in (0.0, 2.0))
    with pytest.raises(GeometryError, match="does not meet") as caught:
        ropes.let_in([strand], [ball], occ_boolean.fuse, "shank")
    assert [item.code for item in caught.value.findings] == ["JG311"]

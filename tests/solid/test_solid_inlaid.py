"""Letters set into plane faces by sewing: the same solid as booleans make, or no claim at all."""

from __future__ import annotations

import pytest

from jewelgen.flat.outline import Oval, area
from jewelgen.flat.text import text_path
from jewelgen.piece.form import Plate
from jewelgen.piece.frame import Frame
from jewelgen.piece.mark import Glyphs
from jewelgen.solid import occ_boolean, occ_solids
from jewelgen.solid.forms import form_shape
from jewelgen.solid.inlaid import inlaid, is_flat
from jewelgen.solid.tools import tool_shape

PLATE = Plate(Oval(20.0, 20.0), 1.5)
WORD = text_path("AB8", "sans", 5.0)  # islands with none, one and two holes
TOP = Frame((0.3, -0.2, 1.5))
BACK = Frame((0.0, 0.0, 0.0), z=(0.0, 0.0, -1.0))


def volume(shape: object) -> float:
    return occ_solids.volume(shape)


@pytest.mark.parametrize(("how", "sense"), [("engrave", -1), ("stamp", -1), ("raise", 1)])
@pytest.mark.parametrize("at", [TOP, BACK], ids=["top", "back"])
def test_letters_take_or_add_their_area_times_their_depth(how: str, sense: int, at: Frame) -> None:
    glyphs = Glyphs(WORD, 0.35, how)  # type: ignore[arg-type]
    body = form_shape(PLATE)
    found = inlaid(body, [(glyphs, at)])
    assert occ_solids.is_valid(found)
    assert len(occ_solids.solids_of(found)) == 1
    moved = volume(found) - volume(body)
    assert moved == pytest.approx(sense * area(WORD) * 0.35, rel=1e-9)


def test_sewing_and_booleans_make_the_same_solid() -> None:
    glyphs, body = Glyphs(WORD, 0.35, "engrave", over=0.2), form_shape(PLATE)
    low = Frame((*TOP.origin[:2], 1.4))  # the face lies 0.1 over the letters, as a master's does
    cut = occ_boolean.cut(body, [occ_solids.placed(tool_shape(glyphs), low)])
    found = inlaid(body, [(glyphs, low)])
    assert volume(found) == pytest.approx(volume(cut), rel=1e-8)
    assert volume(body) - volume(found) == pytest.approx(area(WORD) * 0.45, rel=1e-9)
    assert len(occ_solids.shell_faces(found)) == len(occ_solids.shell_faces(cut))


@pytest.mark.parametrize(
    "at",
    [Frame((8.0, 0.0, 1.5)), Frame((0.0, 0.0, 1.9)), Frame((0.0, 0.0, 1.5), z=(0.0, 0.6, 0.8))],
    ids=["over the edge", "beside the face", "aslant"],
)
def test_letters_that_no_face_holds_are_left_to_booleans(at: Frame) -> None:
    assert inlaid(form_shape(PLATE), [(Glyphs(WORD, 0.35, "engrave"), at)]) is None


def test_only_flat_letters_that_stay_in_the_metal_are_set_in() -> None:
    assert is_flat(Glyphs(WORD, 0.3, "engrave"))
    assert not is_flat(Glyphs(WORD, 0.3, "engrave", bend=9.0))
    assert not is_flat(Glyphs(WORD, 0.3, "pierce"))

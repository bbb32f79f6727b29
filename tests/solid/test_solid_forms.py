"""Every form: exact solid against closed form, its mesh against both, at a doll's and a giant's size."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from OCP.Bnd import Bnd_Box
from OCP.BRepBndLib import BRepBndLib

from jewelgen.findings import GeometryError
from jewelgen.flat.outline import Box, Oval, Path, grown
from jewelgen.flat.segments import Arc, Line
from jewelgen.piece.form import Ball, Bar, Dome, Form, Hoop, Plate, Sculpted, Tube, Twist, Wall
from jewelgen.piece.frame import Frame
from jewelgen.piece.girdles import girdle_outline
from jewelgen.piece.rail import Bez, Circ, Loop, straight
from jewelgen.piece.section import Sec, Wire
from jewelgen.piece.volume import volume
from jewelgen.solid import boolean, forms, occ_curves, occ_mesh, occ_solids
from jewelgen.solid.forms import form_shape
from jewelgen.solid.tools import source_manifold, source_mesh

CURVE = Bez(
    ((0, 0, 0), (0, 0, 2), (1, 0, 3), (2, 0, 3), (3, 0, 3), (4, 0, 4), (4, 0, 5)), (0.0, 1.0, 0.0)
)
TAPER = ((0.0, Wire(1.2)), (1.0, Wire(0.7)))
COURT = Sec(5.0, 2.0, 0.6, 0.3)
SHANK = (
    (0.0, Sec(5.0, 2.6, 0.6, 0.3)),
    (90.0, Sec(3.0, 2.0, 0.6, 0.3)),
    (180.0, Sec(2.4, 1.5, 0.5, 0.2)),
)


def square(x: float, y: float, side: float, turn: int = 1) -> tuple[Line, ...]:
    """A square loop, counter-clockwise when `turn` is 1."""
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)][::turn]
    return tuple(Line(corners[i], corners[(i + 1) % 4]) for i in range(4))


ISLANDS = Path((square(0, 0, 3), square(1, 1, 1, -1), (Arc((6.0, 1.0), 1.0, 0.0, 360.0),)))

FANCY = {
    "pear": (9.0, 6.0), "marquise": (10.0, 5.0), "trillion": (6.0, 6.0), "heart": (6.5, 6.5), "emerald": (7.0, 5.0),
}  # fmt: skip

FORMS: dict[str, Form] = {
    "court": Hoop(17.3, ((0.0, COURT),)),
    "flat": Hoop(17.3, ((0.0, Sec(4.0, 1.8)),)),
    "half-round": Hoop(17.3, ((0.0, Sec(4.0, 2.0, 2.0)),)),
    "knife": Hoop(17.3, ((0.0, Sec(4.0, 2.0, 0.8, 0.0, "knife")),)),
    "soft": Hoop(17.3, ((0.0, Sec(4.0, 2.0, 0.5, 0.2, "arc", 0.3)),)),
    "wire-ring": Hoop(17.3, ((0.0, Wire(1.4)),)),
    "stations": Hoop(17.3, SHANK),
    "stations-arc": Hoop(17.3, SHANK, 20.0, 200.0),
    "arc": Hoop(17.3, ((0.0, COURT),), 30.0, 200.0),
    "post": Bar(straight((0, 0, 0), (1, 2, 4)), TAPER, "dome"),
    "prong": Bar(CURVE, TAPER, "dome"),
    "claw": Bar(CURVE, TAPER),
    "strap": Bar(CURVE, ((0.0, Sec(2.0, 0.8, 0.2)), (1.0, Sec(1.0, 0.8, 0.2)))),
    "gallery": Bar(Circ(2.6), ((0.0, Wire(0.8)),)),
    "arch": Bar(Circ(5.0, 10.0, 120.0), ((0.0, Sec(1.0, 2.0)),)),
    "oval-rail": Bar(Loop(Oval(10.0, 8.0)), ((0.0, Wire(1.0)),)),
    "box-rail": Bar(Loop(Box(10.0, 8.0, 2.0)), ((0.0, Wire(1.0)),)),
    "bezel": Wall(Oval(10.0, 8.0), 3.0, 0.32, 0.05, 0.0, 0.6, 0.25),
    "bezel-round": Wall(Oval(6.5, 6.5), 3.0, 0.4, 0.02, 0.0, 0.6, 0.25),
    "bezel-upright": Wall(Oval(10.0, 8.0), 3.0, 0.32, 0.05),
    "bezel-drafted": Wall(Oval(10.0, 8.0), 3.0, 0.32, 0.05, 5.0),
    "bezel-square": Wall(Box(8.0, 8.0, 1.0), 3.0, 0.4, 0.05, 0.0, 0.6, 0.2),
    "bezel-sharp": Wall(Box(5.0, 5.0), 2.2, 0.4, 0.05, 0.0, 0.8, 0.3),
    **{
        f"bezel-{cut}": Wall(girdle_outline(cut, *size), 2.2, 0.4, 0.05, 0.0, 0.8, 0.3)
        for cut, size in FANCY.items()
    },
    **{
        f"collet-{cut}": Wall(girdle_outline(cut, *size), 2.0, 0.5, 0.05, 6.0)
        for cut, size in FANCY.items()
    },
    "floor-heart": Plate(grown(girdle_outline("heart", 6.5, 6.5), 0.45), 0.8),
    "drafted-pear": Plate(girdle_outline("pear", 9.0, 6.0), 1.5, (), 12.0),
    "disc": Plate(Oval(22.0, 22.0), 1.2, ((0.0, 9.0, Oval(2.0, 2.0)),)),
    "tag": Plate(Box(20.0, 12.0, 2.0), 1.0),
    "drafted": Plate(Oval(12.0, 10.0), 2.0, ((0.0, 2.0, Oval(2.0, 2.0)),), 10.0),
    "islands": Plate(ISLANDS, 1.0),
    "dome": Dome(12.0, 3.0, 0.5),
    "tube": Tube(5.0, 4.0, 3.0),
    "ball": Ball(2.0),
    "rope": Twist(Circ(9.0), 2, 1.0, 6.0),
    "coil": Twist(straight((0, 0, 0), (0, 0, 6)), 1, 0.6, 1.5, 3.0),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_exact_solid_and_the_mesh_meet_the_closed_form(name: str) -> None:
    form = FORMS[name]
    shape = form_shape(form)
    expected = volume(form)
    assert occ_solids.is_valid(shape)
    # A rope's fine mesh takes 12 s and tells no more than its integral does.
    measured = occ_solids.volume(shape) if isinstance(form, Twist) else forms.fine_volume(shape)
    assert measured == pytest.approx(expected, rel=0.001)
    mesh = source_manifold(form, *boolean.FINE)
    assert mesh.volume() == pytest.approx(expected, rel=0.003)  # chords: 0.07 rad twice
    assert len(mesh.decompose()) == len(occ_solids.solids_of(shape))


@pytest.mark.parametrize("k", [0.1, 10.0])
@pytest.mark.parametrize("name", ["court", "stations", "prong", "bezel", "disc", "dome"])
def test_scaled_shapes_scale_volume_by_the_cube(name: str, k: float) -> None:
    shape = form_shape(FORMS[name])
    scaled = occ_solids.scaled(shape, k)
    ratio = occ_solids.volume(scaled) / occ_solids.volume(shape)
    assert occ_solids.is_valid(scaled)
    assert ratio == pytest.approx(k**3, rel=1e-3)


@pytest.mark.parametrize("k", [0.25, 3.0])
def test_forms_of_a_doll_and_a_giant_are_built_and_proved(k: float) -> None:
    sec = Sec(5.0 * k, 2.0 * k, 0.6 * k, 0.3 * k)
    for form in (
        Hoop(17.3 * k, ((0.0, sec),)),
        Wall(Oval(10 * k, 8 * k), 3 * k, 0.32 * k, 0.05 * k, 0.0, 0.6 * k, 0.25 * k),
        Bar(Circ(2.6 * k), ((0.0, Wire(0.8 * k)),)),
    ):
        assert occ_solids.volume(form_shape(form)) == pytest.approx(volume(form), rel=0.002)


def test_a_wrong_solid_is_refused_though_one_of_the_kernels_integrals_agrees(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ball, wrong = Ball(2.0), form_shape(Ball(2.05))
    truth = occ_solids.volume
    monkeypatch.setattr(
        occ_solids,
        "volume",
        lambda shape, tolerance=0.0: volume(ball) if tolerance else truth(shape),
    )
    monkeypatch.setattr(forms, "ball_shape", lambda _: wrong)
    form_shape.cache_clear()
    with pytest.raises(GeometryError) as caught:
        form_shape(ball)
    form_shape.cache_clear()
    assert caught.value.findings[0].code == "JG301"


def test_a_form_that_folds_into_itself_is_refused() -> None:
    tight = Bar(Circ(0.3), ((0.0, Wire(1.0)),))
    with pytest.raises(GeometryError) as caught:
        form_shape(tight)
    assert caught.value.findings[0].code in {"JG300", "JG301"}


def test_a_sculpted_form_is_proved_against_its_hint(tmp_path) -> None:  # type: ignore[no-untyped-def]
    source = tmp_path / "cube.py"
    source.write_text(
        "import cadquery as cq\n\ndef cube(side):\n    return cq.Workplane().box(side, side, side)\n"
    )
    honest = Sculpted(f"{source}:cube", (("side", 2.0),), 8.0)
    assert occ_solids.volume(form_shape(honest)) == pytest.approx(8.0)
    with pytest.raises(GeometryError) as caught:
        form_shape(replace(honest, volume_hint=9.0))
    assert caught.value.findings[0].code == "JG301"
    with pytest.raises(GeometryError) as caught:
        form_shape(replace(honest, source=f"{source}:sphere"))
    assert caught.value.findings[0].code == "JG303"


def test_the_bore_of_a_hoop_is_where_it_should_be() -> None:
    low, high = occ_solids.bounds(form_shape(FORMS["flat"]))
    assert high[2] == pytest.approx(17.3 / 2 + 1.8, abs=1e-6)
    assert low[1] == pytest.approx(-2.0, abs=1e-6)
    arc = form_shape(Hoop(17.3, ((0.0, Sec(4.0, 1.8)),), 0.0, 90.0))
    low, high = occ_solids.bounds(arc)
    assert low[0] == pytest.approx(0.0, abs=1e-6)  # 12 o'clock is +z, the arc runs to +x
    assert high[0] == pytest.approx(17.3 / 2 + 1.8, abs=1e-6)
    assert math.isclose(high[2], 17.3 / 2 + 1.8, abs_tol=1e-6)


def test_a_loft_through_circles_is_as_round_as_they_are() -> None:
    """Weighed by its mantle: a polynomial in the place of the arcs is off by more."""
    rounds = [
        occ_curves.loop_wire((Arc((0.0, 0.0), 0.5, 0.0, 360.0),), Frame((0.0, 0.0, z)))
        for z in (0.0, 1.0, 2.5)
    ]
    assert occ_solids.volume(occ_solids.loft(rounds), 1e-10) == pytest.approx(
        math.pi * 0.25 * 2.5, rel=1e-9
    )


@pytest.mark.parametrize("name", ["court", "stations", "prong", "claw", "strap", "gallery"])
def test_faces_left_unasked_change_no_exact_box(name: str) -> None:
    askew = occ_solids.placed(
        form_shape(FORMS[name]), Frame((1.0, 2.0, 3.0), x=(0.8, 0.36, 0.48), z=(-0.6, 0.48, 0.64))
    )
    whole = Bnd_Box()
    BRepBndLib.AddOptimal_s(askew, whole, False, False)
    assert np.ravel(occ_solids.bounds(askew)) == pytest.approx(np.array(whole.Get()), abs=1e-6)


@pytest.mark.parametrize("name", ["court", "stations", "prong", "strap", "oval-rail", "bezel"])
def test_the_print_mesh_stays_within_its_chord_of_the_exact_surface(name: str) -> None:
    shape, mesh = form_shape(FORMS[name]), source_mesh(FORMS[name], 0.01, 0.2)
    chosen = mesh.triangles[:: max(1, len(mesh.triangles) // 40)]
    middles = mesh.vertices[chosen].mean(axis=1)
    assert max(occ_mesh.distance(p, shape) for p in middles) <= 0.01
    assert max(occ_mesh.distance(p, shape) for p in mesh.vertices[chosen[:, 0]]) <= 0.01

"""Crevices between parts that cross at a small angle: the mesh lies as near to the exact solid there as elsewhere."""

from __future__ import annotations

import math

import numpy as np

from jewelgen.checker.deviation import offsets, spots
from jewelgen.checker.rays import scene
from jewelgen.checker.surface import merged
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import Circ
from jewelgen.piece.section import Wire
from jewelgen.solid import boolean, crevices, occ_mesh
from jewelgen.solid import mesh as meshes
from jewelgen.solid.members import places
from jewelgen.solid.model import CHORDS, Quality
from jewelgen.solid.realize import realize
from jewelgen.solid.united import union

CHORD = CHORDS[Quality.STANDARD]
WIRE = Bar(Circ(6.0), ((0.0, Wire(1.0)),))


def _of(*parts: Part) -> Piece:
    joints = tuple(Joint(part.name, parts[0].name, "join", Fit("cope")) for part in parts[1:])
    return Piece("test", "ring", "cast", "a", parts, joints)


def _wire(name: str, at: Frame = IDENTITY) -> Part:
    return Part(name, WIRE, at, alloy="a")


def test_the_mesh_of_a_crevice_stays_within_its_chord() -> None:
    """A ring of wire in a ring of wire, tilted: they cross four times, at small angles."""
    a = math.radians(10.0)
    tilted = Frame(
        (0.0, 0.0, 0.1), x=(math.cos(a), 0.0, -math.sin(a)), z=(math.sin(a), 0.0, math.cos(a))
    )
    inner = Part("inner", Bar(Circ(5.1), ((0.0, Wire(0.9)),)), tilted, alloy="a")
    body = realize(_of(_wire("outer"), inner)).bodies[0]
    fine = meshes.welded(occ_mesh.triangulate(body.shape, boolean.FINE[0], CHORD[1]))
    rays = scene(merged(fine.vertices[fine.triangles]))
    assert rays is not None
    here = spots(merged(body.mesh.vertices[body.mesh.triangles]), 10**6)
    assert offsets(here, rays, 0.5 * CHORD[0]).max() < 1.05 * CHORD[0]


def test_only_what_meets_in_a_crevice_is_meshed_finer() -> None:
    square = _wire("square", Frame((6.0, 0.0, 0.0), x=(1.0, 0.0, 0.0), z=(0.0, 1.0, 0.0)))
    close = _wire("close", Frame((0.0, 0.0, 0.97)))
    for other, finer in ((square, False), (close, True)):
        whole = _of(_wire("one"), other)
        members = list(places(whole, tuple(part.name for part in whole.parts)))
        plain, made = (f(members, CHORD).num_tri() for f in (union, crevices.united))
        assert (made > 1.2 * plain) == finer, (plain, made)
        assert np.isclose(
            crevices.united(members, CHORD).volume(), union(members, CHORD).volume(), rtol=2e-3
        )

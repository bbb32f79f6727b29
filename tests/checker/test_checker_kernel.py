"""The kernel's process: one reads file after file, a dead one is replaced, what it cannot read is said."""

from __future__ import annotations

import math
import os
import signal
from pathlib import Path

import numpy as np
import pytest
import shapes
from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeFace
from OCP.gp import gp_Pln
from OCP.STEPControl import STEPControl_AsIs, STEPControl_Writer

from jewelgen.checker import kernel
from jewelgen.checker.deviation import spots
from jewelgen.checker.step import read_step, together
from jewelgen.checker.unreadable import CheckError
from jewelgen.formats import step
from jewelgen.formats.solids import Notes, Solid
from jewelgen.piece.frame import Frame
from jewelgen.solid import occ_solids


@pytest.fixture
def none_waits() -> None:
    """A build beside it may have left more than one process waiting, asked in turn."""
    kernel._dismiss(kernel._idle(os.getpid()), os.getpid())


def one() -> kernel.Kernel:
    """The process that waits, left waiting."""
    kernel.make_ready()
    idle = kernel._idle(os.getpid())
    waiting = idle.get()
    idle.put(waiting)
    return waiting


@pytest.mark.usefixtures("none_waits")
def test_one_process_reads_file_after_file_and_a_dead_one_is_replaced(tmp_path: Path) -> None:
    broken = tmp_path / "broken.step"
    broken.write_text("ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=NOTHING(;\nENDSEC;\n")
    first = one()
    for _ in range(2):
        with pytest.raises(CheckError) as said:
            read_step(broken)
        assert said.value.findings[0].code == "JG700"
    assert one() is first
    os.kill(first._process.pid, signal.SIGKILL)
    first._process.wait()
    with pytest.raises(CheckError):
        read_step(broken)
    assert one() is not first


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """Loading alone takes longer than this one is given."""
    hurried = kernel.Kernel()
    request = {"path": str(tmp_path / "a.step"), "folder": str(tmp_path), "chord": 0.0}
    assert hurried.ask(request, deadline_s=0.02) is None
    hurried.close()
    assert not hurried.alive


def test_loose_solids_of_one_file_are_held_against_its_mesh_together(tmp_path: Path) -> None:
    """Balls of 2 and 3 mm side by side: each alone would be millimetres off a mesh that holds both."""
    shapes_ = (occ_solids.sphere(2.0), occ_solids.sphere(3.0, Frame((5.0, 0.0, 0.0))))
    none = (np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64), (0.8, 0.8, 0.8, 1.0), True)
    pair = tuple(Solid(f"ball {i}", *none, shape) for i, shape in enumerate(shapes_))
    path = tmp_path / "balls.step"
    path.write_bytes(step.write(pair, Notes("balls", (("units", "mm"),))))
    mesh = shapes.surface(shapes.ball(2.0), shapes.ball(3.0) + np.array((5.0, 0.0, 0.0)))
    one_, other = read_step(path, mesh, 0.05)
    assert one_.strayed is not None
    assert one_.strayed[0] < 0.02
    assert other.strayed is None
    both = together((one_, other))
    assert both.valid
    assert both.volume == pytest.approx(math.pi / 6 * (2.0**3 + 3.0**3), rel=1e-6)
    moved = shapes.surface(shapes.ball(2.0), shapes.ball(3.0) + np.array((5.2, 0.0, 0.0)))
    strayed = read_step(path, moved, 0.05)[0].strayed
    assert strayed is not None
    assert strayed[0] == pytest.approx(0.2, abs=0.02)


def test_a_solid_that_stands_at_several_places_is_found_at_each(tmp_path: Path) -> None:
    ball, places = occ_solids.sphere(2.0), (-4.0, 0.0, 5.0)
    standing = [occ_solids.placed(ball, Frame((x, 0.0, 0.0))) for x in places]
    none = (np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64), (0.8, 0.8, 0.8, 1.0), True)
    path = tmp_path / "row.step"
    row = tuple(Solid(f"ball {i}", *none, shape) for i, shape in enumerate(standing))
    path.write_bytes(step.write(row, Notes("row", (("units", "mm"),))))
    found = read_step(path)
    assert [one_.volume for one_ in found] == pytest.approx([4 / 3 * math.pi] * 3, rel=1e-6)
    assert all(one_.valid for one_ in found)
    middles = [one_.surface.vertices.mean(axis=0)[0] for one_ in found]
    assert middles == pytest.approx(places, abs=0.02)


def test_loose_faces_are_told_to_be_sewn(tmp_path: Path) -> None:
    skin = STEPControl_Writer()
    skin.Transfer(BRepBuilderAPI_MakeFace(gp_Pln(), 0.0, 5.0, 0.0, 3.0).Face(), STEPControl_AsIs)
    path = tmp_path / "skin.step"
    skin.Write(str(path))
    with pytest.raises(CheckError, match=r"only loose faces \(1\)") as said:
        read_step(path)
    assert "sew" in said.value.findings[0].hint
    assert said.value.findings[0].where.file == str(path), "no path of ours"


def test_every_place_that_seems_too_far_is_measured_on_the_exact_surface(tmp_path: Path) -> None:
    """Some thousand triangles within a ball, each farther off than asked: the farthest is the closed form's."""
    path = tmp_path / "ball.step"
    none = (np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64), (0.8, 0.8, 0.8, 1.0), True)
    ball = Solid("ball", *none, occ_solids.sphere(20.0))
    path.write_bytes(step.write((ball,), Notes("ball", (("units", "mm"),))))
    mesh = shapes.surface(shapes.ball(20.0))
    places = spots(mesh)
    assert len(places.points) > 1000
    off = 10.0 - np.linalg.norm(places.points, axis=1)
    strayed = read_step(path, mesh, off.min() / 2)[0].strayed
    assert strayed is not None
    assert strayed[0] == pytest.approx(off.max(), abs=1e-6)

"""Files good, broken and tampered with: each fault is caught by its own check, nothing ends in a traceback."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import shapes
from numpy.typing import NDArray
from shapes import box

from jewelgen.checker.inspect import inspect
from jewelgen.checker.integrity import integrity
from jewelgen.checker.known import Known, Place
from jewelgen.checker.reading import read_mesh
from jewelgen.checker.report import Report
from jewelgen.checker.unreadable import CheckError
from jewelgen.findings import Severity

RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
RING = shapes.tube(17.0, 1.8, 4.0)
RING = RING if shapes.merged(RING).volume() > 0 else RING[:, ::-1]


def stl(path: Path, corners: NDArray[np.float64]) -> Path:
    records = np.zeros(len(corners), RECORD)
    records["corners"] = corners
    path.write_bytes(b"\0" * 80 + struct.pack("<I", len(corners)) + records.tobytes())
    return path


def judged(path: Path, known: Known | None = None) -> Report:
    (report,) = inspect(path, known or Known(role="master"))
    return report


def failed(report: Report) -> set[str]:
    """Codes of what failed and is more than a note: the rims of a tube are sharp."""
    serious = [check for check in report.checks if check.weight is not Severity.NOTE]
    return {check.code for check in serious if not check.passed}


def test_a_sound_ring_passes_every_check(tmp_path: Path) -> None:
    report = judged(stl(tmp_path / "ring.stl", RING))
    assert failed(report) == set()
    assert report.bore == pytest.approx(17.0, abs=0.01)


def tampered(how: str) -> NDArray[np.float64]:
    ring = RING.copy()
    match how:
        case "flipped":
            ring[7] = ring[7, ::-1]
        case "removed":
            ring = np.delete(ring, 7, axis=0)
        case "doubled":
            ring = np.concatenate((ring, ring[7:8]))
        case "moved":
            ring[7] += (0.1, 0.0, 0.0)
        case "no area":
            ring = np.concatenate((ring, ring[7:8, [0, 0, 1]]))
        case "turned in":
            ring = ring[:, ::-1]
        case "stray":
            ring = np.concatenate((ring, shapes.box(0.2, 0.2, 0.2, (12, 0, 0))))
        case "crossing":
            ring = np.concatenate((ring, shapes.box(3, 3, 6, (0.1, 0.2, 10))))
        case "nested":
            ring = np.concatenate((ring, shapes.box(1, 2, 1, (0, 0, 9.4))))
        case "hollow":
            ring = np.concatenate((ring, shapes.box(1, 2, 1, (0, 0, 9.4))[:, ::-1]))
        case "inches":
            ring = ring / 25.4
        case "thin":
            ring = shapes.tube(17.0, 0.5, 4.0)
            ring = ring if shapes.merged(ring).volume() > 0 else ring[:, ::-1]
    return ring


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("flipped", "JG702"), ("removed", "JG701"), ("doubled", "JG703"), ("moved", "JG701"),
        ("no area", "JG703"), ("turned in", "JG705"), ("stray", "JG704"), ("crossing", "JG707"),
        ("nested", "JG705"), ("hollow", "JG706"), ("inches", "JG708"), ("thin", "JG710"),
    ],
)  # fmt: skip
def test_every_fault_is_caught(tmp_path: Path, how: str, code: str) -> None:
    report = judged(stl(tmp_path / "ring.stl", tampered(how)))
    assert code in failed(report), failed(report)
    assert not report.ok
    said = {f.code for f in report.findings if f.severity is not Severity.NOTE}
    assert said == failed(report)


def test_the_likely_unit_is_named(tmp_path: Path) -> None:
    report = judged(stl(tmp_path / "ring.stl", tampered("inches")))
    (said,) = [finding for finding in report.findings if finding.code == "JG708"]
    assert "inches" in said.hint


def test_a_wrong_bore_or_volume_is_caught(tmp_path: Path) -> None:
    path = stl(tmp_path / "ring.stl", RING)
    volume = shapes.merged(RING).volume()
    right = Known(role="master", sort="ring", bore=17.0, volume=volume)
    assert failed(judged(path, right)) == set()
    assert failed(judged(path, Known(role="master", bore=17.25, volume=volume))) == {"JG716"}
    assert failed(judged(path, Known(role="master", volume=1.1 * volume))) == {"JG709"}


def test_a_narrow_slot_is_an_opening_that_stops_the_file(tmp_path: Path) -> None:
    bars = [shapes.box(6, 3, 2, (0, 0, z)) for z in (0.0, 2.25)]
    report = judged(stl(tmp_path / "slot.stl", np.concatenate(bars)), Known())
    (slot,) = [check for check in report.checks if check.code == "JG715"]
    assert (slot.name, slot.passed, slot.weight) == ("narrowest opening", False, Severity.ERROR)
    assert slot.measured == pytest.approx(0.25, abs=0.01)


def test_where_two_faces_meet_sharply_is_a_crevice_and_no_opening(tmp_path: Path) -> None:
    """A groove of 45 degrees round a tube: named as what it is, with the place, and it stops nothing."""
    profile = [(8.0, -2.0), (10.0, -2.0), (10.0, -0.25), (9.4, 0.0), (10.0, 0.25), (10.0, 2.0), (8.0, 2.0)]  # fmt: skip
    made = shapes.surface(shapes.turned(profile))
    part = Place("shank", False, ((0.0, 0.0, 9.0),))
    known = Known(role="master", sort="ring", places=(part,))
    report = judged(stl(tmp_path / "groove.stl", made.corners), known)
    opening, crevice = [check for check in report.checks if check.code == "JG715"]
    assert opening.passed
    assert (crevice.passed, crevice.weight) == (False, Severity.NOTE)
    assert report.ok
    assert "(shank)" in crevice.note
    assert crevice.where.startswith("shank, ")
    assert len(crevice.places) == 6, "a groove all round is not one place"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"solid x\nfacet", b"\0" * 60, b"\0" * 80 + struct.pack("<I", 900) + b"\0" * 500,
        b"solid x\nfacet normal 0 0 1\nouter loop\nvertex 1 2 a\nvertex 1 2 3\nvertex 1 2 3\nendsolid",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.stl"
    path.write_bytes(data)
    with pytest.raises(CheckError) as said:
        read_mesh(path)
    assert said.value.findings[0].code == "JG700"


def test_ascii_and_binary_read_alike(tmp_path: Path) -> None:
    lines = ["solid ring"]
    for corners in RING[:4]:
        lines += ["facet normal 0 0 0", "outer loop"]
        lines += [f"vertex {x:.6e} {y:.6e} {z:.6e}" for x, y, z in corners]
        lines += ["endloop", "endfacet"]
    path = tmp_path / "a.stl"
    path.write_text("\n".join([*lines, "endsolid ring"]))
    (text,) = read_mesh(path)
    (binary,) = read_mesh(stl(tmp_path / "b.stl", RING[:4]))
    assert np.allclose(np.sort(text.vertices, axis=0), np.sort(binary.vertices, axis=0), atol=1e-5)


def test_a_foreign_suffix_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.obj"
    path.write_text("v 0 0 0")
    with pytest.raises(CheckError):
        inspect(path, Known())


def test_of_huge_files_samples_are_taken_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What holds for millions of triangles, shown on a few with the bounds set low."""
    from jewelgen.checker import field, soundness
    from jewelgen.checker import inspect as inspecting

    monkeypatch.setattr(soundness, "WHOLE", 1_000)
    monkeypatch.setattr(field, "MOST", 5_000)
    monkeypatch.setattr(inspecting, "MANY", 1_000)
    monkeypatch.setattr(inspecting, "LARGE", 1_000)
    told: list[str] = []
    path = stl(tmp_path / "ring.stl", tampered("crossing"))
    (report,) = inspect(path, Known(role="master"), tell=told.append)
    notes = {check.code: check.note for check in report.checks}
    assert "one triangle of 3 was held against all" in notes["JG707"]
    assert "5000 samples of" in notes["JG710"]
    assert "JG707" in failed(report), "the crossing is found all the same"
    assert [step.split()[0] for step in told] == [
        "reading",
        "2060",
        "edges",
        "triangles",
        "thickness",
    ]


@pytest.mark.parametrize(
    ("how", "hint"),
    [("turned in", "turn its faces to look outward"), ("nested", "unite the bodies")],
)
def test_a_body_inside_out_and_one_in_another_are_mended_differently(
    tmp_path: Path, how: str, hint: str
) -> None:
    report = judged(stl(tmp_path / "ring.stl", tampered(how)))
    (said,) = [check.hint for check in report.checks if check.code == "JG705"]
    assert said == hint


TALL = [(4.0, 0.0), (4.0, 2.0), (5.0, 2.0), (5.0, 0.0)]
FLOOR = [(0.0, -1.0), (0.0, 0.0), (5.0, 0.0), (5.0, -1.0)]


@pytest.mark.parametrize("beside", [box(2, 2, 2, (0, 2, 2)), box(2, 2, 2, (2, 2, 0))])
def test_bodies_that_touch_along_edges_are_told_apart(beside: NDArray[np.float64]) -> None:
    """A wall as wide as its floor, cubes edge to edge: equal corners are one, the bodies are not."""
    bodies = ([shapes.turned(FLOOR, 48), shapes.turned(TALL, 48)], [box(2, 2, 2), beside])
    for parts in bodies:
        alone = [abs(shapes.merged(part).volume()) for part in parts]
        outward = [p if shapes.merged(p).volume() > 0 else p[:, ::-1] for p in parts]
        found = integrity(shapes.merged(np.concatenate(outward)))
        assert found.closed and found.touching_edges
        assert sorted(s.volume for s in found.shells) == pytest.approx(sorted(alone))
        assert [s.depth for s in found.shells] == [0, 0]

"""Checks of a STEP file: valid, of the manifest's volume; and how far a mesh strays from it.

In: a path.  Out: `Report`s, `Check`s. The kernel works in a process of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from jewelgen.checker.deviation import ASKED, spots
from jewelgen.checker.kernel import ask
from jewelgen.checker.known import Known, where
from jewelgen.checker.reading import read_mesh
from jewelgen.checker.report import Check, Report
from jewelgen.checker.surface import Array, Surface
from jewelgen.checker.unreadable import CheckError, refuse

EXACT = 0.001  # STEP against the manifest's volume
SLACK = 1.05  # a chord tolerance is kept within a twentieth
READING = 0.012  # mm: twice the chord with which the kernel draws the exact shape again
FLARED = 1.6  # gates wide: a sprue with its fillet at the foot and the cone it ends in
MESH_ALONE = frozenset({"JG701", "JG702", "JG703", "JG704", "JG705", "JG706", "JG707", "JG709"})


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """One solid of a STEP file: whether the kernel finds it valid, its exact volume in mm3, its triangles.

    `strayed`, said by the first: how far a mesh lies off all solids at worst, where (x, y, z), how many places were
    looked at.
    """

    valid: bool
    volume: float
    surface: Surface
    strayed: tuple[float, ...] | None = None


def read_step(
    path: Path, mesh: Surface | None = None, chord: float = 0.0, asked: int = ASKED
) -> tuple[Solid, ...]:
    """The solids of a STEP file, held against `asked` places of `mesh` of a chord in mm when there is one.

    `CheckError` JG700 when it cannot be read as STEP.
    """
    if not path.is_file() or not path.stat().st_size:
        refuse(path, "the file is empty" if path.is_file() else "there is no such file")
    with tempfile.TemporaryDirectory() as folder:
        request: dict[str, Any] = {"path": str(path.resolve()), "folder": folder, "chord": 0.0}
        if mesh is not None:
            places = spots(mesh, asked)
            np.save(Path(folder) / "spots.npy", np.hstack((places.points, places.ways)))
            request["chord"] = chord
        said = ask(request)
        if said is None:
            refuse(path, "the kernel could not read it, or not in time", "export it again")
        if not said["read"]:
            refuse(path, "it is broken or no STEP file", "export it again")
        if not said["solids"]:
            _no_solid(path, int(said["faces"]))
        return tuple(
            _solid(path, Path(folder), row, said["strayed"] if i == 0 else None)
            for i, row in enumerate(said["solids"])
        )


def _no_solid(path: Path, faces: int) -> NoReturn:
    """Refuse a file of loose faces, or of nothing."""
    if faces:
        refuse(
            path,
            f"it holds no solid, only loose faces ({faces})",
            "sew the faces and close them to a solid before export",
        )
    refuse(path, "no solid can be read from it", "export it again")


def _solid(path: Path, folder: Path, row: dict[str, Any], strayed: list[float] | None) -> Solid:
    try:
        surface = read_mesh(folder / row["triangles"])[0]
    except CheckError:
        refuse(path, "a solid in it has faces that cannot be drawn", "export it again")
    return Solid(row["valid"], row["volume"], surface, tuple(strayed) if strayed else None)


def step_reports(
    path: Path, known: Known, judge: Callable[[Sequence[Surface], Known], Sequence[Report]]
) -> tuple[tuple[Report, ...], tuple[Surface, ...]]:
    """Each solid judged as the exact shape it is, and their surfaces; sprues beside a master are only asked whether
    they are valid. Of the reader's own mesh only what it measures counts.
    """
    every = read_step(path)
    solids = tuple(s for s in every if not is_sprue(s.surface, known))
    solids = solids or every
    rods = tuple(s for s in every if s not in solids)
    facts = replace(known, volume=max(0.0, known.volume - known.sprue), extents=(), gates=())
    whole = exactness(together(solids), facts)
    surfaces = tuple(replace(s.surface, name=f"solid {i}") for i, s in enumerate(solids, 1))
    reports = []
    for i, (solid, report) in enumerate(zip(solids, judge(surfaces, facts), strict=True)):
        measured = tuple(check for check in report.checks if check.code not in MESH_ALONE)
        exact = whole if i == 0 else exactness(solid, Known())
        feet = tuple(_valid(f"sprue {n} that the kernel finds valid", s) for n, s in enumerate(rods, 1))  # fmt: skip
        checks = (*exact, *(feet if i == 0 else ()), *measured)
        reports.append(replace(report, checks=checks, volume=solid.volume))
    return tuple(reports), surfaces


def is_sprue(surface: Surface, known: Known) -> bool:
    """Whether a solid is a sprue beside its master: it goes off from a gate, no wider than a gate with its flare."""
    if not known.sprue:
        return False
    ends = [(np.array(gate.at), np.array(gate.way), gate.d) for gate in known.gates]
    middle = np.mean([at for at, _, _ in ends], axis=0)
    way = np.mean([way for _, way, _ in ends], axis=0)
    stem = (middle, way / np.linalg.norm(way), float(np.sqrt(sum(d * d for _, _, d in ends))))
    return any(_along(surface, *end) for end in (*ends, stem))


def _along(surface: Surface, at: Array, way: Array, d: float) -> bool:
    """Whether a body leads off from a place along a way, within its flare."""
    off = surface.vertices - at
    out = off @ way
    aside = np.linalg.norm(off - out[:, None] * way, axis=1)
    return bool(aside.max() < FLARED * d and out.min() > -d and out.max() > 0)


def exactness(solid: Solid, known: Known) -> tuple[Check, ...]:
    """Validity and volume of the exact shape."""
    valid = _valid("solid that the kernel finds valid", solid)
    if not known.volume:
        return (valid,)
    off = abs(solid.volume / known.volume - 1.0)
    exact = Check(
        "JG709", "volume against the manifest", round(100 * off, 5), "%", f"{100 * EXACT:g} % at most",
        off <= EXACT, shortfall=max(0.0, off - EXACT), hint="the file is not the one that was built",
    )  # fmt: skip
    return (valid, exact)


def _valid(name: str, solid: Solid) -> Check:
    return Check(
        "JG717", name, float(solid.valid), "solid", "1", solid.valid,
        hint="" if solid.valid else "export it again; a STEP reader may refuse it",
    )  # fmt: skip


def together(solids: tuple[Solid, ...]) -> Solid:
    """All solids of one body of loose copies: valid when each is, of their volumes' sum, the first one's triangles."""
    valid, volume = all(s.valid for s in solids), sum(s.volume for s in solids)
    return replace(solids[0], valid=valid, volume=volume)


def deviation(solid: Solid, known: Known) -> Check:
    """The worst place of the mesh against its chord tolerance, as the reader measured it."""
    most = round(known.chord * SLACK, 6)
    far = solid.strayed
    if far is None:
        return Check(
            "JG719", "deviation", 0.0, "mm", "a check that ran", False, note="embree is not here"
        )
    worst = np.array(far[1:4])
    return Check(
        "JG718", "mesh strays from the exact surface", far[0], "mm", f"{most:g} mm at most",
        far[0] <= most, where=where(known, worst), shortfall=max(0.0, far[0] - most),
        note=f"{far[4]:.0f} places", hint="export the mesh finer",
    )  # fmt: skip


def alike(solids: tuple[Solid, ...], mesh: Surface, known: Known) -> Check:
    """The exact shape as large as the mesh along every axis, within both their chords."""
    every = np.concatenate([solid.surface.vertices for solid in solids])
    apart = np.abs(np.ptp(every, axis=0) - np.array(mesh.extents))
    most = round(2 * known.chord + READING, 4)
    axis = int(apart.argmax())
    return Check(
        "JG723", f"STEP and mesh differ in size along {'xyz'[axis]}", float(apart[axis]), "mm",
        f"{most:g} mm at most", float(apart[axis]) <= most, shortfall=max(0.0, float(apart[axis]) - most),
        hint="the files are not of the same piece: write both again",
    )  # fmt: skip

"""Checks of a STEP file: valid, of the manifest's volume; and how far a mesh strays from it.

In: a path.  Out: `Report`s, `Check`s. The kernel works in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from jewelgen.checker.known import Known, where
from jewelgen.checker.rays import scene
from jewelgen.checker.reading import read_mesh, refuse
from jewelgen.checker.report import Check, Report
from jewelgen.checker.surface import Surface

EXACT = 0.001  # STEP against the manifest's volume
CHORD = 0.01  # mm: standard quality
FINE = 0.006  # mm: how far the reading of the STEP itself may stray
SLIVER = 0.005  # mm: a triangle less tall than this is left out
ASKED = 4000  # places on the mesh that are held against the STEP
DEADLINE_S = 600.0


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """One solid of a STEP file: whether the kernel finds it valid, its exact volume in mm3, its triangles."""

    valid: bool
    volume: float
    surface: Surface


def read_step(path: Path) -> tuple[Solid, ...]:
    """The solids of a STEP file; `CheckError` JG700 when it cannot be read as one."""
    if not path.is_file() or not path.stat().st_size:
        refuse(path, "the file is empty" if path.is_file() else "there is no such file")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "jewelgen.checker.step_reader", str(path), folder]
        try:
            ran = subprocess.run(command, capture_output=True, timeout=DEADLINE_S, check=False)  # noqa: S603  our own module
        except subprocess.TimeoutExpired:
            refuse(path, f"the kernel did not read it within {DEADLINE_S:g} s")
        line = ran.stdout.decode("utf-8", "replace").rpartition("\n")[2]
        said = json.loads(line) if ran.returncode == 0 and line.startswith("{") else {}
        if not said.get("read") or not said["solids"]:
            refuse(path, "no solid can be read from it", "export it again")
        return tuple(
            Solid(row["valid"], row["volume"], read_mesh(Path(folder) / row["triangles"])[0])
            for row in said["solids"]
        )


def step_reports(
    path: Path, known: Known, judge: Callable[[Surface], Report]
) -> tuple[Report, ...]:
    """Each solid judged as its mesh, and as the exact shape it is."""
    solids = read_step(path)
    reports = []
    for solid in solids:
        report = judge(solid.surface)
        checks = (*exactness(solid, known if len(solids) == 1 else Known()), *report.checks)
        reports.append(replace(report, checks=checks, volume=solid.volume))
    return tuple(reports)


def exactness(solid: Solid, known: Known) -> tuple[Check, ...]:
    """Validity and volume of the exact shape."""
    valid = Check(
        "JG717", "solid that the kernel finds valid", float(solid.valid), "solid", "1", solid.valid,
        hint="export it again; a STEP reader may refuse it",
    )  # fmt: skip
    if not known.volume:
        return (valid,)
    off = abs(solid.volume / known.volume - 1.0)
    exact = Check(
        "JG709", "volume against the manifest", round(100 * off, 5), "%", f"{100 * EXACT:g} % at most",
        off <= EXACT, shortfall=max(0.0, off - EXACT), hint="the file is not the one that was built",
    )  # fmt: skip
    return (valid, exact)


def deviation(mesh: Surface, solid: Solid, known: Known, chord: float = CHORD) -> Check:
    """How far points of the mesh lie from the exact surface, along the mesh's normals."""
    rays = scene(solid.surface)
    normal = mesh.crosses()
    size = np.linalg.norm(normal, axis=1)
    sides = np.linalg.norm(mesh.corners - np.roll(mesh.corners, 1, axis=1), axis=2).max(axis=1)
    broad = np.flatnonzero(size > SLIVER * sides)  # the normal of a sliver says nothing
    chosen = broad[:: max(1, len(broad) // ASKED)]
    ways = normal[chosen] / size[chosen][:, None]
    spots = mesh.corners[chosen].mean(axis=1)
    if rays is None:
        return Check(
            "JG719", "deviation", 0.0, "mm", "a check that ran", False, note="embree is not here"
        )
    back = 10 * chord
    starts = ((back, -1.0), (-back, 1.0), (0.0, 1.0), (0.0, -1.0))
    found = [rays.hits(spots + lift * ways, sense * ways)[0] - abs(lift) for lift, sense in starts]
    off = np.min(np.abs(found), axis=0)
    worst = int(np.argmax(off))
    most = chord + FINE
    return Check(
        "JG718", "mesh strays from the exact surface", float(off[worst]), "mm", f"{most:g} mm at most",
        bool(off[worst] <= most), where=where(known, spots[worst]),
        shortfall=max(0.0, float(off[worst]) - most), note=f"{len(chosen)} places",
        hint="export the mesh finer",
    )  # fmt: skip

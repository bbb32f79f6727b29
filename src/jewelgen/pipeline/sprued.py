"""Masters written with their sprues, once the masters alone have passed: proved, written, read back.

In: what a build has made, its masters.  Out: the same with sprues in the files and in what is said of them. STL and 3MF hold one body; STEP holds master and sprues apart, to be taken off.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

from jewelgen.cast.sprue import Sprue, cones, flare, judged, sunk
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.weights import grams
from jewelgen.checker.known import Known
from jewelgen.checker.reading import read_mesh
from jewelgen.checker.report import Check, Report
from jewelgen.checker.soundness import soundness
from jewelgen.checker.step import exactness, read_step
from jewelgen.findings import Finding, Severity, Where
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.manifest import to_json
from jewelgen.formats.solids import Solid
from jewelgen.pipeline.casting import Master
from jewelgen.pipeline.made import Made, Row
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.solids import metal_colour, of_body, written
from jewelgen.solid.mesh import extents
from jewelgen.solid.model import CHORDS
from jewelgen.solid.sprued import Rod, Sprued, sprued


def with_sprues(made: Made, masters: tuple[Master, ...], options: Options) -> Made:
    """What was made, every master's sprues in its files; `GeometryError` JG318 when one cannot be proved."""
    fresh: dict[str, Artifact] = {}
    reports: list[Report] = []
    findings: list[Finding] = []
    rows = {row["body"]: row for row in made.content["masters"]}
    said: dict[str, Row] = {}
    for master in masters:
        solid = sprued(master.body, rods(master.sprue), options.quality)
        mine = [_file(old, master, solid) for old in master.files]
        name = master.body.name
        said[name] = _row(master, solid, rows[name]["sprue"])
        reports += _read_back(mine, master, solid, options)
        findings += _said(master)
        fresh |= {file.path: file for file in mine}
    swapped = [fresh.get(file.path, file) for file in made.files]
    found = [finding for report in reports for finding in report.findings]
    files = tuple(_checked(file, reports) for file in swapped)
    return replace(made, files=files).and_of_masters(said).and_judged((*findings, *found))


def rods(made: Sprue) -> tuple[Rod, ...]:
    """The sprues of a master as the solid room takes them."""
    found = []
    for i, (start, end, d, end_d) in enumerate(cones(made)):
        (a, b, c), (x, y, z) = start.tolist(), end.tolist()
        foot = (sunk(made.gates[i]), flare(made.gates[i])) if i < len(made.gates) else (0.0, 0.0)
        found.append(Rod((a, b, c), (x, y, z), d, end_d, *foot))
    return tuple(found)


def _file(old: Artifact, master: Master, made: Sprued) -> Artifact:
    stem, _, suffix = old.path.rpartition(".")
    body, colour = master.body, metal_colour(master.body.alloy)
    if suffix == "step":
        parts = (
            Solid(_called(i, master), mesh.vertices, mesh.triangles, colour, True, shape)
            for i, (shape, mesh) in enumerate(zip(made.shapes, made.meshes, strict=True))
        )
        solids: tuple[Solid, ...] = (of_body(body), *parts)
    else:
        solids = (Solid(body.name, made.mesh.vertices, made.mesh.triangles, colour),)
    notes = replace(master.notes, rows=(*master.notes.rows, ("sprue", "in the file")))
    return replace(written(stem, suffix, solids, notes, old.role), body=old.body)


def _called(i: int, master: Master) -> str:
    """A sprue by its number; several gates run together in a stem of their own."""
    gates = len(master.sprue.gates)
    return f"sprue {i + 1}" if i < gates else "stem of the sprues"


def _row(master: Master, made: Sprued, sprue: Row) -> Row:
    """What the manifest says of a master with its sprues; `sprue`: what it said of them before."""
    low, high = extents(made.mesh)
    shrunk = made.volume_mm3 / master.chain.scale**3
    metal = grams(shrunk, alloy(master.body.alloy).density_g_cm3)
    return {
        "volume_mm3": master.body.volume_mm3 + made.volume_mm3,
        "extents_mm": [float(x) for x in high - low],
        "sprue": {**sprue, "in_file": True, "volume_mm3": made.volume_mm3, "metal_g": metal},
    }


def _said(master: Master) -> list[Finding]:
    """Gates that will not feed what they stand on."""
    return [
        Finding(
            "JG430", f"{master.body.name}: {text}", Where(key=master.body.name), Severity.WARNING
        )
        for text in judged(master.sprue)
    ]


def _read_back(
    files: list[Artifact], master: Master, made: Sprued, options: Options
) -> list[Report]:
    """Every file judged as it was written: one sound body of the right volume, every solid valid."""
    volume = master.body.volume_mm3 + made.volume_mm3
    facts = Known(
        alloy=master.body.alloy, role="master", volume=volume, chord=CHORDS[options.quality][0]
    )
    reports = []
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            path = Path(folder) / file.path
            path.write_bytes(file.data)
            reports.append(_step(path, facts) if path.suffix == ".step" else _mesh(path, facts))
    return reports


def _mesh(path: Path, facts: Known) -> Report:
    surface = read_mesh(path)[0]
    sizes = (len(surface.triangles), surface.extents, surface.volume(), 0.0)
    return Report(f"{path.name} with sprue", facts.role, *sizes, tuple(soundness(surface, facts)))


def _step(path: Path, facts: Known) -> Report:
    solids = read_step(path)
    volume = sum(solid.volume for solid in solids)
    checks: list[Check] = [check for solid in solids for check in exactness(solid, Known())]
    whole = replace(solids[0], volume=volume)
    checks += [check for check in exactness(whole, facts) if check.code == "JG709"]
    sizes = [solid.surface.extents for solid in solids]
    largest = (max(s[0] for s in sizes), max(s[1] for s in sizes), max(s[2] for s in sizes))
    return Report(f"{path.name} with sprue", facts.role, 0, largest, volume, 0.0, tuple(checks))


def _checked(file: Artifact, reports: list[Report]) -> Artifact:
    """`check.json` with what was measured on the files with sprues."""
    if file.path != "check.json":
        return file
    document = json.loads(file.data)
    document["files"] += [report.row() for report in reports]
    return replace(file, data=to_json(document).encode("utf-8"))

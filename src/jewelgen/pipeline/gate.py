"""The gate before the results are moved in: every solid file is read back from disk, measured and judged.

In: artifacts and the manifest's content.  Out: `check.json`, findings; an error keeps the piece back.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from jewelgen.catalog.packs import CAUTIOUS
from jewelgen.checker.inspect import judge
from jewelgen.checker.known import Known, known
from jewelgen.checker.reading import read_mesh
from jewelgen.checker.report import Check, Report
from jewelgen.checker.soundness import of_equal, soundness
from jewelgen.checker.step import Solid, alike, deviation, exactness, read_step, together
from jewelgen.checker.surface import Surface
from jewelgen.checker.waivers import waived
from jewelgen.cores import threads
from jewelgen.findings import Finding
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.manifest import to_json
from jewelgen.formats.record_schemas import CHECKS
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.thickness import thickness_picture

JUDGED = {"master", "model"}
SOLIDS = ("stl", "3mf", "step")


def gate(
    artifacts: tuple[Artifact, ...], content: Mapping[str, Any], options: Options
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
    """Judge the solid files among `artifacts`; returns `check.json`, pictures of the metal, and what is wrong."""
    stems = sorted({_stem(a) for a in artifacts if _is_solid(a)})
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(threads()) as pool:
        solids = [[a for a in artifacts if _is_solid(a) and _stem(a) == stem] for stem in stems]
        made = list(pool.map(lambda files: _body(Path(folder), files, content, options), solids))
    reports = [report for found, _ in made for report in found]
    pictures = [picture for _, drawn in made for picture in drawn]
    findings = tuple(f for report in reports for f in report.findings)
    document = {
        "schema": CHECKS,
        "pack": options.pack or CAUTIOUS,
        "files": [report.row() for report in reports],
    }
    data = to_json({**document, "accepted": options.waivers()}).encode("utf-8")
    return (Artifact("check.json", data, "check"), *pictures), findings


def _body(
    folder: Path, solids: list[Artifact], content: Mapping[str, Any], options: Options
) -> tuple[list[Report], list[Artifact]]:
    """The reports on the files of one body, and their pictures."""
    files = {a.path.rpartition(".")[2]: a for a in solids}
    for file in solids:
        (folder / file.path).write_bytes(file.data)
    facts = _facts(files, content)
    judged_ = _judged(folder, files, facts, options)
    found = [waived(report, solids[0].body, options.accept) for report in judged_]
    pictures = _pictured(found, facts, options)
    return [replace(report, seen=None) for report in found], pictures


def _facts(files: dict[str, Artifact], content: Mapping[str, Any]) -> Known:
    some = next(iter(files.values()))
    return known(content, some.role, some.body)


def _pictured(reports: list[Report], facts: Known, options: Options) -> list[Artifact]:
    """Thickness as colour of the mesh that was measured."""
    out = []
    for report in reports if options.pictures else ():
        data = thickness_picture(report, facts, options.pack or CAUTIOUS)
        if data is not None:
            out.append(Artifact(f"{Path(report.file).stem}-thickness.png", data, "check"))
    return out


def _is_solid(artifact: Artifact) -> bool:
    return artifact.role in JUDGED and artifact.path.rpartition(".")[2] in SOLIDS


def _stem(artifact: Artifact) -> str:
    return artifact.path.rpartition(".")[0]


def _judged(
    folder: Path, files: dict[str, Artifact], facts: Known, options: Options
) -> list[Report]:
    """The files of one body: the STEP is read in a process of its own while the meshes are measured."""
    meshes = {
        kind: read_mesh(folder / files[kind].path) for kind in ("stl", "3mf") if kind in files
    }
    first = next((surfaces[0] for surfaces in meshes.values()), None)
    with ThreadPoolExecutor(max_workers=1) as pool:
        step = None
        if "step" in files:
            mesh = first if facts.role == "master" else None
            step = pool.submit(read_step, folder / files["step"].path, mesh, facts.chord)
        reports = _meshes(
            {files[kind].path: read[0] for kind, read in meshes.items()}, facts, options
        )
        if step is not None:
            reports.append(_step(files["step"].path, step, facts, first))
    return reports


def _meshes(surfaces: Mapping[str, Surface], facts: Known, options: Options) -> list[Report]:
    """The first mesh by every check, the same body in other formats by its soundness."""
    reports: list[Report] = []
    for path, surface in surfaces.items():
        if reports:
            first = next(iter(surfaces.values()))
            reports.append(_again(Path(path), surface, facts, first, reports[0]))
        else:
            reports.append(judge(Path(path), surface, facts, options.pack or CAUTIOUS))
    return reports


def _again(path: Path, surface: Surface, facts: Known, first: Surface, judged: Report) -> Report:
    """The report on another file of a body; of a surface equal to the first nothing is looked for twice."""
    equal = surface.equals(first)
    found = of_equal(judged.checks) if equal else soundness(surface, facts)
    sizes = (len(surface.triangles), surface.extents, surface.volume(), 0.0)
    return Report(path.name, facts.role, *sizes, tuple(found))


def _step(
    name: str, reading: Future[tuple[Solid, ...]], facts: Known, mesh: Surface | None
) -> Report:
    """Every solid valid; that of a master of the right volume, and its mesh within the chord tolerance of it."""
    solids = reading.result()
    master = facts.role == "master"
    checks: list[Check] = (
        [*exactness(together(solids), facts)]
        if master
        else [c for solid in solids for c in exactness(solid, replace(facts, volume=0.0))]
    )
    checks += [deviation(solid, facts) for solid in solids if solid.strayed]
    if mesh is not None and master:
        checks.append(alike(solids, mesh, facts))
    sizes = [solid.surface.extents for solid in solids]
    extents = (max(s[0] for s in sizes), max(s[1] for s in sizes), max(s[2] for s in sizes))
    volume = sum(solid.volume for solid in solids)
    return Report(name, facts.role, 0, extents, volume, 0.0, tuple(checks))

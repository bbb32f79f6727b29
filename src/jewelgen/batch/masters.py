"""Masters for trees and plates: those that stand built are taken as they are, the others are built first.

In: jobs and result folders.  Out: `Ready` masters in the order asked for, each with what was said of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jewelgen import __version__
from jewelgen.batch.jobs import Job
from jewelgen.batch.run import run
from jewelgen.design.reader import load
from jewelgen.findings import DesignError, Finding, JewelgenError, Where, errors
from jewelgen.piece.digest import digest
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare


@dataclass(frozen=True, slots=True)
class Ready:
    """A built piece: its folder and manifest, None when it failed; `kept`: it stood there already."""

    name: str
    folder: Path | None
    content: Mapping[str, Any]
    findings: tuple[Finding, ...]
    kept: bool


def of_folder(folder: Path) -> Ready:
    """A result folder as it stands; raises `DesignError` JG443 when it holds no manifest."""
    content = _manifest(folder)
    if content is None:
        said = f"{folder} holds no manifest of a build"
        raise DesignError(Finding("JG443", said, Where(str(folder)), hint="jewelgen build DESIGN"))
    return Ready(folder.name, folder, content, (), kept=True)


def masters(jobs: tuple[Job, ...], options: Options, workers: int) -> Iterator[Ready]:
    """Each job's masters: the folder of an equal piece built by this version, else built now."""
    standing = {i: found for i, job in enumerate(jobs) if (found := _standing(job, options))}
    missing = tuple(job for i, job in enumerate(jobs) if i not in standing)
    made = run(missing, options, workers)
    for i, job in enumerate(jobs):
        if i in standing:
            yield standing[i]
            continue
        outcome = next(made)
        result = outcome.result
        folder = result.folder if result else None
        content = (_manifest(folder) if folder else None) or {}
        yield Ready(
            job.name, folder, _ordered(content, job), outcome.findings, bool(result and result.kept)
        )


def _standing(job: Job, options: Options) -> Ready | None:
    """What stands of a job, whatever formats and pictures it was built with; None when it must be built."""
    try:
        prepared = prepare(load(job.design, trust=options.trust), job.asked, options)
    except JewelgenError:
        return None  # the build says what is wrong
    folder = options.out / prepared.folder
    content = _manifest(folder)
    if content is None or errors(prepared.findings):
        return None
    same = content.get("digest") == digest(prepared.piece)
    same &= content.get("versions", {}).get("jewelgen") == __version__
    rows = content.get("masters", [])
    same &= all("detail_mm" in row and options.route in (None, row["route"]) for row in rows)
    same &= not rows or any(f["path"].endswith(".stl") for f in content["files"])
    return Ready(job.name, folder, _ordered(content, job), (), kept=True) if same else None


def _ordered(content: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
    """The manifest with the number of pieces that this order wants."""
    if job.order is None:
        return content
    return {**content, "order": {"id": job.order.id, "qty": job.order.qty}}


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and "files" in content else None

"""What is kept of a piece whose solids could not be proved: the piece as numbers, and its plan where hands make it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from jewelgen.findings import Finding, JewelgenError, Severity, Where
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.folder import write_folder
from jewelgen.piece.dump import dump
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared

Drawn = Callable[[], tuple[tuple[Artifact, ...], tuple[Finding, ...]]]


def kept(prepared: Prepared, options: Options, plan: Drawn | None) -> tuple[Finding, ...]:
    """JG317 with the place of the case, then JG319 with that of the plan and what the plan says."""
    base = options.out / "unproved"
    name = prepared.folder.replace(os.sep, "-")
    case = _case(prepared, base / f"{name}.txt")
    return (case, *_planned(prepared, base / name, plan)) if plan else (case,)


def _case(prepared: Prepared, path: Path) -> Finding:
    """The piece that could not be proved, as text beside the results, for whoever mends the kernel door."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(prepared.piece), encoding="utf-8")
    said = f"the piece that could not be proved is kept in {path}"
    where = Where(prepared.brief.file)
    return Finding("JG317", said, where, Severity.NOTE, hint="send it with a report")


def _planned(prepared: Prepared, folder: Path, plan: Drawn) -> tuple[Finding, ...]:
    """The plan is drawn from the forms alone, so it holds without a solid; none where no order of work exists."""
    try:
        files, said = plan()
    except JewelgenError as wrong:
        return wrong.findings
    write_folder(folder, files)
    where = Where(prepared.brief.file)
    message = f"the plan needs no solid: it is in {folder}"
    hint = "its blanks, weights and templates hold; the model and the pictures are missing"
    return (Finding("JG319", message, where, Severity.NOTE, hint=hint), *said)

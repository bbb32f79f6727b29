"""Masters on the mold route: how the rubber is opened, what it does not give, and the mold cutter's drawing.

In: what a build has made, its masters.  Out: the same with files, findings and rows of the molds.
Findings: JG423 an undercut, JG424 a core, JG425 a closed hollow,
JG426 several bodies in one file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from jewelgen.cast.parting import parting, turns
from jewelgen.cast.rubber import Rubber, Undercut, rubber
from jewelgen.catalog.coupons import TRADE
from jewelgen.checker.known import Known, known, nearest_part, where
from jewelgen.findings import Finding, Severity, Where
from jewelgen.formats.artifact import Artifact
from jewelgen.paper.mold_view import mold_view
from jewelgen.piece.frame import Vec
from jewelgen.pipeline.casting import Master
from jewelgen.pipeline.made import Made, Row
from jewelgen.pipeline.options import Options
from jewelgen.solid.silhouette import silhouettes

ROLE = "casting"


def with_molds(made: Made, masters: Sequence[Master], options: Options) -> Made:
    """What was made, with drawings and findings of every master whose route is a mold."""
    own = options.shop.casting if options.shop else TRADE
    rows: dict[str, Row] = {}
    files: list[Artifact] = []
    findings: list[Finding] = []
    for master in masters:
        if master.chain.route != "mold":
            continue
        body = master.body
        mold = rubber(body.mesh, made.content["piece"], own)
        line = parting(mold, *silhouettes(body.mesh, turns(mold.best.axis), body.name))
        facts = known(made.content, "master", body.name)
        name = f"{_stem(master)}-mold"
        sheet = mold_view(line)
        sizes = [round(sheet.width, 2), round(sheet.height, 2)]
        about = {"parting_mm": round(line.length, 1), "drawing_mm": sizes}
        rows[body.name] = {"mold": _row(mold, facts, name) | about}
        files += (
            Artifact(f"{name}.dxf", sheet.dxf.encode(), ROLE),
            Artifact(f"{name}.svg", sheet.svg.encode(), ROLE),
        )
        findings += _said(mold, facts)
        if body.solids > 1:
            findings.append(_several(body.name, body.solids))
    return made.and_files(files).and_of_masters(rows).and_judged(findings)


def _stem(master: Master) -> str:
    """The name that the master's own files bear, or its body's when none were asked for."""
    return master.files[0].path.rpartition(".")[0] if master.files else master.body.name


def _row(made: Rubber, facts: Known, name: str) -> dict[str, Any]:
    row = made.row() | {"drawing": f"{name}.svg"}
    for said, item in zip(row["undercuts"], made.best.undercuts, strict=True):
        said["where"] = _place(facts, item.at)
    for said, (at, _) in zip(row["closed_hollows"], made.hollows, strict=True):
        said["where"] = _place(facts, at)
    return row


def _place(facts: Known, at: Vec) -> str:
    return where(facts, np.array(at))


def _key(facts: Known, at: Vec) -> Where:
    part = nearest_part(facts, np.array(at))
    return Where(key=part.name if part else "")


def _said(made: Rubber, facts: Known) -> list[Finding]:
    found = [_held(item, made, facts) for item in made.best.undercuts if not item.passes]
    for at, volume in made.hollows:
        message = f"a closed hollow of {volume:.1f} mm3 ({_place(facts, at)}): no rubber comes in, waxes will be solid there"
        hint = "drain it ([casting] drain, 0.5 mm or more), make it in two masters, or cast the print direct"
        found.append(Finding("JG425", message, _key(facts, at), Severity.WARNING, hint=hint))
    return found


def _several(name: str, n: int) -> Finding:
    message = f"{name}: {n} loose bodies in one file; as they hang they cannot be molded together"
    hint = "take them apart on the printer's plate: each gets a place of its own in the rubber, alike ones may share it"
    return Finding("JG426", message, Where(key=name), Severity.WARNING, hint=hint)


def _held(item: Undercut, made: Rubber, facts: Known) -> Finding:
    core = item.held == "core"
    what = "a core of rubber passes through and has to be cut" if core else "rubber is held behind metal"  # fmt: skip
    message = (
        f"pulled {made.best.name}, {what}: {item.depth:.1f} mm deep in a gap of {item.gap:.1f} mm "
        f"({_place(facts, item.at)})"
    )
    hint = (
        f"widen the gap to {item.depth / made.share:.1f} mm, "
        + ("close it and saw it out by hand" if core else "fill it")
        + ", make the part behind it in a master of its own, or cast the print direct"
    )
    return Finding(
        "JG424" if core else "JG423", message, _key(facts, item.at), Severity.WARNING,
        allowed=f"up to {item.gives:.1f} mm where the gap is {item.gap:.1f} mm", hint=hint,
    )  # fmt: skip

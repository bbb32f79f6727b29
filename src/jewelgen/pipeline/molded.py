"""Masters on the mold route: how the rubber is opened, what it does not give, and the mold cutter's drawing.

In: masters, the content of the manifest, options.  Out: files and findings; the content learns of both.
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
from jewelgen.formats.manifest import finding_row
from jewelgen.paper.mold_view import mold_view
from jewelgen.piece.frame import Vec
from jewelgen.pipeline.casting import Master
from jewelgen.pipeline.options import Options
from jewelgen.solid.silhouette import silhouettes

ROLE = "casting"


def with_molds(
    masters: Sequence[Master], content: dict[str, Any], options: Options
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
    """Drawings and findings of every master whose route is a mold."""
    own = options.shop.casting if options.shop else TRADE
    rows = {row["body"]: row for row in content["masters"]}
    files: list[Artifact] = []
    findings: list[Finding] = []
    for master in masters:
        if master.chain.route != "mold":
            continue
        body = master.body
        made = rubber(body.mesh, content["piece"], own)
        shadows = silhouettes(body.mesh, turns(made.best.axis), body.name)
        line = parting(made, *shadows)
        facts = known(content, "master", body.name)
        name = f"{_stem(master)}-mold"
        sheet = mold_view(line)
        rows[body.name]["mold"] = _row(made, facts, name) | {
            "parting_mm": round(line.length, 1),
            "drawing_mm": [round(sheet.width, 2), round(sheet.height, 2)],
        }
        files += (
            Artifact(f"{name}.dxf", sheet.dxf.encode(), ROLE),
            Artifact(f"{name}.svg", sheet.svg.encode(), ROLE),
        )
        findings += _said(made, facts)
        if body.solids > 1:
            findings.append(_several(body.name, body.solids))
    content["findings"] += [finding_row(finding) for finding in findings]
    return tuple(files), tuple(findings)


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

"""The caster's sheet of a built piece: `casting.pdf` and `casting.json` from what the build found."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jewelgen.cast.critical import Critical, critical, weight_spans
from jewelgen.cast.stages import Span, process
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.coupons import TRADE
from jewelgen.formats.artifact import Artifact
from jewelgen.paper.casting_page import casting_pdf, casting_row
from jewelgen.paper.drawing import drawing
from jewelgen.paper.views import views
from jewelgen.pipeline.casting import Master
from jewelgen.pipeline.made import Made
from jewelgen.pipeline.molded import with_molds
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared

ROLE = "casting"


def for_the_caster(
    made: Made, prepared: Prepared, masters: Sequence[Master], options: Options
) -> Made:
    """What was made, with drawings of molds, what the molds were found to be, and the caster's sheet."""
    molded = with_molds(made, masters, options)
    return molded.and_files(_sheet(molded, prepared, masters, options))


def _sheet(
    so_far: Made, prepared: Prepared, masters: Sequence[Master], options: Options
) -> tuple[Artifact, ...]:
    """Both files, from the manifest's content and the artifacts made so far (checks and pictures among them)."""
    own = options.shop.casting if options.shop else TRADE
    content, files = so_far.content, so_far.files
    bodies = {row["name"]: row for row in content["bodies"]}
    measures: dict[str, tuple[Sequence[Critical], dict[str, Span]]] = {}
    for master in masters:
        made = process(master.chain.route, alloy(master.body.alloy), own)
        extents = tuple(
            zip(bodies[master.body.name]["extents_mm"], master.row()["extents_mm"], strict=True)
        )
        share = master.chain.scale / master.chain.needed
        rows = critical(prepared.piece, master.body.parts, extents, made, share)
        weights = master.weights
        measures[master.body.name] = rows, weight_spans(weights.raw_g, weights.finished_g, made)
    named = {m.body.name: [file.path for file in m.files] for m in masters}
    checks = json.loads(next(file.data for file in files if file.path == "check.json"))
    row = casting_row(content, checks, measures, named)
    shown = drawing(prepared.piece, views(prepared.piece), {})
    pictures = {
        file.path: file.data for file in files
        if file.path == "preview.png" or file.path.endswith("-thickness.png")
    }  # fmt: skip
    drawn = {m["mold"]["drawing"] for m in row["masters"] if m["mold"]}
    molds = {file.path: file.data for file in files if file.path in drawn}
    pdf = casting_pdf(row, shown, pictures, molds, options.paper)
    text = json.dumps(row, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    return (Artifact("casting.json", text.encode(), ROLE), Artifact("casting.pdf", pdf, ROLE))

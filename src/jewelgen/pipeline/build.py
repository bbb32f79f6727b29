"""One piece from its text to a folder of files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jewelgen.bench.ticket import Ticket
from jewelgen.checker.kernel import make_ready
from jewelgen.design.brief import Brief
from jewelgen.design.orders import Order
from jewelgen.design.reader import load
from jewelgen.findings import Finding, GeometryError, Severity, Where, errors
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.folder import write_folder
from jewelgen.formats.manifest import finding_row, manifest
from jewelgen.piece.piece import by_hand
from jewelgen.pipeline import unproved
from jewelgen.pipeline.edits import Edit, in_brief, in_document
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, as_asked, of_brief, pack_of, prepare
from jewelgen.pipeline.remade import remade
from jewelgen.pipeline.standing import inputs_digest, standing

Told = Callable[[str], None]  # hears what is being done, for whoever waits


def _silent(_: str) -> None:
    """Nobody waits."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one piece: its folder (None when errors stopped it), files, findings and manifest.

    `kept`: the files of an earlier run stood there untouched, from the same input and versions.
    """

    name: str
    folder: Path | None
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    record: Mapping[str, Any]
    kept: bool = False

    @property
    def ok(self) -> bool:
        """Whether the files were written."""
        return self.folder is not None


def build(
    source: str | Path | Brief,
    options: Options | None = None,
    order: Order | Mapping[str, Any] | None = None,
    told: Told = _silent,
) -> Result:
    """Build a design file or a `Brief`, for `order` (asked keys to values) when one is given.

    Raises `DesignError` with every mistake in the text, `GeometryError` when a solid cannot be proved;
    findings of the rules come back in the result. The folder is written whole or not at all.
    `told` hears in words what is being done.
    """
    chosen = options or Options()
    told("reading")
    if isinstance(source, Brief):
        return build_prepared(of_brief(source, chosen), chosen, told=told)
    document = load(source, trust=chosen.trust)
    document = as_asked(document, chosen)
    edit = in_document(document, order, chosen.made)
    return build_prepared(prepare(document, order, chosen), chosen, edit, told)


def build_prepared(
    prepared: Prepared, options: Options, edit: Edit | None = None, told: Told = _silent
) -> Result:
    """Realize, read and write one prepared piece, unless its files stand already.

    `edit`: how fixes for what the checker holds back are written; without it on the brief itself.
    """
    if errors(prepared.findings):
        return Result(prepared.brief.name, None, (), prepared.findings, {})
    options = replace(options, pack=pack_of(prepared.brief, options))
    folder, inputs = options.out / prepared.folder, inputs_digest(prepared, options)
    there = None if options.again else standing(folder, inputs)
    if there:
        name = prepared.brief.name
        return Result(name, folder, there.files, there.findings, there.content, kept=True)
    edit = edit or in_brief(prepared.brief)
    if "step" in options.formats:
        make_ready()  # it loads while the solids are made
    try:
        artifacts, findings, content = _made(prepared, options, edit, told=told)
    except GeometryError as error:
        plan = (lambda: plan_files(prepared, options, edit)) if by_hand(prepared.piece) else None
        raise GeometryError((*error.findings, *unproved.kept(prepared, options, plan))) from error
    if errors(findings):
        told("trying what would pass")
        findings = remade(
            findings, prepared, options, edit, lambda p, o: _made(p, o, edit, trial=True)[1]
        )
        findings = (*findings, _kept_check(prepared, options, artifacts))
        return Result(prepared.brief.name, None, (), findings, content)
    content["inputs"] = inputs
    artifacts = (*artifacts, manifest(content, artifacts))
    write_folder(folder, artifacts)
    return Result(prepared.brief.name, folder, tuple(a.path for a in artifacts), findings, content)


def _kept_check(prepared: Prepared, options: Options, artifacts: tuple[Artifact, ...]) -> Finding:
    """What the checker measured on files that it held back, beside the results."""
    path = options.out / "refused" / f"{prepared.folder.replace(os.sep, '-')}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    for kept in (a for a in artifacts if a.role == "check"):
        name = path.name if kept.path == "check.json" else kept.path
        (path.parent / name).write_bytes(kept.data)
    said = f"nothing was written; every measure is in {path}"
    return Finding("JG720", said, Where(prepared.brief.file), Severity.NOTE)


def _made(
    prepared: Prepared, options: Options, edit: Edit, trial: bool = False, told: Told = _silent
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...], dict[str, Any]]:
    """Every artifact of a piece but its manifest (of a `trial` what is judged), all findings, the manifest's content."""
    from jewelgen.pipeline import casting, gate, models
    from jewelgen.pipeline.caster import for_the_caster
    from jewelgen.pipeline.excused import excused
    from jewelgen.pipeline.record import finished_record
    from jewelgen.pipeline.sprued import with_sprues
    from jewelgen.solid.realize import realize

    told("making and proving solids")
    model = realize(prepared.piece, quality=options.quality, drafts=True)
    told("masters")
    masters = casting.masters(prepared, model, options)
    files = [file for master in masters for file in master.files]
    files += models.model_files(prepared, model, options)
    findings = (*prepared.findings, *excused(casting.found(model, masters), options.accept))
    if by_hand(prepared.piece) and not trial:
        told("the plan")
        sheets, said = plan_files(prepared, options, edit)
        files, findings = [*files, *sheets], (*findings, *said)
    content = finished_record(prepared, model, masters, findings)
    told("checking what is written")
    checks, judged = gate.gate(tuple(files), content, options)
    content["findings"] += [finding_row(finding) for finding in judged]
    content |= _asked(options)
    files += (*checks, *models.gem_map(prepared))
    if options.sprue and masters and not errors(judged):
        files, more = with_sprues(masters, files, content, options)
        content["findings"] += [finding_row(finding) for finding in more]
        judged = (*judged, *more)
    if options.pictures and not errors(judged):
        told("pictures")
        files += models.pictures(prepared, model)
    if masters and not trial and not errors(judged):
        told("the caster's sheet")
        drawn, more = for_the_caster(prepared, masters, content, files, options)
        judged, files = (*judged, *more), [*files, *drawn]
    return tuple(files), (*findings, *judged), content


def _asked(options: Options) -> dict[str, Any]:
    """What the manifest keeps of the options: whose shop it was, what was let pass and why."""
    own = options.shop
    shop = {"shop": {"name": own.name, "digest": own.digest}} if own else {}
    return {**shop, "accepted": options.waivers()}


def plan_files(
    prepared: Prepared, options: Options, edit: Edit
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
    """The fabrication plan's files; needs no kernel. Raises `MakeError` when no order of work exists.

    `edit`: how fixes for stock that is not sold are written.
    """
    from jewelgen.bench.plan import plan
    from jewelgen.bench.practice import DEFAULT
    from jewelgen.paper import glyph_findings, write_plan
    from jewelgen.pipeline.stocked import stocked

    made = replace(
        plan(prepared.piece, options.shop.practice if options.shop else DEFAULT),
        ticket=_ticket(prepared.order),
    )
    said = stocked(made, prepared, pack_of(prepared.brief, options), edit)
    lost = glyph_findings(made, options.fonts)
    made = replace(made, findings=(*said, *lost))
    files = write_plan(made, prepared.piece, options.paper, options.fonts, options.style)
    artifacts = tuple(Artifact(path, data, "plan") for path, data in sorted(files.items()))
    return artifacts, made.findings


def _ticket(order: Order | None) -> Ticket:
    """The order's own words for the head of the plan."""
    if order is None:
        return Ticket()
    return Ticket(order.id, order.customer, order.due, order.qty, order.note)

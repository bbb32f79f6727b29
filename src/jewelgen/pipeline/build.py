"""One piece from its text to a folder of files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jewelgen.bench.ticket import Ticket
from jewelgen.checker.kernel import make_ready
from jewelgen.design.brief import Brief
from jewelgen.design.orders import Order
from jewelgen.design.reader import load
from jewelgen.findings import Finding, GeometryError, Severity, Where, errors
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.folder import write_folder
from jewelgen.formats.manifest import manifest
from jewelgen.piece.piece import by_hand
from jewelgen.pipeline import unproved
from jewelgen.pipeline.edits import Edit, in_brief, in_document
from jewelgen.pipeline.made import Made
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, as_asked, of_brief, pack_of, prepare
from jewelgen.pipeline.remade import remade
from jewelgen.pipeline.standing import inputs_digest, standing

if TYPE_CHECKING:  # what stands already is recognized without the kernel
    from jewelgen.pipeline.casting import Master
    from jewelgen.solid.model import Model

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
        made = _made(prepared, options, edit, told=told)
    except GeometryError as error:
        plan = (lambda: plan_files(prepared, options, edit)) if by_hand(prepared.piece) else None
        raise GeometryError((*error.findings, *unproved.kept(prepared, options, plan))) from error
    if errors(made.findings):
        told("trying what would pass")
        findings = remade(
            made.findings, prepared, options, edit, lambda p, o: _judged(p, o).findings
        )
        findings = (*findings, _kept_check(prepared, options, made.files))
        return Result(prepared.brief.name, None, (), findings, made.content)
    content = {**made.content, "inputs": inputs}
    files = (*made.files, manifest(content, made.files))
    write_folder(folder, files)
    name, paths = prepared.brief.name, tuple(file.path for file in files)
    return Result(name, folder, paths, made.findings, content)


def _kept_check(prepared: Prepared, options: Options, artifacts: tuple[Artifact, ...]) -> Finding:
    """What the checker measured on files that it held back, beside the results."""
    path = options.out / "refused" / f"{prepared.folder.replace(os.sep, '-')}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    for kept in (a for a in artifacts if a.role == "check"):
        name = path.name if kept.path == "check.json" else kept.path
        (path.parent / name).write_bytes(kept.data)
    said = f"nothing was written; every measure is in {path}"
    return Finding("JG720", said, Where(prepared.brief.file), Severity.NOTE)


def _made(prepared: Prepared, options: Options, edit: Edit, told: Told = _silent) -> Made:
    """Every artifact of a piece but its manifest, all findings, the manifest's content."""
    from jewelgen.pipeline import models
    from jewelgen.pipeline.caster import for_the_caster
    from jewelgen.pipeline.sprued import with_sprues

    solid = _solid(prepared, options, told)
    sheets: tuple[Artifact, ...] = ()
    said: tuple[Finding, ...] = ()
    if by_hand(prepared.piece):
        told("the plan")
        sheets, said = plan_files(prepared, options, edit)
    told("checking what is written")
    made = _gated(_written(prepared, solid, options, sheets, said), options)
    made = made.and_files(models.gem_map(prepared))
    if options.sprue and solid.masters and made.passed:
        made = with_sprues(made, solid.masters, options)
    if options.pictures and made.passed:
        told("pictures")
        made = made.and_files(models.pictures(prepared, solid.model))
    if solid.masters and made.passed:
        told("the caster's sheet")
        made = for_the_caster(made, prepared, solid.masters, options)
    return made


def _judged(prepared: Prepared, options: Options) -> Made:
    """The files that are judged and what was found, and no more: what a trial asks for."""
    return _gated(_written(prepared, _solid(prepared, options), options), options)


@dataclass(frozen=True, slots=True)
class _Solid:
    """The finished piece, proved, and the masters of what is cast."""

    model: Model
    masters: tuple[Master, ...]


def _solid(prepared: Prepared, options: Options, told: Told = _silent) -> _Solid:
    """Raises `GeometryError` when a solid cannot be proved."""
    from jewelgen.pipeline.casting import masters
    from jewelgen.solid.realize import realize

    told("making and proving solids")
    model = realize(prepared.piece, quality=options.quality, drafts=True)
    told("masters")
    return _Solid(model, masters(prepared, model, options))


def _written(
    prepared: Prepared,
    solid: _Solid,
    options: Options,
    sheets: tuple[Artifact, ...] = (),
    said: tuple[Finding, ...] = (),
) -> Made:
    """The solids' files, the plan's `sheets` and what was `said` of it, and the record so far."""
    from jewelgen.pipeline.casting import found
    from jewelgen.pipeline.excused import excused
    from jewelgen.pipeline.models import model_files
    from jewelgen.pipeline.record import finished_record

    masters = solid.masters
    files = [file for master in masters for file in master.files]
    files += model_files(prepared, solid.model, options)
    findings = (*prepared.findings, *excused(found(solid.model, masters), options.accept), *said)
    content = finished_record(prepared, solid.model, masters, findings) | _asked(options)
    return Made((*files, *sheets), content, findings)


def _gated(made: Made, options: Options) -> Made:
    """What was made once every file of it was read back and judged."""
    from jewelgen.pipeline.gate import gate

    checks, judged = gate(made.files, made.content, options)
    return made.and_files(checks).and_judged(judged)


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

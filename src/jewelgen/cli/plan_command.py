"""`jewelgen plan`: the fabrication plan alone, without meshing or STEP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jewelgen.cli import given, show
from jewelgen.cli.outcome import FAILED, SOME_FAILED, Failed


@click.command("plan")
@click.argument("design", nargs=-1)
@click.option("--out", default="output", show_default=True, help="Folder of all results.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Vary an asked key.")
@click.option("--order", metavar="FILE", help="An order file: TOML for one customer, CSV for many.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--explain", metavar="PART", help="Print the formula, inputs and sources of a part.")
@click.option("--shop", metavar="FILE", help="A shop's own habits, stock and rates (TOML).")
@click.option("--style", metavar="FILE", help="A shop's own Typst template of plan.pdf.")
@click.option(
    "--print-style", is_flag=True, help="Print the shipped template, to be copied and changed."
)
@click.option("--fonts", metavar="FOLDER", help="Fonts for names that the shipped ones lack.")
@click.option("--trust", is_flag=True, help="Let the design run code of its own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    design: tuple[str, ...], settings: tuple[str, ...], as_json: bool, **asked: Any
) -> None:
    """Write the plan of DESIGN as it would be made by hand, for itself or for the orders of a file."""
    from jewelgen.batch.jobs import jobs_of
    from jewelgen.formats.manifest import finding_row

    if asked["print_style"]:
        from jewelgen.paper.document import template

        click.echo(template(), nl=False)
        return
    order = Path(asked["order"]) if asked["order"] else None
    if not design and order is None:
        raise click.UsageError("plan needs a DESIGN, or --order with designs in it")
    jobs, refused = jobs_of(tuple(map(Path, design)), given.values(settings), order)
    show.findings(refused)
    options = _options(asked)
    if asked["explain"] is not None:
        texts = [_explained(job, asked["explain"], options) for job in jobs]
        _show(as_json, {"explained": texts}, texts)
        return
    lost = len({(f.where.file, f.where.line) for f in refused})
    alone = len(jobs) + lost == 1
    done = [_written(job, options, alone=alone and not as_json) for job in jobs]
    rows = {"plans": done, "refused": list(map(finding_row, refused))}
    _show(as_json, rows, [row["folder"] + "/plan.pdf" for row in done if row["ok"]])
    if lost or not all(row["ok"] for row in done):
        raise Failed(FAILED if alone else SOME_FAILED)


def _show(as_json: bool, document: dict[str, Any], lines: list[str]) -> None:
    if as_json:
        show.document("plans", document)
    else:
        for line in lines:
            click.echo(line)


def _options(asked: dict[str, Any]) -> Any:
    from jewelgen.pipeline.options import Options

    return Options(
        Path(asked["out"]), made="handmade", paper=asked["paper"], trust=asked["trust"],
        shop=given.shop(asked["shop"]), style=given.source(asked["style"]),
        fonts=given.existing(asked["fonts"]),
    )  # fmt: skip


def _document(job: Any, options: Any) -> Any:
    from jewelgen.design.reader import load

    return load(job.design, trust=options.trust)


def _prepared(job: Any, options: Any) -> Any:
    from jewelgen.pipeline.prepare import prepare

    return prepare(_document(job, options), job.asked, options)


def _explained(job: Any, part: str, options: Any) -> str:
    from jewelgen.bench.explain import explain
    from jewelgen.bench.plan import plan
    from jewelgen.bench.practice import DEFAULT

    practice = options.shop.practice if options.shop else DEFAULT
    return explain(plan(_prepared(job, options).piece, practice), part)


def _written(job: Any, options: Any, *, alone: bool) -> dict[str, Any]:
    """One plan; of many, what is wrong with one is said and does not stop the others."""
    from jewelgen.findings import JewelgenError, errors
    from jewelgen.formats.folder import write_folder
    from jewelgen.pipeline.build import plan_files
    from jewelgen.pipeline.edits import in_document

    try:
        prepared = _prepared(job, options)
        if errors(prepared.findings):
            return _row(job, None, (), prepared.findings)
        edit = in_document(_document(job, options), job.asked, options.made)
        files, said = plan_files(prepared, options, edit)
    except JewelgenError as error:
        if alone:
            raise
        return _row(job, None, (), error.findings)
    folder = options.out / f"{prepared.folder}-plan"
    write_folder(folder, files)
    return _row(job, folder, files, (*prepared.findings, *said))


def _row(job: Any, folder: Path | None, files: Any, found: Any) -> dict[str, Any]:
    """What became of one plan, as data; its findings are said on the way."""
    from jewelgen.formats.manifest import finding_row

    show.findings(found)
    return {
        "design": str(job.design),
        "order": job.order.id if job.order else None,
        "ok": folder is not None,
        "folder": str(folder) if folder else None,
        "files": [file.path for file in files],
        "findings": list(map(finding_row, found)),
    }

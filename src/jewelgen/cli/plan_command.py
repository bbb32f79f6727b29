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
def command(design: tuple[str, ...], settings: tuple[str, ...], **asked: Any) -> None:
    """Write the plan of DESIGN as it would be made by hand, for itself or for the orders of a file."""
    from jewelgen.batch.jobs import jobs_of

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
        for job in jobs:
            _explain(job, asked["explain"], options)
        return
    lost = len({(f.where.file, f.where.line) for f in refused})
    done = [_written(job, options, alone=len(jobs) + lost == 1) for job in jobs]
    if lost or not all(done):
        raise Failed(FAILED if len(jobs) + lost == 1 else SOME_FAILED)


def _options(asked: dict[str, Any]) -> Any:
    from jewelgen.pipeline.options import Options

    return Options(
        Path(asked["out"]), made="handmade", paper=asked["paper"], trust=asked["trust"],
        shop=given.shop(asked["shop"]), style=given.source(asked["style"]),
        fonts=given.existing(asked["fonts"]),
    )  # fmt: skip


def _prepared(job: Any, options: Any) -> Any:
    from jewelgen.design.reader import load
    from jewelgen.pipeline.prepare import prepare

    return prepare(load(job.design, trust=options.trust), job.asked, options)


def _explain(job: Any, part: str, options: Any) -> None:
    from jewelgen.bench.explain import explain
    from jewelgen.bench.plan import plan
    from jewelgen.bench.practice import DEFAULT

    practice = options.shop.practice if options.shop else DEFAULT
    click.echo(explain(plan(_prepared(job, options).piece, practice), part))


def _written(job: Any, options: Any, *, alone: bool) -> bool:
    """One plan; of many, what is wrong with one is said and does not stop the others."""
    from jewelgen.findings import JewelgenError, errors
    from jewelgen.formats.folder import write_folder
    from jewelgen.pipeline.build import plan_files

    try:
        prepared = _prepared(job, options)
        show.findings(prepared.findings)
        if errors(prepared.findings):
            return False
        files, said = plan_files(prepared, options)
    except JewelgenError as error:
        if alone:
            raise
        show.findings(error.findings)
        return False
    show.findings(said)
    folder = options.out / f"{prepared.folder}-plan"
    write_folder(folder, files)
    click.echo(str(folder / "plan.pdf"))
    return True

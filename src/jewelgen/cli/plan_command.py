"""`jewelgen plan`: the fabrication plan alone, without meshing or STEP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jewelgen.cli import given, show
from jewelgen.cli.outcome import FAILED, Failed
from jewelgen.findings import errors


@click.command("plan")
@click.argument("design")
@click.option("--out", default="output", show_default=True, help="Folder of all results.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Vary an asked key.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--explain", metavar="PART", help="Print the formula, inputs and sources of a part.")
@click.option("--shop", metavar="FILE", help="A shop's own habits, stock and rates (TOML).")
@click.option("--trust", is_flag=True, help="Let the design run code of its own.")
def command(design: str, settings: tuple[str, ...], explain: str | None, **asked: Any) -> None:
    """Write the plan of DESIGN as it would be made by hand."""
    from jewelgen.bench.explain import explain as explained
    from jewelgen.bench.plan import plan
    from jewelgen.bench.practice import DEFAULT
    from jewelgen.design.reader import load
    from jewelgen.formats.folder import write_folder
    from jewelgen.pipeline.build import plan_files
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.prepare import prepare

    options = Options(
        Path(asked["out"]),
        made="handmade",
        paper=asked["paper"],
        trust=asked["trust"],
        shop=given.shop(asked["shop"]),
    )
    document = load(design, trust=options.trust)
    prepared = prepare(document, given.values(settings) or None, options)
    if explain is not None:
        practice = options.shop.practice if options.shop else DEFAULT
        click.echo(explained(plan(prepared.piece, practice), explain))
        return
    show.findings(prepared.findings)
    if errors(prepared.findings):
        raise Failed(FAILED)
    files, said = plan_files(prepared, options)
    show.findings(said)
    folder = options.out / f"{prepared.folder}-plan"
    write_folder(folder, files)
    click.echo(str(folder / "plan.pdf"))

"""`jewelgen stock`: bars and sheets for all handmade pieces of designs and order files, cut together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jewelgen.cli import given, show
from jewelgen.cli.outcome import FAILED, SOME_FAILED, Failed
from jewelgen.cli.wanted import sorted_out


@click.command("stock")
@click.argument("what", nargs=-1, required=True)
@click.option("--shop", metavar="FILE", help="A shop's own habits, stock and rates (TOML).")
@click.option("--made", type=click.Choice(["handmade"]), help="Plan cast pieces by hand as well.")
@click.option("--out", default="output", show_default=True, help="Folder of all results.")
@click.option("--name", default="stock", show_default=True, help="Folder of it, below --out.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes; 0: one a core.")
@click.option("--trust", is_flag=True, help="Let designs run code of their own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(what: tuple[str, ...], as_json: bool, jobs: int, **asked: Any) -> None:
    """Lay out the blanks of WHAT on bars and sheets: designs and order files (CSV or TOML), all together.

    Equal stock is shared, whoever it is for; each blank bears its job's name. Cast pieces take no stock.
    """
    import json

    from jewelgen.batch.readings import planned
    from jewelgen.bench.practice import DEFAULT
    from jewelgen.cores import cores
    from jewelgen.formats.folder import write_folder
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.stocks import stock_files

    shop = given.shop(asked["shop"])
    options = Options(Path(asked["out"]), made=asked["made"], trust=asked["trust"], shop=shop)
    folders, todo, refused = sorted_out(what)
    if folders:
        raise click.UsageError(
            f"{folders[0]} is a result; stock is laid out from designs or orders"
        )
    show.findings(refused)
    made, lost = _made(planned(todo, options, jobs or cores()))
    lost += len({(f.where.file, f.where.line) for f in refused})
    if made:
        files, said = stock_files(made, shop.practice if shop else DEFAULT, asked["paper"])
        show.findings(said)
        folder = options.out / asked["name"]
        write_folder(folder, files)
        if as_json:
            data = next(file.data for file in files if file.path == "stock.json")
            show.document("stock", {"folder": str(folder), **json.loads(data)})
        else:
            click.echo(str(folder / "stock.pdf"))
    elif not lost:
        click.echo(
            "nothing to cut: every piece is cast (--made handmade plans them by hand)", err=True
        )
    if lost:
        raise Failed(SOME_FAILED if made else FAILED)


def _made(reads: Any) -> tuple[list[Any], int]:
    """Name, cut list and quantity of every handmade piece, and how many failed; findings go to stderr."""
    from jewelgen.findings import errors

    made, lost = [], 0
    for read in reads:
        show.findings(errors(read.findings))
        lost += not read.ok
        if read.ok and read.plan is not None:
            order = read.job.order
            name = order.id if order else read.job.design.stem
            made.append((name, read.plan.cut_list, order.qty if order else 1))
    return made, lost

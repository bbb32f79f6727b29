"""`jewelgen check`: read, compose and judge designs and orders; no kernel is loaded, nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jewelgen.cli import given, show
from jewelgen.cli.outcome import FAILED, SOME_FAILED, Failed

MANY = 20  # pieces; of more, those that are sound are counted, not listed


@click.command("check")
@click.argument("design", nargs=-1)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Vary an asked key.")
@click.option("--order", help="An order file to judge whole: TOML for one customer, CSV for many.")
@click.option("--made", type=click.Choice(["cast", "handmade"]), help="Judge it made this way.")
@click.option(
    "--pack",
    default="",
    help="Casting house whose rules hold.  [default: the design's, the shop's, else cautious]",
)
@click.option("--shop", metavar="FILE", help="A shop's own habits, stock and rates (TOML).")
@click.option("--keep-mold", is_flag=True, help="Refuse orders that need a new master.")
@click.option("--jobs", type=click.IntRange(0), default=1, help="Processes; 0: one a core.")
@click.option("--trust", is_flag=True, help="Let designs run code of their own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    design: tuple[str, ...], settings: tuple[str, ...], as_json: bool, jobs: int, **asked: Any
) -> None:
    """Judge DESIGN files (default: all of designs/) without building them."""
    from jewelgen.batch.jobs import jobs_of
    from jewelgen.batch.judged import judged
    from jewelgen.cores import cores
    from jewelgen.formats.manifest import finding_row

    orders = Path(asked["order"]) if asked["order"] else None
    paths = given.designs(design) if design or orders is None else ()
    todo, refused = jobs_of(paths, given.values(settings), orders)
    show.findings(refused)
    rows, failed = [], len({(f.where.file, f.where.line) for f in refused})
    total = len(todo) + failed
    for read in judged(todo, _options(asked), jobs or cores()):
        failed += not read.ok
        if as_json:
            rows.append(_row(read))
        else:
            _say(read, brief=total > MANY)
    if as_json:
        show.document("check", {"designs": rows, "refused": list(map(finding_row, refused))})
    elif total > 1:
        click.echo(f"{total - failed} of {total} sound")
    if failed:
        raise Failed(FAILED if total == 1 else SOME_FAILED)


def _options(asked: dict[str, Any]) -> Any:
    from jewelgen.pipeline.options import Options

    return Options(
        made=asked["made"], pack=asked["pack"], trust=asked["trust"], keep_mold=asked["keep_mold"],
        shop=given.shop(asked["shop"]),
    )  # fmt: skip


def _say(read: Any, *, brief: bool) -> None:
    """One piece: sound or not, what its phrases were understood as, what was found."""
    from jewelgen.findings import errors

    if brief and read.ok:
        return
    name = f"{read.job.design} {read.job.order.id}" if read.job.order else str(read.job.design)
    click.echo(f"{name}: {'sound' if read.ok else 'fails'}")
    for line in () if brief else read.echoes:
        click.echo(f"  {line}")
    show.findings(errors(read.findings) if brief else read.findings)


def _row(read: Any) -> dict[str, Any]:
    from jewelgen.formats.manifest import finding_row

    row = {"design": str(read.job.design), "ok": read.ok}
    if read.job.order:
        row["order"] = read.job.order.id
    return row | {"findings": list(map(finding_row, read.findings))}

"""`jewelgen build`: the files of designs, for themselves or for customers' orders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jewelgen.cli import given, show
from jewelgen.cli.outcome import FAILED, SOME_FAILED, Failed

BOOK = "casting-orders"
_FORMATS = ("step", "stl", "3mf", "glb")


@click.command("build")
@click.argument("design", nargs=-1)
@click.option("--out", default="output", show_default=True, help="Folder of all results.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Vary an asked key.")
@click.option("--order", help="An order file: TOML for one customer, CSV for many.")
@click.option("--to", default=",".join(_FORMATS), show_default=True, help="Solid formats to write.")
@click.option("--made", type=click.Choice(["cast", "handmade"]), help="Make the piece this way.")
@click.option("--route", type=click.Choice(["direct", "mold"]), help="How the casting is made.")
@click.option(
    "--quality", type=click.Choice(["preview", "standard", "fine"]), default="standard",
    show_default=True, help="Chord tolerance of meshes.",
)  # fmt: skip
@click.option(
    "--pack", help="Casting house whose rules hold.  [default: the design's, the shop's, cautious]"
)
@click.option("--shop", metavar="FILE", help="A shop's own habits, stock and rates (TOML).")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--style", metavar="FILE", help="A shop's own Typst template of plan.pdf.")
@click.option("--fonts", metavar="FOLDER", help="Fonts for names that the shipped ones lack.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes; 0: one a core.")
@click.option("--keep-mold", is_flag=True, help="Refuse orders that need a new master.")
@click.option("--no-pictures", is_flag=True, help="Leave the pictures out.")
@click.option("--sprue", is_flag=True, help="Write masters with their sprues on.")
@click.option(
    "--accept",
    multiple=True,
    metavar='JG7nn[@PLACE]="REASON"',
    help="Let a failed check pass, on record; of one part or body alone where PLACE names it.",
)
@click.option("--again", is_flag=True, help="Build even what stands already, unchanged.")
@click.option("--trust", is_flag=True, help="Let designs run code of their own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(design: tuple[str, ...], as_json: bool, jobs: int, **asked: Any) -> None:
    """Build DESIGN files (default: all of designs/) into the output folder."""
    from jewelgen.batch.jobs import jobs_of
    from jewelgen.batch.run import run
    from jewelgen.cli.progress import line
    from jewelgen.cores import cores
    from jewelgen.formats.manifest import finding_row

    orders = Path(asked["order"]) if asked["order"] else None
    paths = given.designs(design) if design or orders is None else ()
    todo, refused = jobs_of(paths, given.values(asked["settings"]), orders)
    show.findings(refused)
    rows, failed, lost = [], 0, len({(f.where.file, f.where.line) for f in refused})
    folders: list[Path] = []
    with line(len(todo)) as shown:
        for outcome in run(todo, _options(asked), jobs or cores(), shown.says):
            failed += not outcome.ok
            _say(outcome)
            shown.step()
            if outcome.result is not None and outcome.result.folder is not None:
                folders.append(outcome.result.folder)
            if as_json:
                rows.append(_row(outcome))
    if orders is not None:
        _order_book(folders, Path(asked["out"]), asked["paper"])
    if as_json:
        said = {"pieces": rows, "refused": list(map(finding_row, refused))}
        show.document("build", said)
    if lost + failed:
        raise Failed(FAILED if len(todo) + lost == 1 else SOME_FAILED)


def _order_book(folders: list[Path], out: Path, paper: str) -> None:
    """How many of which size go to the caster, beside the results of an order file."""
    from jewelgen.formats.folder import write_folder
    from jewelgen.pipeline.cast_orders import order_book

    book = order_book(folders, paper)
    if book:
        write_folder(out / BOOK, book)
        click.secho(f"casting orders -> {out / BOOK}", fg="green", err=True)


def _options(asked: dict[str, Any]) -> Any:
    from jewelgen.pipeline.options import Options
    from jewelgen.solid.model import Quality

    formats = tuple(word.strip().lower() for word in asked["to"].split(",") if word.strip())
    if not formats or set(formats) - set(_FORMATS):
        raise click.UsageError(f"--to takes {', '.join(_FORMATS)}, not {asked['to']!r}")
    shop = given.shop(asked["shop"])
    return Options(
        out=Path(asked["out"]),
        formats=formats,
        quality=Quality(asked["quality"]),
        made=asked["made"],
        route=asked["route"],
        pack=asked["pack"] or "",
        shop=shop,
        paper=asked["paper"],
        style=given.source(asked["style"]),
        fonts=given.existing(asked["fonts"]),
        pictures=not asked["no_pictures"],
        keep_mold=asked["keep_mold"],
        trust=asked["trust"],
        again=asked["again"],
        sprue=asked["sprue"],
        accept=tuple(given.reason(text) for text in asked["accept"]),
    )


def _say(outcome: Any) -> None:
    """A progress line a piece, then what was found, on stderr."""
    mark = "failed" if not outcome.ok else "kept" if outcome.result.kept else "built"
    place = f" -> {outcome.result.folder}" if outcome.ok else ""
    click.secho(f"{mark} {outcome.job.name}{place}", fg="green" if outcome.ok else "red", err=True)
    if outcome.ok:
        for row in outcome.result.record.get("understood", ()):
            click.echo(f"  {row['key']}: {row['written']} = {row['as']}", err=True)
    show.findings(outcome.findings)


def _row(outcome: Any) -> dict[str, Any]:
    from jewelgen.formats.manifest import finding_row

    return {
        "design": str(outcome.job.design),
        "order": outcome.job.order.id if outcome.job.order else None,
        "ok": outcome.ok,
        "kept": outcome.ok and outcome.result.kept,
        "folder": str(outcome.result.folder) if outcome.ok else None,
        "files": list(outcome.result.files) if outcome.ok else [],
        "findings": [finding_row(finding) for finding in outcome.findings],
    }

"""`jewelgen render`: pictures of designs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jewelgen.cli import given, show
from jewelgen.cli.outcome import FAILED, SOME_FAILED, Failed


@click.command("render")
@click.argument("design", nargs=-1)
@click.option("--out", default="output/pictures", show_default=True, help="Folder of the pictures.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Vary an asked key.")
@click.option("--order", metavar="FILE", help="An order file: TOML for one customer, CSV for many.")
@click.option("--made", type=click.Choice(["cast", "handmade"]), help="Make the piece this way.")
@click.option("--trust", is_flag=True, help="Let designs run code of their own.")
@click.option(
    "--gallery", is_flag=True, help="A page of all designs, each from two sides, and of all alloys."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    design: tuple[str, ...], settings: tuple[str, ...], as_json: bool, gallery: bool, **asked: Any
) -> None:
    """Render DESIGN files (default: all of designs/): a three-quarter view and a four-view sheet."""
    from jewelgen.batch.jobs import jobs_of
    from jewelgen.formats.manifest import finding_row

    out = Path(asked["out"])
    if gallery:
        _gallery(given.designs(design), out, asked["trust"])
        return
    order = Path(asked["order"]) if asked["order"] else None
    paths = given.designs(design) if design or order is None else ()
    jobs, refused = jobs_of(paths, given.values(settings), order)
    show.findings(refused)
    rows = [_row(job, out, asked, as_json) for job in jobs]
    if as_json:
        said = {"pieces": rows, "refused": list(map(finding_row, refused))}
        show.document("render", said)
    if refused or not all(row["files"] for row in rows):
        raise Failed(FAILED if len(jobs) + len(refused) == 1 else SOME_FAILED)


def _row(job: Any, out: Path, asked: dict[str, Any], quiet: bool) -> dict[str, Any]:
    """The pictures of one piece; what is wrong with it is said, and the others go on."""
    from jewelgen.findings import JewelgenError
    from jewelgen.formats.manifest import finding_row

    files: list[str] = []
    try:
        files, found = _pictures(job, out, asked)
    except JewelgenError as error:
        found = error.findings
    show.findings(found)
    for file in () if quiet else files:
        click.echo(file)
    order = job.order.id if job.order else None
    said = list(map(finding_row, found))
    return {"design": str(job.design), "order": order, "files": files, "findings": said}


def _pictures(job: Any, out: Path, asked: dict[str, Any]) -> tuple[list[str], Any]:
    """Names of the pictures that were written, and what was found; no picture of a piece that fails."""
    from jewelgen.design.reader import load
    from jewelgen.findings import errors
    from jewelgen.pipeline.models import pictures
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.prepare import prepare
    from jewelgen.solid.realize import realize

    options = Options(made=asked["made"], trust=asked["trust"])
    prepared = prepare(load(job.design, trust=options.trust), job.asked, options)
    stopped = errors(prepared.findings)
    if stopped:
        return [], stopped
    files = []
    for artifact in pictures(prepared, realize(prepared.piece, drafts=True)):
        out.mkdir(parents=True, exist_ok=True)
        target = out / f"{prepared.folder.replace('/', '-')}-{artifact.path}"
        target.write_bytes(artifact.data)
        files.append(str(target))
    return files, ()


def _gallery(designs: tuple[Path, ...], folder: Path, trust: bool) -> None:
    """A picture of every design, all of them on one, the alloys, and a page of it all."""
    from jewelgen.pipeline.gallery import gallery_files

    for name, data in gallery_files(designs, trust):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        click.echo(str(target))

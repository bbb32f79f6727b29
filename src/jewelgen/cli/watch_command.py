"""`jewelgen watch`: build a design again whenever it, or anything it is made from, changes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from jewelgen.cli import given

_PAUSE_S = 0.5
# Beside the results that are sold, never in their place: these are coarse, for the eye.
FOLDER = "output/_watch"


@click.command("watch")
@click.argument("design")
@click.option("--out", default=FOLDER, show_default=True, help="Folder of the previews.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Vary an asked key.")
@click.option("--made", type=click.Choice(["cast", "handmade"]), help="Make the piece this way.")
@click.option("--shop", metavar="FILE", help="A shop's own habits, stock and rates (TOML).")
@click.option("--trust", is_flag=True, help="Let the design run code of its own.")
@click.option(
    "--rounds", type=click.IntRange(0), default=0, help="Stop after so many builds; 0: never."
)
@click.option("--no-pictures", is_flag=True, help="Leave the pictures out.")
def command(design: str, settings: tuple[str, ...], rounds: int, **asked: Any) -> None:
    """Build previews of DESIGN now and after every change of what it is made from; end with Ctrl-C."""
    path, done = Path(design), 0
    if not path.exists():
        raise click.UsageError(f"{path} is not there")
    watched: tuple[Path, ...] = (path,)
    seen: dict[Path, int] = {}
    while not rounds or done < rounds:
        times = _times(watched)
        if times != seen or not done:
            watched = _watched(path, watched, asked)
            seen, done = _times(watched), done + 1
            _build(path, given.values(settings), asked)
        else:
            time.sleep(_PAUSE_S)


def _times(files: tuple[Path, ...]) -> dict[Path, int]:
    """When each file was last changed, ns since the epoch; what is gone for a moment is left out."""
    return {file: file.stat().st_mtime_ns for file in files if file.exists()}


def _watched(path: Path, before: tuple[Path, ...], asked: dict[str, Any]) -> tuple[Path, ...]:
    """The design, its parents, the drawings and the code beside them, the shop's file."""
    from jewelgen.design.reader import load
    from jewelgen.findings import DesignError

    try:
        document = load(path, trust=True)  # nothing of it is run here
    except DesignError:
        return before
    files = {path, *(Path(place.file) for place in document.places.values())}
    folders = {document.folder, *(document.folder / str(f) for f in document.tree.get("use", ()))}
    for folder in folders:
        files |= {*folder.glob("*.svg"), *folder.glob("*.py"), *folder.glob("*/*.py")}
    return tuple(sorted(files | ({Path(asked["shop"])} if asked["shop"] else set())))


def _build(path: Path, values: dict[str, Any], asked: dict[str, Any]) -> None:
    """One preview build, its mistakes said and survived."""
    from jewelgen.batch.jobs import Job
    from jewelgen.batch.run import attempt
    from jewelgen.cli import show
    from jewelgen.cli.progress import line
    from jewelgen.findings import JewelgenError
    from jewelgen.pipeline.options import Options
    from jewelgen.solid.model import Quality

    try:
        options = Options(
            Path(asked["out"]), quality=Quality.PREVIEW, pictures=not asked["no_pictures"],
            made=asked["made"], trust=asked["trust"], shop=given.shop(asked["shop"]),
        )  # fmt: skip
    except JewelgenError as error:
        show.findings(error.findings)
        return
    with line(1) as shown:
        outcome: Any = attempt(Job(path, values=tuple(values.items())), options, shown.says)
    place = f" -> {outcome.result.folder}" if outcome.ok else ""
    click.echo(f"{'built' if outcome.ok else 'failed'} {path.stem}{place}", err=True)
    show.findings(outcome.findings)

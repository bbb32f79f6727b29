"""`jewelgen render`: pictures of designs."""

from __future__ import annotations

from pathlib import Path

import click

from jewelgen.cli import given


@click.command("render")
@click.argument("design", nargs=-1)
@click.option("--out", default="output/pictures", show_default=True, help="Folder of the pictures.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Vary an asked key.")
@click.option("--trust", is_flag=True, help="Let designs run code of their own.")
def command(design: tuple[str, ...], out: str, settings: tuple[str, ...], trust: bool) -> None:
    """Render DESIGN files (default: all of designs/): a three-quarter view and a four-view sheet."""
    from jewelgen.design.reader import load
    from jewelgen.pipeline.models import pictures
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.prepare import prepare
    from jewelgen.solid.realize import realize

    folder = Path(out)
    for path in given.designs(design):
        prepared = prepare(load(path, trust=trust), given.values(settings) or None, Options())
        for artifact in pictures(prepared, realize(prepared.piece)):
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{prepared.brief.stem}-{artifact.path}"
            target.write_bytes(artifact.data)
            click.echo(str(target))

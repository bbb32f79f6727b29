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
@click.option(
    "--gallery", is_flag=True, help="A page of all designs, each from two sides, and of all alloys."
)
def command(
    design: tuple[str, ...], out: str, settings: tuple[str, ...], trust: bool, gallery: bool
) -> None:
    """Render DESIGN files (default: all of designs/): a three-quarter view and a four-view sheet."""
    if gallery:
        _gallery(given.designs(design), Path(out), trust)
        return
    from jewelgen.design.reader import load
    from jewelgen.pipeline.models import pictures
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.prepare import prepare
    from jewelgen.solid.realize import realize

    folder = Path(out)
    for path in given.designs(design):
        prepared = prepare(load(path, trust=trust), given.values(settings) or None, Options())
        for artifact in pictures(prepared, realize(prepared.piece, drafts=True)):
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{prepared.brief.stem}-{artifact.path}"
            target.write_bytes(artifact.data)
            click.echo(str(target))


def _gallery(designs: tuple[Path, ...], folder: Path, trust: bool) -> None:
    """A picture of every design, all of them on one, the alloys, and a page of it all."""
    from jewelgen.pipeline.gallery import gallery_files

    for name, data in gallery_files(designs, trust):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        click.echo(str(target))

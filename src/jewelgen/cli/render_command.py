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
    "--gallery", is_flag=True, help="One picture from two sides a design, and a page of all."
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
    """`<stem>.png` of every design and a README.md that shows them with what they are."""
    from jewelgen.catalog.alloys import alloy
    from jewelgen.design.reader import load
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.prepare import prepare
    from jewelgen.solid.realize import realize
    from jewelgen.view.picture import contact
    from jewelgen.view.scene import scene_of

    folder.mkdir(parents=True, exist_ok=True)
    page = ["# Gallery", "", "Every shipped design from two sides, drawn by `make docs`.", ""]
    for path in designs:
        prepared = prepare(load(path, trust=trust), None, Options())
        brief = prepared.brief
        picture = folder / f"{brief.stem}.png"
        picture.write_bytes(contact(scene_of(prepared.piece, realize(prepared.piece, drafts=True))))
        facts = ", ".join(
            part for part in (brief.made, alloy(brief.alloy).name, brief.size) if part
        )
        page += [f"## {brief.name}", "", f"`{path.name}`: {facts}", "", f"![{brief.name}]({picture.name})", ""]  # fmt: skip
        click.echo(str(picture))
    (folder / "README.md").write_text("\n".join(page), encoding="utf-8")

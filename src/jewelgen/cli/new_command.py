"""`jewelgen new ring NAME`: a first design to change, complete and buildable."""

from __future__ import annotations

import re
from pathlib import Path

import click

from jewelgen.cli import show

_RING = """\
format = 1
name   = "{name}"
piece  = "ring"
made   = "cast"              # or "handmade": a fabrication plan instead of masters
alloy  = "sterling"
size   = "US 7"

[shank]
kind  = "court"              # jewelgen list kinds
width = 4
thick = 1.8

[engraving]
on   = "shank.inside"
text = "Hello"
tall = 1.6
when = "after casting"

[ask]                        # what a customer may vary
size           = "US 4 .. US 13 by 1/4"
alloy          = ["sterling", "14k yellow", "18k yellow"]
engraving.text = "1 .. 16 letters"
"""

_PENDANT = """\
format = 1
name   = "{name}"
piece  = "pendant"
made   = "handmade"
alloy  = "sterling"

[body]
kind  = "disc"
size  = 22
thick = "18 ga"
hole  = 1.6

[link]                       # a ring through the body's hole
kind = "jump-ring"
wire = "18 ga"
id   = 4.0
ends = "soldered"

[engraving]
on   = "body.front"
text = "HELLO"
tall = 3
deep = 0.25
how  = "stamp"

[ask]
engraving.text = "1 .. 8 letters"
"""


@click.command("new")
@click.argument("sort", type=click.Choice(["ring", "pendant"]))
@click.argument("name")
@click.option("--into", default="designs", show_default=True, help="Folder of the new file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(sort: str, name: str, into: str, as_json: bool) -> None:
    """Write a small, buildable design called NAME and say where it is."""
    from jewelgen.design.heading import LONGEST_NAME, path_like, unaccented

    stem = re.sub(r"[^a-z0-9]+", "_", unaccented(name).lower()).strip("_")
    if not stem or not name.isprintable() or '"' in name or path_like(name):
        raise click.UsageError("a name needs letters or digits, no quotes, and no look of a path")
    if len(name) > LONGEST_NAME:
        raise click.UsageError(f"a name has at most {LONGEST_NAME} characters")
    path = Path(into) / f"{stem}.toml"
    if path.exists():
        raise click.UsageError(f"{path} is there already; choose another name")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (_RING if sort == "ring" else _PENDANT).format(name=name)
    path.write_text(text, encoding="utf-8")
    if as_json:
        show.document("new", {"file": str(path), "name": name})
    else:
        click.echo(f"{path}: change it, then: jewelgen build {path}")

"""`jewelgen tree`: masters of designs and orders packed on casting trees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jewelgen.cli import show
from jewelgen.cli.wanted import folder, wanted


@click.command("tree")
@click.argument("what", nargs=-1, required=True)
@click.option("--flask", "flasks", multiple=True, metavar="SIZE", help="Flask to use, as 2.5x4in or 63.5x101.6; may be repeated.  [default: any of the catalog]")  # fmt: skip
@click.option("--investment", type=click.Choice(["gypsum", "phosphate"]), help="Investment powder.  [default: gypsum where it stands the metal]")  # fmt: skip
@click.option("--copies", type=click.IntRange(1, 500), default=1, help="So many of each piece.")
@click.option("--route", type=click.Choice(["direct", "mold"]), help="How the castings are made.")
@click.option("--out", default="output", show_default=True, help="Folder of all results.")
@click.option("--name", default="tree", show_default=True, help="Folder of the trees, below --out.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--picture", is_flag=True, help="Render a shaded picture of every tree too.")
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes; 0: one a core.")
@click.option("--trust", is_flag=True, help="Let designs run code of their own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(what: tuple[str, ...], as_json: bool, **asked: Any) -> None:
    """Pack WHAT on trees: designs, order files (CSV or TOML) or folders that `jewelgen build` left.

    Masters that stand already are taken as they are, the others are built first. One flask holds one metal;
    there are as many flasks as it takes.
    """
    import json

    from jewelgen.cores import cores
    from jewelgen.formats.folder import write_folder
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.trees import Asked, flask_of, tree_files

    sizes = tuple(map(flask_of, asked["flasks"]))
    chosen = Asked(sizes, asked["investment"], asked["paper"], asked["picture"])
    place = folder(asked["out"], asked["name"])
    options = Options(out=Path(asked["out"]), route=asked["route"], trust=asked["trust"])
    found = wanted(what, options, asked["jobs"] or cores(), asked["copies"])
    files, findings, trees = tree_files(found.casts, chosen)
    show.findings(findings)
    if trees:
        write_folder(place, files)
        for number, tree in enumerate(trees, 1):
            size = f"{len(tree.branches)} pieces, {len(tree.rings)} rings, {tree.flask.name}"
            click.secho(f"flask {number}: {tree.alloy}, {size} -> {place}", fg="green", err=True)
    if as_json:
        data = next(file.data for file in files if file.path == "tree.json")
        said = {key: value for key, value in json.loads(data).items() if key != "schema"}
        show.document("tree", {"folder": str(place), **said})
    found.done(sum(finding.code == "JG440" for finding in findings))

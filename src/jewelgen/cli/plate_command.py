"""`jewelgen plate`: masters of designs and orders laid on a resin printer's plate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jewelgen.cli import show
from jewelgen.cli.wanted import folder, wanted


@click.command("plate")
@click.argument("what", nargs=-1, required=True)
@click.option("--printer", "printer_word", required=True, metavar="NAME|WxDxH", help="A printer of the catalog, or its build volume in mm.")  # fmt: skip
@click.option("--copies", type=click.IntRange(1, 500), default=1, help="So many of each piece.")
@click.option("--route", type=click.Choice(["direct", "mold"]), help="How the castings are made.")
@click.option("--out", default="output", show_default=True, help="Folder of all results.")
@click.option("--name", default="plate", show_default=True, help="Folder of the plates, below --out.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(0), default=0, help="Processes; 0: one a core.")
@click.option("--trust", is_flag=True, help="Let designs run code of their own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(what: tuple[str, ...], printer_word: str, as_json: bool, **asked: Any) -> None:
    """Lay WHAT on plates: designs, order files (CSV or TOML) or folders that `jewelgen build` left.

    Masters that stand already are taken as they are, the others are built first. Every piece stands with its
    detail off the supports and nothing that holds resin; there are as many plates as it takes.
    """
    import json

    from jewelgen.catalog.printers import printer
    from jewelgen.cores import cores
    from jewelgen.formats.folder import write_folder
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.plates import plate_files

    chosen = printer(printer_word)
    place = folder(asked["out"], asked["name"])
    options = Options(out=Path(asked["out"]), route=asked["route"], trust=asked["trust"])
    found = wanted(what, options, asked["jobs"] or cores(), asked["copies"])
    files, findings, made = plate_files(found.casts, chosen)
    show.findings(findings)
    if made:
        write_folder(place, files)
        for number, plate in enumerate(made, 1):
            size = f"{len(plate.laid)} pieces, {plate.height:.1f} mm high"
            click.secho(f"plate {number}: {size} -> {place}", fg="green", err=True)
    if as_json:
        data = next(file.data for file in files if file.path == "plate.json")
        said = {key: value for key, value in json.loads(data).items() if key != "schema"}
        show.document("plate", {"folder": str(place), **said})
    found.done(sum(finding.severity != "note" for finding in findings))

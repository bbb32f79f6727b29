"""`jewelgen check`: read, compose and judge designs; no kernel is loaded, nothing is written."""

from __future__ import annotations

from typing import Any

import click

from jewelgen.cli import given, show
from jewelgen.cli.outcome import FAILED, SOME_FAILED, Failed
from jewelgen.findings import Finding, JewelgenError, errors


@click.command("check")
@click.argument("design", nargs=-1)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Vary an asked key.")
@click.option("--made", type=click.Choice(["cast", "handmade"]), help="Judge it made this way.")
@click.option(
    "--pack",
    default="",
    help="Casting house whose rules hold.  [default: the design's, else cautious]",
)
@click.option("--trust", is_flag=True, help="Let designs run code of their own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    design: tuple[str, ...], settings: tuple[str, ...], as_json: bool, **asked: Any
) -> None:
    """Judge DESIGN files (default: all of designs/) without building them."""
    from jewelgen.formats.manifest import finding_row

    rows, failed = [], 0
    paths = given.designs(design)
    for path in paths:
        found, echoes = _judged(str(path), given.values(settings), asked)
        bad = bool(errors(found))
        failed += bad
        if as_json:
            rows.append(
                {"design": str(path), "ok": not bad, "findings": list(map(finding_row, found))}
            )
            continue
        click.echo(f"{path}: {'fails' if bad else 'sound'}")
        for line in echoes:
            click.echo(f"  {line}")
        show.findings(found)
    if as_json:
        show.document("check", {"designs": rows})
    if failed:
        raise Failed(FAILED if len(paths) == 1 else SOME_FAILED)


def _judged(
    path: str, values: dict[str, Any], asked: dict[str, Any]
) -> tuple[tuple[Finding, ...], list[str]]:
    """Findings on one design, and what its phrases were understood as."""
    from jewelgen.design.reader import load
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.prepare import prepare

    options = Options(made=asked["made"], pack=asked["pack"], trust=asked["trust"])
    try:
        prepared = prepare(load(path, trust=options.trust), values or None, options)
    except JewelgenError as error:
        return error.findings, []
    echoes = [f"{e.key}: {e.written} = {e.understood}" for e in prepared.brief.echoes]
    return prepared.findings, echoes

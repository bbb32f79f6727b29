"""`jewelgen inspect`: judge STL, 3MF and STEP files, our own or anyone's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from jewelgen.cli import show
from jewelgen.cli.outcome import FAILED, Failed

PLAIN = re.compile(r"\d+ samples")  # as many as the spacing wants: nothing to tell


@click.command("inspect")
@click.argument("file", nargs=-1, required=True)
@click.option(
    "--pack", default="cautious", show_default=True, help="Casting house whose limits hold."
)
@click.option("--alloy", default="", help="Alloy of a file that no manifest describes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(file: tuple[str, ...], pack: str, alloy: str, as_json: bool) -> None:
    """Read FILEs back and judge them: sound, thick enough to cast, of the size they claim."""
    from jewelgen.catalog.packs import limits
    from jewelgen.checker.stated import stated

    limits(pack)  # an unknown pack is said before any file is read
    rows, failed = [], False
    for name in file:
        reports, findings = _judged(Path(name), pack, alloy)
        failed |= bool(findings) or any(not report.ok for report in reports)
        scaled = stated(Path(name))
        bodies = [report.row() for report in reports]
        rows.append({"file": name, "scaled": scaled, "bodies": bodies})
        if scaled and not as_json:
            click.echo(f"{name}: says of itself that it is scaled: {scaled}")
        if not as_json:
            for report in reports:
                _say(name, report)
        show.findings(findings)
    if as_json:
        show.document("inspect", {"pack": pack, "files": rows})
    if failed:
        raise Failed(FAILED)


def _judged(path: Path, pack: str, alloy: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The reports on one file, or what kept it from being read."""
    from dataclasses import replace

    from jewelgen.catalog.alloys import alloy as find
    from jewelgen.checker.inspect import inspect
    from jewelgen.checker.known import beside
    from jewelgen.checker.unreadable import CheckError

    known = beside(path)
    if alloy:
        known = replace(known, alloy=find(alloy).id)
    try:
        return inspect(path, known, pack, lambda step: click.echo(f"{path}: {step}", err=True)), ()
    except CheckError as error:
        return (), error.findings


def _say(name: str, report: Any) -> None:
    """A line of measures, then every check against its limit."""
    size = " x ".join(f"{value:.2f}" for value in report.extents)
    bore = f", bore {report.bore:.2f} mm" if report.bore else ""
    verdict = "sound" if report.ok else "failed"
    click.secho(
        f"{name}: {verdict}; {size} mm, {report.volume:.2f} mm3{bore}, {report.triangles} triangles",
        fg="green" if report.ok else "red",
    )
    for check in report.checks:
        measured = "-" if check.measured is None else f"{check.measured:.4g} {check.unit}"
        mark = "ok  " if check.passed else f"{check.weight} "
        place = f" at {check.where}" if check.where and not check.passed else ""
        click.echo(f"  {mark}{check.code} {check.name}: {measured}{place}; {check.allowed}")
        if check.note and not PLAIN.fullmatch(check.note):
            click.echo(f"       {check.note}")
        if not check.passed and check.hint:
            click.echo(f"       {check.hint}")

"""`jewelgen inspect`: judge STL, 3MF and STEP files, our own or anyone's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from jewelgen.cli import show
from jewelgen.cli.outcome import FAILED, Failed

# As many samples as the spacing wants: nothing to tell.
PLAIN = re.compile(r"((none found|no metal faces metal); )?\d+ samples")
HEAVY = 100_000_000  # bytes: such a file is judged alone
RANK = {"error": 0, "warning": 1, "note": 2}


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
    for name, (reports, findings) in zip(file, _each(file, pack, alloy), strict=True):
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


def _each(files: tuple[str, ...], pack: str, alloy: str) -> Iterator[tuple[Any, Any]]:
    """Every file judged, in order: several at once where none of them is so large that memory would run short."""
    from concurrent.futures import ProcessPoolExecutor
    from itertools import repeat
    from multiprocessing import get_context

    from jewelgen.cores import cores

    large = any(path.is_file() and path.stat().st_size > HEAVY for path in map(Path, files))
    if large or len(files) == 1 or cores() == 1:
        yield from (_judged(name, pack, alloy) for name in files)
        return
    with ProcessPoolExecutor(min(cores(), len(files)), get_context("spawn")) as pool:
        yield from pool.map(_judged, files, repeat(pack), repeat(alloy))


def _judged(name: str, pack: str, alloy: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The reports on one file without what was seen on the way, or what kept it from being read."""
    from dataclasses import replace

    from jewelgen.catalog.alloys import alloy as find
    from jewelgen.checker.inspect import inspect
    from jewelgen.checker.known import beside
    from jewelgen.checker.unreadable import CheckError

    path = Path(name)
    known = beside(path)
    if alloy:
        known = replace(known, alloy=find(alloy).id)
    try:
        found = inspect(path, known, pack, lambda step: click.echo(f"{path}: {step}", err=True))
    except CheckError as error:
        return (), error.findings
    return tuple(replace(report, seen=None) for report in found), ()


def _say(name: str, report: Any) -> None:
    """A line of measures, then what failed, the worst first, then what passed."""
    size = " x ".join(f"{value:.2f}" for value in report.extents)
    bore = f", bore {report.bore:.2f} mm" if report.bore else ""
    verdict = "sound" if report.ok else "failed"
    body = f" ({report.body})" if report.body and report.body != Path(name).stem else ""
    click.secho(
        f"{name}{body}: {verdict}; {size} mm, {report.volume:.2f} mm3{bore}, {report.triangles} triangles",
        fg="green" if report.ok else "red",
    )
    if report.once is not None:
        click.echo(f"  all bodies of the file, metal that they share counted once: {report.once:.1f} mm3")  # fmt: skip
    for check in sorted(report.checks, key=lambda c: 3 if c.passed else RANK[str(c.weight)]):
        _line(check)


def _line(check: Any) -> None:
    """One check against its limit, with what is to be told of it."""
    measured = "none" if check.measured is None else f"{check.measured:.4g} {check.unit}"
    mark = "ok  " if check.passed else f"{check.weight} "
    place = f" at {check.where}" if check.where else ""
    click.echo(f"  {mark}{check.code} {check.name}: {measured}{place}; {check.allowed}")
    if check.note and not PLAIN.fullmatch(check.note):
        click.echo(f"       {check.note}")
    if not check.passed and check.hint:
        click.echo(f"       {check.hint}")

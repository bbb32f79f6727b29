"""What trees and plates are made of: designs, order files and folders of results, in any mixture."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from jewelgen.cli import given, show
from jewelgen.cli.outcome import FAILED, SOME_FAILED, Failed


@dataclass(frozen=True, slots=True)
class Wanted:
    """`casts`: built masters with their quantities; `lost`: pieces that failed."""

    casts: tuple[Any, ...]
    lost: int

    def done(self, more_lost: int = 0) -> None:
        """Ends the command with its exit code when anything was lost, or nothing of it is cast."""
        if not self.casts and not self.lost:
            raise Failed(FAILED)
        if self.lost + more_lost:
            single = self.lost + sum(cast.qty for cast in self.casts) == 1
            raise Failed(FAILED if single else SOME_FAILED)


def folder(out: str, name: str) -> Path:
    """The folder of the results; a usage error for a name that leads out of `out`."""
    if not re.fullmatch(r"[\w-][\w .-]*", name):
        raise click.UsageError(f"--name takes the name of a folder, not {name!r}")
    place = Path(out) / name
    if (place / "manifest.json").exists():
        raise click.UsageError(f"--name {name}: a built piece stands in {place}")
    return place


def wanted(words: tuple[str, ...], options: Any, workers: int, copies: int) -> Wanted:
    """Build what does not stand yet and read every master; progress and findings go to stderr."""
    from jewelgen.batch.masters import masters, of_folder
    from jewelgen.pipeline.patterns import casts

    folders, jobs, refused = sorted_out(words)
    show.findings(refused)
    made, lost = [], len({(f.where.file, f.where.line) for f in refused})
    for ready in (*map(of_folder, folders), *masters(jobs, options, workers)):
        mark = "failed" if ready.folder is None else "kept" if ready.kept else "built"
        click.secho(f"{mark} {ready.name}", fg="red" if mark == "failed" else "green", err=True)
        show.findings(ready.findings)
        if ready.folder is None:
            lost += 1
            continue
        found, notes = casts(ready.folder, ready.content)
        show.findings(notes)
        made += [item.times(copies) for item in found]
    return Wanted(tuple(made), lost)


def sorted_out(words: tuple[str, ...]) -> tuple[list[Path], tuple[Any, ...], tuple[Any, ...]]:
    """Result folders, jobs of designs and orders, and what is wrong with rows of order files."""
    from jewelgen.batch.jobs import jobs_of

    folders: list[Path] = []
    jobs: list[Any] = []
    refused: list[Any] = []
    for path in map(Path, words):
        if (path / "manifest.json").is_file():
            folders.append(path)
            continue
        orders = path if path.is_file() and _is_order(path) else None
        more, said = jobs_of(() if orders else given.designs((str(path),)), {}, orders)
        jobs += more
        refused += said
    return folders, tuple(jobs), tuple(refused)


def _is_order(path: Path) -> bool:
    """Whether a file holds orders: a CSV, or a TOML that starts no design."""
    if path.suffix.lower() == ".csv":
        return True
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False  # the reader of designs says what is wrong
    return "piece" not in tree and "design" in tree

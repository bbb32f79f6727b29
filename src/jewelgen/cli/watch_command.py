"""`jewelgen watch`: build a design again whenever it, or a drawing beside it, changes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

_PAUSE_S = 0.5


@click.command("watch")
@click.argument("design")
@click.option("--out", default="output", show_default=True, help="Folder of all results.")
@click.option(
    "--rounds", type=click.IntRange(0), default=0, help="Stop after so many builds; 0: never."
)
@click.option("--no-pictures", is_flag=True, help="Leave the pictures out.")
def command(design: str, out: str, rounds: int, no_pictures: bool) -> None:
    """Build DESIGN now and after every change of it; end with Ctrl-C."""
    path, seen, done = Path(design), 0.0, 0
    if not path.exists():
        raise click.UsageError(f"{path} is not there")
    while not rounds or done < rounds:
        changed = _changed(path) if path.exists() else seen
        if changed != seen:
            seen, done = changed, done + 1
            _build(path, out, not no_pictures)
        else:
            time.sleep(_PAUSE_S)


def _changed(path: Path) -> float:
    """When the design, or a drawing beside it, was last changed (seconds since the epoch)."""
    files = (path, *path.parent.glob("*.svg"))
    return max(file.stat().st_mtime for file in files if file.exists())


def _build(path: Path, out: str, pictures: bool) -> None:
    """One preview build, its mistakes said and survived."""
    from jewelgen.batch.jobs import Job
    from jewelgen.batch.run import attempt
    from jewelgen.cli import show
    from jewelgen.pipeline.options import Options
    from jewelgen.solid.model import Quality

    options = Options(Path(out), quality=Quality.PREVIEW, pictures=pictures)
    outcome: Any = attempt(Job(path), options)
    click.echo(f"{'built' if outcome.ok else 'failed'} {path.stem}", err=True)
    show.findings(outcome.findings)

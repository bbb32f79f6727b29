"""What is being done, on a terminal's last line, with how far along and how long; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Line:
    """The last line: `says` changes its words, `step` counts a piece."""

    __slots__ = ("_bar", "_task", "total")

    def __init__(self, bar: Progress | None, total: int) -> None:
        self._bar = bar
        self.total = total
        self._task: Any = bar.add_task("starting", total=total) if bar else None

    def says(self, words: str) -> None:
        """Show what is being done now."""
        if self._bar:
            self._bar.update(self._task, description=words)

    def step(self) -> None:
        """One piece is done, whatever became of it; the next one's words follow."""
        if self._bar:
            self._bar.advance(self._task)
            done = int(self._bar.tasks[0].completed)
            self._bar.update(self._task, description=f"{done} of {self.total} done")


@contextmanager
def line(total: int) -> Iterator[Line]:
    """A line for `total` pieces while they are made; it is gone when they are. A pipe or a file never sees it."""
    if not sys.stderr.isatty():
        yield Line(None, total)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    console = Console(stderr=True, highlight=False, markup=False)
    # Findings are printed while it shows: rich lifts the line out of their way.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        yield Line(bar, total)

"""Showing things in the terminal: findings, tables, JSON documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from jewelgen.findings import Finding, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def findings(items: Iterable[Finding]) -> None:
    """Every finding on stderr, coloured by weight when it is a terminal."""
    for item in items:
        click.secho(str(item), fg=_COLOURS[item.severity], err=True)


def document(name: str, content: dict[str, Any]) -> None:
    """One JSON document on stdout with the name and version of its schema."""
    named = {"schema": f"jewelgen/{name}/1", **content} | {"schema": f"jewelgen/{name}/1"}
    click.echo(json.dumps(named, indent=2, ensure_ascii=False))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns set flush with two spaces between them."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(columns, *texts, strict=True)]
    for row in (list(columns), ["-" * width for width in widths], *texts):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())

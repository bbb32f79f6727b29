"""`jewelgen schema`: the JSON Schema of design files, for editors that complete from it."""

from __future__ import annotations

import json

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of design files."""
    from jewelgen.design.schema import schema

    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))

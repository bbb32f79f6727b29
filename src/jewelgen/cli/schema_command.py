"""`jewelgen schema`: the JSON Schema of design files, for editors that complete from it."""

from __future__ import annotations

import json

import click


@click.command("schema")
@click.option("--shop", is_flag=True, help="Of shop files instead.")
def command(shop: bool) -> None:
    """Print the JSON Schema of design files."""
    from jewelgen.bench.shop_schema import shop_schema
    from jewelgen.design.schema import schema

    click.echo(json.dumps(shop_schema() if shop else schema(), indent=2, ensure_ascii=False))

"""`jewelgen schema`: the JSON Schema of design files, for editors that complete from it."""

from __future__ import annotations

import json

import click


@click.command("schema")
@click.option("--shop", "of", flag_value="shop", help="Of shop files instead.")
@click.option("--plan", "of", flag_value="plan", help="Of plan.json instead.")
def command(of: str | None) -> None:
    """Print the JSON Schema of design files."""
    if of == "plan":
        from jewelgen.paper.plan_schema import plan_schema as schema
    elif of == "shop":
        from jewelgen.bench.shop_schema import shop_schema as schema
    else:
        from jewelgen.design.schema import schema

    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))

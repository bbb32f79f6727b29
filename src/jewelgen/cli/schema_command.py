"""`jewelgen schema`: the JSON Schemas of what is read and written, for editors and for who reads our files."""

from __future__ import annotations

import importlib
import json

import click

# What is asked for: (module, function).
_SCHEMAS = {
    "design": ("design.schema", "schema"),
    "shop": ("bench.shop_schema", "shop_schema"),
    "plan": ("paper.plan_schema", "plan_schema"),
    "casting": ("paper.casting_schema", "casting_schema"),
    "check": ("formats.record_schemas", "check_schema"),
    "manifest": ("formats.record_schemas", "manifest_schema"),
}


@click.command("schema")
@click.option("--shop", "of", flag_value="shop", help="Of shop files instead.")
@click.option("--plan", "of", flag_value="plan", help="Of plan.json instead.")
@click.option("--casting", "of", flag_value="casting", help="Of casting.json instead.")
@click.option("--check", "of", flag_value="check", help="Of check.json instead.")
@click.option("--manifest", "of", flag_value="manifest", help="Of manifest.json instead.")
def command(of: str | None) -> None:
    """Print the JSON Schema of design files, or of a file that is written."""
    module, name = _SCHEMAS[of or "design"]
    schema = getattr(importlib.import_module(f"jewelgen.{module}"), name)
    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))

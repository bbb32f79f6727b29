"""`jewelgen size "US 7"`: one ring size in millimetres and in every system."""

from __future__ import annotations

import click

from jewelgen.catalog import sizes
from jewelgen.cli import show


@click.command("size")
@click.argument("size", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(size: tuple[str, ...], as_json: bool) -> None:
    """Convert SIZE ("US 7", "UK N1/2", "54.4 mm", "JP 13") into all ring-size systems."""
    found = sizes.bore_mm(" ".join(size))
    systems = sizes.systems(found.inner_diameter_mm)
    spread = sizes.spread(found)
    if as_json:
        show.document("size", sizes.as_row(found, systems, spread))
        return
    click.echo(
        f"{found.label}: {found.inner_diameter_mm:.2f} mm across, {found.circumference_mm:.2f} mm round"
    )
    rows = [(s.system, s.label, f"{s.exact:.2f}", f"{s.difference_mm:+.2f}") for s in systems]
    show.table(("system", "nearest", "exact", "off mm (diameter)"), rows)
    notes = [f"note: {variant}" for variant in spread]
    for line in (*notes, *(f"trap: {trap}" for trap in sizes.traps(found.system))):
        click.echo(line)

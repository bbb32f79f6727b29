"""`jewelgen rules`: the limits of casting houses, one pack or side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jewelgen.cli import show

if TYPE_CHECKING:
    from jewelgen.catalog.compare import Row
    from jewelgen.catalog.packs import Limit

ALIKE, CONFLICT = "", "differ"


@click.group("rules")
def command() -> None:
    """Limits of casting houses, each with its source and how well it stands (S2, S1, D, U)."""


@command.command("list")
@click.option("--pack", default="cautious", show_default=True, help="Casting house.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def listing(pack: str, as_json: bool) -> None:
    """Every limit as it holds under a pack; what the house does not publish is the cautious one."""
    from jewelgen.catalog.packs import limits, title

    found = limits(pack)
    if as_json:
        rows = [_plain(item) for item in found]
        show.document("rules", {"pack": pack, "title": title(pack), "limits": rows})
        return
    click.echo(title(pack))
    show.table(
        ["limit", "value", "pack", "standing", "source"],
        [[i.key, f"{i.value:g}", i.pack, i.fact.st, i.source] for i in found],
    )
    _unjudged({item.key for item in found})


@command.command("compare")
@click.argument("packs", nargs=-1)
@click.option("--alloy", default="", help="Only limits that hold for this alloy.")
@click.option(
    "--process", type=click.Choice(["direct", "mold"]), help="Only packs that speak of this route."
)
@click.option("--conflicts", is_flag=True, help="Only limits on which packs differ.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def comparing(
    packs: tuple[str, ...], alloy: str, process: Any, conflicts: bool, as_json: bool
) -> None:
    """PACKS side by side (all when none is named), with where they differ and who says so."""
    from jewelgen.catalog.alloys import alloy as find
    from jewelgen.catalog.compare import chosen, compare

    names = packs or chosen(process)
    family = find(alloy).family if alloy else ""
    rows = [row for row in compare(names, family) if row.conflict or not conflicts]
    if as_json:
        show.document("rules", {"packs": list(names), "limits": [_row(row, names) for row in rows]})
        return
    _side_by_side(rows, names)


def _side_by_side(rows: list[Row], names: tuple[str, ...]) -> None:
    cells = [
        [row.key, *(f"{i.value:g} {i.fact.st}" if i else "-" for i in row.own),
         f"{row.strictest:g}", CONFLICT if row.conflict else ALIKE]
        for row in rows
    ]  # fmt: skip
    show.table(["mm unless it says", *names, "strictest", ""], cells)
    sources = sorted({(i.pack, i.source) for row in rows for i in row.own if i and i.fact.src})
    for pack, text in sources:
        click.echo(f"[{pack}] {text}")
    _unjudged({row.key for row in rows})


def _unjudged(keys: set[str]) -> None:
    """Which of the limits nothing measures, and why."""
    from jewelgen.catalog.packs import not_judged

    for key, reason in not_judged().items():
        if key in keys:
            click.echo(f"not judged: {key}: {reason}")


def _row(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    from jewelgen.catalog.packs import not_judged

    own = zip(names, row.own, strict=True)
    return {
        "key": row.key, "conflict": row.conflict, "strictest": row.strictest,
        "not_judged": not_judged().get(row.key, ""),
        "packs": {name: _plain(item) for name, item in own if item},
    }  # fmt: skip


def _plain(item: Limit) -> dict[str, Any]:
    from jewelgen.catalog.packs import not_judged

    return {
        "key": item.key, "value": item.value, "pack": item.pack, "standing": item.fact.st,
        "range": list(item.fact.range) if item.fact.range else None, "source": item.source,
        "note": item.fact.note, "not_judged": not_judged().get(item.key, ""),
    }  # fmt: skip

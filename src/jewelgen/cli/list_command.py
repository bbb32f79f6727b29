"""`jewelgen list alloys`: tables of the catalog with their sources, the kinds and the designs."""

from __future__ import annotations

from pathlib import Path

import click

from jewelgen.cli import show

_CATALOG = ("alloys", "solders", "gems", "cuts", "stock", "sizes", "printers", "flasks")


@click.command("list")
@click.argument("topic", type=click.Choice([*_CATALOG, "kinds", "designs"]))
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(topic: str, name: str | None, as_json: bool) -> None:
    """Show a table of TOPIC; with NAME, everything known of that one with its sources."""
    title, columns, rows, sources = _rows(topic, name)
    if as_json:
        items = [dict(zip(columns, row, strict=True)) for row in rows]
        show.document("list", {"topic": topic, "title": title, "rows": items, "sources": sources})
        return
    click.echo(title)
    show.table(columns, rows)
    for key, text in sources.items():
        click.echo(f"[{key}] {text}")


Rows = tuple[str, list[str], list[list[str]], dict[str, str]]


def _rows(topic: str, name: str | None) -> Rows:
    if topic == "kinds":
        return _kinds(name)
    if topic == "designs":
        return _designs()
    from jewelgen.catalog.tables import listing

    found = listing(topic, name)
    texts = [[str(cell) for cell in row] for row in found.rows]
    return found.title, list(found.columns), texts, dict(found.sources)


def _kinds(name: str | None) -> Rows:
    from jewelgen.findings import did_you_mean
    from jewelgen.kinds.described import explained
    from jewelgen.kinds.kind import registry

    kinds = registry()
    if name is None:
        rows = [[k.family, k.word, k.summary] for k in kinds.values()]
        return "kinds", ["family", "word", "what it is"], sorted(rows), {}
    chosen = [k for k in kinds.values() if name in (k.word, f"{k.family}.{k.word}", k.family)]
    if not chosen:
        words = sorted({k.word for k in kinds.values()})
        raise click.UsageError(f"no kind '{name}'; {did_you_mean(name, words)}")
    rows = [
        [f"{kind.family} {kind.word}", *row] for kind in chosen for row in explained(kind.params)
    ]
    places = [
        f"{kind.family} {kind.word}: stands on {kind.on or 'nothing'}"
        + (f", inside a band at {kind.inside_at:g} deg" if kind.inside_at else "")
        + (f"; offers {', '.join(kind.anchors)}" if kind.anchors else "")
        for kind in chosen
    ]
    columns = ["kind", "key", "given or else", "allowed", "help"]
    return f"parameters of {name}\n" + "\n".join(places), columns, rows, {}


def _designs() -> Rows:
    import tomllib

    rows = []
    for path in sorted(Path("designs").glob("*.toml")):
        try:
            text = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            rows.append([str(path), "?", f"unreadable: {error}"])
            continue
        rows.append([str(path), str(text.get("piece", "?")), str(text.get("name", ""))])
    return "designs", ["file", "piece", "name"], rows, {}

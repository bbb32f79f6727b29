"""`jewelgen chain casting bore=19.63`: what was measured at one stage, forward and back through the casting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from jewelgen.cli import given, show


@click.command("chain")
@click.argument("stage")
@click.argument("measures", nargs=-1, required=True, metavar="WHAT=VALUE...")
@click.option("--route", type=click.Choice(["direct", "mold"]), help="How it is cast.  [default: that of --of, else direct]")  # fmt: skip
@click.option("--alloy", metavar="WORD", help="The metal.  [default: that of --of]")
@click.option("--of", "folder", metavar="FOLDER", help="A result folder: its route and metal, and what its sheet asks for.")  # fmt: skip
@click.option("--body", default="", help="Which master of the folder, where there are several.")
@click.option("--textured", type=click.Choice(["outside", "inside"]), multiple=True, help="A face that is textured.")  # fmt: skip
@click.option("--shop", metavar="FILE", help="A shop's own coupons and allowances (TOML).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(stage: str, measures: tuple[str, ...], as_json: bool, **asked: Any) -> None:
    """Follow measures taken at STAGE through every other stage, each with its range.

    STAGE is master (file), print, mold, wax, metal (casting, raw) or finished. WHAT is bore, width, thickness, free
    (a length between faces nobody finishes), all in mm, or weight in grams: `jewelgen chain wax bore=19.88 --alloy 14k`.
    """
    from jewelgen.cast.follow import follow
    from jewelgen.catalog.alloys import alloy
    from jewelgen.catalog.coupons import TRADE

    sheet = _sheet(asked["folder"], asked["body"]) if asked["folder"] else {}
    route = asked["route"] or sheet.get("route", "direct")
    word = asked["alloy"] or sheet.get("alloy")
    if not word:
        raise click.UsageError("chain needs --alloy, or --of a result folder")
    at = _stage(stage, route)
    shop = given.shop(asked["shop"])
    metal = alloy(word)
    made = (route, metal, shop.casting if shop else TRADE)
    try:
        found = follow(_measures(measures), at, made, frozenset(asked["textured"]))
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from wrong
    wanted = _wanted(sheet)
    if as_json:
        rows = [{**item.row(), **_judged(item, wanted)} for item in found]
        show.document("chain", {"route": route, "alloy": metal.id, "at": at, "measures": rows})
        return
    click.echo(f"{metal.name}, {route} route, measured at stage {at}")
    for item in found:
        _say(item, wanted)


def _stage(word: str, route: Any) -> str:
    from jewelgen.cast.follow import WORDS, stages_of
    from jewelgen.findings import did_you_mean

    known = stages_of(route)
    found = WORDS.get(word, word)
    if found not in known:
        hint = did_you_mean(word, (*known, *WORDS))
        raise click.UsageError(
            f"the {route} route has no stage '{word}': {', '.join(known)}; {hint}"
        )
    return found


def _measures(texts: tuple[str, ...]) -> dict[str, float]:
    from jewelgen.cast.follow import KINDS, WEIGHT
    from jewelgen.findings import did_you_mean

    found: dict[str, float] = {}
    for text in texts:
        what, _, value = text.partition("=")
        if what not in (*KINDS, WEIGHT):
            hint = did_you_mean(what, (*KINDS, WEIGHT))
            raise click.UsageError(
                f"WHAT is bore, width, thickness, free or weight, not {what!r}; {hint}"
            )
        try:
            found[what] = float(value)
        except ValueError:
            raise click.UsageError(f"{what} takes a number, not {value!r}") from None
        if not 0 < found[what] < 1000:
            raise click.UsageError(f"{what} is above 0 and below 1000, not {value}")
    return found


def _sheet(folder: str, body: str) -> dict[str, Any]:
    """The master of a caster's sheet; a usage error where there is none."""
    path = Path(folder) / "casting.json"
    try:
        masters = json.loads(path.read_text(encoding="utf-8"))["masters"]
        names = [row["body"] for row in masters]
        chosen = [row for row in masters if body in {"", row["body"]}]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise click.UsageError(
            f"no caster's sheet can be read in {folder} (casting.json)"
        ) from error
    if len(chosen) != 1:
        raise click.UsageError(f"--body is one of {', '.join(names)}")
    found: dict[str, Any] = chosen[0]
    return found


def _wanted(sheet: dict[str, Any]) -> dict[str, float]:
    """The finished measures that a sheet asks for, by kind, and its finished weight."""
    rows = [row for row in reversed(sheet.get("critical", [])) if "kind" in row]
    found = {row["kind"]: float(row["finished_mm"]) for row in rows}
    if sheet:
        found["weight"] = float(sheet["weights_g"]["finished"])
    return found


def _judged(item: Any, wanted: dict[str, float]) -> dict[str, Any]:
    """Whether the finished piece is still to be had."""
    if item.what not in wanted:
        return {}
    _, span = item.stages[-1]
    return {"finished_wanted": wanted[item.what], "within_reach": wanted[item.what] in span}


def _say(item: Any, wanted: dict[str, float]) -> None:
    unit = "g" if item.what == "weight" else "mm"
    click.echo(f"\n{item.what}, measured {item.measured:g} {unit}")
    rows = [
        (name, f"{s.likely:.2f}", "measured" if name == item.at else f"{s.low:.2f} to {s.high:.2f}")
        for name, s in item.stages
    ]
    show.table(("stage", unit, "from to"), rows)
    judged = _judged(item, wanted)
    if judged:
        reach = "within" if judged["within_reach"] else "out of"
        colour = "green" if judged["within_reach"] else "red"
        click.secho(
            f"wanted finished: {judged['finished_wanted']:g} {unit}, {reach} reach", fg=colour
        )

"""Each figure once: a constant that names a figure of the catalog lies where that figure allows, and never copies it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from jewelgen.catalog.facts import Fact, fact

NAMED = re.compile(
    r"^[A-Z_]+ = (?P<number>[\d.]+)\s+#.*?(?P<how>under|within)? ?\(?"
    r"(?P<table>bench_rules|casting|stock|packs/cautious) (?P<key>[a-z_]+\.[a-z_]+)",
    re.MULTILINE,
)


def named(root: Path) -> Iterator[tuple[str, float, str, Fact]]:
    """Constants whose comments name a figure: where, the number, how it lies to it, the figure."""
    for path in sorted((root / "src").rglob("*.py")):
        for found in NAMED.finditer(path.read_text(encoding="utf-8")):
            figure = fact(found["table"], found["key"])
            yield f"{path.name}: {found[0]}", float(found["number"]), found["how"] or "", figure


def wrong(number: float, how: str, figure: Fact) -> str:
    """What is wrong with a constant beside the figure that its comment names."""
    most = max(figure.numbers)
    if how == "under":
        return (
            ""
            if number < most or (most > 1.0 and 100 * number < most)
            else f"is not under {most:g}"
        )
    if how == "within":
        low = min(figure.numbers)
        return "" if low <= number <= most and low < most else f"is not within {low:g} .. {most:g}"
    return "copies the figure: read it from the catalog"


def test_constants_stand_to_the_figures_they_name(root: Path) -> None:
    assert not [f"{where} {said}" for where, *rest in named(root) if (said := wrong(*rest))]


def test_a_copied_or_strayed_figure_is_seen() -> None:
    share = Fact((0.5, 0.75), (), "S2")
    assert not wrong(0.6, "within", share)
    assert wrong(0.8, "within", share)
    assert wrong(0.6, "", share)
    percent = Fact(25, (), "S1")
    assert not wrong(0.23, "under", percent)
    assert wrong(26.0, "under", percent)

"""What a flask needs: pattern and metal weights with sprues, trunk and button, investment and water, fire.

In: a `Tree` and perhaps the investment asked for.  Out: a `Pour`; grams, Celsius, hours, each figure with its
standing. Gypsum is refused above its pour limit (JG441). No kernel.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from jewelgen.cast.chain import number
from jewelgen.cast.sprue import volume
from jewelgen.cast.tree import Flask, Tree
from jewelgen.catalog.alloys import Alloy, alloy, pattern_density
from jewelgen.catalog.facts import Fact, fact, facts_at, source
from jewelgen.catalog.weights import grams
from jewelgen.findings import Finding, MakeError

Investment = Literal["gypsum", "phosphate"]
INVESTMENTS: tuple[Investment, ...] = ("gypsum", "phosphate")


@dataclass(frozen=True, slots=True)
class Heat:
    """A span of temperature in Celsius, how well it stands and what it rests on."""

    low: float
    high: float
    standing: str
    words: str

    @property
    def text(self) -> str:
        """For a sheet: `960 .. 1020 C`."""
        return (
            f"{self.low:.0f} C" if self.low == self.high else f"{self.low:.0f} .. {self.high:.0f} C"
        )


@dataclass(frozen=True, slots=True)
class Hold:
    """One step of a burnout: hours at a temperature in Celsius (a text for a span)."""

    hours: float
    temperature: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One published rule for the button with what it asks for here, in grams."""

    grams: float
    words: str


@dataclass(frozen=True, slots=True)
class Pour:
    """Everything to weigh and to set for one flask; how well powder and water stand."""

    pattern_g: float
    wax_g: float
    pieces_g: float
    feed_g: float
    button: tuple[Rule, ...]
    investment: Investment
    fill_mm3: float
    powder_g: float
    water_g: float
    slurry_standing: str
    published_powder_g: float | None
    burnout: tuple[Hold, ...]
    burnout_words: str
    pour: Heat
    flask: Heat
    notes: tuple[str, ...]

    @property
    def button_g(self) -> float:
        """The greatest that a rule asks for."""
        return max(rule.grams for rule in self.button)

    @property
    def metal_g(self) -> float:
        """To melt: pieces, sprues, trunk and button."""
        return self.pieces_g + self.feed_g + self.button_g


def poured(tree: Tree, asked: Investment | None = None) -> Pour:
    """The figures of one flask; `MakeError` JG441 where gypsum is asked for and cannot stand the metal."""
    metal = alloy(tree.alloy)
    pour = pour_heat(metal)
    investment = _investment(metal, pour, asked)
    feed = trunk_mm3(tree) + sum(volume(b.pose.sprue) for b in tree.branches)
    pattern = sum(b.pattern.volume_mm3 for b in tree.branches)
    pieces_g = sum(b.pattern.metal_g for b in tree.branches)
    feed_g = grams(feed, metal.density_g_cm3)
    fill = tree.flask.volume_mm3 - pattern - feed - foot_mm3(tree)
    powder, water, stands = _slurry(fill, investment)
    flask = flask_heat(metal)
    burnout, words = _burnout(tree, investment, flask)
    return Pour(
        pattern_g=grams(pattern, pattern_density(tree.material).number),
        wax_g=grams(feed, pattern_density("wax").number),
        pieces_g=pieces_g,
        feed_g=feed_g,
        button=_button(pieces_g, feed_g),
        investment=investment,
        fill_mm3=fill,
        powder_g=powder,
        water_g=water,
        slurry_standing=stands,
        published_powder_g=_published(tree.flask) if investment == "gypsum" else None,
        burnout=burnout,
        burnout_words=words,
        pour=pour,
        flask=flask,
        notes=_notes(tree, metal, investment),
    )


def trunk_mm3(tree: Tree) -> float:
    """The trunk as a cylinder."""
    return math.pi * tree.keep.trunk_d**2 / 4 * tree.trunk


def foot_mm3(tree: Tree) -> float:
    """The rubber base's cone, which leaves the funnel: as wide as half the flask below and the trunk above."""
    low, high = tree.flask.d / 4, tree.keep.trunk_d / 2
    return math.pi * tree.keep.foot * (low * low + low * high + high * high) / 3


def pour_heat(metal: Alloy) -> Heat:
    """At what the metal is poured: its own figure, else the liquidus and the general superheat."""
    found = metal.facts.get("pour_c")
    if found is not None:
        return _heat(found, "")
    if metal.liquidus_c is None:
        raise MakeError(Finding("JG445", f"no melting point of {metal.name} is on record"))
    low, high = fact("alloys", "casting_defaults.superheat_general_c").numbers
    words = f"liquidus {metal.liquidus_c:.0f} C and {low:.0f} to {high:.0f} C more"
    return Heat(metal.liquidus_c + low, metal.liquidus_c + high, "D", words)


def flask_heat(metal: Alloy) -> Heat:
    """How hot the flask is when the metal goes in: low for heavy pieces, high for fine ones."""
    found = metal.facts.get("flask_c")
    if found is not None:
        return _heat(found, "low for heavy pieces, high for fine ones")
    below = number(fact("alloys", "casting_defaults.flask_rule_of_thumb_c"))
    melts = metal.solidus_c or metal.liquidus_c
    if melts is None:
        raise MakeError(Finding("JG445", f"no melting point of {metal.name} is on record"))
    return Heat(melts - below, melts - below, "D", f"{below:.0f} C under the melting point")


def _heat(found: Fact, words: str) -> Heat:
    values = found.numbers
    said = "; ".join((*filter(None, (words, found.note)), *_named("alloys", found)))
    return Heat(min(values), max(values), found.st, said)


def _named(table: str, found: Fact) -> list[str]:
    """The sources of a figure in words."""
    return [source(table, key) for key in found.src]


def _investment(metal: Alloy, pour: Heat, asked: Investment | None) -> Investment:
    """Gypsum where it stands the pour; asked for where it does not, it is refused."""
    most = number(fact("casting", "investment.gypsum_max_pour_c"))
    holds = pour.high <= most
    if asked == "gypsum" and not holds:
        message = f"gypsum investment breaks down under {metal.name}, poured at {pour.text}"
        raise MakeError(
            Finding(
                "JG441", message, allowed=f"up to {most:.0f} C", hint="use --investment phosphate"
            )
        )
    return asked or ("gypsum" if holds else "phosphate")


def _button(pieces_g: float, feed_g: float) -> tuple[Rule, ...]:
    share = number(fact("casting", "tree.button_extra_pct"))
    least = fact("casting", "tree.button_extra_g").numbers[0]
    over = number(fact("casting", "tree.button_over_pieces"))
    return (
        Rule(share / 100 * (pieces_g + feed_g), f"{share:.0f} % of pieces and tree"),
        Rule(least, f"never under {least:.0f} g"),
        Rule(max(0.0, over * pieces_g - feed_g), "button and tree as heavy as the pieces"),
    )


# Keys of the liquid to 100 of powder, and of the powder's density.
_SLURRY: dict[Investment, tuple[str, str]] = {
    "gypsum": ("water_powder", "powder_density_g_cm3"),
    "phosphate": ("phosphate_liquid_powder", "phosphate_powder_density_g_cm3"),
}


def _slurry(fill_mm3: float, investment: Investment) -> tuple[float, float, str]:
    """Powder and liquid in grams for a volume, and their standing: the powder's own volume and the liquid's fill it."""
    mixed, dense = (fact("casting", f"investment.{key}") for key in _SLURRY[investment])
    low, high = mixed.numbers
    ratio = (low + high) / 200
    powder = fill_mm3 / 1000 / (1 / number(dense) + ratio)
    return powder, ratio * powder, mixed.st


def _published(flask: Flask) -> float | None:
    """What makers say to weigh for a flask of this size, in grams; None where they name none."""
    rows = fact("casting", "investment.powder_kg").v
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, tuple):
            d, h = (25.4 * float(x) for x in re.findall(r"[\d.]+", str(row[0])))
            if abs(d - flask.d) < 0.1 and abs(h - flask.h) < 0.1:
                return 1000.0 * float(str(row[1]))
    return None


# The flask of each published schedule: diameter and height in mm, key, hours at flask temperature at the end.
_SCHEDULES = (
    (63.5, 63.5, "burnout_small_h_c", 1.0),
    (88.9, 101.6, "burnout_medium_h_c", 1.0),
    (101.6, 203.2, "burnout_large_h_c", 2.0),
)


def _burnout(tree: Tree, investment: Investment, flask: Heat) -> tuple[tuple[Hold, ...], str]:
    """The schedule of the next larger published flask, or that of phosphate; longer for resin."""
    if investment == "phosphate":
        found, last = fact("casting", "investment.burnout_phosphate_h_c"), 1.0
        words = f"{found.st}; {found.note}; the sheet of your investment's maker goes before it"
    else:
        found, last, words = _published_burnout(tree)
    rows = [list(pair) for pair in found.pairs]
    if tree.material == "resin":
        least = fact("casting", "investment.burnout_resin_least_h")
        more = number(least) - last - sum(row[0] for row in rows)
        if more > 0:
            rows[-1][0] += more
            words += f"; {more:g} h more at the top for resin, {number(least):g} h in all; {least.st}; {'; '.join(_named('casting', least))}"
    holds = [Hold(hours, f"{heat:.0f} C") for hours, heat in rows]
    return (*holds, Hold(last, f"{flask.text}, then cast")), words


def _published_burnout(tree: Tree) -> tuple[Fact, float, str]:
    """The schedule of the next larger flask of which one is published, its last hours at flask temperature, its words."""
    sizes = [
        row for row in _SCHEDULES if Flask(row[0], row[1]).volume_mm3 >= tree.flask.volume_mm3 - 1
    ]
    d, h, key, last = (sizes or [_SCHEDULES[-1]])[0]
    found = fact("casting", f"investment.{key}")
    words = (
        f"as for a flask of {Flask(d, h).name}; {found.st}; {'; '.join(_named('casting', found))}"
    )
    return found, last, words


def _notes(tree: Tree, metal: Alloy, investment: Investment) -> tuple[str, ...]:
    notes = []
    if investment != "gypsum":
        most = number(fact("casting", "investment.gypsum_max_pour_c"))
        notes.append(
            f"No gypsum: {metal.name} is poured over {most:.0f} C. Powder, liquid and burnout of phosphate are rough (U) until the sheet of its maker is at hand."
        )
    if metal.id == "silver_925":
        rows = facts_at("alloys", "casting_defaults")
        spans = [
            (w, rows[f"flask_sterling_{w}_c"].numbers)
            for w in ("heavy", "medium", "light", "filigree")
        ]
        notes.append(
            "Sterling flask by section: "
            + ", ".join(f"{w} {a:.0f} to {b:.0f} C" for w, (a, b) in spans)
            + "."
        )
    light, heavy = (f(b.pattern.metal_g for b in tree.branches) for f in (min, max))
    if heavy > 4 * light:
        notes.append(
            f"Pieces from {light:.1f} to {heavy:.1f} g hang on one tree: cast them apart when fills fail."
        )
    return tuple(notes)

"""A shop's habits: allowances, chips, limits, rates, tolerances. Each figure stands in the catalog.

In: `catalog/data/bench_rules.toml`.  Out: one frozen `Practice`, replaced field by field by a shop.
Lengths in mm, rates in minutes a piece; most figures are unverified defaults, as their standing says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jewelgen.bench.shelf import Shelf
from jewelgen.bench.tools import EVERY, Tools
from jewelgen.catalog.facts import fact, keys

SOURCES = {
    "clearance": "bench_rules bezel_length.fit_clearance",
    "squaring": "bench_rules ring_blank.squaring_loss",
    "kerf": "bench_rules ring_blank.saw_kerf",
    "wide": "bench_rules ring_blank.wide_band_over, wide_band_add",
    "gap": "solders rules.fit_gap_max_mm",
    "chip": "solders rules.pallion_mm",
    "half_round": "bench_rules ring_blank.half_round_centroid",
}


def _of(table: str, key: str) -> Any:
    """A field whose default is the catalog's figure `table.key`, read on first use."""
    return field(default_factory=lambda: fact("bench_rules", f"{table}.{key}").number)


def _whole(table: str, key: str) -> Any:
    """As `_of`, for a count."""
    return field(default_factory=lambda: int(fact("bench_rules", f"{table}.{key}").number))


@dataclass(frozen=True, slots=True)
class Rates:
    """Minutes for one maker; guesses that a shop edits."""

    measure: float = _of("rates", "measure")
    receive: float = _of("rates", "receive")
    cut_part: float = _of("rates", "cut_part")
    stamp: float = _of("rates", "stamp")
    form_ring: float = _of("rates", "form_ring")
    form_bezel: float = _of("rates", "form_bezel")
    form_other: float = _of("rates", "form_other")
    joint: float = _of("rates", "joint")
    place: float = _of("rates", "place")
    fit: float = _of("rates", "fit")
    wrap_turn: float = _of("rates", "wrap_turn")
    shape_wrap: float = _of("rates", "shape_wrap")
    flush: float = _of("rates", "flush")
    file_joint: float = _of("rates", "file_joint")
    file_and_sand: float = _of("rates", "file_and_sand")
    tumble: float = _of("rates", "tumble")
    set_bezel: float = _of("rates", "set_bezel")
    set_prong: float = _of("rates", "set_prong")
    set_bead: float = _of("rates", "set_bead")
    set_flush: float = _of("rates", "set_flush")
    set_wrap: float = _of("rates", "set_wrap")
    engrave: float = _of("rates", "engrave")
    pierce_100_mm: float = _of("rates", "pierce_100_mm")
    milgrain_100_mm: float = _of("rates", "milgrain_100_mm")
    texture: float = _of("rates", "texture")
    polish: float = _of("rates", "polish")
    weigh_and_sign: float = _of("rates", "weigh_and_sign")
    last_heat: float = _of("rates", "last_heat")
    link: float = _of("rates", "link")
    cold: float = _of("rates", "cold")
    weld: float = _of("rates", "weld")
    pack: float = _of("rates", "pack")


@dataclass(frozen=True, slots=True)
class Tolerances:
    """What a step may be off by: mm, US sizes (`size_over_us`), percent (`weight_pct`)."""

    stone: float = _of("tolerance", "stone")
    cut: float = _of("tolerance", "cut")
    stamp: float = _of("tolerance", "stamp")
    form: float = _of("tolerance", "form")
    gap: float = _of("tolerance", "gap")
    fit: float = _of("tolerance", "fit")
    file: float = _of("tolerance", "file")
    flush: float = _of("tolerance", "flush")
    finish: float = _of("tolerance", "finish")
    rim: float = _of("tolerance", "rim")
    set: float = _of("tolerance", "set")
    engrave: float = _of("tolerance", "engrave")
    size_over_us: float = _of("tolerance", "size_over_us")
    weight_pct: float = _of("tolerance", "weight_pct")


@dataclass(frozen=True, slots=True)
class Practice:
    """What the bench adds and removes, and has on hand. `given` names what a shop's file says itself."""

    squaring_each_end: float = _of("practice", "squaring_each_end")
    kerf: float = _of("practice", "kerf")
    ring_trim: float = _of("practice", "ring_trim")
    bezel_trim: float = _of("practice", "bezel_trim")
    wire_trim: float = _of("practice", "wire_trim")
    draw_grip: float = _of("practice", "draw_grip")
    roll_ends: float = _of("practice", "roll_ends")
    twist_waste_each_end: float = _of("practice", "twist_waste_each_end")
    wrap_tail_each_end: float = _of("practice", "wrap_tail_each_end")
    push_out_hole: float = _of("practice", "push_out_hole")
    slit_root: float = _of("practice", "slit_root")
    strip_truing: float = _of("practice", "strip_truing")
    plate_margin: float = _of("practice", "plate_margin")
    plate_step: float = _of("practice", "plate_step")
    saw_outside_line: float = _of("practice", "saw_outside_line")
    disc_margin: float = _of("practice", "disc_margin")
    wide_over: float = _of("practice", "wide_over")
    wide_add: float = _of("practice", "wide_add")
    solder_gap: float = _of("practice", "solder_gap")
    fillet: float = _of("practice", "fillet")
    solder_surplus: float = _of("practice", "solder_surplus")
    solder_sheet: float = _of("practice", "solder_sheet")
    chip_side: float = _of("practice", "chip_side")
    chip_spare: int = _whole("practice", "chip_spare")
    finish_outside: float = _of("practice", "finish_outside")
    finish_inside: float = _of("practice", "finish_inside")
    lean_least: float = _of("practice", "lean_least")
    lean: float = _of("practice", "lean")
    rim_shortening_limit_pct: float = _of("practice", "rim_shortening_limit_pct")
    parent_margin_c: float = _of("practice", "parent_margin_c")
    step_margin_c: float = _of("practice", "step_margin_c")
    reheats_limit: int = _whole("practice", "reheats_limit")
    balance_flag_pct: float = _of("practice", "balance_flag_pct")
    spring_back_pct: float = _of("practice", "spring_back_pct")
    anneal_area_loss_pct: float = _of("practice", "anneal_area_loss_pct")
    strip_ratio: float = _of("practice", "strip_ratio")
    sand_over: float = _of("practice", "sand_over")
    sheet_over_mm: float = _of("practice", "sheet_over_mm")
    least_offcut: float = _of("practice", "least_offcut")
    least_offcut_sheet: float = _of("practice", "least_offcut_sheet")
    tool_reach_pct: float = _of("practice", "tool_reach_pct")
    rates: Rates = field(default_factory=Rates)
    tolerances: Tolerances = field(default_factory=Tolerances)
    shelf: Shelf = field(default_factory=Shelf)
    tools: Tools = EVERY
    given: tuple[str, ...] = ()


DEFAULT = Practice()


def unsourced(practice: Practice) -> tuple[str, ...]:
    """The habits and tolerances in force that no source bears and no shop has said, with their values."""
    found = []
    for key in keys("bench_rules"):
        table, _, name = key.partition(".")
        if table not in {"practice", "tolerance"} or fact("bench_rules", key).st != "U":
            continue
        said = name if table == "practice" else key
        if said not in practice.given:
            value = getattr(practice if table == "practice" else practice.tolerances, name)
            found.append(f"{said.replace('_', ' ')} {value:g}")
    return tuple(found)

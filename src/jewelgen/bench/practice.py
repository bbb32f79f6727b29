"""A shop's habits: allowances, chips, rates. Defaults stand unverified unless a source is named.

In: nothing.  Out: one frozen `Practice`, to be replaced field by field by a shop.  Lengths in mm, minutes a piece.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SOURCES = {
    "clearance": "bench_rules bezel_length.fit_clearance",
    "squaring": "bench_rules ring_blank.squaring_loss",
    "kerf": "bench_rules ring_blank.saw_kerf",
    "wide": "bench_rules ring_blank.wide_band_over, wide_band_add",
    "gap": "solders rules.fit_gap_max_mm",
    "chip": "solders rules.pallion_mm",
    "half_round": "bench_rules ring_blank.half_round_centroid",
}


@dataclass(frozen=True, slots=True)
class Rates:
    """Minutes for one maker; editable guesses, save those named in the catalog's labour table."""

    measure: float = 5.0
    receive: float = 8.0
    cut_part: float = 3.0
    stamp: float = 3.0
    form_ring: float = 15.0
    form_bezel: float = 10.0
    form_other: float = 6.0
    joint: float = 10.0
    fit: float = 5.0
    wrap_turn: float = 1.0
    shape_wrap: float = 15.0
    flush: float = 20.0
    file_joint: float = 8.0
    file_and_sand: float = 25.0
    tumble: float = 10.0
    set_bezel: float = 15.0
    set_prong: float = 20.0
    set_bead: float = 6.0
    set_flush: float = 10.0
    set_wrap: float = 20.0
    engrave: float = 10.0
    milgrain_100_mm: float = 10.0
    texture: float = 10.0
    polish: float = 5.0
    weigh_and_sign: float = 5.0


@dataclass(frozen=True, slots=True)
class Practice:
    """What the bench adds and removes. Every field may be changed by a shop."""

    squaring_each_end: float = 0.25
    kerf: float = 0.3
    ring_trim: float = 0.8
    bezel_trim: float = 0.8
    wire_trim: float = 1.0
    twist_waste_each_end: float = 6.35
    wrap_tail_each_end: float = 25.0
    strip_truing: float = 0.2
    plate_margin: float = 1.1
    plate_step: float = 0.5
    saw_outside_line: float = 0.2
    disc_margin: float = 0.5
    wide_over: float = 4.0
    wide_add: float = 0.5
    solder_gap: float = 0.05
    fillet: float = 0.25
    solder_surplus: float = 1.5
    solder_sheet: float = 0.25
    chip_side: float = 1.0
    chip_spare: int = 2
    finish_outside: float = 0.05
    finish_inside: float = 0.03
    lean_least: float = 0.25
    lean: float = 0.30
    rim_shortening_limit_pct: float = 10.0
    parent_margin_c: float = 20.0
    step_margin_c: float = 20.0
    reheats_limit: int = 2
    balance_flag_pct: float = 2.0
    spring_back_pct: float = 4.0
    strip_ratio: float = 3.0
    sheet_over_mm: float = 3.0
    rates: Rates = field(default_factory=Rates)


DEFAULT = Practice()

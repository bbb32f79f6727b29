"""The words of the steps after the last heat: finish, tumble, set, polish, engrave, weigh, pack.

In: an operation and the rows of the plan.  Out: `Words`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from jewelgen.bench.order import Op
from jewelgen.bench.settings import Setting
from jewelgen.bench.wording import Bench, Worder, Words
from jewelgen.piece.form import Ball, Twist
from jewelgen.piece.mark import Beads, Glyphs, Mark, Texture

LEFT = (Twist, Ball)  # forms that come as they are and are not filed
TO_HIT = frozenset(
    {
        "lean",
        "notch from the foot",
        "seat in the prong",
        "stone's back from the foot",
        "tip over the stone's back",
        "notch depth",
        "tip height after trimming",
        "seat land",
        "drill",
        "girdle under the rim",
        "girdle under the surface",
        "groove into each wall",
        "groove height",
    }
)  # figures of a setting that stand in its step


def _last_heat(bench: Bench, op: Op) -> Words:
    return (
        "LAST HEAT is over: pickle, rinse, soda",
        "pickle pot, loupe",
        bench.piece.size or "sizes of the drawing",
        "all joints at 10x" + (", size again" if bench.piece.size else ""),
        bench.practice.rates.last_heat,
    )


def _harden(bench: Bench, op: Op) -> Words:
    temper = bench.piece.part(op.about).temper
    return (
        f"the heat took its spring: harden it again to {temper}, planish it on a stake or stroke it with a burnisher",
        "stake, planishing hammer, burnisher",
        "as thick and as bent as before",
        "springs back from 1.0 mm, ten times",
        bench.practice.rates.fit,
    )


def _finish(bench: Bench, op: Op) -> Words:
    if not any(part.finished and not isinstance(part.form, LEFT) for part in bench.piece.parts):
        return (
            "dress the seam alone with a needle file, rub it down; no file and no coarse paper on the rest: it would take the twist off",
            "needle file, 600 and 1200 paper on a stick, brass brush",
            "sizes of the drawing",
            "the seam is lost in the twist, every strand round",
            bench.practice.rates.file_and_sand / 2,
        )
    return (
        "file, then 220-400-600-1200, each grit across the last"
        + (", inside too" if bench.piece.bore else ""),
        "files, papers",
        "sizes of the drawing",
        "no scratch from the grit before",
        bench.practice.rates.file_and_sand,
    )


def _tumble(bench: Bench, op: Op) -> Words:
    walls = [
        row.figures[0].value
        for row in bench.settings.values()
        if row.figures and row.figures[0].name == "wall height"
    ]
    target = f"rim {walls[0]:.1f} at 12, 3, 6, 9" if walls else "60 min"
    return (
        "tumble 60 min in steel shot (unattended)" + ("; rim to height after" if walls else ""),
        "tumbler, caliper",
        target,
        "bright all over, no burr",
        bench.practice.rates.tumble,
    )


def _set(bench: Bench, op: Op) -> Words:
    row = bench.settings[op.about]
    rates = bench.practice.rates
    minutes = {
        "lip": rates.set_bezel * row.n,
        "prongs": rates.set_prong * row.n,
        "flush": rates.set_flush * row.n,
        "claws": rates.set_wrap,
    }.get(row.grip, rates.set_bead * row.n)
    target = ", ".join(f"{f.name} {f.rounded}" for f in row.figures if f.name in TO_HIT)
    many = f"{row.n} stones" if row.n > 1 else "the stone"
    return (
        f"{_cut_first(row)}set {many}: {row.order}",
        ", ".join(row.tools),
        target or row.size_text,
        "level; wax turn, push, tap tests",
        minutes,
    )


def _cut_first(row: Setting) -> str:
    """What is cut for a stone before it goes in; a cup needs nothing, and rows that are laid out say it in order."""
    if "drill" in row.order:
        return ""
    given = {figure.name for figure in row.figures}
    seats = "the seats" if row.n > 1 else "the seat"
    if "seat in the prong" in given:
        return "file a shallow seat in the prongs, then "
    if row.grip == "prongs":
        return "notch the prongs, then "
    if "groove height" in given:
        return "cut a groove into both walls, then "
    if "setting bur" in given:
        return f"drill, cut {seats}, then " if "drill" in given else f"cut {seats}, then "
    return ""


def _polish(bench: Bench, op: Op) -> Words:
    rows = bench.settings.values()
    no = sorted(
        {
            word
            for row in rows
            for word, ok in row.care
            if word in {"ultrasonic", "steam"} and ok == "no"
        }
    )
    if any(joint.method == "wrap" for joint in bench.piece.joints):
        return (
            "rub bright with a polishing cloth, along the wires",
            "cloth",
            bench.piece.finish or "bright",
            "no smear, stone clean",
            bench.practice.rates.polish,
        )
    wash = f"wash (no {', no '.join(no)})" if no else "wash"
    return (
        f"polish; {wash}",
        "felt, rouge",
        bench.piece.finish or "bright",
        "no compound left",
        bench.practice.rates.polish,
    )


def _engrave(bench: Bench, op: Op) -> Words:
    mark = next(mark for mark in bench.piece.marks if mark.name == op.about)
    form = mark.form
    text, deep, tall = (
        (form.text, form.deep, form.tall) if isinstance(form, Glyphs) else ("", 0.0, 0.0)
    )
    return (
        f"engrave {text!r}",
        "graver",
        f"{tall:.1f} tall, {deep:.2f} deep",
        "spelling, spacing",
        bench.practice.rates.engrave,
    )


def _milgrain(bench: Bench, op: Op) -> Words:
    mark = next(mark for mark in bench.piece.marks if mark.name == op.about)
    size = mark.form.d if isinstance(mark.form, Beads) else 0.0
    long = row_length(mark)
    return (
        f"milgrain {long:.0f} mm: cut the guide line bright, run the wheel along it, then rub up by hand",
        f"milgrain wheel for {size:.2f} beads, graver",
        f"{mark.array.n} beads of {size:.2f}",
        "even, round, no bead doubled where the row closes",
        bench.practice.rates.milgrain_100_mm * long / 100,
    )


def row_length(mark: Mark) -> float:
    """Length in mm of the closed line on which copies of a mark stand."""
    spots = [frame.origin for frame in mark.array.frames()]
    return sum(math.dist(p, q) for p, q in zip(spots, [*spots[1:], spots[0]], strict=True))


TEXTURES: Mapping[str, tuple[str, str]] = {
    "hammer": ("planish blow beside blow, polished hammer on a steel block or mandrel", "hammer"),
    "sand": ("sandblast, or stipple evenly with a textured hammer", "blaster"),
    "matte": ("rub one way with a fine abrasive pad", "abrasive pad"),
    "brushed": ("brush one way with a steel brush wheel", "brush wheel"),
}


def _texture(bench: Bench, op: Op) -> Words:
    mark = next(mark for mark in bench.piece.marks if mark.name == op.about)
    word = mark.form.word if isinstance(mark.form, Texture) else ""
    text, tool = TEXTURES.get(word, (word, ""))
    return (
        f"{word}: {text}",
        tool or "tools of the texture",
        "as the drawing shows",
        "even; edges and bearings kept clear",
        bench.practice.rates.texture,
    )


def _weigh(bench: Bench, op: Op) -> Words:
    metal, whole = bench.expected_g, bench.expected_g + bench.stones_g
    target = (
        f"{whole:.2f} g with stones, {metal:.2f} g of it metal"
        if bench.stones_g
        else f"{metal:.2f} g of metal"
    )
    return (
        "weigh, quality check, sign",
        "scale, 10x loupe",
        target,
        "all boxes of the QC list",
        bench.practice.rates.weigh_and_sign,
    )


def _pack(bench: Bench, op: Op) -> Words:
    items = ", ".join(item.text for item in bench.piece.items)
    return (
        f"pack with care card{': add ' + items if items else ''}",
        "cloth, box",
        "piece, card" + (f", {len(bench.piece.items)} bought" if items else ""),
        "counted against the order",
        bench.practice.rates.pack,
    )


FINISHING: Mapping[str, Worder] = {
    "last_heat": _last_heat,
    "harden": _harden,
    "finish": _finish,
    "tumble": _tumble,
    "set": _set,
    "polish": _polish,
    "engrave": _engrave,
    "milgrain": _milgrain,
    "hammer": _texture,
    "texture": _texture,
    "weigh": _weigh,
    "pack": _pack,
}

"""The words of forming, fitting and filing, by form: each with the sizes that the bench measures then.

In: an operation and the rows of the plan.  Out: `Words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jewelgen.bench.blank import Blank
from jewelgen.bench.holding import knuckles
from jewelgen.bench.hoops import STATION
from jewelgen.bench.lengths import cap_radius
from jewelgen.bench.order import Op
from jewelgen.bench.practice import Practice
from jewelgen.bench.prongs import FOOT
from jewelgen.bench.sheets import PIERCE
from jewelgen.bench.stamping import stamped
from jewelgen.bench.straightened import Fold, bent_on, fold_of
from jewelgen.bench.tools import Tool
from jewelgen.bench.wording import Bench, Worder, Words
from jewelgen.findings import Finding, Where
from jewelgen.flat.outline import extents
from jewelgen.piece.form import Bar, Dome, Form, Hoop, Tube, Twist, Wall
from jewelgen.piece.joint import Joint
from jewelgen.piece.rail import Circ, Loop, is_closed
from jewelgen.piece.section import thickness

ROPE = (("twisted length", "long"), ("turns", "whole turns"), ("pitch", "a turn"))
NEAR_BORE = 0.5  # mm within which a ring is the one round the finger


def _form(bench: Bench, op: Op) -> Words:
    blank = bench.blanks[op.parts[0]]
    form, rates = bench.piece.part(op.parts[0]).form, bench.practice.rates
    if op.parts[0] in bench.flushed:
        size = " x ".join(f"{value:.1f}" for value in blank.cut)
        return (
            "flatten, sand one face; the outline is sawn once the wall is on",
            "mallet, 400 paper",
            f"blank {size}",
            "flat on the block",
            rates.form_other,
        )
    minutes = rates.form_other
    if isinstance(form, (Hoop, Wall)):
        minutes = rates.form_ring if isinstance(form, Hoop) else rates.form_bezel
    minutes *= bench.piece.part(op.parts[0]).array.n
    copies = _copies(bench, op.parts[0], blank)
    check = "rim lies flat, no crease" if isinstance(form, Dome) else "measure before joining"
    tools, reach = bench.practice.tools, bench.practice.tool_reach_pct
    sized = [tools.text(tool, reach) for tool in sized_tools(form, blank)]
    named = ", ".join((*sized, _form_tool(form)))
    late = PIERCE if stamped(bench.piece, op.parts[0]) else ""  # a punch would close the hole
    return (
        ", ".join(word for word in (*blank.work, *blank.forming) if word != late) + copies,
        named,
        _formed(form, blank),
        check,
        minutes,
    )


def _copies(bench: Bench, name: str, blank: Blank) -> str:
    """How many are made alike, and of how many wires each."""
    n = bench.piece.part(name).array.n
    wires = blank.n // n if blank.sort == "wire" else 1
    words = [f"{n} of them"] if n > 1 else []
    words += [f"{wires} wires"] if wires > 1 else []
    return f" ({', '.join(words)})" if words else ""


def sized_tools(form: Form, blank: Blank) -> Iterator[Tool]:
    """The tools of forming that come in sizes: hole of the draw plate, disc cutter, largest punch, ring mandrel."""
    if blank.stock.form == "round wire" and "draw down" in blank.stock.work:
        yield Tool("draw_plate", blank.stock.wanted[1], digits=2)
    if isinstance(form, Dome):
        yield Tool("disc_cutter", blank.net[0])
        yield Tool("doming_punch", cap_radius(form.d, form.rise) * 2 - 2 * form.t)
    if isinstance(form, Hoop) and form.a1 - form.a0 >= 360.0:
        yield Tool("ring_mandrel", form.bore, digits=2)


def forming_findings(
    forms: Iterable[tuple[str, Form, Blank]], practice: Practice
) -> Iterator[Finding]:
    """JG516: a tool of forming that the shop has no size of; for parts by name."""
    for name, form, blank in forms:
        wanted = sized_tools(form, blank)
        yield from practice.tools.lacking(wanted, practice.tool_reach_pct, name, Where(key=name))


def _form_tool(form: Form) -> str:
    if isinstance(form, Dome):
        return "doming block"
    if isinstance(form, Hoop):
        return "mallet"
    if isinstance(form, Bar):
        return "pliers, rod, files"
    if isinstance(form, Tube):
        return "tube jig, saw, files"
    return "pliers, mallet, mandrel" if isinstance(form, Wall) else "saw, files, mallet"


def _formed(form: Form, blank: Blank) -> str:
    """What a part measures when it is formed."""
    if isinstance(form, Dome):
        return f"{form.d:.1f} across, {form.rise:.1f} high"
    foot = next((place for place, word in blank.ticks if word == FOOT), None)
    if foot is not None:
        scribed = [f"{word} at {place - foot:.1f}" for place, word in blank.ticks if word != FOOT]
        return f"foot {foot:.2f} from the end; from the foot: {', '.join(scribed)}"
    rope = {figure.name: figure for figure in blank.figures}
    if "turns" in rope:
        twisted = ", ".join(f"{rope[name].rounded} {word}" for name, word in ROPE)
        return f"{twisted}; strands {blank.net[0]:.1f} before"
    bore = inside_of(form)
    forged = next((f.value for f in blank.figures if f.name == "forged length"), 0.0)
    if forged:
        return f"forged length {forged:.1f}, from its middle: {station_words(blank)}; inside {bore}"
    size = net_words(blank)
    word = "outline" if blank.sort == "sheet" else "strip" if len(blank.net) > 1 else "length"
    return f"{word} {size}" + (f"; inside {bore}" if bore else "")


def net_words(blank: Blank) -> str:
    """`10.7 x 8.7`, or `25.4 across` for a disc."""
    if blank.sort == "sheet" and len(blank.net) == 1:
        return f"{blank.net[0]:.1f} across"
    return " x ".join(f"{value:.1f}" for value in blank.net)


def station_words(blank: Blank) -> str:
    """Where a forged bar is how wide and thick, from its middle (6 o'clock) to its end: `0.0 3.0 x 1.5; ...`."""
    rows = [figure for figure in blank.figures if figure.name.startswith(STATION)]
    sizes = [(figure.value, dict(figure.inputs)) for figure in rows]
    return "; ".join(f"{mm:.1f}: {given['w']:.1f} x {given['t']:.1f}" for mm, given in sizes)


def inside_of(form: Form) -> str:
    """What a closed ring measures inside, mm; empty for what is no ring."""
    if isinstance(form, Hoop):
        return f"{form.bore:.2f}" if form.a1 - form.a0 >= 360.0 else ""
    if not isinstance(form, Bar) or not is_closed(form.rail):
        return ""
    wire = thickness(form.stations[0][1])
    if isinstance(form.rail, Circ):
        return f"{2 * form.rail.r - wire:.2f}"
    if isinstance(form.rail, Loop):
        return " x ".join(f"{value - wire:.2f}" for value in extents(form.rail.outline))
    return ""


def round_the_finger(form: Form, bore: float) -> bool:
    """Whether a form is the ring that the finger goes through, or a rope closed to one."""
    if isinstance(form, Twist):
        return bore > 0
    return isinstance(form, Hoop) and bore > 0 and abs(form.bore - bore) < NEAR_BORE


def _drop_trued(fold: Fold, minutes: float) -> Words:
    """A folded bail, once its legs are joined."""
    return (
        "close the legs flat on each other, true the drop on its rod, both sides alike",
        f"{bent_on(fold):.1f} rod, parallel pliers",
        f"clear way {fold.opens:.1f}",
        "stands straight",
        minutes,
    )


def _fit(bench: Bench, op: Op) -> Words:
    form = bench.piece.part(op.parts[0]).form
    minutes, bore = (
        bench.practice.rates.fit * bench.piece.part(op.parts[0]).array.n,
        inside_of(form),
    )
    if isinstance(form, Wall):
        holds = any(op.parts[0] in stone.held_by for stone in bench.piece.stones)
        return (
            f"{'fit to the stone' if holds else 'true to its shape'}; true the base on 400 paper",
            "mandrel, paper",
            f"height {form.height + 0.1:.1f}",
            f"{'stone drops in, no rattle; ' if holds else ''}stands with no light under",
            minutes,
        )
    if round_the_finger(form, bench.piece.bore):
        return (
            "true on the mandrel with a rawhide mallet, turning the ring"
            if isinstance(form, Twist)
            else "true on the mandrel, turning the ring; flatten the sides",
            "mandrel, mallet",
            f"inside {bore or f'{bench.piece.bore:.2f}'}",
            f"size {bench.piece.size or 'as drawn'} at both edges",
            minutes,
        )
    fold = fold_of(form) if isinstance(form, Bar) else None
    if fold:
        return _drop_trued(fold, minutes)
    target = f"inside {bore}" if bore else "sizes of the drawing"
    return (
        "true the closed part on a rod, flatten it",
        "rod, mallet",
        target,
        "round, flat",
        minutes,
    )


def _file(bench: Bench, op: Op) -> Words:
    joint = bench.piece.joints[int(op.about)]
    line = next((row for row in bench.lines.values() if row.index == int(op.about)), None)
    target = (
        line.text
        if line and line.text
        else (f"{joint.fit.depth:.2f} deep" if joint.fit.depth else "no light")
    )
    return (
        _filed(bench, op, joint),
        "file, wax",
        target,
        "square, no light",
        _file_minutes(bench, joint),
    )


def _file_minutes(bench: Bench, joint: Joint) -> float:
    """Notches and flats are filed one by one, the feet of a head together."""
    rates = bench.practice.rates
    if joint.fit.word == "cope" and not knuckles(bench.piece, joint):
        return rates.file_joint + rates.place * (joint.n - 1)
    return rates.file_joint * joint.n


def _filed(bench: Bench, op: Op, joint: Joint) -> str:
    """What is filed for a joint, and against what."""
    a, b = (bench.letters.get(name, name) for name in (joint.a, joint.b))
    if joint.fit.word == "flat":
        if joint.n == 1:
            return f"file the flat for {a}"
        if isinstance(bench.piece.part(joint.b).form, Hoop):
            return f"file a flat for {a} on {joint.n} of them, in one plane"
        return f"file the {joint.n} tips to lie flat under {a}"
    if joint.fit.word == "let-in":
        return (
            f"file {joint.n} notches for {a}, evenly spaced"
            if joint.n > 1
            else f"file the notch for {a}"
        )
    if joint.fit.word == "cope" and knuckles(bench.piece, joint):
        return f"file the seat for {b} across the rim of {a}, triangular file first, then round"
    if joint.fit.word == "cope":
        own = " ".join(bench.ids(op.parts))
        return (
            f"file {own} together to lie on {b}"
            if " " in own
            else f"file {own} to lie on {b}" + (f", all {joint.n}" if joint.n > 1 else "")
        )
    return f"file the mating facets of {a} and {b}" if joint.fit.word == "touch" else "file to fit"


FORMING: Mapping[str, Worder] = {"form": _form, "fit": _fit, "file": _file}

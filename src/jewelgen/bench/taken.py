"""What is cut from a stock for a length of wire, strip or sheet: more of it where it is trimmed or filed, less where
it is drawn or rolled down, for volume is kept.

In: a `Pick`, the section that is wanted and the length with its allowances.  Out: `Taken`; mm, mm2, mm3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure, Loss
from jewelgen.bench.practice import Practice
from jewelgen.bench.stock import SANDED, Pick, stock_area
from jewelgen.piece.piece import Part

TAPER, TIP = "file the taper", "round the end"
OVER = "stock over the drawing"
KEPT = "volume kept as it is drawn or rolled [D]"


@dataclass(frozen=True, slots=True)
class Taken:
    """`cut` mm of the stock, which hold `mm3`; `worked` mm once drawn or rolled down (0: as sold), and what that asks."""

    cut: float
    worked: float
    mm3: float
    losses: tuple[Loss, ...]
    figures: tuple[Figure, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    work: tuple[str, ...] = ()


def rough_area(pick: Pick, area: float) -> float:
    """Section of the wanted size before it is filed to its shape, mm2; `area` is the finished section's."""
    return stock_area(pick.form, pick.wanted) if pick.shaped else area


def taken(
    pick: Pick, area: float, net: float, extras: Sequence[Allowance], practice: Practice
) -> Taken:
    """The stock for `net` mm of a section of `area` with allowances `extras` along its length."""
    rough, whole = rough_area(pick, area), net + sum(extra.mm for extra in extras)
    filed = _filed(pick, rough - area, net)
    if pick.ordered or pick.as_sold:
        section = rough if pick.ordered else pick.area
        losses = (*_trimmed(extras, section), *filed, *over(section - rough, net))
        return Taken(whole, 0.0, section * whole, losses)
    if pick.sanded:
        dust = Loss(SANDED, (pick.area - rough) * net, "filed")
        return Taken(
            whole,
            0.0,
            pick.area * whole,
            (*_trimmed(extras, pick.area), *filed, dust),
            work=(_first(pick),),
        )
    return _worked(pick, rough, whole, ((*_trimmed(extras, rough), *filed), practice))


def _first(pick: Pick) -> str:
    """What is done to the stock before it is filed or trimmed."""
    return pick.work.partition(";")[0]


def _trimmed(extras: Sequence[Allowance], section: float) -> tuple[Loss, ...]:
    return tuple(Loss(extra.name, extra.mm * section) for extra in extras)


def _worked(
    pick: Pick, rough: float, whole: float, given: tuple[tuple[Loss, ...], Practice]
) -> Taken:
    """Stock that is made thinner: shorter by the areas, and longer by what the draw plate or the mill asks."""
    losses, practice = given
    drawn = "draw" in pick.work
    grip = Allowance(
        "point, gripped in the draw plate" if drawn else "ends split in the mill, sawn off",
        practice.draw_grip if drawn else practice.roll_ends,
    )
    cut = whole * rough / pick.area + grip.mm
    figure = Figure(
        "stock length", cut, "mm", "(net + allowances) A / A0 + grip",
        (("net + allowances", whole), ("A", rough), ("A0", pick.area), ("grip", grip.mm)), KEPT,
    )  # fmt: skip
    between = (
        ", annealing between"
        if rough < pick.area * (1 - practice.anneal_area_loss_pct / 100)
        else ""
    )
    work = (f"{_first(pick)}{between}", "anneal", f"saw off {whole:.1f}")
    held = (grip,) if grip.mm else ()
    losses = (*losses, *_trimmed(held, pick.area))
    return Taken(cut, whole, pick.area * cut, losses, (figure,), held, work)


def _filed(pick: Pick, over: float, net: float) -> tuple[Loss, ...]:
    return (Loss(pick.shaped, over * net, "filed"),) if pick.shaped else ()


def over(more: float, long: float) -> tuple[Loss, ...]:
    """Stock that counts as the size wanted and is `more` mm2 over it along `long` mm."""
    return () if math.isclose(more, 0.0, abs_tol=1e-9) else (Loss(OVER, more * long, "stays"),)


@dataclass(frozen=True, slots=True)
class Said:
    """What a blank of wire says beside its sizes: figures, steps of forming, a note, metal filed off its tip or taper."""

    figures: tuple[Figure, ...]
    forming: tuple[str, ...]
    edge: str = ""
    losses: tuple[Loss, ...] = ()


def wire(
    part: Part,
    of: tuple[Pick, float],
    long: tuple[float, Sequence[Allowance]],
    said: Said,
    practice: Practice,
) -> Blank:
    """A blank of wire: `of` a pick and its own section's mm2, as `long` as net and allowances say."""
    pick, area = of
    start = Blank(
        part.name, part.array.n, "wire", pick, part.temper or "soft", (), (), (), said.figures, said.forming, 0.0,
        said.losses, said.edge, area=area,
    )  # fmt: skip
    return recut(start, long, practice)


def recut(blank: Blank, long: tuple[float, Sequence[Allowance]], practice: Practice) -> Blank:
    """A blank of wire cut to another length; what is filed off it to its taper or its tip stays the same."""
    net, extras = long
    got = taken(blank.stock, blank.area, net, extras, practice)
    own = tuple(loss for loss in blank.losses if loss.name in {TAPER, TIP})
    figures = tuple(figure for figure in blank.figures if figure.name != "stock length")
    return replace(
        blank, net=(net,), cut=(got.cut,), worked=got.worked, cut_mm3=got.mm3, losses=(*own, *got.losses),
        allowances=(*extras, *got.allowances), figures=(*figures, *got.figures), work=got.work,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sheet sawn for `size` mm (length, width) of the wanted thickness: `cut` mm of the stock, which hold `mm3`.

    `worked` is its length once it is rolled down, 0 as it is sold.
    """

    cut: tuple[float, float]
    mm3: float
    losses: tuple[Loss, ...]
    forming: tuple[str, ...] = ()
    worked: float = 0.0


def sheet_taken(pick: Pick, size: tuple[float, float], area: float, named: str) -> Sheet:
    """A rectangle of sheet of which an outline of `area` mm2 is used, the rest `named`; rolled along its length."""
    (long, wide), t, stock = size, pick.wanted[1], pick.item[1]
    round_it = Loss(named, (long * wide - area) * t)
    if pick.sanded:
        dust = Loss(SANDED, (stock - t) * area, "filed")
        scrap = Loss(named, (long * wide - area) * stock)
        return Sheet(size, stock * long * wide, (scrap, dust), (_first(pick),))
    if pick.ordered or pick.as_sold:
        return Sheet(size, stock * long * wide, (round_it, *over((stock - t) * wide, long)))
    forming = (_first(pick), "anneal")
    return Sheet((long * t / stock, wide), t * long * wide, (round_it,), forming, long)


def strip_taken(
    pick: Pick, net: tuple[float, float], extras: Sequence[Allowance], practice: Practice
) -> Blank:
    """A strip for a wall, nameless yet: `net` its length and its height before base and rim are trued.

    A strip as high as it is sold is trimmed to the height wanted along its whole length.
    """
    (long, upright), (high, t) = net, pick.wanted
    strip = replace(pick, item=(high, pick.item[1]))
    got = taken(strip, high * t, long, extras, practice)
    trim = (pick.item[0] - high) * pick.item[1] * got.cut
    losses = [*got.losses, Loss("true base and rim", (high - upright) * t * long, "filed")]
    losses += [Loss("trim the strip to its height", trim)] if trim > 1e-9 else []
    more = (*extras, Allowance("true base and rim", high - upright, "width"), *got.allowances)
    forming = (pick.trimmed,) if pick.trimmed else ()
    return Blank(
        "", 1, "strip", pick, "soft", net, (got.cut, pick.item[0]), more, got.figures, forming, got.mm3 + trim,
        tuple(losses), area=high * t, worked=got.worked, work=got.work,
    )  # fmt: skip

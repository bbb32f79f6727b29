"""Corners of the main designs through the kernel: the metal that was predicted, the bore that was ordered."""

from __future__ import annotations

from itertools import islice, product
from pathlib import Path
from random import Random

import pytest
from kernel_cache import Measured, measured
from test_promises_solid import agree

from jewelgen.cast.chain import chain
from jewelgen.cast.faces import skin
from jewelgen.cast.master import master_piece
from jewelgen.catalog.alloys import alloy
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.findings import errors
from jewelgen.piece.form import Hoop
from jewelgen.piece.piece import Piece
from jewelgen.rules.registry import check

FOLDER = Path(__file__).resolve().parents[2] / "designs"
MAIN = (
    "01_court_band", "03_cathedral_six_prong", "07_pave_band",
    "09_bezel_cab_ring", "14_disc_tag", "15_bezel_pendant",
)  # fmt: skip
DEAR = {"07_pave_band"}  # two hundred seats: a minute
SEED, BORE = 11, 0.02
CASES = [
    pytest.param(name, i, marks=pytest.mark.wide if i or name in DEAR else ())
    for name in MAIN for i in range(2)
]  # fmt: skip


def cornered(name: str, which: int) -> Piece:
    """The design with every ask at one of its ends, of those that no rule stops, by a fixed seed."""
    document = load(FOLDER / f"{name}.toml")
    asks = resolve(document).asks
    every = [dict(zip((ask.key for ask in asks), values, strict=True))
             for values in product(*(ask.corners() for ask in asks))]  # fmt: skip
    Random(f"{SEED} {name}").shuffle(every)  # noqa: S311  a fixed order
    pieces = (compose(resolve(document, order)) for order in every)
    return next(islice((piece for piece in pieces if not errors(check(piece))), which, None))


def bore_of(rows: tuple[Measured, ...]) -> float:
    return min(row.bore for row in rows)


def left_inside(piece: Piece, steps) -> float:
    """What the casting keeps round the finger for the file, mm a side."""
    (inner,) = {
        steps.allowance.on(skin(piece, part)).inner
        for part in piece.parts if isinstance(part.form, Hoop) and part.role == "shank"
    }  # fmt: skip
    return inner


@pytest.mark.kernel
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("name", "which"), CASES)
def test_a_corner_has_the_metal_predicted_and_the_bore_ordered(name, which):
    piece = cornered(name, which)
    if {part.made for part in piece.parts} != {"cast"}:
        rows = measured(piece)
        agree(rows)
        if piece.sort == "ring":
            assert bore_of(rows) == pytest.approx(piece.bore, abs=BORE)
        return
    steps = chain("direct", alloy(piece.alloy))
    rows = measured(master_piece(piece, steps.allowance), steps.scale)
    agree(rows)
    if piece.sort == "ring":
        undone = bore_of(rows) / steps.scale + 2 * left_inside(piece, steps)
        assert undone == pytest.approx(piece.bore, abs=BORE)

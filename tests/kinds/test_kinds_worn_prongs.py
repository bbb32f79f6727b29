"""Stones in prongs worn on a bail: the stem carries the loop clear of stone and prongs; both readings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.piece.bodies import to_world
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.girdles import girdle_points
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece, groups
from jewelgen.piece.rail import at
from jewelgen.rules import check

STONES = {
    "a brilliant": {"stone": "round diamond 1.00 ct", "prongs": 4},
    "a small brilliant": {"stone": "round diamond 0.25 ct", "prongs": 6},
    "a prong at 12 o'clock": {"stone": "round diamond 1.00 ct", "prongs": 3},
    "prongs beside 12 o'clock": {"stone": "round diamond 1.00 ct", "prongs": 8},
    "an oval": {"stone": "oval sapphire 8x6"},
    "a pear": {"stone": "pear diamond 8x5"},
    "a marquise": {"stone": "marquise diamond 10x5"},
    "a heart": {"stone": "heart diamond 6"},
    "an emerald cut": {"stone": "emerald emerald 7x5"},
    "a pear cabochon": {"stone": "pear cab turquoise 10x7x4"},
    "a cabochon": {"stone": "oval cab turquoise 10x8x4"},
}
LOOPS: dict[str, dict[str, Any]] = {
    "usual": {},
    "fine": {"id": 2.0, "wire": 0.8},
    "wide": {"id": 8, "wire": 2},
}
AIR, MOST = 0.1, 1.2  # mm at least, and at most, between the loop and anything but its stem


def pendant(body: dict[str, Any], made: str = "cast", **bail: Any) -> Piece:
    tree = {"name": "x", "piece": "pendant", "made": made, "alloy": "18k white"}
    return compose(
        brief_from({**tree, "body": {"kind": "prong", **body}, "bail": {"kind": "loop", **bail}})
    )


def _lines(piece: Piece) -> list[tuple[np.ndarray[Any, np.dtype[np.float64]], float]]:
    """Middle lines of prongs and base ring with the radius of their wire; the girdle as a line of none."""
    stone = piece.stones[0]
    corners = girdle_points(stone.cut, stone.length, stone.width, 120)
    share = np.linspace(0.0, 1.0, 6, endpoint=False)[:, None, None]
    flat = (corners + share * (np.roll(corners, -1, axis=0) - corners)).reshape(-1, 2)
    found = [
        (to_world(stone.at, np.column_stack((flat, np.full(len(flat), z)))), 0.0)
        for z in (0.0, stone.girdle)
    ]
    for part in piece.parts:
        if part.role in {"prong", "base ring"} and isinstance(part.form, Bar):
            line = at(part.form.rail, np.linspace(0.0, 1.0, 120))[0]
            wide = max(section.d for _, section in part.form.stations if hasattr(section, "d")) / 2
            found += [(to_world(part.at.then(frame), line), wide) for frame in part.array.frames()]
    return found


@pytest.mark.parametrize("bail", LOOPS.values(), ids=LOOPS)
@pytest.mark.parametrize("body", STONES.values(), ids=STONES)
def test_the_loop_hangs_clear_of_stone_prongs_and_base(
    body: dict[str, Any], bail: dict[str, Any]
) -> None:
    piece = pendant(body, **bail)
    loop = piece.part("bail")
    assert isinstance(loop.form, Hoop)
    wire = loop.form.stations[0][1]
    a, r = np.linspace(0.0, 2 * np.pi, 240), loop.form.bore / 2 + wire.d / 2
    torus = to_world(loop.at, np.column_stack((r * np.sin(a), 0.0 * a, r * np.cos(a))))
    apart = [
        np.linalg.norm(line[:, None] - torus[None], axis=2).min() - wide - wire.d / 2
        for line, wide in _lines(piece)
    ]
    assert min(apart) > AIR
    # no farther out than that asks for, and enough of the stem to solder at
    assert min(apart) < MOST or any(part.role == "v-prong" for part in piece.parts)


@pytest.mark.parametrize("made", ["cast", "handmade"])
@pytest.mark.parametrize("body", STONES.values(), ids=STONES)
def test_nothing_speaks_against_a_stone_in_prongs_on_a_bail(
    body: dict[str, Any], made: str
) -> None:
    piece = pendant(body, made)
    assert [str(item) for item in check(piece)] == []
    assert len(groups(piece)) == 1
    assert any(
        "body.stem" in pair and pair != ("body.stem", "bail") for pair in shared_pairs(piece)
    )


def test_a_stem_of_wire_is_cut_filed_and_soldered_before_the_loop() -> None:
    made = plan(pendant({"kind": "wire-prong", "stone": "oval cab turquoise 10x8x4"}, "handmade"))
    stem, loop = made.letters["body.stem"], made.letters["bail"]
    heats = [set(step.ids) for step in made.steps if step.key.startswith("joint")]

    def heat(parts: set[str]) -> int:
        return next(k for k, ids in enumerate(heats) if parts <= ids)

    assert heat({made.letters["body.gallery"], stem}) < heat({stem, loop})


def test_a_strip_finds_no_edge_on_a_stem_and_a_loop_is_offered() -> None:
    with pytest.raises(DesignError) as raised:
        pendant(STONES["a brilliant"], kind="tapered")
    (finding,) = raised.value.findings
    assert (finding.code, finding.fix and finding.fix.key) == ("JG250", "bail.kind")
    assert finding.fix is not None
    assert pendant(STONES["a brilliant"], kind=finding.fix.value.strip('"')).part("bail")

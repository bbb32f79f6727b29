"""Bodies with a tapered bail, cast: the files pass the careful pack, and the bail stands in the metal of its body."""

from __future__ import annotations

from pathlib import Path

import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import errors
from jewelgen.piece.metal import shared_pairs
from jewelgen.pipeline.build import build
from jewelgen.pipeline.options import Options
from jewelgen.solid.model import Quality

PENDANT = {"name": "x", "piece": "pendant", "made": "cast", "alloy": "sterling"}
BODIES = {
    "cup": {"kind": "bezel", "stone": "oval cab labradorite 18x13x5"},
    "low cup": {"kind": "bezel", "stone": "pear cab moonstone 14x9x3"},
    "collet": {"kind": "collet", "stone": "oval topaz 12x10"},
    "plate": {"kind": "disc", "size": 20, "thick": 1.2},
}


@pytest.mark.parametrize("body", ["low cup", "plate"])
def test_a_cast_body_with_a_tapered_bail_passes(body: str, tmp_path: Path) -> None:
    brief = brief_from({**PENDANT, "body": BODIES[body], "bail": {"kind": "tapered"}})
    how = Options(out=tmp_path, formats=("stl",), quality=Quality.PREVIEW, pictures=False)
    done = build(brief, how)
    assert not errors(done.findings)
    if body == "plate":  # under the tip of a pear the block's corners leave one beside the body
        assert "JG715" not in {f.code for f in done.findings}, "its legs stand apart"


@pytest.mark.parametrize("body", BODIES)
def test_its_block_stands_in_metal_and_in_no_stone(body: str) -> None:
    """All of it that is let in is metal of the body: an area of the foot across by what the body is thick."""
    blocks = {"body": BODIES[body], "bail": {"kind": "tapered", "foot": 2.6}}
    piece = compose(brief_from({**PENDANT, **blocks}))
    shared = shared_pairs(piece)
    let = sum(mm3 for pair, mm3 in shared.items() if "bail.block" in pair and "bail" not in pair)
    assert let > 0.5 * 0.5 * 2.6 * 0.8
    legs = next(mm3 for pair, mm3 in shared.items() if set(pair) == {"bail", "bail.block"})
    assert legs == pytest.approx(2 * 2.6 * 0.8 * 0.4, rel=0.01)

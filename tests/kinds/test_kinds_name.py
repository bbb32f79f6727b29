"""Names as bodies: one plate, what is refused where, strokes that do not cast."""

from __future__ import annotations

from typing import Any

import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError, Finding
from jewelgen.flat.outline import area
from jewelgen.piece.piece import Piece
from jewelgen.piece.volume import volume
from jewelgen.rules.registry import check

PENDANT = {"name": "x", "piece": "pendant", "made": "cast", "alloy": "gold_14k_yellow"}


def named(text: str, **body: Any) -> Piece:
    return compose(brief_from({**PENDANT, "body": {"kind": "name", "text": text, **body}}))


def refused(text: str, **body: Any) -> Finding:
    with pytest.raises(DesignError) as raised:
        named(text, **body)
    (finding,) = raised.value.findings
    return finding


def test_a_name_is_one_plate_of_its_outline() -> None:
    (part,) = named("Ida", thick=1.5).parts
    assert volume(part.form) == pytest.approx(1.5 * area(part.form.outline), rel=1e-3)


@pytest.mark.parametrize(
    ("text", "more", "code", "key"),
    [
        ("Anna Lena", {}, "JG271", "text"),
        ("愛", {}, "JG240", "text"),
        ("Ida", {"font": "vibes"}, "JG241", "font"),
        ("M" * 24, {}, "JG273", "tall"),
    ],
)
def test_what_is_wrong_is_said_at_its_key(text: str, more: Any, code: str, key: str) -> None:
    finding = refused(text, **more)
    assert (finding.code, finding.where.key) == (code, f"body.{key}")


def test_fixes_mend() -> None:
    hyphen = refused("Al Bo").fix
    assert hyphen is not None
    assert (hyphen.key, hyphen.value) == ("body.text", '"Al-Bo"')
    smaller = refused("WWWWWWWW", tall=20).fix
    assert smaller is not None
    assert named("WWWWWWWW", tall=float(smaller.value)).parts


def test_hairlines_that_do_not_cast_are_found_and_the_fix_casts() -> None:
    def thin(**body: Any) -> list[Finding]:
        return [f for f in check(named("Lia", **body)) if f.code == "JG272"]

    (finding,) = thin(stroke=0)
    assert finding.fix is not None
    assert finding.fix.key == "body.stroke"
    assert not thin(stroke=float(finding.fix.value))
    assert not thin()

"""Metal that two parts share unsaid, or that nobody predicted, stops the files of its piece."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import jewelgen.solid.realize as door
from jewelgen.findings import Severity, errors
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.build import Result, build
from jewelgen.pipeline.options import Options
from jewelgen.solid.model import Quality

HEAD = (
    'format = 1\nname = "x"\npiece = "ring"\nmade = "{made}"\nalloy = "sterling"\nsize = "US 7"\n'
)
BAND = '[shank]\nkind = "flat"\nwidth = 4.0\nthick = 1.8\n'
# Two bezels whose floors run into each other, 0.7 mm3 deep.
HEADS = """[head.a]
kind = "bezel"
stone = "oval cab turquoise 10x8x4"
[head.b]
kind = "bezel"
stone = "oval cab turquoise 10x8x4"
at = "44 deg"
"""
FAST = Options(formats=("stl",), quality=Quality.PREVIEW, pictures=False)


def built(folder: Path, text: str, made: str, **more: Any) -> Result:
    path = folder / "x.toml"
    path.write_text(HEAD.format(made=made) + text, encoding="utf-8")
    return build(path, replace(FAST, out=folder / "out", **more))


def test_parts_that_run_into_each_other_are_not_written_and_a_fix_parts_them(
    tmp_path: Path,
) -> None:
    result = built(tmp_path, BAND + HEADS, "handmade")
    assert result.folder is None
    assert not (tmp_path / "out").exists()
    (found,) = errors(result.findings)
    assert (found.code, found.where.key) == ("JG220", "head.b.floor")
    assert found.fix is not None
    assert found.fix.key == "head.b.at"
    assert found.fix.tried


@pytest.mark.kernel
@pytest.mark.parametrize("made", ["cast", "handmade"])
def test_metal_unlike_its_prediction_is_not_written_unless_accepted_on_record(
    made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both the finished piece and the master are held against what forms, cuts and fits predict."""

    def short(piece: Piece) -> list[Any]:
        return [replace(row, forms=row.forms * 0.998) for row in metal(piece)]

    monkeypatch.setattr(door, "metal", short)
    refused = built(tmp_path, BAND, made)
    assert refused.folder is None
    wrong = [f for f in errors(refused.findings) if f.code == "JG321"]
    assert [f.message.startswith("master: ") for f in wrong] == [False, True][: len(wrong)]
    assert len(wrong) == (2 if made == "cast" else 1)
    assert not list((tmp_path / "out").rglob("*.stl"))
    reason = "the sample was weighed"
    passed = built(tmp_path, BAND, made, accept=(("JG321", reason),))
    assert passed.folder is not None
    said = [f for f in passed.findings if f.code == "JG321"]
    assert {f.severity for f in said} == {Severity.WARNING}
    assert passed.record["accepted"] == [{"code": "JG321", "place": "", "reason": reason}]

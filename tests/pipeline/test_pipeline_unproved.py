"""A piece that cannot be proved leaves no result folder, and a case that says what it was."""

import pytest

from jewelgen.design.reader import load_text
from jewelgen.findings import Finding, GeometryError
from jewelgen.piece.dump import dump
from jewelgen.pipeline.build import build_prepared
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare
from jewelgen.solid import realize

BAND = """\
format = 1
name = "Band"
piece = "ring"
made = "cast"
alloy = "sterling"
size = "US 7"
[shank]
kind = "court"
width = 4
thick = 1.8
"""


def test_an_unproved_piece_is_kept_as_a_case(tmp_path, monkeypatch):
    def fails(*_args, **_named):
        raise GeometryError(Finding("JG310", "the volumes differ"))

    monkeypatch.setattr(realize, "realize", fails)
    options = Options(out=tmp_path, pictures=False)
    prepared = prepare(load_text(BAND, "band.toml"), None, options)
    with pytest.raises(GeometryError) as caught:
        build_prepared(prepared, options)
    assert [item.code for item in caught.value.findings] == ["JG310", "JG317"]
    case = tmp_path / "unproved" / f"{prepared.folder}.txt"
    assert case.read_text(encoding="utf-8") == dump(prepared.piece)
    assert not (tmp_path / prepared.folder).exists()

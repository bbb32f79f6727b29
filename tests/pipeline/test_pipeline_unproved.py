"""A piece that cannot be proved leaves no result folder, a case that says what it was, and its plan for the bench."""

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


@pytest.fixture
def unprovable(monkeypatch):
    """The kernel door finds no solid."""

    def fails(*_args, **_named):
        raise GeometryError(Finding("JG310", "the volumes differ"))

    monkeypatch.setattr(realize, "realize", fails)


def refused(text, out):
    """The prepared piece and what building it says."""
    options = Options(out=out, pictures=False)
    prepared = prepare(load_text(text, "band.toml"), None, options)
    with pytest.raises(GeometryError) as caught:
        build_prepared(prepared, options)
    return prepared, [item.code for item in caught.value.findings]


@pytest.mark.usefixtures("unprovable")
def test_an_unproved_piece_is_kept_as_a_case(tmp_path):
    prepared, codes = refused(BAND, tmp_path)
    assert codes == ["JG310", "JG317"]
    case = tmp_path / "unproved" / f"{prepared.folder}.txt"
    assert case.read_text(encoding="utf-8") == dump(prepared.piece)
    assert not (tmp_path / prepared.folder).exists()


@pytest.mark.usefixtures("unprovable")
def test_an_unproved_piece_of_the_bench_keeps_its_plan(tmp_path):
    prepared, codes = refused(BAND.replace('"cast"', '"handmade"'), tmp_path)
    assert codes[:3] == ["JG310", "JG317", "JG319"]
    plan = tmp_path / "unproved" / prepared.folder
    assert (plan / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert not (tmp_path / prepared.folder).exists()

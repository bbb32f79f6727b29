"""Results that stand already are recognized, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jewelgen.design.reader import load
from jewelgen.findings import Finding, Fix, Severity, Where
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.folder import write_folder
from jewelgen.formats.manifest import finding_row, manifest
from jewelgen.pipeline.build import build_prepared
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, prepare
from jewelgen.pipeline.record import record
from jewelgen.pipeline.standing import finding_of, inputs_digest, standing
from jewelgen.solid.model import Quality

SAID = Finding(
    "JG503", "flows late", Where("a.toml", 3, 1, "head"), Severity.NOTE, "20 C", "", Fix("x", "1")
)


@pytest.fixture(scope="module")
def prepared(root: Path) -> Prepared:
    return prepare(load(root / "designs" / "14_disc_tag.toml"), None, Options())


@pytest.fixture
def left(prepared: Prepared, tmp_path: Path) -> Path:
    """A folder as an earlier run left it, without asking the kernel for its files."""
    content = record(prepared, None, (), (SAID,))
    content["inputs"] = inputs_digest(prepared, Options())
    files = (Artifact("a.stl", b"solid", "model"), Artifact("deep/b.csv", b"x,y", "plan"))
    folder = tmp_path / prepared.folder
    write_folder(folder, (*files, manifest(content, files)))
    return folder


def test_an_untouched_folder_is_kept_with_its_findings(prepared: Prepared, left: Path) -> None:
    result = build_prepared(prepared, Options(out=left.parent))
    assert result.kept
    assert result.findings == (SAID,)
    assert set(result.files) == {"a.stl", "deep/b.csv", "manifest.json"}


@pytest.mark.parametrize("spoil", ["edited", "lost", "no manifest", "half a manifest", "a list"])
def test_a_touched_folder_is_built_again(prepared: Prepared, left: Path, spoil: str) -> None:
    inputs = inputs_digest(prepared, Options())
    assert standing(left, inputs) is not None
    note = left / "manifest.json"
    match spoil:
        case "edited":
            (left / "a.stl").write_bytes(b"sOlid")
        case "lost":
            (left / "deep" / "b.csv").unlink()
        case "no manifest":
            note.unlink()
        case "half a manifest":
            note.write_bytes(note.read_bytes()[:200])
        case _:
            note.write_text(json.dumps([1]))
    assert standing(left, inputs) is None


def test_whatever_changes_a_byte_changes_the_inputs(prepared: Prepared, root: Path) -> None:
    plain = inputs_digest(prepared, Options())
    assert inputs_digest(prepared, Options(out=Path("elsewhere"), trust=True)) == plain
    other = [
        Options(formats=("stl",)),
        Options(quality=Quality.FINE),
        Options(paper="letter"),
        Options(pictures=False),
        Options(route="mold"),
    ]
    found = {inputs_digest(prepared, options) for options in other}
    grown = replace(prepared, findings=(SAID,))
    cast = prepare(load(root / "designs" / "14_disc_tag.toml"), None, Options(made="cast"))
    found |= {inputs_digest(grown, Options()), inputs_digest(cast, Options(made="cast"))}
    assert len(found | {plain}) == len(other) + 3


def test_fonts_and_style_count_by_what_they_hold(prepared: Prepared, tmp_path: Path) -> None:
    for name, data in (("a", b"font"), ("b", b"font"), ("c", b"other")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "face.ttf").write_bytes(data)
    one, same, other = (inputs_digest(prepared, Options(fonts=tmp_path / n)) for n in "abc")
    assert one == same
    assert len({one, other, *(inputs_digest(prepared, Options(style=s)) for s in ("", "#x"))}) == 4


def test_findings_come_back_from_their_rows() -> None:
    for finding in (SAID, Finding("JG200", "thin")):
        assert finding_of(finding_row(finding)) == finding

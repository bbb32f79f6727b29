"""The manifest says what stands beside it: every file by digest, the values, the versions, the findings."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from jewelgen import Options, __version__
from jewelgen.design.reader import load
from jewelgen.formats.manifest import to_json
from jewelgen.pipeline.prepare import prepare
from jewelgen.pipeline.record import record
from jewelgen.pipeline.standing import inputs_digest


def test_every_file_stands_in_the_manifest_with_its_digest(piece_folder: Path) -> None:
    manifest = json.loads((piece_folder / "manifest.json").read_text(encoding="utf-8"))
    rows = {row["path"]: row for row in manifest["files"]}
    there = {p.relative_to(piece_folder).as_posix() for p in piece_folder.rglob("*") if p.is_file()}
    assert set(rows) == there - {"manifest.json"}
    for path, row in rows.items():
        data = (piece_folder / path).read_bytes()
        assert row["sha256"] == hashlib.sha256(data).hexdigest(), path
        assert row["bytes"] == len(data) > 0, path


def test_the_manifest_holds_values_versions_and_findings(piece_folder: Path, root: Path) -> None:
    manifest = json.loads((piece_folder / "manifest.json").read_text(encoding="utf-8"))
    text = (root / "designs" / f"{piece_folder.name}.toml").read_text(encoding="utf-8")
    design = tomllib.loads(text)
    assert manifest["schema"] == 1
    assert (manifest["design"], manifest["piece"]) == (piece_folder.name, design["piece"])
    assert manifest["versions"]["jewelgen"] == __version__
    assert all(manifest["versions"].values())
    blocks = {key for key, value in design.items() if isinstance(value, dict)}
    assert blocks - {"ask", "let", "sets", "mold"} <= set(manifest["values"])
    assert not [row for row in manifest["findings"] if row["severity"] == "error"]
    for body in manifest["bodies"]:
        _agree(body)
    for master in manifest["masters"]:
        assert master["proof_mm3"]["brep"] is not None
        _agree(master)


def _agree(row: dict[str, Any]) -> None:
    """Forms less predictions, the kernel's integral and the mesh as it is: three codes, each near the weight."""
    found, proof = row["volume_mm3"], row["proof_mm3"]
    assert found > 0
    assert abs(found - proof["fillets"] - proof["predicted"]) <= 1e-3 * found
    # Chords of a fine mesh (0.07 rad) lack at most 0.2 % of a wire bent to a ring; that is known and said.
    assert abs(proof["fine_mesh"] - found) <= 2e-3 * found
    assert abs(proof["fine_mesh"] + proof["chords"] - found) <= 1e-3 * found
    if (
        proof["brep"] is None
    ):  # a draft, weighed by its mesh: the solid of its master is what is sent
        assert row["made"] == "cast"
        assert found == pytest.approx(proof["fine_mesh"] + proof["chords"])
    else:
        assert abs(proof["brep"] - found) <= 1e-3 * found


def test_where_a_design_lies_changes_no_byte(root: Path, tmp_path: Path) -> None:
    texts = []
    for folder in (tmp_path / "here", tmp_path / "there"):
        folder.mkdir()
        path = folder / "band.toml"
        path.write_bytes((root / "designs" / "01_court_band.toml").read_bytes())
        prepared = prepare(load(path), {"shank.width": 4}, Options())
        assert "JG420" in [finding.code for finding in prepared.findings]
        texts.append(to_json(record(prepared, None, (), prepared.findings)))
        texts.append(inputs_digest(prepared, Options()))
    assert texts[:2] == texts[2:]
    assert "band.toml" in texts[0]
    assert str(tmp_path) not in texts[0]

"""Every STEP file is read by another build of OCCT in a process of its own, and entity by entity as text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import cadquery
import numpy as np
import pytest
from OCP.BRepPrimAPI import BRepPrimAPI_MakeBox
from OCP.gp import gp_Trsf, gp_Vec
from OCP.TopLoc import TopLoc_Location

from jewelgen.catalog.gems import species
from jewelgen.formats.solids import Notes, Solid
from jewelgen.formats.step import write

READER = Path(__file__).with_name("gmsh_reader.py")
SAME = 1e-3
MESH_MM = 0.6
# ISO 10303-21: what an attribute may be made of.
_STRING = r"'(?:[^'\\]|''|\\S\\.|\\X2\\(?:[0-9A-F]{4})+\\X0\\|\\X\\[0-9A-F]{2}|\\\\)*'"
_TOKEN = re.compile(
    rf"\s*(?:(?P<string>{_STRING})|(?P<real>[+-]?\d+\.\d*(?:E[+-]?\d+)?)|(?P<integer>[+-]?\d+)"
    r"|(?P<ref>#\d+)|(?P<enum>\.[A-Z0-9_]+\.)|(?P<binary>\"[0-9A-F]+\")"
    r"|(?P<word>[A-Z][A-Z0-9_]*)|(?P<mark>[(),$*]))"
)


@cache
def _gmsh(path: Path, size: float) -> dict[str, Any]:
    """What gmsh finds: volumes by part name, and open edges of a mesh when `size` is given."""
    run = [sys.executable, str(READER), str(path), str(size)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _named(found: dict[str, Any]) -> dict[str, float]:
    """Volumes by name: of the instance where an assembly places products, else of the product."""
    paths = [label.removeprefix("Shapes/").split("/") for label in found["labels"]]
    names = [path[1] if len(path) > 1 else path[0] for path in paths]
    return dict(zip(names, found["volumes"], strict=True))


def test_another_occt_reads_the_same_named_solids(
    piece_folder: Path, manifest: dict[str, Any]
) -> None:
    found = _gmsh(piece_folder / f"{piece_folder.name}.step", MESH_MM)
    assert found["said"] == []
    assert found["loose"] == 0
    assert found["open_edges"] == [0] * len(found["volumes"])
    volumes = _named(found)
    if masters := manifest["masters"]:
        assert volumes == pytest.approx({m["body"]: m["volume_mm3"] for m in masters}, rel=SAME)
        return
    for body in manifest["bodies"]:
        apart = sum(volumes.pop(part) for part in body["parts"])
        if len(body["parts"]) == 1:
            assert apart == pytest.approx(body["volume_mm3"], rel=SAME)
        else:  # parts keep their true sizes; the body counts what they share once
            assert 1.0 - SAME < apart / body["volume_mm3"] < 1.05
    assert not volumes, "the file holds solids that the manifest does not name"


def test_stones_stand_in_a_file_of_their_own(piece_folder: Path, manifest: dict[str, Any]) -> None:
    path = piece_folder / f"{piece_folder.name}-stones.step"
    assert path.exists() == bool(manifest["stones"])
    if not path.exists():
        return
    volumes = _named(_gmsh(path, 0.0))
    wanted = {
        f"{row['name']} {i + 1}": row["carats"] * 200.0 / species(row["species"]).sg
        for row in manifest["stones"]
        for i in range(row["n"])
    }
    assert volumes == pytest.approx(wanted, rel=3 * SAME)  # gmsh's quadrature of a stretched dome


def test_no_name_in_a_step_file_is_left_to_the_writer(piece_folder: Path) -> None:
    """Instances of parts are called as the parts are: a CAD system shows these names in its tree."""
    for path in piece_folder.glob("*.step"):
        text = path.read_text("ascii")
        assert "=>[" not in text
        used = re.findall(r"NEXT_ASSEMBLY_USAGE_OCCURRENCE\('([^']*)','([^']*)'", text)
        products = re.findall(r"=PRODUCT\('([^']*)'", text)
        assert all(number == name for number, name in used), "numbers that count per process"
        assert len(set(used)) == len(used)
        assert "" not in products


@pytest.mark.kernel
def test_a_moved_body_alone_goes_by_its_name_and_the_piece() -> None:
    """A rope of strands, or a solid that stands elsewhere: no product called COMPOUND or SOLID."""
    place = TopLoc_Location(_shift())
    box = BRepPrimAPI_MakeBox(1.0, 1.0, 1.0).Shape()
    pair = cadquery.Compound.makeCompound([cadquery.Shape.cast(box)]).wrapped
    for shape in (box, box.Moved(place), pair, pair.Moved(place)):
        none = np.zeros((0, 3))
        solid = Solid("shank", none, none.astype(int), (0.5, 0.5, 0.5, 1.0), shape=shape)
        text = write((solid,), Notes("Rope", ())).decode("ascii")
        assert set(re.findall(r"=PRODUCT\('([^']*)'", text)) <= {"shank", "Rope"}


def _shift() -> gp_Trsf:
    shift = gp_Trsf()
    shift.SetTranslation(gp_Vec(1.0, 2.0, 3.0))
    return shift


def test_every_step_entity_is_well_formed(piece_folder: Path) -> None:
    paths = sorted(piece_folder.glob("*.step"))
    assert paths
    for path in paths:
        _well_formed(path.read_bytes().decode("ascii"))


def _well_formed(text: str) -> None:
    assert text.startswith("ISO-10303-21;\nHEADER;\n")
    assert text.endswith("ENDSEC;\nEND-ISO-10303-21;\n")
    head, _, data = text.partition("DATA;\n")
    for word in ("FILE_DESCRIPTION", "FILE_NAME", "FILE_SCHEMA"):
        assert head.count(f"{word}(") == 1
    assert re.search(r"FILE_SCHEMA\(\( ?'(AP242|AP214|AUTOMOTIVE_DESIGN)", head)
    entities = re.findall(r"#(\d+)\s*=\s*((?:'[^']*'|[^';])*);", data)
    numbers = [int(number) for number, _ in entities]
    assert numbers == sorted(set(numbers)), "each entity has a number of its own, in order"
    known, kinds = set(numbers), set()
    for _, body in entities:
        kinds.add(body.partition("(")[0])
        assert _references(body) <= known, body
    assert {"MANIFOLD_SOLID_BREP", "CLOSED_SHELL", "ADVANCED_FACE", "COLOUR_RGB"} <= kinds
    assert "SI_UNIT(.MILLI.,.METRE.)" in data.replace(" ", "")


def _references(body: str) -> set[int]:
    """The numbers an entity refers to; every token known, every bracket closed, commas between values."""
    at, depth, refs, last = 0, 0, set(), "("
    end = len(body.rstrip())
    while at < end:
        token = _TOKEN.match(body, at)
        assert token is not None, body[at : at + 40]
        kind, text = str(token.lastgroup), token[0].strip()
        depth += (text == "(") - (text == ")")
        assert depth >= 0, body
        if kind == "ref":
            refs.add(int(text[1:]))
        if kind in {"string", "real", "integer", "ref", "enum"} or text in {"$", "*"}:
            assert last in {"(", ","}, body
        if text == ",":
            assert last not in {"(", ","}, body
        at, last = token.end(), text
    assert depth == 0, body
    return refs

"""The published schemas of what a build writes beside its solids, held against what it writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from json_obeys import wrong

from jewelgen.formats.artifact import Artifact
from jewelgen.formats.record_schemas import check_schema, manifest_schema
from jewelgen.paper.casting_schema import casting_schema
from jewelgen.pipeline.sprued import _checked

SCHEMAS = {"casting": casting_schema, "check": check_schema, "manifest": manifest_schema}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_that_of_the_program(root: Path, name: str) -> None:
    published = json.loads((root / f"docs/{name}.schema.json").read_text("utf-8"))
    assert published == json.loads(json.dumps(SCHEMAS[name]())), "make docs"


@pytest.mark.parametrize("design", ["01_court_band", "09_bezel_cab_ring"])
@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_written_obeys_its_schema(
    built: Callable[[str], Path], name: str, design: str
) -> None:
    path = built(design) / f"{name}.json"
    if name == "casting" and design.startswith("09"):
        assert not path.exists()  # nothing of it is cast
        return
    said: dict[str, Any] = json.loads(path.read_text("utf-8"))
    schema = SCHEMAS[name]()
    assert wrong(said, schema) == []
    assert wrong(said | {"more": 1}, schema) == ["$.more is unknown"]
    assert wrong(said | {"schema": 0}, schema) == ["$.schema"]
    for key in schema["required"]:
        assert wrong({k: v for k, v in said.items() if k != key}, schema) == [f"$ lacks {key}"]


def test_pictures_of_the_check_are_left_alone_when_sprues_are_added() -> None:
    picture = Artifact("ring-thickness.png", b"\x89PNG\r\n", "check")
    assert _checked(picture, []) is picture
    document = Artifact("check.json", b'{"files": []}', "check")
    assert json.loads(_checked(document, []).data) == {"files": []}

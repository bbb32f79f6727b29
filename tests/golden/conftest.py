"""Expected texts, one file each, rewritten by `make golden`."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from jewelgen.design.reader import load
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, prepare


class Text(SingleFileSnapshotExtension):
    """A snapshot as plain text, so that a change reads as a difference of lines."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def expected(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Text)


@pytest.fixture(scope="session")
def prepared(design: Path) -> Prepared:
    """A shipped design as sold, composed and judged, without a kernel; examples bring code of their own."""
    trust = design.parent.name == "examples"
    return prepare(load(design, trust=trust), {}, Options(Path("output")))

"""Whether a file is still the one that the build wrote: its digest against the manifest's, then place and depth of the
change against the exact shape beside it.

In: a path, its surfaces, what is known.  Out: `Check`s JG735, JG718.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from jewelgen.checker.known import Known
from jewelgen.checker.report import Check
from jewelgen.checker.step import deviation, read_step
from jewelgen.checker.surface import Surface

EVERY = 60_000  # triangles of a changed file that are held against the exact shape


def as_written(path: Path, surfaces: Sequence[Surface], known: Known) -> tuple[Check, ...]:
    """One check where a manifest names the file's digest; of a changed mesh of a master also how far it strays from its STEP."""
    if not known.sha256:
        return ()
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == known.sha256
    said = Check(
        "JG735", "file as the build wrote it", float(same), "file", "the digest of the manifest", same,
        hint="" if same else "somebody changed it: build it again and send what is written",
    )  # fmt: skip
    sibling = path.parent / known.exact
    if same or not known.exact or sibling == path or not sibling.is_file():
        return (said,)
    solids = read_step(sibling, surfaces[0], known.chord, EVERY)
    return (said, replace(deviation(solids[0], known), hint=said.hint))

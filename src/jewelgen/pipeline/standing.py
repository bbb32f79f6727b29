"""Results that stand already: the same piece, options and versions, every file as it was written.

In: a `Prepared` piece and `Options`.  Out: the digest of all that decides the bytes of its files, and
what stands in a folder under that digest.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jewelgen.findings import Finding, Fix, Severity, Where
from jewelgen.formats.manifest import to_json
from jewelgen.piece.dump import dump
from jewelgen.piece.form import Sculpted
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, pack_of
from jewelgen.pipeline.record import record

_NO_BYTES = (
    "out",
    "trust",
    "again",
)  # options that decide whether and where, never what is written
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Standing:
    """What an earlier run left in a folder: its file names, findings and the manifest's content."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    content: Mapping[str, Any]


def inputs_digest(prepared: Prepared, options: Options) -> str:
    """SHA-256 in hex over the piece, its words, the options, the code of designs, all versions."""
    chosen = {key: str(v) for key, v in asdict(options).items() if key not in _NO_BYTES}
    chosen |= {"pack": pack_of(prepared.brief, options), "fonts": " ".join(_fonts(options.fonts))}
    left = asdict(prepared.brief.choices)
    said = to_json([record(prepared, None, (), prepared.findings), chosen, left])
    total = hashlib.sha256(program_digest().encode())
    for text in (dump(prepared.piece, _DIGITS), said, *_code(prepared)):
        total.update(hashlib.sha256(text.encode("utf-8")).digest())
    return total.hexdigest()


def _fonts(folder: Path | None) -> list[str]:
    """SHA-256 in hex of every file in a folder of fonts."""
    found = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in found]


def _code(prepared: Prepared) -> list[str]:
    """The text of every file that sculpts a part."""
    sources = [p.form.source for p in prepared.piece.parts if isinstance(p.form, Sculpted)]
    paths = [Path(source.rpartition(":")[0]) for source in sources]
    return [path.read_text(encoding="utf-8") for path in paths if path.is_file()]


@functools.cache
def program_digest() -> str:
    """SHA-256 in hex over every file of the installed package: versions alone miss an edited checkout."""
    root = Path(str(files("jewelgen")))
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(f"{path.relative_to(root).as_posix()}\n".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def standing(folder: Path, inputs: str) -> Standing | None:
    """What stands in `folder` when it was made from `inputs` and nobody touched it since; else None."""
    try:
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if content.get("inputs") != inputs:
            return None
        rows = content["files"]
        if not all(_untouched(folder, row) for row in rows):
            return None
        names = (*(row["path"] for row in rows), "manifest.json")
        return Standing(names, tuple(map(finding_of, content["findings"])), content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # whatever cannot be read back is built again


def _untouched(folder: Path, row: Mapping[str, Any]) -> bool:
    data = (folder / row["path"]).read_bytes()
    return bool(hashlib.sha256(data).hexdigest() == row["sha256"])


def finding_of(row: Mapping[str, Any]) -> Finding:
    """The finding that `formats.manifest.finding_row` wrote."""
    where = Where(row["file"], row["line"], row["column"], row["key"])
    fix = Fix(**row["fix"]) if row["fix"] else None
    severity = Severity(row["severity"])
    return Finding(row["code"], row["message"], where, severity, row["allowed"], row["hint"], fix)

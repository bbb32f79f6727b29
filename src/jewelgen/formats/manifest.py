"""`manifest.json`: resolved values, measures, weights, findings, versions and the digest of every file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from jewelgen.findings import Finding, Fix
from jewelgen.formats.artifact import Artifact

SCHEMA = 1


def manifest(content: Mapping[str, Any], artifacts: Iterable[Artifact]) -> Artifact:
    """The manifest of a folder; `content` is plain data, floats are rounded to a hundredth of a micrometre."""
    files = [
        {"path": a.path, "role": a.role, "body": a.body, "bytes": len(a.data), "sha256": a.digest}
        for a in sorted(artifacts, key=lambda item: item.path)
    ]
    document = {"schema": SCHEMA, **content, "files": files}
    return Artifact("manifest.json", to_json(document).encode("utf-8"), "manifest")


def to_json(document: Any) -> str:
    """Stable JSON: keys in the order given, numbers rounded, two spaces, a newline at the end."""
    return json.dumps(_plain(document), indent=2, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5) + 0.0
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _fix(fix: Fix) -> dict[str, Any]:
    grams = None if fix.grams is None else round(fix.grams, 3)
    return {"key": fix.key, "value": fix.value, "tried": fix.tried, "grams": grams}


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding as plain data for manifests and `--json`."""
    where = finding.where
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "key": where.key,
        "allowed": finding.allowed,
        "hint": finding.hint,
        "fix": _fix(finding.fix) if finding.fix else None,
    }

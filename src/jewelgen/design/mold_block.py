"""`[mold]`: a rubber that exists. In: the table.  Out: `Mold`.  Findings: JG130, JG131, JG180, JG181."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jewelgen.catalog.sizes import bore_mm, parse_size_steps
from jewelgen.design.brief import Mold
from jewelgen.design.document import Document
from jewelgen.design.heading import at_place
from jewelgen.findings import Finding, JewelgenError, did_you_mean

_DIGEST = re.compile(r"(?:[0-9a-f]{12,64})?")
_KEYS = ("id", "size", "sizes", "digest")


def read_mold(document: Document, findings: list[Finding]) -> Mold | None:
    """The mold a design speaks of, or None."""
    table = document.tree.get("mold")
    if not isinstance(table, Mapping):
        return None
    before = len(findings)
    for key in table:
        if key not in _KEYS:
            hint, message = did_you_mean(key[:40], _KEYS), f"mold has no '{key[:40]}'"
            findings.append(Finding("JG130", message, document.where("mold", key), hint=hint))
    written = table.get("size")
    label, bore = _size(document, written, findings) if written is not None else ("", 0.0)
    sizes = _sizes(document, table.get("sizes"), bore, findings)
    name = table.get("id", "")
    if not isinstance(name, str) or not name.isprintable() or len(name) > 64:
        message = f"{str(name)[:40]!r} is no label of a mold"
        findings.append(Finding("JG108", message, document.where("mold", "id")))
    digest = table.get("digest", "")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        message = f"{str(digest)[:40]!r} is no digest of a mold"
        allowed = "12 to 64 letters of `mold_digest` in the master's manifest.json"
        findings.append(
            Finding("JG108", message, document.where("mold", "digest"), allowed=allowed)
        )
    if len(findings) > before:
        return None
    written_sizes, where = str(table.get("sizes", label)), document.where("mold")
    return Mold(name, label, bore, sizes, written_sizes, where, str(digest))


def _size(document: Document, written: object, findings: list[Finding]) -> tuple[str, float]:
    try:
        found = bore_mm(written)
    except JewelgenError as error:
        findings.extend(at_place(error, document, "mold", "size"))
        return "", 0.0
    return found.label, found.inner_diameter_mm


def _sizes(
    document: Document, written: object, bore: float, findings: list[Finding]
) -> tuple[float, ...]:
    """Least and greatest bore the mold serves by sizing, in mm."""
    if written is None:
        return (bore, bore)
    try:
        found = parse_size_steps(str(written))
    except JewelgenError as error:
        findings.extend(at_place(error, document, "mold", "sizes"))
        return (bore, bore)
    return (found[0].inner_diameter_mm, found[-1].inner_diameter_mm)

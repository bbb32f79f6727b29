"""The top of a design: name, sort, made, alloy, size and the words that go with them.

Findings: JG107 an unknown key, JG108 a wrong sort of value, JG109 a name that is a path, JG131 missing,
and what the catalog says of sizes (JG180) and alloys (JG182).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from jewelgen.catalog.alloys import alias_note, alloy
from jewelgen.catalog.packs import packs
from jewelgen.catalog.sizes import bore_mm
from jewelgen.design.brief import Echo
from jewelgen.design.document import Document
from jewelgen.findings import Finding, JewelgenError, did_you_mean
from jewelgen.kinds.kind import FAMILIES

MADE = ("cast", "handmade", "bought")
SORTS = ("ring", "pendant")
TEXTS = ("finish", "plating", "hallmark_to", "temper")
TOP = ("format", "name", "piece", "made", "alloy", "size", *TEXTS, "extends", "use", "sets", "let",
       "ask", "mold", "casting", "pack")  # fmt: skip
LONGEST_NAME = 80


@dataclass(slots=True)
class Heading:
    """What the top-level keys say; `bore` in mm, `alloy` a catalog id."""

    name: str = ""
    sort: Any = "ring"
    made: Any = "cast"
    alloy: str = ""
    size: str = ""
    bore: float = 0.0
    texts: tuple[str, ...] = ("",) * len(TEXTS)
    pack: str = ""


def stem_of(file: str) -> str:
    """A name for files from the design's own: letters, digits, - and _ only, never a path."""
    plain = unaccented(PurePath(file).stem)
    return re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_")[:64] or "design"


def unaccented(text: str) -> str:
    """Letters without their accents, as Latin file names have them: `Ünïcode` is `Unicode`."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def at_place(error: JewelgenError, document: Document, *path: str) -> tuple[Finding, ...]:
    """The findings of an error, put where the key stands."""
    return tuple(replace(item, where=document.where(*path)) for item in error.findings)


def read_heading(document: Document, findings: list[Finding], echoes: list[Echo]) -> Heading:
    """The heading; what is wrong is added to `findings`, what was understood to `echoes`."""
    head = Heading()
    _known_keys(document, findings)
    head.name = _name(document, findings)
    head.sort = _word(document, "piece", SORTS, findings) or "ring"
    head.made = _word(document, "made", MADE[:2], findings) or "cast"
    head.texts = tuple(_text(document, key, findings) for key in TEXTS)
    if "alloy" not in document.tree:
        _missing(document, "alloy", 'such as "sterling" or "18k yellow"', findings)
    else:
        head.alloy = read_alloy(document, ("alloy",), document.tree["alloy"], findings, echoes)
    if "pack" in document.tree:
        words = packs()
        head.pack = read_word(document, ("pack",), document.tree["pack"], words, findings) or ""
    _size(document, head, findings, echoes)
    return head


def _known_keys(document: Document, findings: list[Finding]) -> None:
    for key in document.tree:
        if key not in TOP and key not in FAMILIES:
            hint = did_you_mean(key[:40], [*TOP, *FAMILIES])
            message = f"a design has no '{key[:40]}'"
            findings.append(Finding("JG107", message, document.where(key), hint=hint))
    for key in ("let", "ask", "sets", "mold", "casting"):
        if key in document.tree and not isinstance(document.tree[key], dict | type(None)):
            message = f"[{key}] is a table"
            findings.append(Finding("JG108", message, document.where(key)))


def _missing(document: Document, key: str, allowed: str, findings: list[Finding]) -> None:
    findings.append(
        Finding("JG131", f"'{key}' must be given", document.where(key), allowed=allowed)
    )


def _text(document: Document, key: str, findings: list[Finding]) -> str:
    value = document.tree.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not value.isprintable():
        allowed = f"a text of at most {LONGEST_NAME} characters"
        message = f"{str(value)[:40]!r} is not a text"
        findings.append(Finding("JG108", message, document.where(key), allowed=allowed))
        return ""
    return value


def path_like(name: str) -> bool:
    """Whether a name could lead a program somewhere when it is taken for a path."""
    return ".." in name or "\\" in name or name.startswith(("/", "~", "."))


def _name(document: Document, findings: list[Finding]) -> str:
    name = _text(document, "name", findings) or stem_of(document.file)
    if path_like(name):
        hint = "a name is read by people, files are named after the design's own file"
        message = f"the name {name!r} looks like a path"
        findings.append(Finding("JG109", message, document.where("name"), hint=hint))
    return name


def _word(
    document: Document, key: str, words: tuple[str, ...], findings: list[Finding]
) -> str | None:
    value = document.tree.get(key)
    if value is None:
        _missing(document, key, " | ".join(words), findings)
        return None
    return read_word(document, (key,), value, words, findings)


def read_word(
    document: Document,
    path: tuple[str, ...],
    value: object,
    words: tuple[str, ...],
    findings: list[Finding],
) -> str | None:
    """One word of a closed list, or None after saying what is wrong."""
    if isinstance(value, str) and value in words:
        return value
    hint = did_you_mean(str(value)[:40], words)
    message = f"{str(value)[:40]!r} is not one of {', '.join(words)}"
    findings.append(Finding("JG132", message, document.where(*path), hint=hint))
    return None


def read_alloy(
    document: Document,
    path: tuple[str, ...],
    value: object,
    findings: list[Finding],
    echoes: list[Echo],
) -> str:
    """The catalog id of an alloy word; what it was taken for is echoed."""
    if not isinstance(value, str):
        message = f"{str(value)[:40]!r} is not an alloy"
        findings.append(Finding("JG108", message, document.where(*path), hint='write "sterling"'))
        return ""
    try:
        found = alloy(value)
    except JewelgenError as error:
        findings.extend(at_place(error, document, *path))
        return ""
    note = alias_note(value)
    text = f"{found.id}: {found.name}" + (f" ({note})" if note else "")
    echoes.append(Echo(".".join(path), value, text))
    return found.id


def _size(document: Document, head: Heading, findings: list[Finding], echoes: list[Echo]) -> None:
    written = document.tree.get("size")
    if head.sort != "ring":
        if written is not None:
            message = "a pendant has no ring size"
            hint = "delete it, or set piece to ring"
            findings.append(Finding("JG108", message, document.where("size"), hint=hint))
        return
    if written is None:
        _missing(document, "size", 'such as "US 7", "UK N" or { bore = 17.3 }', findings)
        return
    try:
        found = bore_mm(written)
    except JewelgenError as error:
        findings.extend(at_place(error, document, "size"))
        return
    head.size, head.bore = found.label, found.inner_diameter_mm
    text = f"{found.inner_diameter_mm:.2f} mm across, {found.circumference_mm:.2f} mm round"
    echoes.append(Echo("size", str(written), text))

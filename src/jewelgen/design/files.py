"""Files a design names (drawings), read at the edge: kinds get their text and never look at the disk.

In: a value as written and its rule.  Out: the value, or the `Source` of the file it names.
Finding: JG110 a file that is not there, leaves the design's folder or cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jewelgen.design.document import Document, refuse
from jewelgen.design.reader import read_text
from jewelgen.findings import DesignError, Where, did_you_mean
from jewelgen.flat.drawing import LARGEST, SHIPPED, Source
from jewelgen.spec import Parsed, Rule


def attached(rule: Rule, raw: object, document: Document, where: Where) -> object:
    """`raw`, or the text of the file it names where the rule reads files; raises `DesignError` JG110."""
    if not isinstance(rule, Parsed) or not rule.suffix or not isinstance(raw, str):
        return raw
    if not raw.lower().endswith(rule.suffix):
        return raw
    path = _found(raw, document, where)
    try:
        return Source(Path(raw).name, read_text(path, LARGEST))
    except DesignError as error:
        refuse("JG110", f"'{raw[:60]}': {error.findings[0].message}", where)


def _found(name: str, document: Document, where: Where) -> Path:
    """The file, beside the text that names it or beside the design."""
    root = document.folder.resolve()
    for folder in (Path(where.file).parent, document.folder):
        try:
            path = (folder / name).resolve()
        except (OSError, ValueError, RuntimeError):
            refuse("JG110", f"{name[:60]!r} is not a path", where)
        if path.is_relative_to(root) and path.is_file():
            return path
    if not (document.folder / name).resolve().is_relative_to(root):
        hint = "a drawing lies beside the design or below it"
        refuse("JG110", f"'{name[:60]}' leaves the folder of the design", where, hint=hint)
    known = tuple(sorted(_beside(root, Path(name).suffix)))
    hint = did_you_mean(name[:60], known) if known else f"or one of {', '.join(SHIPPED)}"
    refuse("JG110", f"there is no file '{name[:60]}'", where, hint=hint)


def _beside(root: Path, suffix: str) -> Iterator[str]:
    return (path.name for path in root.glob(f"*{suffix}") if path.is_file())

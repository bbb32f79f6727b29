"""Designs from disk: size, encoding and nesting are checked, parents are merged, code is refused.

In: a path.  Out: `Document`.  Raises `DesignError` JG100-JG109 (JG101 unreadable, too large or no file, JG102 encoding,
JG103 nesting, JG104 format, JG105 extends, JG106 code without trust, JG108 dates).
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jewelgen.design.document import Document, KeyPath, refuse
from jewelgen.design.positions import scan
from jewelgen.findings import Where, nearest

LARGEST = 256 * 1024  # bytes; the longest design in the shop has about 2 kB
MOST_PARENTS = 4
FORMAT = 1
_PLACE = re.compile(r"^(.*) \(at line (\d+), column (\d+)\)$", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DATES = (datetime.date, datetime.time)


def read_text(path: Path, largest: int = LARGEST) -> str:
    """The text of a UTF-8 file; JG101 when missing, too large or no file, JG102 for other encodings."""
    try:
        # A pipe would be waited for, perhaps for ever: nobody may stand at its other end.
        if path.exists() and not path.is_file():
            raise OSError("it is a folder" if path.is_dir() else "it is not a file")
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        refuse("JG101", f"cannot be read: {reason}", Where(str(path)), hint=_meant(path))
    if len(raw) > largest:
        refuse("JG101", f"more than {largest // 1024} kB", Where(str(path)), hint="split the file")
    return decoded(raw, str(path))


def _meant(path: Path) -> str:
    """Where a file that is not there may be: its name with a suffix, in `designs/`, or spelled another way."""
    try:
        if path.exists():
            return ""
        near = (path, path.parent / "designs" / path.name)
        there = [p for one in near for p in (one, Path(f"{one}.toml")) if p.is_file()]
        names = sorted(
            p.name for p in path.parent.iterdir() if p.suffix == (path.suffix or ".toml")
        )
    except (OSError, ValueError):
        return ""
    close = nearest(path.name, names)
    meant = there[0] if there else path.parent / close if close else None
    return f"did you mean '{meant}'?" if meant else ""


def decoded(raw: bytes, file: str) -> str:
    """UTF-8 with or without a byte order mark; anything else, or control characters, is JG102."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse("JG102", "the file is UTF-16", Where(file), hint="save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        refuse("JG102", "the file is not UTF-8", Where(file, line), hint="save it as UTF-8")
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        what = f"control character U+{ord(found[0]):04X}"
        refuse("JG102", what, Where(file, line, column), hint="delete it")
    return text


def parse(text: str, file: str) -> tuple[dict[str, Any], dict[KeyPath, Where]]:
    """Values and places of a TOML text; JG100 with the place of a syntax error, JG108 for dates."""
    spots = scan(text, file)
    try:
        tree = tomllib.loads(text)
    except ValueError as wrong:  # TOMLDecodeError, and numbers of more digits than Python reads
        found = _PLACE.match(str(wrong))
        if found:
            where = Where(file, int(found[2]), int(found[3]))
            refuse("JG100", f"not TOML: {found[1]}", where, hint=_quotes(text, where.line))
        refuse("JG100", f"not TOML: {wrong}", Where(file, text.count("\n") + 1))
    except RecursionError:
        refuse("JG103", "nested too deep", Where(file))
    places = {
        path: Where(file, line, column, ".".join(path)) for path, (line, column) in spots.items()
    }
    _refuse_dates(tree, Document(file, Path(), tree, places))
    return tree, places


def _quotes(text: str, line: int) -> str:
    """How the value of a line is written in quotes, where it is a bare word."""
    key, _, value = text.splitlines()[line - 1].partition("=")
    word = value.partition("#")[0].strip()
    bare = word[:1].isalpha() and not re.search(r"[\"'\[\]{}=]", word)
    return f'text goes in quotes: {key.strip()[:40]} = "{word[:60]}"' if bare else ""


def _refuse_dates(tree: Mapping[str, Any], document: Document) -> None:
    pending: list[tuple[KeyPath, Any]] = [((), tree)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, Mapping):
            pending += [((*path, str(key)), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            pending += [((*path, str(index)), inner) for index, inner in enumerate(value)]
        elif isinstance(value, _DATES):
            refuse("JG108", f"{value} is a date", document.where(*path), hint="put it in quotes")


def load(path: str | Path, trust: bool = False) -> Document:
    """The design at `path` with its parents merged; `trust` lets it bring code of its own."""
    path = Path(path)
    document = _load(path, path.parent.resolve(), (), trust)
    _check_use(document)
    return document


def load_text(text: str, file: str = "design.toml", trust: bool = False) -> Document:
    """A design given as text, with no parents on disk but those beside the working directory."""
    root = Path(file).parent.resolve()
    document = _merged(Document(file, Path(file).parent, *parse(text, file), trust), root, ())
    _check_use(document)
    return document


def _load(path: Path, root: Path, seen: tuple[Path, ...], trust: bool) -> Document:
    own = Document(str(path), path.parent, *parse(read_text(path), str(path)), trust)
    return _merged(own, root, seen)


def _merged(own: Document, root: Path, seen: tuple[Path, ...]) -> Document:
    _check_format(own)
    if "extends" not in own.tree:
        return own
    path = Path(own.file)
    parent = _parent(own, path, root, seen)
    above = _load(parent, root, (*seen, path.resolve()), own.trusted)
    base = {key: value for key, value in above.tree.items() if key != "format"}
    tree, places = deep_merge(base, own.tree), {**above.places, **own.places}
    return Document(own.file, own.folder, tree, places, own.trusted)


def _check_format(document: Document) -> None:
    where = document.where("format")
    if "format" not in document.tree:
        message, hint = "the first line must be the format", "write: format = 1"
        refuse("JG104", message, Where(document.file, 1, 1, "format"), hint=hint)
    given = document.tree["format"]
    if isinstance(given, bool) or given != FORMAT:
        hint = "write: format = 1"
        refuse("JG104", f"format {given!r} is not known", where, allowed="1", hint=hint)
    if next(iter(document.tree)) != "format":
        refuse("JG104", "the format comes first", where, hint="move: format = 1 to the first line")


def _parent(own: Document, path: Path, root: Path, seen: tuple[Path, ...]) -> Path:
    where, given = own.where("extends"), own.tree["extends"]
    if not isinstance(given, str) or not given.endswith(".toml"):
        refuse("JG105", f"{given!r} is not a design", where, hint='write "solitaire.toml"')
    try:
        parent = (path.parent / given).resolve()
    except (OSError, ValueError, RuntimeError):
        refuse("JG105", f"{given!r} is not a path", where)
    if not parent.is_relative_to(root):
        hint = "a parent lies beside the design or below it"
        refuse("JG105", f"{given!r} leaves the folder of the design", where, hint=hint)
    chain = (*seen, path.resolve())
    if parent in chain:
        names = " -> ".join(item.name for item in (*chain, parent))
        refuse("JG105", f"designs extend each other: {names}", where)
    if len(chain) > MOST_PARENTS:
        refuse("JG105", f"more than {MOST_PARENTS} parents in a row", where)
    if not parent.is_file():
        refuse("JG105", f"there is no {given!r}", where)
    return parent


def deep_merge(base: Mapping[str, Any], top: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with everything `top` says laid over it, table by table; neither is changed."""
    merged = dict(base)
    for key, value in top.items():
        below = merged.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping) and _same_thing(below, value):
            merged[key] = deep_merge(below, value)
        else:
            merged[key] = value
    return merged


def _same_thing(below: Mapping[str, Any], value: Mapping[str, Any]) -> bool:
    """A block of another kind starts afresh: parameters of the old kind would be unknown to it."""
    return bool(value.get("kind", below.get("kind")) == below.get("kind"))


def _check_use(document: Document) -> None:
    if "use" in document.tree and not document.trusted:
        refuse(
            "JG106",
            "this design brings code of its own",
            document.where("use"),
            hint="read the code, then run again with --trust",
        )

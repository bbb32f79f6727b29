"""Where each value of a TOML text stands: a light scan beside tomllib, which keeps no places.

In: text.  Out: key path -> (line, column), both from 1, of the value (of the header for a table).
The scan is linear and never recurses; text that is not TOML ends it early, tomllib then says why.
Nesting beyond `DEEPEST` raises JG103 before tomllib's own recursion can be reached.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass, field

from jewelgen.design.document import KeyPath, refuse
from jewelgen.findings import Where

DEEPEST = 8
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
_SPACE = re.compile(r"[ \t]+")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_STRING = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^']|'(?!''))*'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''',
    re.DOTALL,
)
_BARE = re.compile(r"[^\s,\]\}#\[\{\"'=]+(?: \d[^\s,\]\}#]*)?")
Places = dict[KeyPath, tuple[int, int]]


class _Lost(Exception):
    """The text is not TOML here."""


@dataclass(slots=True)
class _Scan:
    text: str
    file: str
    at: int = 0
    table: KeyPath = ()
    places: dict[KeyPath, int] = field(default_factory=dict)
    lists: dict[KeyPath, int] = field(default_factory=dict)

    def skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found[0] if found else ""

    def take(self, mark: str) -> bool:
        if self.text.startswith(mark, self.at):
            self.at += len(mark)
            return True
        return False

    def key(self) -> KeyPath:
        parts: list[str] = []
        while True:
            self.skip(_SPACE)
            word = self.skip(_KEY)
            if not word:
                raise _Lost
            parts.append(word.strip("\"'"))
            self.deep(len(parts))
            self.skip(_SPACE)
            if not self.take("."):
                return tuple(parts)

    def deep(self, level: int) -> None:
        if level > DEEPEST:
            line = self.text.count("\n", 0, self.at) + 1
            refuse("JG103", f"nested more than {DEEPEST} deep", Where(self.file, line))

    def header(self) -> None:
        start = self.at
        doubled = self.take("[[")
        if not doubled:
            self.take("[")
        path = self.key()
        if not self.take("]]" if doubled else "]"):
            raise _Lost
        if doubled:
            self.lists[path] = self.lists.get(path, -1) + 1
            self.places.setdefault(path, start)
            path += (str(self.lists[path]),)
        self.table = path
        self.places.setdefault(path, start)

    def value(self, path: KeyPath) -> None:
        """One value at `path`, with a stack for arrays and inline tables instead of recursion."""
        stack: list[tuple[KeyPath, str, int]] = []
        self.open(path, stack)
        while stack:
            here, closing, index = stack.pop()
            self.skip(_BLANK)
            if self.take(closing):
                continue
            if self.take(","):
                stack.append((here, closing, index + 1))
                continue
            stack.append((here, closing, index))
            if closing == "]":
                inner = (*here, str(index))
            else:
                inner = here + self.key()
                if not self.take("="):
                    raise _Lost
            self.open(inner, stack)

    def open(self, path: KeyPath, stack: list[tuple[KeyPath, str, int]]) -> None:
        self.skip(_BLANK if stack else _SPACE)
        self.places.setdefault(path, self.at)
        if self.take("["):
            stack.append((path, "]", 0))
        elif self.take("{"):
            stack.append((path, "}", 0))
        elif not (self.skip(_STRING) or self.skip(_BARE)):
            raise _Lost
        self.deep(len(stack))

    def run(self) -> None:
        while True:
            self.skip(_BLANK)
            if self.at >= len(self.text):
                return
            if self.text[self.at] == "[":
                self.header()
                continue
            path = self.table + self.key()
            if not self.take("="):
                raise _Lost
            self.value(path)


def scan(text: str, file: str = "") -> Places:
    """Places of all keys up to the first thing that is not TOML; JG103 when nested too deep."""
    state = _Scan(text, file)
    with suppress(_Lost):
        state.run()
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found: Places = {}
    for path, offset in state.places.items():
        line = bisect_right(starts, offset)
        found[path] = (line, offset - starts[line - 1] + 1)
    return found

"""What a file says of its own scale: STL header, 3MF metadata, STEP description; no measure is taken.

In: a path.  Out: the words after `scaled`, empty where the file says nothing.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

HEAD = 4096  # bytes of a text in which headers stand
_WORDS = re.compile(r"scaled ([^;'\"<]+)")
_META = re.compile(r'name="jg:scaled">([^<]+)<')


def stated(path: Path) -> str:
    """Scaled or not, by what, for which route, as the file's own header says."""
    try:
        if path.suffix.lower() == ".3mf":
            with zipfile.ZipFile(path) as package, package.open("3D/3dmodel.model") as part:
                found = _META.search(part.read(HEAD).decode("utf-8", "replace"))
        else:
            with path.open("rb") as file:
                start = file.read(80 if path.suffix.lower() == ".stl" else HEAD)
            found = _WORDS.search(start.decode("ascii", "replace"))
    except (OSError, KeyError, zipfile.BadZipFile):
        return ""
    return found.group(1).strip() if found else ""

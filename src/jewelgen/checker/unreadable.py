"""Files that cannot be read as what their name says.

In: a path and what is wrong.  Out: `CheckError`, never an answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from jewelgen.findings import Finding, JewelgenError, Where


class CheckError(JewelgenError):
    """A file cannot be read as what its name says."""


def refuse(path: Path, message: str, hint: str = "") -> NoReturn:
    """Raise `CheckError` JG700 about a file."""
    raise CheckError(Finding("JG700", message, Where(str(path)), hint=hint))

"""The command line: one file a command, each imported only when it is called.

In: words and files.  Out: data on stdout, progress and findings on stderr, an exit code.
"""

from __future__ import annotations

import sys

from jewelgen.cli.group import commands
from jewelgen.cli.outcome import guarded


def main(argv: list[str] | None = None) -> None:
    """The `jewelgen` program; leaves the process with one of the documented exit codes."""
    sys.exit(guarded(commands, sys.argv[1:] if argv is None else argv))

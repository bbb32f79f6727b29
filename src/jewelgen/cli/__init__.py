"""The command line: one file a command, each imported only when it is called.

In: words and files.  Out: data on stdout, progress and findings on stderr, an exit code.
"""

from __future__ import annotations

import os
import sys

from jewelgen.cli.group import commands
from jewelgen.cli.outcome import guarded


def main(argv: list[str] | None = None) -> None:
    """The `jewelgen` program; leaves the process with one of the documented exit codes."""
    # Our products are small: threads cost more than they save, and sum in an order of their own on other machines.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(guarded(commands, sys.argv[1:] if argv is None else argv))

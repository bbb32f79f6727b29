"""Exit codes and the last line of defence: findings are shown, a bug leaves a report, never a traceback.

0 fine, 1 the piece or a check fails, 2 usage, 3 some of several fail, 70 our bug, 130 interrupted.
"""

from __future__ import annotations

import platform
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from jewelgen import __version__
from jewelgen.findings import JewelgenError

FAILED, SOME_FAILED, BUG, INTERRUPTED = 1, 3, 70, 130


class Failed(Exception):
    """Ends a command with an exit code after it has said everything itself."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


def guarded(program: click.Command, argv: Sequence[str]) -> int:
    """Run `program` and give its exit code; whatever goes wrong is said on stderr in one way."""
    try:
        program.main(args=list(argv), prog_name="jewelgen", standalone_mode=False)
    except Failed as failed:
        return failed.code
    except JewelgenError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return FAILED
    except Exception as bug:  # noqa: BLE001  the one place where our own bugs are caught and reported
        if _interrupted(bug):
            click.echo("interrupted", err=True)
            return INTERRUPTED
        click.echo(_report(bug, argv), err=True)
        return BUG
    return 0


def _interrupted(bug: BaseException | None) -> bool:
    """Whether Ctrl-C stands behind it: a kernel that was stopped while it loaded says that it cannot be imported."""
    while bug is not None:
        if isinstance(bug, KeyboardInterrupt):
            return True
        bug = bug.__cause__ or bug.__context__
    return False


def _report(bug: Exception, argv: Sequence[str]) -> str:
    lines = [
        f"jewelgen {__version__} on Python {platform.python_version()} {platform.platform()}",
        f"arguments: {' '.join(argv)}",
        "".join(traceback.format_exception(bug)),
    ]
    with tempfile.NamedTemporaryFile(
        "w", prefix="jewelgen-bug-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("\n".join(lines))
    return f"this is a bug in jewelgen ({type(bug).__name__}): {bug}\nreport: {Path(file.name)}"

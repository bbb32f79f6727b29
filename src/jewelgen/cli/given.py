"""What several commands take: designs, `--set`, and how a value is read from the shell."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import click

LARGEST_STYLE = 1024 * 1024  # bytes of a template


def designs(paths: tuple[str, ...], folder: str = "designs") -> tuple[Path, ...]:
    """The design files named, every one of a folder named, or all of `designs/`; usage error for none."""
    found: list[Path] = []
    for path in map(Path, paths or (folder,)):
        inside = path.glob("*.toml") if path.is_dir() or not paths else [path]
        there = sorted(inside)
        if not there:
            raise click.UsageError(f"no designs in {path}/; start one with: jewelgen new ring NAME")
        found += there
    return tuple(found)


def values(settings: tuple[str, ...]) -> dict[str, Any]:
    """`KEY=VALUE` texts as a mapping; numbers, lists and tables as TOML reads them, anything else as text."""
    found: dict[str, Any] = {}
    for setting in settings:
        key, sign, text = setting.partition("=")
        if not sign or not key.strip():
            raise click.UsageError(f"--set takes KEY=VALUE, not {setting!r}")
        found[key.strip()] = _value(text.strip())
    return found


def shop(path: str | None) -> Any:
    """The shop of a file, None without one; raises `DesignError` with all that is wrong in it."""
    from jewelgen.bench.shop import read_shop

    return read_shop(path) if path else None


def existing(path: str | None) -> Path | None:
    """The file or folder named, None without one; a usage error where there is none."""
    if path is None:
        return None
    if not Path(path).exists():
        raise click.UsageError(f"there is no {path}")
    return Path(path)


def source(path: str | None) -> str:
    """The text of a file named, empty without one; raises `DesignError` for what is no text."""
    from jewelgen.design.reader import read_text

    return read_text(Path(path), LARGEST_STYLE) if path else ""


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def reason(text: str) -> tuple[str, str]:
    """`JG7nn=why` or `JG7nn@place=why` as what is accepted and a reason; a usage error for anything else."""
    from jewelgen.checker.waivers import refused

    what, _, why = text.partition("=")
    what, why = what.strip(), why.strip().strip('"')
    if not re.fullmatch(r"JG\d{3}(@[\w.+ -]+)?", what) or not why:
        raise click.UsageError(
            f'--accept takes JG7nn="REASON" or JG7nn@PLACE="REASON", not {text!r}'
        )
    if no := refused(what):
        raise click.UsageError(f"--accept {what}: {no}")
    return what, why

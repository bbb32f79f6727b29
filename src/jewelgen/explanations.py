"""The pages of the finding codes, one Markdown file each, from the wheel or the checkout's `docs/findings`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def _folder() -> Traversable:
    packed = files("jewelgen").joinpath("findings_pages")
    if packed.is_dir():
        return packed
    return Path(__file__).resolve().parents[2] / "docs" / "findings"


@cache
def codes() -> tuple[str, ...]:
    """Every finding code that has a page, in order."""
    return tuple(
        sorted(item.name[:-3] for item in _folder().iterdir() if item.name.startswith("JG"))
    )


def page(code: str) -> str:
    """The Markdown page of a code; raises `FileNotFoundError` when there is none."""
    return _folder().joinpath(f"{code}.md").read_text(encoding="utf-8")

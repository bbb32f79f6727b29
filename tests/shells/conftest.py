"""The command line as a user meets it: called in this process, or as a program of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jewelgen.cli import main

RING = """\
format = 1
piece  = "ring"
made   = "cast"
alloy  = "sterling"
size   = "US 7"

[shank]
kind  = "court"
width = 4
thick = 1.8

[ask]
size        = "US 4 .. US 13 by 1/4"
shank.width = "3 .. 6"
"""


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what it said on either stream."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with one small ring in designs/, and the shell standing in it."""
    (tmp_path / "designs").mkdir()
    (tmp_path / "designs" / "band.toml").write_text(RING, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def say(shop: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """`jewelgen WORDS` in this process, standing in the shop."""

    def run(*words: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(words))
        said = capsys.readouterr()
        code = left.value.code
        return Ran(code if isinstance(code, int) else 0, said.out, said.err)

    return run


@pytest.fixture
def program(shop: Path) -> Callable[..., Ran]:
    """`python -m jewelgen WORDS` in a process of its own, standing in the shop."""

    def run(*words: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "jewelgen", *words],
            capture_output=True, text=True, check=False, timeout=120, cwd=shop,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return run

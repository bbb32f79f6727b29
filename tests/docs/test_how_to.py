"""The how-tos as a newcomer would follow them: files are written, commands run, what is shown is what is said.

In what is shown `...` stands for the rest of a line, and alone on a line for any number of lines. Commands go to a shell;
`jewelgen` by itself is called in this process, which loads the kernel once and not for every line.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from jewelgen.cli import main

FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = (
    "first-ring", "first-handmade-piece", "add-a-kind", "tree-and-plate", "casting-choices", "python",
    "restyle-the-plan", "shop-file",
)  # fmt: skip
OWN_CODE = {"add-a-kind"}  # it changes code that a process reads once


def steps(text: str) -> Iterator[tuple[str, str, str]]:
    """(what, name or command, text or what is shown) in the order of the page."""
    for language, file, body in FENCE.findall(text):
        if file:
            yield "file", file, body
        elif language == "console":
            for chunk in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, shown = chunk.partition("\n")
                yield "run", command, shown


def matches(shown: str, said: str) -> bool:
    lines = [
        r"(?:.*\n)*" if line == "..." else ".*".join(map(re.escape, line.split("..."))) + r"\n"
        for line in shown.splitlines()
    ]
    return re.fullmatch("".join(lines), said) is not None


def test_the_matcher_can_fail() -> None:
    assert matches("a ...\n...\nz\n", "a b\nc\nd\nz\n")
    assert not matches("a\n", "b\n")
    assert not matches("a\n...\n", "b\na\n")


def run(command: str, folder: Path, apart: bool = False) -> tuple[int, str]:
    """Exit code and all that a command says; `apart`: in a process of its own whatever it is."""
    if command.startswith("jewelgen ") and not apart and not re.search(r"[|<>&;$*]", command):
        return here(shlex.split(command)[1:])
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=os.environ | {"PATH": path, "LC_ALL": "C"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def here(words: list[str]) -> tuple[int, str]:
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as left:
        main(words)
    said.seek(0)
    return int(left.value.code or 0), said.read()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and this process standing in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", PAGES)
def test_a_newcomer_sees_what_the_page_shows(page: str, root: Path, desk: Path) -> None:
    text = (root / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")
    ran = 0
    for what, name, body in steps(text):
        if what == "file":
            (desk / name).parent.mkdir(parents=True, exist_ok=True)
            (desk / name).write_text(body, encoding="utf-8")
            continue
        _, said = run(name, desk, apart=page in OWN_CODE)
        assert matches(body, said), f"$ {name}\n{said}"
        ran += 1
    assert ran > 4


@pytest.mark.timeout(600)
def test_the_readme_keeps_its_word(root: Path, desk: Path) -> None:
    """Its design is sound, and its commands do what stands beside them."""
    text = (root / "README.md").read_text(encoding="utf-8")
    (design,) = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (desk / "band.toml").write_text(design, encoding="utf-8")
    commands = re.findall(r"^ {4}\.venv/bin/(jewelgen .*?)(?: {2,}#.*)?$", text, re.MULTILINE)
    assert len(commands) >= 4
    for command in commands:
        fast = f"{command} --no-pictures --to stl" if " build " in command else command
        code, said = run(fast, desk)
        assert code == 0, f"$ {fast}\n{said}"
    made = {str(p.parent.relative_to(desk)) for p in desk.rglob("manifest.json")}
    assert {"output/band", "output/band/size-us-6"} <= made
    assert (desk / "output" / "band" / "plan.pdf").exists(), "its handmade twin came last"

"""The how-tos as a newcomer would follow them: files are written, commands run, what is shown is what is said.

In what is shown `...` stands for the rest of a line, and alone on a line for any number of lines.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = (
    "first-ring", "first-handmade-piece", "add-a-kind", "tree-and-plate", "casting-choices", "python",
    "restyle-the-plan", "shop-file",
)  # fmt: skip


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


@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", PAGES)
def test_a_newcomer_sees_what_the_page_shows(page: str, root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = 0
    for what, name, body in steps(text):
        if what == "file":
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(body, encoding="utf-8")
            continue
        done = subprocess.run(
            ["bash", "-c", name], cwd=tmp_path, env=os.environ | {"PATH": path, "LC_ALL": "C"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        assert matches(body, done.stdout), f"$ {name}\n{done.stdout}"
        ran += 1
    assert ran > 4


@pytest.mark.timeout(600)
def test_the_readme_keeps_its_word(root: Path, tmp_path: Path) -> None:
    """Its design is sound, and its commands do what stands beside them."""
    text = (root / "README.md").read_text(encoding="utf-8")
    (design,) = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "band.toml").write_text(design, encoding="utf-8")
    commands = re.findall(r"^ {4}\.venv/bin/(jewelgen .*?)(?: {2,}#.*)?$", text, re.MULTILINE)
    assert len(commands) >= 4
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in commands:
        fast = f"{command} --no-pictures --to stl" if " build " in command else command
        done = subprocess.run(
            ["bash", "-c", fast], cwd=tmp_path, env=os.environ | {"PATH": path},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"$ {fast}\n{done.stderr}"
    made = {str(p.parent.relative_to(tmp_path)) for p in tmp_path.rglob("manifest.json")}
    assert {"output/band", "output/band/size-us-6"} <= made
    assert (tmp_path / "output" / "band" / "plan.pdf").exists(), "its handmade twin came last"

"""Codes and their pages, decisions and their form, what a wheel carries, skips that count in CI."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click import Context

from jewelgen.cli.group import commands

CODE = re.compile(r"\bJG[1-8]\d\d\b")
ADR_HEADINGS = ["## Context", "## Decision", "## Cost", "## What would change our mind"]


def _used(sources: Any) -> set[str]:
    return {code for s in sources for code in CODE.findall(s.text)}


def _pages(root: Path) -> dict[str, str]:
    folder = root / "docs" / "findings"
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("JG*.md")}


def test_every_code_has_a_page_and_every_page_a_code(root: Path, sources: Any) -> None:
    used, paged = _used(sources), set(_pages(root))
    assert len(used) > 50
    assert {"no page": used - paged, "no code": paged - used} == {
        "no page": set(),
        "no code": set(),
    }


def test_pages_are_short_and_titled(root: Path) -> None:
    pages = _pages(root)
    assert [c for c, text in pages.items() if not re.match(rf"# {c}: \S", text)] == []
    assert [c for c, text in pages.items() if len(text.splitlines()) > 25] == []
    assert [c for c, text in pages.items() if len(text.split()) < 15] == []


def test_decisions_have_their_four_headings(root: Path) -> None:
    records = sorted((root / "docs" / "adr").glob("*.md"))
    assert len(records) >= 5
    headings = {p.name: re.findall(r"^## .*$", p.read_text("utf-8"), re.MULTILINE) for p in records}
    assert {n: h for n, h in headings.items() if h != ADR_HEADINGS} == {}
    assert [p.name for p in records if len(p.read_text("utf-8").splitlines()) > 60] == []


def test_changelog_tells_geometry_apart(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert releases
    assert all("### Geometry" in release for release in releases)


def test_links_between_pages_lead_somewhere(root: Path) -> None:
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md"), root / "output" / "README.md"]
    lost = [
        f"{page.relative_to(root)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert lost == []


def test_wheel_carries_what_the_program_reads(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    top = root / "src"
    data = {
        str(path.relative_to(top))
        for path in (top / "jewelgen").rglob("*")
        if path.is_file() and path.suffix in {".toml", ".ttf", ".typ", ".json", ".typed", ".py"}
        and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(top).parts)
    }  # fmt: skip
    assert data - carried == set()
    pages = {f"jewelgen/findings_pages/{code}.md" for code in _pages(root)}
    assert pages - carried == set()


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
@pytest.mark.parametrize(
    "body",
    [
        "def test_a():\n    pytest.skip('no such program')\n",
        "pytest.importorskip('no_such_module', exc_type=ImportError)\ndef test_a():\n    pass\n",
        (
            "def test_a(needs_program, monkeypatch):\n"
            "    monkeypatch.setenv('PATH', '')\n    needs_program('admesh')\n"
        ),
    ],
)
def test_a_skip_fails_in_ci_only(root: Path, tmp_path: Path, ci: str, code: int, body: str) -> None:
    shutil.copy(root / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_skip.py").write_text(
        f"import pytest\n{body}\ndef test_runs():\n    pass\n", encoding="utf-8"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "test_other.py").write_text("def test_b():\n    pass\n", encoding="utf-8")
    env = {**os.environ, "CI": ci, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider"]
    result = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert min(result.returncode, 1) == code, result.stdout
    if "needs_program" in body:
        assert "apt-get install admesh" in result.stdout


def _expected(test: Path) -> set[str]:
    """The codes that a test holds against what was found: no words of a docstring or a comment, none said to be absent."""
    nodes = list(ast.walk(ast.parse(test.read_text(encoding="utf-8"))))
    idle = [n.value for n in nodes if isinstance(n, ast.Expr)]
    idle += [
        n.left for n in nodes if isinstance(n, ast.Compare) and isinstance(n.ops[0], ast.NotIn)
    ]
    skipped = set(map(id, idle))
    texts = [n for n in nodes if isinstance(n, ast.Constant) and id(n) not in skipped]
    return {c for n in texts if isinstance(n.value, str) for c in CODE.findall(n.value)}


def test_every_code_is_raised_on_purpose_in_a_test(root: Path, sources: Any) -> None:
    """A code that no test expects has no case that triggers it."""
    tests = [p for p in (root / "tests").rglob("*.py") if "house" not in p.parts]
    assert _used(sources) - set().union(*map(_expected, tests)) == set()


def test_the_published_schema_is_the_one_the_program_prints(root: Path) -> None:
    from jewelgen.design.schema import schema

    published = json.loads((root / "docs" / "design.schema.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(schema())), "make docs"


def test_every_shipped_design_stands_in_the_gallery(root: Path) -> None:
    shown = [root / "designs", root / "docs" / "examples"]
    stems = {path.stem for folder in shown for path in folder.glob("*.toml")}
    pictures = {path.stem for path in (root / "docs" / "gallery").glob("*.png")}
    page = (root / "docs" / "gallery" / "README.md").read_text(encoding="utf-8")
    assert pictures == stems | {"all"}
    assert all(f"({stem}.png)" in page for stem in stems)


def test_the_architecture_names_every_room_and_no_other(root: Path) -> None:
    text = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", text, re.MULTILINE)
    named = [word for row in rows for word in re.findall(r"`(\w+)`", row)]
    top = root / "src" / "jewelgen"
    there = {p.stem for p in top.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    there |= {p.stem for p in top.glob("*.py") if not p.stem.startswith("__")}
    assert sorted(named) == sorted(there)


def test_the_readme_names_every_command(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert sorted(rows) == sorted(commands.list_commands(Context(commands)))


def test_few_words_need_a_form_that_only_a_kernel_knows(root: Path, sources: Any) -> None:
    """The closed forms hold as long as less than a quarter of the kinds and the designs are sculpted."""
    kinds = [s for s in sources if s.name.startswith("kinds/") and "KIND" in s.text]
    assert sum("Sculpted(" in s.text for s in kinds) < len(kinds) / 4
    designs = [p.read_text(encoding="utf-8") for p in (root / "designs").glob("*.toml")]
    assert not [text for text in designs if 'kind = "sculpted"' in text]


# What is imported under another name than it is installed by.
INSTALLED_AS = {"OCP": "cadquery", "fontTools": "fonttools", "pydantic_core": "pydantic"}
# Imported to draw without a screen; they come with cadquery.
WITH_CADQUERY = {"cadquery", "OCP", "vtkmodules"}


def test_what_is_installed_is_what_is_imported(root: Path, sources: Any) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.match(r"[\w-]+", line)[0] for line in project["dependencies"]}
    imported = {
        name.partition(".")[0]
        for s in sources
        for node in ast.walk(s.tree)
        for name in _imported(node)
    }
    foreign = imported - set(sys.stdlib_module_names) - {"jewelgen"}
    used = {"cadquery" if n in WITH_CADQUERY else INSTALLED_AS.get(n, n) for n in foreign}
    assert {"only declared": declared - used, "only imported": used - declared} == {
        "only declared": set(),
        "only imported": set(),
    }


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module or ""]
    return []

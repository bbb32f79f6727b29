"""The import contracts hold, and each one catches the import it was written against."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

# contract: [(module, line put into it, what the report must name)]
BREACHES = [
    ("down", "piece/frame.py", "import jewelgen.kinds.kind", "jewelgen.piece.frame -> jewelgen.kinds.kind"),
    ("down", "rules/places.py", "import jewelgen.design", "jewelgen.rules.places -> jewelgen.design"),
    ("down", "attic/__init__.py", "", "attic"),
    ("kernel-door", "view/camera.py", "import OCP.gp", "jewelgen.view.camera -> OCP"),
    ("kernel-door", "cast/chain.py", "import cadquery", "jewelgen.cast.chain -> cadquery"),
    ("kernel-door", "flat/region.py", "import manifold3d", "jewelgen.flat.region -> manifold3d"),
    ("kernel-door", "checker/judge.py", "import OCP.gp", "jewelgen.checker.judge -> OCP"),
    ("no-kernel", "design/reader.py", "import jewelgen.solid.occ_solids", "jewelgen.solid.occ_solids -> OCP"),
    ("no-kernel", "paper/dxf.py", "import jewelgen.solid.body", "jewelgen.paper.dxf -> jewelgen.solid.body"),
    ("no-kernel", "quote/hours.py", "import jewelgen.solid.body", "jewelgen.quote.hours -> jewelgen.solid.body"),
    ("kinds", "kinds/shank/court.py", "import jewelgen.kinds.shank.flat", "court -> jewelgen.kinds.shank.flat"),
    ("kinds", "kinds/shank/court.py", "import jewelgen.kinds.body.disc", "court -> jewelgen.kinds.body.disc"),
    ("two-readings", "cast/chain.py", "import jewelgen.bench.plan", "jewelgen.cast.chain -> jewelgen.bench.plan"),
    ("two-readings", "bench/plan.py", "import jewelgen.cast.chain", "jewelgen.bench.plan -> jewelgen.cast.chain"),
    ("checker", "checker/judge.py", "import jewelgen.piece.frame", "judge -> jewelgen.piece.frame"),
    ("checker", "checker/judge.py", "import jewelgen.rules", "jewelgen.piece"),
    ("click", "design/reader.py", "import click", "jewelgen.design.reader -> click"),
    ("web", "cli/group.py", "import starlette", "jewelgen.cli.group -> starlette"),
    ("cycles", "units.py", "import jewelgen.spec", "jewelgen"),
]  # fmt: skip
_PROGRAM = Path(sys.executable).with_name("lint-imports")


def _lint(folder: Path, contract: str = "") -> subprocess.CompletedProcess[str]:
    command = [str(_PROGRAM), "--no-cache", *(["--contract", contract] if contract else [])]
    env = {**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "400"}
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def copied(root: Path, tmp_path: Path) -> Path:
    """A copy of the source that may be spoiled."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    skip = shutil.ignore_patterns("__pycache__", ".mypy_cache", "data", "fonts")
    shutil.copytree(root / "src" / "jewelgen", tmp_path / "src" / "jewelgen", ignore=skip)
    return tmp_path


@pytest.fixture(scope="session")
def unspoiled(root: Path) -> str:
    """What is said of the source as it is: what a breach is told apart from."""
    return _lint(root).stdout


def test_contracts_hold(unspoiled: str) -> None:
    assert "KEPT" in unspoiled
    assert "BROKEN" not in unspoiled, unspoiled


@pytest.mark.parametrize(("contract", "module", "line", "named"), BREACHES)
def test_each_breach_is_caught(
    copied: Path, unspoiled: str, contract: str, module: str, line: str, named: str
) -> None:
    path = copied / "src" / "jewelgen" / module
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.touch()
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    after = _lint(copied, contract)
    assert after.returncode == 1, after.stdout + after.stderr
    assert "BROKEN" in after.stdout
    assert named in after.stdout
    # What is reported must be what was put in, not something that was there before.
    assert "BROKEN" not in unspoiled


def test_every_contract_has_a_breach(root: Path) -> None:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    declared = {c["id"] for c in tomllib.loads(text)["tool"]["importlinter"]["contracts"]}
    assert declared == {row[0] for row in BREACHES}

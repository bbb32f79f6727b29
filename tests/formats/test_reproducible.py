"""The same design gives the same bytes, and no file tells where, when or by whom it was made."""

from __future__ import annotations

import getpass
import json
import os
import platform
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
from jewelgen import Options, build
assert build(sys.argv[1], Options(Path(sys.argv[2]), pictures=False)).ok
"""


@pytest.mark.parametrize("name", ["01_court_band", "15_bezel_pendant"])
def test_another_process_elsewhere_writes_the_same_bytes(
    name: str, built: Callable[[str], Path], root: Path, tmp_path: Path
) -> None:
    first = built(name)
    design = root / "designs" / f"{name}.toml"
    run = [sys.executable, "-c", PROGRAM, str(design), str(tmp_path / "out")]
    elsewhere = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "4", "COLUMNS": "40"}
    done = subprocess.run(
        run, capture_output=True, text=True, check=False, cwd=tmp_path, env=os.environ | elsewhere
    )
    assert done.returncode == 0, done.stderr
    again = tmp_path / "out" / name
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    for file in names:
        assert (again / file).read_bytes() == (first / file).read_bytes(), file


def test_no_file_tells_where_or_when_it_was_made(piece_folder: Path, root: Path) -> None:
    now = datetime.now(UTC)
    words = {
        str(piece_folder.parent), str(root), str(Path.home()), f"{tempfile.gettempdir()}/",
        platform.node(),
        sys.prefix, f"{now:%Y-%m-%d}", f"{now:%Y%m%d}", f"{now:%d %b %Y}",
    }  # fmt: skip
    user = getpass.getuser()
    words |= {f"/{user}/", f"({user})"}
    for path in piece_folder.iterdir():
        data = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                data += b"".join(package.read(info) for info in package.infolist())
                assert {info.date_time[0] for info in package.infolist()} == {1980}
        leaked = [word for word in sorted(words) if len(word) > 3 and word.encode() in data]
        assert not leaked, f"{path.name}: {leaked}"
    assert json.loads((piece_folder / "manifest.json").read_text("utf-8"))["files"]

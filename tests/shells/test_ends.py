"""How commands end: bugs are reported, interruptions said, and nothing half done stays behind."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

import jewelgen
from jewelgen.batch.run import Outcome
from jewelgen.cli.outcome import INTERRUPTED, guarded
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.folder import write_folder
from jewelgen.solid.model import Quality

KILLED = """
import os, signal, sys
from pathlib import Path
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.folder import write_folder

def artifacts():
    yield Artifact("a.stl", b"fresh", "master")
    os.kill(os.getpid(), signal.SIGKILL)
    yield Artifact("manifest.json", b"fresh", "manifest")

write_folder(Path(sys.argv[1]), artifacts())
"""


def test_our_bug_leaves_a_report_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def broken() -> None:
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert guarded(broken, []) == 70
    said = capsys.readouterr()
    assert said.out == ""
    assert "bug in jewelgen" in said.err
    assert "Traceback" not in said.err
    (report,) = tmp_path.iterdir()
    assert str(report) in said.err
    assert "ZeroDivisionError: a slip" in report.read_text()


def test_an_interrupted_program_says_so_and_ends_with_130(shop: Path) -> None:
    run = [sys.executable, "-m", "jewelgen", "watch", "designs/band.toml", "--out", "out"]
    (shop / "designs" / "band.toml").write_text(
        "format = 1\n"
    )  # refused at once: no kernel to wait for
    hears = (
        "import signal, sys, runpy; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "sys.argv[0] = 'jewelgen'; runpy.run_module('jewelgen', run_name='__main__')"
    )
    # Whoever runs the tests in the background has made their programs deaf to interrupts.
    run = [sys.executable, "-c", hears, *run[3:]]
    with subprocess.Popen(run, stderr=subprocess.PIPE, text=True, cwd=shop) as watch:
        assert watch.stderr is not None
        assert watch.stderr.readline() == "failed band\n"
        watch.send_signal(signal.SIGINT)
        said = watch.stderr.read()
        assert watch.wait(20) == 130
    assert said.endswith("interrupted\n")
    assert "Traceback" not in said
    assert not (shop / "out").exists()


def test_a_build_that_is_killed_leaves_nothing_that_looks_whole(shop: Path) -> None:
    run = [sys.executable, "-m", "jewelgen", "build", "designs/band.toml", "--jobs", "1"]
    with subprocess.Popen(run, stderr=subprocess.DEVNULL, cwd=shop) as build:
        time.sleep(2.5)
        build.kill()
    folder = shop / "output" / "band"
    if folder.exists():
        rows = json.loads((folder / "manifest.json").read_text())["files"]
        for row in rows:
            assert hashlib.sha256((folder / row["path"]).read_bytes()).hexdigest() == row["sha256"]


@pytest.mark.parametrize("stood", [False, True])
def test_a_writer_killed_half_way_leaves_what_stood_before(tmp_path: Path, stood: bool) -> None:
    folder = tmp_path / "band"
    if stood:
        write_folder(folder, [Artifact("a.stl", b"old", "master")])
    run = [sys.executable, "-c", KILLED, str(folder)]
    assert subprocess.run(run, check=False).returncode == -signal.SIGKILL
    assert folder.exists() == stood
    if stood:
        assert [(p.name, p.read_bytes()) for p in folder.iterdir()] == [("a.stl", b"old")]
    write_folder(folder, [Artifact("a.stl", b"new", "master")])
    assert (folder / "a.stl").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["band"], "the next build sweeps up"


def test_a_design_that_is_built_again_keeps_its_orders(tmp_path: Path) -> None:
    folder = tmp_path / "band"
    write_folder(folder, [Artifact("a.stl", b"old", "master"), Artifact("stale/x", b"x", "plan")])
    order = [Artifact("a.stl", b"A-1", "master"), Artifact("manifest.json", b"{}", "manifest")]
    write_folder(folder / "A-1", order)
    write_folder(folder, [Artifact("a.stl", b"new", "master")])
    read = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert read == {"a.stl": b"new", "A-1/a.stl": b"A-1", "A-1/manifest.json": b"{}"}
    write_folder(folder / "A-1", [Artifact("a.stl", b"A-1 again", "master")])
    assert (folder / "A-1" / "a.stl").read_bytes() == b"A-1 again"
    assert [path.name for path in tmp_path.iterdir()] == ["band"]


def test_a_writer_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    wrong = [Artifact("a.stl", b"x", "master"), Artifact("../b.stl", b"x", "master")]
    with pytest.raises(OSError, match="leaves the result folder"):
        write_folder(tmp_path / "band", wrong)
    assert not list(tmp_path.iterdir())


def test_watch_builds_again_after_a_change(say: Callable[..., Any], shop: Path) -> None:
    ran = say("watch", "designs/band.toml", "--rounds", "1", "--out", "out", "--no-pictures")
    assert ran.code == 0
    assert "built band" in ran.err
    assert (shop / "out" / "band" / "manifest.json").exists()


def test_watch_follows_what_the_design_is_made_from(
    say: Callable[..., Any], shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parent that changes is a change of the design; previews lie apart from what is sold."""
    parent = shop / "designs" / "band.toml"
    (shop / "designs" / "wide.toml").write_text(
        'format = 1\nextends = "band.toml"\nname = "Wide"\n[shank]\nwidth = "no width"\n'
    )
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        assert len(pauses) < 3, "the change of the parent was not seen"
        os.utime(parent, ns=(0, parent.stat().st_mtime_ns + 1))

    monkeypatch.setattr("jewelgen.cli.watch_command.time.sleep", pause)
    ran = say("watch", "designs/wide.toml", "--rounds", "2")
    assert len(pauses) == 1
    assert ran.err.count("failed wide") == 2
    assert not (shop / "output").exists()


def test_previews_of_watch_leave_what_was_built_alone(
    say: Callable[..., Any], shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def built(job: Any, options: Any, told: Any) -> Any:
        seen.append((options.out, options.quality))
        return Outcome(job, None, ())

    monkeypatch.setattr("jewelgen.batch.run.attempt", built)
    say("watch", "designs/band.toml", "--rounds", "1")
    assert seen == [(Path("output/_watch"), Quality.PREVIEW)]


def test_a_kernel_stopped_while_it_loads_is_an_interruption(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def program() -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as stop:
            raise ImportError("initialization failed") from stop

    assert guarded(program, []) == INTERRUPTED
    assert capsys.readouterr().err == "interrupted\n"


def test_python_builds_a_file_and_a_brief_alike(shop: Path) -> None:
    from jewelgen.design.reader import load
    from jewelgen.design.resolve import resolve

    chosen = {"formats": ("stl",), "quality": Quality.PREVIEW, "pictures": False}
    path = shop / "designs" / "band.toml"
    first = jewelgen.build(path, jewelgen.Options(shop / "a", **chosen))
    brief = resolve(load(path))
    assert isinstance(brief, jewelgen.Brief)
    second = jewelgen.build(brief, jewelgen.Options(shop / "b", **chosen))
    assert first.ok and second.ok
    assert first.files == second.files
    for name in set(first.files) - {"manifest.json"}:
        assert (shop / "a/band" / name).read_bytes() == (shop / "b/band" / name).read_bytes()
    with pytest.raises(jewelgen.JewelgenError) as caught:
        jewelgen.build(shop / "nothere.toml", jewelgen.Options(shop / "c"))
    assert all(isinstance(finding, jewelgen.Finding) for finding in caught.value.findings)
    assert not (shop / "c").exists()
    varied = jewelgen.build(path, jewelgen.Options(shop / "a", **chosen), {"shank.width": 5})
    assert varied.folder == shop / "a" / "band" / "shank-width-5"

"""The kernel's process: one reads file after file, a dead one is replaced, what it cannot read is said."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from jewelgen.checker import kernel
from jewelgen.checker.reading import CheckError
from jewelgen.checker.step import read_step


def one() -> kernel.Kernel:
    """The process that waits, left waiting."""
    kernel.make_ready()
    idle = kernel._idle(os.getpid())
    waiting = idle.get()
    idle.put(waiting)
    return waiting


def test_one_process_reads_file_after_file_and_a_dead_one_is_replaced(tmp_path: Path) -> None:
    broken = tmp_path / "broken.step"
    broken.write_text("ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=NOTHING(;\nENDSEC;\n")
    first = one()
    for _ in range(2):
        with pytest.raises(CheckError) as said:
            read_step(broken)
        assert said.value.findings[0].code == "JG700"
    assert one() is first
    os.kill(first._process.pid, signal.SIGKILL)
    first._process.wait()
    with pytest.raises(CheckError):
        read_step(broken)
    assert one() is not first


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """Loading alone takes longer than this one is given."""
    hurried = kernel.Kernel()
    request = {"path": str(tmp_path / "a.step"), "folder": str(tmp_path), "chord": 0.0}
    assert hurried.ask(request, deadline_s=0.02) is None
    hurried.close()
    assert not hurried.alive

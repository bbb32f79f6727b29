"""A program that is killed takes its workers with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = """\
import os, sys, time
from pathlib import Path
from jewelgen.batch.jobs import Job
from jewelgen.batch.spread import spread

def waits(job):
    Path(sys.argv[1], job.design.name).write_text(str(os.getpid()))
    time.sleep(300)

def lost(job, why):
    return None

if __name__ == "__main__":
    list(spread((Job(Path("a")), Job(Path("b"))), waits, lost, 2))
"""


def until(true: object, seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_workers_end_when_their_program_is_killed(tmp_path: Path) -> None:
    script, told = tmp_path / "program.py", tmp_path / "told"
    script.write_text(PROGRAM)
    told.mkdir()
    program = subprocess.Popen([sys.executable, str(script), str(told)])
    workers: list[int] = []
    try:
        assert until(lambda: sum(bool(p.read_text()) for p in told.iterdir()) == 2)
        workers = [int(path.read_text()) for path in told.iterdir()]
        assert all(map(runs, workers))
    finally:
        program.kill()
        program.wait()
    try:
        assert until(lambda: not any(map(runs, workers)), 20.0)
    finally:
        for worker in filter(runs, workers):
            os.kill(worker, 9)

"""The process in which the kernel reads STEP files: loaded once, asked file by file, replaced when it dies.

The kernel takes far longer to load than to read a ring; a file that brings it down must not bring down the rest.
In: a request (plain data).  Out: the answer (`step_reader`), None when the process died or did not answer in time.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from queue import Empty, SimpleQueue
from threading import Timer
from typing import Any

from jewelgen.checker.step_words import ANSWER

DEADLINE_S = 600.0
PARTING_S = 5.0


class Kernel:
    """One such process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "jewelgen.checker.step_reader"]
        self._process = subprocess.Popen(  # noqa: S603  our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def ask(self, request: Mapping[str, Any], deadline_s: float) -> Any:
        """Its answer; what the kernel prints meanwhile is passed over."""
        given, said = self._process.stdin, self._process.stdout
        clock = Timer(deadline_s, self._process.kill)
        clock.start()
        try:
            if given is None or said is None:
                return None
            given.write(json.dumps(request).encode("utf-8") + b"\n")
            given.flush()
            for line in said:
                if line.startswith(ANSWER):
                    return json.loads(line[len(ANSWER) :])
            return None
        except OSError:  # it died while it was asked
            return None
        finally:
            clock.cancel()

    def close(self) -> None:
        """End it: it leaves when nobody can ask it any more."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None and not stream.closed:
                stream.close()
        try:
            self._process.wait(PARTING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@cache
def _idle(pid: int) -> SimpleQueue[Kernel]:
    """The processes of this one that nobody is asking; a forked child has its own."""
    idle: SimpleQueue[Kernel] = SimpleQueue()
    atexit.register(_dismiss, idle, pid)
    return idle


def _dismiss(idle: SimpleQueue[Kernel], pid: int) -> None:
    while pid == os.getpid() and not idle.empty():
        idle.get().close()


def make_ready() -> None:
    """Let one load while something else is done, unless one waits already."""
    idle = _idle(os.getpid())
    if idle.empty():
        idle.put(Kernel())


def ask(request: Mapping[str, Any], deadline_s: float = DEADLINE_S) -> Any:
    """The answer of a process that is free, or of a new one; None when it died over the request."""
    idle = _idle(os.getpid())
    try:
        kernel = idle.get_nowait()
    except Empty:
        kernel = Kernel()
    if not kernel.alive:
        kernel.close()
        kernel = Kernel()
    answer = kernel.ask(request, deadline_s)
    if answer is None:
        kernel.close()
    else:
        idle.put(kernel)
    return answer

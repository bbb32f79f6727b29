"""Workers that end with the program that started them, however it ended: killed, or out of memory.

A worker of a fork server is no child of the program, so nothing ends it when the program is killed: it would go on
building for nobody, and write folders beside those of the next run.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread

SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
ORPHANED = 70  # exit code; nobody is there to read it


def end_with_parent() -> None:
    """First call in a worker: it is ended as soon as its program is gone.

    A thread waits for the pipe to the program to close, on every system. On Linux the system kills the worker with
    its fork server, which ends by the same pipe: that works in the midst of a long call of the CAD kernel as well.
    """
    program = parent_process()
    if program is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
    Thread(target=_leave, args=(program.sentinel,), daemon=True).start()


def _leave(sentinel: int) -> None:
    wait([sentinel])
    os._exit(ORPHANED)

"""How many processors this process may use, and how many threads one step of its work."""

from __future__ import annotations

import os


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def threads() -> int:
    """Threads that one step may use: as many as `OMP_NUM_THREADS` says, else as there are processors.

    Where every processor has a worker of its own, more threads only get in each other's way.
    """
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores(), int(asked)) if asked.isdecimal() and int(asked) else cores()

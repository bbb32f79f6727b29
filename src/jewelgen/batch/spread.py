"""Spreading jobs over supervised workers: a few wait in line, however many there are.

In: jobs, what to do with each, how to say that one was lost.  Out: results in the order of the jobs.
"""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from functools import partial
from pathlib import Path
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from jewelgen.batch.jobs import Job
from jewelgen.batch.orphans import end_with_parent
from jewelgen.findings import Finding, Where

DEADLINE_S = 900.0  # a piece that takes longer is said to have failed
IN_LINE = (
    16  # jobs a worker: enough that a slow one holds nobody up, few enough for any number of orders
)

R = TypeVar("R")


def spread(
    jobs: Sequence[Job],
    work: Callable[[Job], R],
    lost: Callable[[Job, Finding], R],
    workers: int = 1,
) -> Iterator[R]:
    """Results in the order of the jobs, each as soon as it and those before it are done.

    `work` runs in this process when one worker is enough. Of several jobs, one that breaks, a crash or an overrun
    of its worker costs that job alone.
    """
    if len(jobs) <= 1:
        yield from map(work, jobs)  # what breaks here ends the program with a report
        return
    guarded = partial(_guarded, work=work, lost=lost)
    if workers <= 1:
        yield from map(guarded, jobs)
        return
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # each worker has a core already (`threads`)
    context = multiprocessing.get_context("forkserver")
    most = min(workers, len(jobs))
    line: deque[tuple[Job, Callable[[], R]]] = deque()
    with ProcessPool(max_workers=most, context=context, initializer=end_with_parent) as pool:
        for job in jobs:
            line.append((job, pool.schedule(guarded, args=(job,), timeout=DEADLINE_S).result))
            if len(line) >= IN_LINE * most:
                yield waited(*line.popleft(), lost)
        while line:
            yield waited(*line.popleft(), lost)


def _guarded(job: Job, work: Callable[[Job], R], lost: Callable[[Job, Finding], R]) -> R:
    """The result of one job among several; a bug of ours is said, and the others go on."""
    try:
        return work(job)
    except Exception as bug:  # noqa: BLE001  one piece must not take an order book down with it
        frame = traceback.extract_tb(bug.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        return lost(job, _said(job, "JG805", f"{type(bug).__name__} in {place}: {bug}"))


def waited(job: Job, result: Callable[[], R], lost: Callable[[Job, Finding], R]) -> R:
    """The task's result; a crash or an overrun costs that piece alone."""
    try:
        return result()
    except (ProcessExpired, CancelledError) as died:
        return lost(job, _said(job, "JG803", f"the worker died ({died})"))
    except FutureTimeout:
        return lost(job, _said(job, "JG804", f"not done within {DEADLINE_S:g} s"))


def _said(job: Job, code: str, message: str) -> Finding:
    where = job.order.where if job.order else Where(str(job.design))
    return Finding(code, f"{job.name}: {message}", where)

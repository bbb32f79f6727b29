"""Running jobs: in this process when there is one core to use, else in supervised workers."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass

from pebble import ProcessExpired, ProcessPool

from jewelgen.batch.jobs import Job
from jewelgen.findings import Finding, JewelgenError, Where
from jewelgen.pipeline.build import Result, build
from jewelgen.pipeline.options import Options

DEADLINE_S = 900.0  # a piece that takes longer is said to have failed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one job: a result, or the findings that stopped it."""

    job: Job
    result: Result | None
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether its files were written."""
        return self.result is not None and self.result.ok


def run(jobs: tuple[Job, ...], options: Options, workers: int = 1) -> Iterator[Outcome]:
    """Outcomes in the order of the jobs, each as soon as it and those before it are done."""
    if workers <= 1 or len(jobs) <= 1:
        for job in jobs:
            yield attempt(job, options)
        return
    context = multiprocessing.get_context("forkserver")
    with ProcessPool(max_workers=min(workers, len(jobs)), context=context) as pool:
        tasks = [pool.schedule(attempt, args=(job, options), timeout=DEADLINE_S) for job in jobs]
        for job, task in zip(jobs, tasks, strict=True):
            yield _waited(job, task.result)


def _waited(job: Job, result: Callable[[], Outcome]) -> Outcome:
    """The task's outcome; a crash or an overrun costs that piece alone."""
    try:
        return result()
    except (ProcessExpired, CancelledError) as lost:
        return _lost(job, "JG803", f"the worker died ({lost})")
    except FutureTimeout:
        return _lost(job, "JG804", f"not done within {DEADLINE_S:g} s")


def _lost(job: Job, code: str, message: str) -> Outcome:
    where = job.order.where if job.order else Where(str(job.design))
    return Outcome(job, None, (Finding(code, f"{job.name}: {message}", where),))


def attempt(job: Job, options: Options) -> Outcome:
    """One job, its errors as findings."""
    try:
        result = build(job.design, options, job.asked)
    except JewelgenError as error:
        return Outcome(job, None, error.findings)
    return Outcome(job, result, result.findings)


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

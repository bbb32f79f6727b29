"""Building jobs: in this process when there is one core to use, else in supervised workers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from jewelgen.batch.jobs import Job
from jewelgen.batch.spread import spread
from jewelgen.findings import Finding, JewelgenError
from jewelgen.pipeline.build import Result, Told, build
from jewelgen.pipeline.options import Options

KEPT = ("understood",)  # of the record; all of it stands in the manifest


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


def run(
    jobs: tuple[Job, ...], options: Options, workers: int = 1, told: Told | None = None
) -> Iterator[Outcome]:
    """Outcomes in the order of the jobs, each as soon as it and those before it are done.

    `told` hears what is being done where this process does the work itself.
    """
    here = len(jobs) <= 1 or workers <= 1
    work = partial(attempt, options=options, told=told if here else None)
    return spread(jobs, work, failed, workers)


def failed(job: Job, why: Finding) -> Outcome:
    """A job that was lost with its worker."""
    return Outcome(job, None, (why,))


def attempt(job: Job, options: Options, told: Told | None = None) -> Outcome:
    """One job, its errors as findings. Of the record only what is shown is kept: orders may be many."""

    def said(what: str) -> None:
        if told is not None:
            told(f"{job.name}: {what}")

    try:
        result = build(job.design, options, job.asked, said)
    except JewelgenError as error:
        return Outcome(job, None, error.findings)
    kept = {key: result.record[key] for key in KEPT if key in result.record}
    return Outcome(job, replace(result, record=kept), result.findings)

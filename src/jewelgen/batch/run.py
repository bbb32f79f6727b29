"""Building jobs: in this process when there is one core to use, else in supervised workers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from jewelgen.batch.jobs import Job
from jewelgen.batch.spread import spread
from jewelgen.findings import Finding, JewelgenError
from jewelgen.pipeline.build import Result, build
from jewelgen.pipeline.options import Options

TOLD = ("understood",)  # of the record; all of it stands in the manifest


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
    return spread(jobs, partial(attempt, options=options), failed, workers)


def failed(job: Job, why: Finding) -> Outcome:
    """A job that was lost with its worker."""
    return Outcome(job, None, (why,))


def attempt(job: Job, options: Options) -> Outcome:
    """One job, its errors as findings. Of the record only what is shown is kept: orders may be many."""
    try:
        result = build(job.design, options, job.asked)
    except JewelgenError as error:
        return Outcome(job, None, error.findings)
    told = {key: result.record[key] for key in TOLD if key in result.record}
    return Outcome(job, replace(result, record=told), result.findings)

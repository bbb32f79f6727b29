"""What the rules say of many pieces; nothing is loaded that only plans or files need.

In: jobs.  Out: `Judged` in the order of the jobs; what is wrong with one is said and stops no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from jewelgen.batch.jobs import Job
from jewelgen.batch.spread import spread
from jewelgen.design.reader import load
from jewelgen.findings import Finding, JewelgenError, errors
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Judged:
    """One job: what was found, and what its phrases were understood as."""

    job: Job
    findings: tuple[Finding, ...]
    echoes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing stands against it."""
        return not errors(self.findings)


def judged(jobs: tuple[Job, ...], options: Options, workers: int = 1) -> Iterator[Judged]:
    """What the rules say of every job."""
    return spread(jobs, partial(judge, options=options), _lost, workers)


def judge(job: Job, options: Options) -> Judged:
    """The rules' findings on one job."""
    try:
        return judge_prepared(job, prepared_of(job, options))
    except JewelgenError as error:
        return Judged(job, error.findings)


def prepared_of(job: Job, options: Options) -> Prepared:
    """The job's piece, composed and judged; raises `DesignError` with every mistake of the text."""
    return prepare(load(job.design, trust=options.trust), job.asked, options)


def judge_prepared(job: Job, prepared: Prepared) -> Judged:
    """What was found on a piece that stands composed."""
    echoes = tuple(f"{e.key}: {e.written} = {e.understood}" for e in prepared.brief.echoes)
    return Judged(job, prepared.findings, echoes)


def _lost(job: Job, why: Finding) -> Judged:
    return Judged(job, (why,))

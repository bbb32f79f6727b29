"""Plans of many pieces, without a kernel.

In: jobs.  Out: `Planned` in the order of the jobs; what is wrong with one is said and stops no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from jewelgen.batch.jobs import Job
from jewelgen.batch.judged import Judged, judge_prepared, prepared_of
from jewelgen.batch.spread import spread
from jewelgen.bench.plan import Plan, plan
from jewelgen.bench.practice import DEFAULT
from jewelgen.findings import Finding, JewelgenError, errors
from jewelgen.piece.piece import by_hand
from jewelgen.pipeline.options import Options


@dataclass(frozen=True, slots=True)
class Planned(Judged):
    """One job and its plan; None for what fails, and for what has no part made by hand."""

    plan: Plan | None = None


def planned(jobs: tuple[Job, ...], options: Options, workers: int = 1) -> Iterator[Planned]:
    """The plan of every job."""
    return spread(jobs, partial(plan_of, options=options), _lost, workers)


def plan_of(job: Job, options: Options) -> Planned:
    """The plan of one job, with what the rules and the bench say of it."""
    try:
        prepared = prepared_of(job, options)
        read = judge_prepared(job, prepared)
        if errors(prepared.findings) or not by_hand(prepared.piece):
            return Planned(job, read.findings, read.echoes)
        made = plan(prepared.piece, options.shop.practice if options.shop else DEFAULT)
    except JewelgenError as error:
        return Planned(job, error.findings)
    return Planned(job, (*read.findings, *made.findings), read.echoes, made)


def _lost(job: Job, why: Finding) -> Planned:
    return Planned(job, (why,))

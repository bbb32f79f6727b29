"""Readings of many pieces that need no kernel: what the rules say of each, or its plan.

In: jobs.  Out: `Read` in the order of the jobs; what is wrong with one is said and stops no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from jewelgen.batch.jobs import Job
from jewelgen.batch.spread import spread
from jewelgen.bench.plan import Plan, plan
from jewelgen.bench.practice import DEFAULT
from jewelgen.design.reader import load
from jewelgen.findings import Finding, JewelgenError, errors
from jewelgen.pipeline.build import by_hand
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Read:
    """One job: what was found, what its phrases were understood as, and its plan when one was asked for."""

    job: Job
    findings: tuple[Finding, ...]
    echoes: tuple[str, ...] = ()
    plan: Plan | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing stands against it."""
        return not errors(self.findings)


def judged(jobs: tuple[Job, ...], options: Options, workers: int = 1) -> Iterator[Read]:
    """What the rules say of every job."""
    return spread(jobs, partial(judge, options=options), _lost, workers)


def planned(jobs: tuple[Job, ...], options: Options, workers: int = 1) -> Iterator[Read]:
    """The plan of every job; None for what fails, and for what has no part made by hand."""
    return spread(jobs, partial(plan_of, options=options), _lost, workers)


def judge(job: Job, options: Options) -> Read:
    """The rules' findings on one job."""
    prepared = _prepared(job, options)
    return prepared if isinstance(prepared, Read) else _read(job, prepared)


def plan_of(job: Job, options: Options) -> Read:
    """The plan of one job, with what the rules and the bench say of it."""
    prepared = _prepared(job, options)
    if isinstance(prepared, Read):
        return prepared
    if errors(prepared.findings) or not by_hand(prepared.piece):
        return _read(job, prepared)
    try:
        made = plan(prepared.piece, options.shop.practice if options.shop else DEFAULT)
    except JewelgenError as error:
        return Read(job, error.findings)
    return Read(job, (*prepared.findings, *made.findings), _echoes(prepared), made)


def _prepared(job: Job, options: Options) -> Prepared | Read:
    try:
        return prepare(load(job.design, trust=options.trust), job.asked, options)
    except JewelgenError as error:
        return Read(job, error.findings)


def _read(job: Job, prepared: Prepared) -> Read:
    return Read(job, prepared.findings, _echoes(prepared))


def _echoes(prepared: Prepared) -> tuple[str, ...]:
    return tuple(f"{e.key}: {e.written} = {e.understood}" for e in prepared.brief.echoes)


def _lost(job: Job, why: Finding) -> Read:
    return Read(job, (why,))

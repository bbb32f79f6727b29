"""Orders to jobs, and what becomes of jobs that hang or die."""

from __future__ import annotations

from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path

import pytest

from jewelgen.batch.jobs import Job, jobs_of
from jewelgen.batch.run import failed
from jewelgen.batch.spread import DEADLINE_S, spread, waited
from jewelgen.findings import Finding

HEAD = "design,order,customer,qty\n"


def orders(folder: Path, *rows: str) -> Path:
    path = folder / "orders.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_one_order_written_twice_is_said_with_both_lines(tmp_path: Path) -> None:
    rows = ("01_court_band,A-1,Ann,1", "01_court_band,A-2,Bo,1", "01_court_band,A-1,Cy,1")
    jobs, findings = jobs_of((), {}, orders(tmp_path, *rows))
    (twice,) = findings
    assert (twice.code, twice.where.line) == ("JG175", 4)
    assert "line 2" in twice.message
    assert [job.order.id for job in jobs if job.order] == ["A-1", "A-2"]


def test_a_piece_that_never_ends_costs_itself_alone() -> None:
    def hangs() -> None:
        raise FutureTimeout

    outcome = waited(Job(Path("designs/slow.toml")), hangs, failed)  # type: ignore[arg-type]
    assert not outcome.ok
    assert [finding.code for finding in outcome.findings] == ["JG804"]
    assert f"{DEADLINE_S:g} s" in outcome.findings[0].message


def slips(job: Job) -> str:
    if job.design.stem == "d2":
        raise ZeroDivisionError("of ours")
    return job.name


def test_a_bug_in_one_piece_loses_no_other() -> None:
    jobs = tuple(Job(Path(f"designs/d{i}.toml")) for i in range(40))
    made = list(spread(jobs, slips, told))
    assert made[2].startswith("JG805 d2: ZeroDivisionError in test_batch_jobs.py:")
    assert made[:2] + made[3:] == [job.name for job in jobs if job.name != "d2"]


def told(job: Job, why: Finding) -> str:
    return f"{why.code} {why.message}"


def test_alone_a_bug_is_ours_to_report() -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread((Job(Path("designs/d2.toml")),), slips, told))

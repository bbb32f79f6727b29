"""Orders to jobs, and what becomes of jobs that hang or die."""

from __future__ import annotations

from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path

from jewelgen.batch.jobs import Job, jobs_of
from jewelgen.batch.run import DEADLINE_S, _waited

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

    outcome = _waited(Job(Path("designs/slow.toml")), hangs)  # type: ignore[arg-type]
    assert not outcome.ok
    assert [finding.code for finding in outcome.findings] == ["JG804"]
    assert f"{DEADLINE_S:g} s" in outcome.findings[0].message

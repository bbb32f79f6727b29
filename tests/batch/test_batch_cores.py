"""How many threads a step uses: no more than there are processors, nor than were allowed."""

from __future__ import annotations

import pytest

from jewelgen.cores import cores, threads


@pytest.mark.parametrize(
    ("asked", "given"), [("", cores()), ("1", 1), ("9999", cores()), ("0", cores()), ("many", cores()), ("2,1", cores())]
)  # fmt: skip
def test_a_step_uses_as_many_threads_as_are_allowed(
    monkeypatch: pytest.MonkeyPatch, asked: str, given: int
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", asked)
    assert threads() == given

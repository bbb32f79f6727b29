"""Seconds of the clock and of the CPU, and the words that set one beside another."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import Any

RUNS = 3


def took(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that `work` took, and its result."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def least(work: Callable[[], Any]) -> float:
    """The least of some runs: what the machine can do when nothing else asks for it."""
    return min(took(work)[0] for _ in range(RUNS))


def busy(work: Callable[[], Any]) -> float:
    """The least CPU seconds, of this process and those it starts: what others on the machine do not ask for."""

    def so_far() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(item.ru_utime + item.ru_stime for item in used)

    def once() -> float:
        start = so_far()
        work()
        return so_far() - start

    return min(once() for _ in range(RUNS))


def same(one: float, other: float) -> None:
    """Both ways make the same solid, or the ratio says nothing."""
    assert abs(one / other - 1.0) < 0.001, f"{one:.3f} mm3 beside {other:.3f} mm3"


def say(what: str, ours: float, beside: str, base: float) -> None:
    """One line a case."""
    print(f"{what}: {ours:.1f} s; {beside}: {base:.1f} s; ours / baseline {ours / base:.3f}, "
          f"baseline / ours {base / ours:.1f}", flush=True)  # fmt: skip

"""Masters that are printed for a mold: one for all castings that come out of it, none where the mold stands.

In: `Cast` masters as ordered.  Out: those to print, notes JG452 on the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jewelgen.findings import Finding, Severity, Where
from jewelgen.pipeline.patterns import Cast


def once_each(made: Iterable[Cast]) -> tuple[tuple[Cast, ...], tuple[Finding, ...]]:
    """Printed patterns in full number; of masters for molds the first of each frozen digest, once."""
    kept: list[Cast] = []
    notes: list[Finding] = []
    from_one: dict[str, list[Cast]] = {}
    for cast in made:
        if not cast.mold:
            kept.append(cast)
        elif cast.stands:
            notes.append(_said(cast.id, f"{_castings(cast.qty)} from the mold that stands: nothing of it is printed"))  # fmt: skip
        else:
            if cast.mold not in from_one:
                kept.append(replace(cast, qty=1))
            from_one.setdefault(cast.mold, []).append(cast)
    for mine in from_one.values():
        if (total := sum(cast.qty for cast in mine)) > 1:
            others = ", ".join(dict.fromkeys(cast.id for cast in mine[1:]))
            words = f" (with {others})" if others else ""
            notes.append(_said(mine[0].id, f"one master is printed, {_castings(total)} from its mold{words}"))  # fmt: skip
    return tuple(kept), tuple(notes)


def _castings(n: int) -> str:
    return "1 casting comes" if n == 1 else f"{n} castings come"


def _said(name: str, words: str) -> Finding:
    return Finding("JG452", f"{name}: {words}", Where(key=name), Severity.NOTE)

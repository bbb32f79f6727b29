"""What was found of solids and is accepted on record: it stops nothing, and bears its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jewelgen.findings import Finding, Severity

FORETELLS = {"JG203": "JG721", "JG204": "JG722"}
INSIDE = "inside the finger hole"


def excused(findings: Iterable[Finding], accepted: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Findings with their reasons; `accepted`: pairs of `JGnnn` or `JGnnn@place` and a reason, a place being the body or
    part a finding names, or what it belongs to.
    """
    rows = [(*what.partition("@")[::2], why) for what, why in accepted]
    for finding in findings:
        key = finding.where.key
        reason = next(
            (why for code, place, why in rows
             if code == finding.code and (not place or f"{key}.".startswith(f"{place}."))), "",
        )  # fmt: skip
        yield _with(finding, reason) if reason else finding


def foretold(findings: Iterable[Finding], accepted: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Errors of rules that only say early what a check of the file will: who accepts the check accepts them with it.

    A culet inside the finger hole is no such thing: nobody wears that ring.
    """
    rows = tuple(accepted)
    for finding in findings:
        code = FORETELLS.get(finding.code) if finding.severity is Severity.ERROR else None
        if code is None or INSIDE in finding.message:
            yield finding
            continue
        (judged,) = excused([replace(finding, code=code)], rows)
        yield replace(judged, code=finding.code)


def _with(finding: Finding, reason: str) -> Finding:
    return replace(finding, severity=Severity.WARNING, fix=None, hint=f"accepted: {reason}")

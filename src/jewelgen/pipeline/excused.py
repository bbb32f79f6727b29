"""What was found of solids and is accepted on record: it stops nothing, and bears its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jewelgen.findings import Finding, Severity


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


def _with(finding: Finding, reason: str) -> Finding:
    return replace(finding, severity=Severity.WARNING, fix=None, hint=f"accepted: {reason}")

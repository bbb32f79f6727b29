"""What a shop may let pass with a reason, where; and what nobody can accept.

In: reports, waivers as pairs of `JG7nn` or `JG7nn@place` and a reason.  Out: reports whose failing checks bear their
reason. A place is a part (`head.prong`, or `head` for all of it), a body, or a file without its suffix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from jewelgen.checker.report import Check, Report
from jewelgen.findings import did_you_mean

NEVER: Mapping[str, str] = MappingProxyType({
    "JG700": "a file that cannot be read is none",
    "JG701": "an open surface encloses no metal",
    "JG702": "a surface that turns inside out encloses no metal",
    "JG719": "what could not be checked is not known",
    "JG735": "a file that was changed is not the one that was checked",
})  # fmt: skip
MAY = frozenset({
    "JG703", "JG704", "JG705", "JG706", "JG707", "JG708", "JG709", "JG710", "JG711", "JG712", "JG713", "JG714", "JG715",
    "JG716", "JG717", "JG718", "JG721", "JG722", "JG723", "JG724", "JG725", "JG726", "JG727", "JG728", "JG729", "JG730",
    "JG733", "JG734",
    "JG320", "JG321",  # metal that parts share, or that differs from its prediction: measured before files are written
})  # fmt: skip
Accepted = Iterable[tuple[str, str]]


def refused(what: str) -> str:
    """Why `JG7nn` or `JG7nn@place` cannot be accepted; empty where it can."""
    code = what.partition("@")[0]
    if code in NEVER:
        return f"{code} cannot be accepted: {NEVER[code]}"
    if code not in MAY:
        return f"{code} is no check of a file; {did_you_mean(code, sorted(MAY))}"
    return ""


def waived(report: Report, body: str, accepted: Accepted) -> Report:
    """The report of a body with the reasons at what was accepted; the first waiver that fits counts."""
    rows = tuple(accepted)
    checks = tuple(replace(c, waived=_reason(c, report, body, rows)) for c in report.checks)
    return replace(report, checks=checks)


def _reason(check: Check, report: Report, body: str, rows: tuple[tuple[str, str], ...]) -> str:
    if check.passed or check.code in NEVER:
        return ""
    for what, why in rows:
        code, _, place = what.partition("@")
        if code == check.code and (not place or _there(place, check, report, body)):
            return why
    return ""


def _there(place: str, check: Check, report: Report, body: str) -> bool:
    """Whether a place names the body, the file, or one of the parts at which a check failed."""
    if place in (body, Path(report.file.partition(" ")[0]).stem):
        return True
    parts = {check.part, *check.where.partition(",")[0].split(" and ")}
    return any(part == place or part.startswith(f"{place}.") for part in parts if part)

"""plan.pdf: the plan set by Typst, on A4 or Letter, the same bytes every time.

In: a `Plan`, its drawings.  Out: PDF bytes. The template is package data; a shop gives its own in its place.
Findings: JG530 signs that no font has, JG531 a template that Typst cannot set.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, cast

import typst
from fontTools.ttLib import TTFont, TTLibError

from jewelgen.bench.plan import Plan
from jewelgen.findings import Finding, MakeError, Severity, Where
from jewelgen.paper.contents import Drawings, contents
from jewelgen.paper.job import job_qr

Paper = Literal["a4", "letter"]
PAPERS = {"a4": "a4", "letter": "us-letter"}
EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
SYSTEM_FONTS = Path("/usr/share/fonts/truetype/dejavu")
FACE = "DejaVuSans.ttf"


def plan_pdf(
    plan: Plan, drawings: Drawings, paper: Paper = "a4", fonts: Path | None = None, style: str = ""
) -> bytes:
    """The plan as PDF. `fonts`: a folder searched after the shipped faces; `style`: a shop's own template.

    Raises `MakeError` JG531 for a template that cannot be set.
    """
    data = contents(plan, drawings, PAPERS[paper])
    files = {
        "main.typ": (style or template()).encode(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        "job.svg": job_qr(plan).encode(),
    }
    files |= {name: svg.encode() for name, svg in drawings.pictures().items()}
    paths = [str(font_folder()), *([str(fonts)] if fonts else [])]
    try:
        made = typst.compile(
            cast("Any", files),  # files by name: taken, but not in the stubs
            format="pdf", font_paths=paths, ignore_system_fonts=True, timestamp=EPOCH,
        )  # fmt: skip
    except typst.TypstError as wrong:
        raise MakeError(_unset(str(wrong))) from wrong
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made


def _unset(said: str) -> Finding:
    return Finding(
        "JG531", f"the template cannot be set: {said.splitlines()[0][:200]}",
        hint="start from the shipped one: jewelgen plan --print-style",
    )  # fmt: skip


def template() -> str:
    """The Typst source of the plan."""
    return (
        resources.files("jewelgen.paper").joinpath("data", "plan.typ").read_text(encoding="utf-8")
    )


def font_folder() -> Path:
    """The shipped fonts' folder, or the system's DejaVu where none is shipped."""
    shipped = resources.files("jewelgen.flat").joinpath("fonts")
    return Path(str(shipped)) if shipped.is_dir() else SYSTEM_FONTS


def glyph_findings(plan: Plan, fonts: Path | None = None) -> Iterator[Finding]:
    """JG530 for each text of a customer's whose signs neither the shipped face nor one in `fonts` has."""
    ticket = plan.ticket
    texts = {
        "piece": plan.name,
        "order": ticket.job,
        "customer": ticket.customer,
        "note": ticket.note,
    }
    texts["marks"] = " ".join(plan.marks)
    known: frozenset[int] = frozenset()
    for key, text in texts.items():
        if not text.isascii():
            known = known or _known(fonts)
            lost = "".join(dict.fromkeys(c for c in text if ord(c) not in known))
            if lost:
                yield Finding(
                    "JG530", f"no glyph for {' '.join(lost)} in the {key}", Where(key=key), Severity.WARNING,
                    hint="give a folder with a font that has them: --fonts FOLDER",
                )  # fmt: skip


def _known(fonts: Path | None) -> frozenset[int]:
    """The code points of the shipped face and of every readable font in the folder."""
    files = [font_folder() / FACE]
    if fonts is not None:
        files += sorted(
            path for path in fonts.rglob("*") if path.suffix.lower() in {".ttf", ".otf"}
        )
    found: set[int] = set()
    for path in files:
        try:
            found |= set(TTFont(BytesIO(path.read_bytes()), lazy=True).getBestCmap() or {})
        except (OSError, TTLibError):
            continue
    return frozenset(found)

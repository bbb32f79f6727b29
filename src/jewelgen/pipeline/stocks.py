"""From the plans of many orders to one stock sheet: equal stock is cut for all of them together.

In: plans with their jobs' names.  Out: artifacts of one folder, and what is not on hand.
"""

from __future__ import annotations

from collections.abc import Sequence

from jewelgen.bench.layout import Job, Laid, layout
from jewelgen.bench.practice import Practice
from jewelgen.catalog.alloys import alloy
from jewelgen.findings import Finding, Severity, Where
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.manifest import to_json
from jewelgen.paper.layouts import shown
from jewelgen.paper.stock_page import JOB_HEAD, cuts_csv, job_rows, stock_data, stock_pdf
from jewelgen.paper.tables import csv_text

SCHEMA = 1
FEW = 3  # names in a finding; all of them stand on the sheet


def stock_files(
    jobs: Sequence[Job], practice: Practice, paper: str = "a4"
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...]]:
    """stock.pdf, stock.json, cuts.csv (by bar and sheet) and blanks.csv (by job)."""
    made = layout([(f"{word} ", cuts, pieces) for word, cuts, pieces in jobs], practice)
    data = stock_data(made, jobs)
    texts = {
        "blanks.csv": csv_text(JOB_HEAD, job_rows(jobs)),
        "cuts.csv": cuts_csv(made),
        "stock.json": to_json({"schema": SCHEMA, **data}),
    }
    files = {"stock.pdf": stock_pdf(data, shown(made), paper)}
    files |= {name: text.encode("utf-8") for name, text in texts.items()}
    artifacts = tuple(Artifact(name, file, "stock") for name, file in sorted(files.items()))
    return artifacts, tuple(_missing(row) for row in made.rows if row.over)


def _missing(row: Laid) -> Finding:
    names = ", ".join(row.over[:FEW])
    more = f" and {len(row.over) - FEW} more" if len(row.over) > FEW else ""
    said = f"{alloy(row.alloy).name}, {row.words}: not enough on hand for {names}{more}"
    hint = "order it; the sheet names every blank that waits for it"
    return Finding("JG515", said, Where(key=row.form), Severity.WARNING, hint=hint)

"""The job on paper: what its code says, and the code as a picture.

In: a `Plan`.  Out: text, and the QR as SVG.
"""

from __future__ import annotations

import io

import segno

from jewelgen.bench.plan import Plan


def job_word(plan: Plan) -> str:
    """What the QR says: the job's number, or the plan's digest when there is no order."""
    return plan.ticket.job or plan.digest


def job_qr(plan: Plan) -> str:
    """The QR of the job as SVG, the same bytes every time."""
    stream = io.BytesIO()
    code = segno.make(job_word(plan), error="m", micro=False)
    code.save(stream, kind="svg", xmldecl=False, border=2, omitsize=True)
    return stream.getvalue().decode("ascii")

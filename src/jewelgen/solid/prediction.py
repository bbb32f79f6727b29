"""The metal a body was predicted to have against what it measures: two codes, one number."""

from __future__ import annotations

from dataclasses import replace

from jewelgen.findings import Finding, Where
from jewelgen.solid.model import Body

SAME_METAL = 0.001  # predicted against measured metal


def with_prediction(
    body: Body, predicted: float | None, scale: float
) -> tuple[Body, list[Finding]]:
    """The body with its predicted volume (mm3, scaled) in its proof, and JG321 where they differ.

    Fillets are metal that nobody predicts: what they add stands apart and is left out of the balance.
    """
    if predicted is None:
        return body, []
    expected = predicted * scale**3
    judged = replace(body, proof=replace(body.proof, predicted=expected))
    measured = body.volume_mm3 - body.proof.fillets
    if abs(measured - expected) <= SAME_METAL * expected:
        return judged, []
    return judged, [
        Finding(
            "JG321",
            f"{measured:.3f} mm3 of metal where forms, cuts and fits predict {expected:.3f}",
            Where(key=body.name),
            allowed=f"within {100 * SAME_METAL:g} %",
            hint="parts share more metal than their fits say, or less; look at them in a picture",
        )
    ]

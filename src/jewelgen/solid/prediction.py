"""The metal a body was predicted to have against what it measures: two codes, one number."""

from __future__ import annotations

from dataclasses import replace

from jewelgen.findings import Finding, Severity, Where
from jewelgen.piece.piece import Piece
from jewelgen.solid.model import Body

SAME_METAL = 0.001  # predicted against measured metal


def with_prediction(
    body: Body, predicted: float | None, scale: float, piece: Piece
) -> tuple[Body, list[Finding]]:
    """The body with its predicted volume (mm3, scaled) in its proof, and JG321 where they differ.

    Blends are metal that nobody predicted: bodies whose joints ask for them are not judged.
    """
    if predicted is None:
        return body, []
    expected = predicted * scale**3
    judged = replace(body, proof=replace(body.proof, predicted=expected))
    soft = any(j.blend > 0 and {j.a, j.b} & set(body.parts) for j in piece.joints)
    if soft or abs(body.volume_mm3 - expected) <= SAME_METAL * expected:
        return judged, []
    return judged, [
        Finding(
            "JG321",
            f"{body.volume_mm3:.3f} mm3 of metal where forms, cuts and fits predict {expected:.3f}",
            Where(key=body.name),
            Severity.WARNING,
            hint="parts may share more metal than their fits say",
        )
    ]

"""A smoke test of both kernels: one small ring built, cut, meshed and weighed."""

from __future__ import annotations

from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import IDENTITY
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Sec
from jewelgen.piece.volume import volume
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize


def smoke() -> str:
    """What was weighed, both ways; raises `GeometryError` when the kernels disagree."""
    form = Hoop(17.3, ((0.0, Sec(4.0, 1.8, 0.5)),))
    part = Part("band", form, IDENTITY, alloy="silver_925")
    piece = Piece("smoke", "ring", "cast", "silver_925", (part,), bore=17.3)
    body = realize(piece, quality=Quality.PREVIEW).bodies[0]
    return f"band of {body.volume_mm3:.2f} mm3 (closed form {volume(form):.2f})"

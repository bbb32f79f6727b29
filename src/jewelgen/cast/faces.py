"""Face classes: which faces of a cast part a wheel takes metal off, and how much.

In: a `Piece` and one of its parts.  Out: `Skin`, the class of each of its sides. Textured faces are only brushed
or tumbled, faces that no wheel reaches only pickled: both lose little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jewelgen.piece.form import Hoop, Plate
from jewelgen.piece.mark import Texture
from jewelgen.piece.piece import Part, Piece

Face = Literal["outside", "inside", "textured", "unreachable"]
FINGER = 0.9  # of the finger's bore: a hoop as wide is polished inside on a stick or a felt cone


@dataclass(frozen=True, slots=True)
class Skin:
    """`outer`: the front, or what looks away from the middle; `inner`: what looks at it; `back` of a plate; edges."""

    outer: Face = "outside"
    inner: Face = "inside"
    back: Face = "outside"
    edge: Face = "outside"


BARE = Skin("unreachable", "unreachable", "unreachable", "unreachable")


def skin(piece: Piece, part: Part) -> Skin:
    """The face classes of a part: its textures, and where no wheel comes."""
    if not part.finished:
        return BARE
    looks = [m for m in piece.marks if m.on == part.name and isinstance(m.form, Texture)]
    front = [m for m in looks if isinstance(m.form, Texture) and not m.form.inner]
    inner = len(front) < len(looks)
    if isinstance(part.form, Plate):
        up = [_dot(m.at.z, part.at.z) > 0 for m in front]
        return Skin(_worn(any(up), "outside"), "unreachable", _worn(not all(up), "outside"))
    bare: Face = "inside" if _round_the_finger(piece, part) else "unreachable"
    return Skin(_worn(bool(front), "outside"), _worn(inner, bare))


def _worn(textured: bool, usual: Face) -> Face:
    return "textured" if textured else usual


def _round_the_finger(piece: Piece, part: Part) -> bool:
    """Whether a wheel, a stick or a cone reaches the inside: not that of a loop, a gallery or a tube."""
    form = part.form
    return isinstance(form, Hoop) and piece.bore > 0 and form.bore >= FINGER * piece.bore


def _dot(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))

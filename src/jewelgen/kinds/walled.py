"""The girdle of a stone that a wall holds, for what goes round it: the wall's outer line, and how high its lip stands."""

from __future__ import annotations

from jewelgen.flat.outline import Outline, extents
from jewelgen.piece.frame import Frame
from jewelgen.piece.site import Anchor, Passing


def girdle_anchor(
    at: Frame, wall: tuple[str, float], rim: Outline, lip: float, floor: tuple[str, float]
) -> Anchor:
    """`girdle` at the frame `at`; `wall`: the part and its thickness in mm, `rim` its outer line, `lip` mm over the
    girdle; `floor`: what it stands on, its top that many mm below the girdle ("": nothing).
    """
    part, thick = wall
    beside = (
        Passing(part, 1, -lip, 0.0),
        *([Passing(floor[0], 1, floor[1], 0.0)] if floor[0] else []),
    )
    return Anchor(
        "girdle", "point", at, part, width=extents(rim)[1], depth=thick, outline=rim, passing=beside
    )

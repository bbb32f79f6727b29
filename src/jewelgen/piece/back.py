"""Whether a ring can be cut open at its back and sized, as waxes from a mold are: nothing may stand there.

In: a `Piece`.  Out: the name of what is in the way. A groove that runs on round the ring can be joined again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from jewelgen.piece.cutter import Bore, Groove
from jewelgen.piece.frame import Vec
from jewelgen.piece.late import cast_cuts, cast_marks
from jewelgen.piece.mark import Texture
from jewelgen.piece.piece import Piece

PLAIN = 25.0  # degrees each way from 6 o'clock that a jeweler wants plain


def in_the_way(piece: Piece) -> str:
    """The first cast cut or mark at the back of the ring, as `seat shank.stones`; empty on a plain one."""
    return next(_there(piece), "")


def _there(piece: Piece) -> Iterator[str]:
    for cut in cast_cuts(piece):
        runs_on = isinstance(cut.form, (Bore, Groove))
        if not runs_on and any(_behind(cut.at.then(copy).origin) for copy in cut.array.frames()):
            yield f"{'seat' if cut.stone else 'cut'} {cut.name}"
    for mark in cast_marks(piece):
        # A texture lies on the whole of its part, wherever its frame stands.
        spread = isinstance(mark.form, Texture) and piece.part(mark.on).role == "shank"
        if spread or any(_behind(mark.at.then(copy).origin) for copy in mark.array.frames()):
            yield f"mark {mark.name}"


def _behind(at: Vec) -> bool:
    """Whether a place is near 6 o'clock."""
    x, _, z = at
    return math.hypot(x, z) > 1.0 and abs(math.degrees(math.atan2(x, -z))) < PLAIN

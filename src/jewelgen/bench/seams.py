"""Where the seam of a closed part goes: under what hides it, at the thick end, in a corner, where no pull comes on it.

In: a piece and a joint.  Out: words with the names of parts; empty for a joint that is neither seam nor hinge.
"""

from __future__ import annotations

import math

from jewelgen.bench.holding import knuckles
from jewelgen.flat.outline import Oval, corner_turns
from jewelgen.piece.form import Bar, Hoop, Twist, Wall
from jewelgen.piece.frame import Vec
from jewelgen.piece.joint import Joint
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import is_closed

NEAR_BORE = 0.5  # mm within which a ring is the one round the finger
STAGGER = 30  # degrees between the seams of neighbours in a stack


def seam_place(piece: Piece, joint: Joint) -> str:
    """Where the ends of `joint` meet, or a hinge lies on its rim."""
    if joint.a != joint.b:
        return _hinge_place(piece, joint) if knuckles(piece, joint) else ""
    part = piece.part(joint.a)
    form = part.form
    if isinstance(form, Hoop):
        return _ring(piece, part, form)
    if isinstance(form, Wall):
        return _wall(form)
    if isinstance(form, Twist):
        return "at 12 o'clock, each strand on its own end"
    if isinstance(form, Bar) and not is_closed(form.rail):
        return "at the foot, behind, where both legs meet"
    return _closed_wire(piece, part)


def _hinge_place(piece: Piece, joint: Joint) -> str:
    """The hinge's place as the closed front is seen: hour on the rim, and how far its pin is from the middle."""
    pinned = {j.b for j in piece.joints if j.method == "hinge"}
    part = piece.part(joint.b if joint.b in pinned else joint.a)
    x, y, _ = part.at.origin
    away = math.hypot(x, y)
    hour = round(math.degrees(math.atan2(x, y)) % 360.0 / 30.0) % 12 or 12
    return f"across the rim at {hour} o'clock, pin {away:.1f} from the middle"


def _ring(piece: Piece, part: Part, hoop: Hoop) -> str:
    """On a finger ring at 12 o'clock; on a small ring where it is soldered on, or at its side."""
    if piece.bore and abs(hoop.bore - piece.bore) < NEAR_BORE:
        return _finger_ring(piece, part, hoop)
    host = next(
        (j for j in piece.joints if part.name in (j.a, j.b) and j.a != j.b and j.method == "join"),
        None,
    )
    if host:
        other = host.a if host.b == part.name else host.b
        return f"at the flat on {other}, which hides it"
    return "at 3 o'clock, off the place it hangs by"


def _finger_ring(piece: Piece, part: Part, hoop: Hoop) -> str:
    stacked = [j for j in piece.joints if part.name in (j.a, j.b) and j.fit.word == "touch"]
    if stacked:
        return f"near 12 o'clock, {STAGGER} degrees from the seam of its neighbour"
    over = [
        j.a if j.b == part.name else j.b
        for j in piece.joints
        if part.name in (j.a, j.b) and j.a != j.b
    ]
    if over:
        return f"at 12 o'clock, under {over[0]}"
    thick = ", in the thick end" if len(hoop.stations) > 1 else ""
    mark = next((m for m in piece.marks if m.on == part.name and isinstance(m.form, Glyphs)), None)
    if mark is None:
        return f"at 12 o'clock{thick}"
    away = _apart(part, mark.at.origin)
    return f"at 12 o'clock{thick}" if away > 1 else f"at 6 o'clock, opposite {mark.name}"


def _apart(part: Part, place: Vec) -> float:
    """Degrees of a place from 12 o'clock of a ring."""
    x, _, z = part.at.local(place)
    return abs(math.degrees(math.atan2(x, z)))


def _wall(wall: Wall) -> str:
    if corner_turns(wall.outline):
        return "in the corner where the ends are mitred"
    if isinstance(wall.outline, Oval) and not math.isclose(wall.outline.l, wall.outline.w):
        return "in the middle of a long side, where it bends least"
    return "anywhere: mark it, and keep the flame off it later"


def _closed_wire(piece: Piece, part: Part) -> str:
    """A ring of wire that others are let into: a notch is filed over its seam."""
    into = [j.a for j in piece.joints if j.b == part.name and j.fit.word == "let-in"]
    return f"where a notch for {into[0]} comes over it" if into else "where it is seen least"

"""How a joint is held and heated: the hand, the fixture, the part that is heated first.

In: a joint and its piece.  Out: words with the names of parts.
"""

from __future__ import annotations

from jewelgen.bench.straightened import fold_of
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.weights import grams
from jewelgen.piece.form import Bar, Dome, Form, Hoop, Plate, Tube, Twist, Wall
from jewelgen.piece.joint import Joint
from jewelgen.piece.piece import Piece
from jewelgen.piece.volume import volume

HEAVY = "heat the heavier part first, tighten on the seam"


def folded(form: Form) -> bool:
    """Whether a seam joins two legs that lie face to face."""
    return isinstance(form, Bar) and fold_of(form) is not None


def side_by_side(piece: Piece, joint: Joint) -> bool:
    """Whether two rings lie side by side on one axis."""
    forms = (piece.part(joint.a).form, piece.part(joint.b).form)
    return joint.fit.word == "touch" and all(isinstance(form, Hoop) for form in forms)


def knuckles(piece: Piece, joint: Joint) -> bool:
    """Whether a joint solders the knuckles of a hinge."""
    pinned = {j.b for j in piece.joints if j.method == "hinge"}
    return joint.a != joint.b and bool(pinned & {joint.a, joint.b})


def hold_words(piece: Piece, joint: Joint) -> str:
    """What the hands and the flame do."""
    a, b = piece.part(joint.a).form, piece.part(joint.b).form
    if joint.a == joint.b:
        return _seam_held(a)
    if side_by_side(piece, joint):
        return "bound with iron wire over three places, seams staggered; even heat all round"
    if knuckles(piece, joint):
        return "all knuckles on an oiled steel pin, halves shut on mica; tack, open it, then flow"
    if isinstance(a, Wall) or isinstance(b, Wall):
        return _wall_held(a, b)
    if isinstance(a, (Hoop, Twist)) or isinstance(b, (Hoop, Twist)):
        return "third hand on the ring, heat the heavier part first"
    return HEAVY


def _seam_held(form: Form) -> str:
    if isinstance(form, Wall):
        return "soft flame, the wall is thin"
    if folded(form):
        return "legs pinched together in locking tweezers, heat both legs alike"
    return (
        "strands pressed end to end, even heat"
        if isinstance(form, Twist)
        else "even heat round the ring"
    )


def _wall_held(a: Form, b: Form) -> str:
    """A wall on a plate is heated through the plate, in a dome through the dome."""
    if isinstance(a, Plate) or isinstance(b, Plate):
        return "on a screen, heat the plate from below"
    if isinstance(a, Dome) or isinstance(b, Dome):
        return "on a screen, rim up, heat the dome from below"
    return HEAVY


def fixture_words(piece: Piece, joint: Joint) -> str:
    """What holds the parts while they are heated."""
    a, b = piece.part(joint.a).form, piece.part(joint.b).form
    if joint.a == joint.b:
        if folded(a):
            return "charcoal block, locking tweezers across both legs"
        where = "seam up" if isinstance(a, Wall) else "seam at the edge"
        return f"charcoal block, {where}, sprung shut by itself"
    if side_by_side(piece, joint):
        return "charcoal block, flat, bound with iron wire"
    if knuckles(piece, joint):
        return "oiled steel pin through every knuckle"
    if isinstance(a, Wall) or isinstance(b, Wall):
        held = isinstance(a, (Plate, Dome)) or isinstance(b, (Plate, Dome))
        return (
            "mesh on a tripod, the wall weighted or stitched in place"
            if held
            else "cotter pins, bent from iron wire"
        )
    if isinstance(a, (Hoop, Twist)) or isinstance(b, (Hoop, Twist)):
        return "third hand on the ring, the other part upside down on the block"
    if isinstance(a, Tube) or isinstance(b, Tube):
        return "block, weighted with a steel point in the tube"
    return (
        "block with pins"
        if isinstance(a, Bar) or isinstance(b, Bar)
        else "block, bound with iron wire"
    )


def heated_first(piece: Piece, joint: Joint) -> str:
    """The heavier part by volume and density; a closed seam is heated from the far side."""
    if joint.a == joint.b:
        if folded(piece.part(joint.a).form):
            return "both legs, from the crown down"
        return "the far side of the ring, then both ends alike"
    if side_by_side(piece, joint):
        return "all rings alike, turning the block"
    weights = {name: _grams(piece, name) for name in (joint.a, joint.b)}
    heavy, light = sorted(weights, key=lambda name: (-weights[name], name))
    how = " from below" if isinstance(piece.part(heavy).form, Plate) else ""
    return f"{heavy}{how} ({weights[heavy]:.2f} g against {weights[light]:.2f})"


def _grams(piece: Piece, name: str) -> float:
    part = piece.part(name)
    return grams(volume(part.form), alloy(part.alloy or piece.alloy).density_g_cm3)

"""Cups on a floor of sheet: how they stand on a ring or hang as a pendant, whatever stone they hold.

In: the outer outline (long axis along y), mm.  Out: extents, grips, joints and anchors of the floor.
"""

from __future__ import annotations

from jewelgen.flat.outline import Outline, reach
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.site import Anchor, Grip, Site


def half_extents(outline: Outline, turned: float) -> tuple[float, float]:
    """Half across and half along the finger of an outline turned by `turned` degrees (the nearer quarter)."""
    (_, x), (_, y) = reach(outline)
    return (y, x) if abs(turned - 90.0) > 45.0 else (x, y)


def sides(rx: float, wall: float, z: float) -> tuple[Grip, ...]:
    """The two sides of the floor that others may land on."""
    return tuple(
        Grip(
            "side",
            Frame((x * (rx - wall), 0.0, z), x=(0.0, 0.0, -x), z=(x, 0.0, 0.0)),
            "floor",
        )
        for x in (1.0, -1.0)
    )


def seats(site: Site, floor: str, flat: float, ry: float) -> tuple[Joint, ...]:
    """The floor on a flat of every part below it."""
    under = site.under(flat, (0.0, ry))
    return tuple(Joint(floor, part, "join", Fit("flat", flat), n) for part, n in under.items())


def anchors(
    outline: Outline, thick: float, frame: Frame, names: tuple[str, str]
) -> tuple[Anchor, ...]:
    """`top` on the middle of the floor's edge, z up; `back` under it, read from behind. `names`: floor and wall."""
    floor, wall = names
    far = reach(outline)[1][1]
    top = frame.then(Frame((0.0, far, thick / 2), z=(0.0, 1.0, 0.0)))
    back = frame.then(Frame(x=(-1.0, 0.0, 0.0), z=(0.0, 0.0, -1.0)))
    return (
        Anchor("top", "point", top, floor, width=thick, depth=far, above=wall),
        Anchor("back", "face", back, floor, outline=outline, depth=thick),
    )

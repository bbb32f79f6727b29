"""A hinged locket: two domed halves with a frame sweated in each, hinge, catch strip, a place for a bail.

It lies closed with its seam in z = 0, front up, hinge on the left. Frames are wrapped strips (bench sources: ring
of sheet inside each half, 27 mm discs of 0.6 sheet, hinge 12 mm long on the seam).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Oval
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.locket_hinge import PLAY, SNUG, Axis, hinged, pin_out
from jewelgen.piece.form import Dome, Hoop, Wall
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Sec
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Count, Mm, Parsed

BEVEL = 0.2  # of the frame's lesser side: how deep its edge is filed to lie on the dome
# The thickest wire that is sold and slips in; where that would rattle, it is drawn down to fit.
SOLD = f"stock.round_wire.within(id - {SNUG})"
PIN = f"{SOLD} if {SOLD} > 0.85 * id else id - {SNUG}"
LOOSE = 0.2  # of the inside of the tube: how much thinner a pin may be before the halves shift
SPRING = 0.3  # mm: thickness of the catch strip
CLOSE = 0.04  # mm between the strip and the frame it slips into
SWEAT = 0.02  # mm the strip lies in the frame it is soldered to
SEAM = 0.02  # mm of air between the closed halves
STRIP = re.compile(r"^\s*(\d{1,2}(?:\.\d+)?)\s*x\s*(\d{1,3}(?:\.\d+)?)(?:\s+spring strip)?\s*$")
BACK = Frame(x=(-1.0, 0.0, 0.0), z=(0.0, 0.0, -1.0))


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of sheet, mm."""

    wide: float
    long: float


def read_strip(value: object) -> Strip:
    """`"3 x 15 spring strip"`; raises `ValueError` in words."""
    if isinstance(value, Strip):
        return value
    found = STRIP.match(value) if isinstance(value, str) else None
    if not found:
        raise ValueError(f'{str(value)[:40]!r} is no strip: write "2.4 x 15 spring strip"')
    wide, long = float(found[1]), float(found[2])
    if not (1.0 <= wide <= 10.0 and 3.0 <= long <= 60.0):
        raise ValueError("a catch strip is 1 .. 10 mm wide and 3 .. 60 mm long")
    return Strip(wide, long)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rim:
    """The ring sweated inside each half."""

    wide: Annotated[float, Mm(0.4, 5, "across, from the dome inwards")] = 1.2
    tall: Annotated[float, Mm(0.4, 5, "up from the seam")] = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """The tube of the hinge and its pin."""

    od: Annotated[float, Mm(1, 5, "outside diameter of the tube")] = 2.0
    id: Annotated[float, Mm(0.5, 4, "inside diameter")] = 1.4
    pin: Annotated[float, Mm(0.4, 4, "diameter of the pin: the wire that is sold", formula=PIN)] = (
        1.29
    )
    knuckles: Annotated[float, Count(3, 9, "pieces of tube, an odd number")] = 3
    long: Annotated[float, Mm(4, 40, "length over all knuckles")] = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Sizes of the finished, closed locket."""

    size: Annotated[float, Mm(14, 60, "diameter")] = 27.0
    dome: Annotated[float, Mm(1.5, 20, "how high each half is domed")] = 4.0
    sheet: Annotated[float, Mm(0.4, 1.5, "thickness of the halves")] = 0.6
    frame: Rim = Rim()
    hinge: Hinge = Hinge()
    catch: Annotated[
        Strip, Parsed(read_strip, "spring strip of the catch", '"2.4 x 15 spring strip"')
    ] = Strip(2.4, 15.0)


@dataclass(frozen=True, slots=True)
class _Bowl:
    """The spheres of a half: both about (0, -deep); `big` outside, `small` inside, mm."""

    big: float
    small: float
    deep: float

    def outside(self, z: float) -> float:
        """Outer radius at a height over the seam."""
        return math.sqrt(max(self.big**2 - (z + self.deep) ** 2, 0.0))

    def inside(self, z: float) -> float:
        """Inner radius at a height over the seam."""
        return math.sqrt(max(self.small**2 - (z + self.deep) ** 2, 0.0))

    def room(self, radius: float) -> float:
        """Height over the seam to the inside of the dome at a radius."""
        return math.sqrt(max(self.small**2 - radius**2, 0.0)) - self.deep


def _bowl(params: Params, site: Site) -> _Bowl:
    """The dome's spheres; raises `DesignError` JG275 for more than half a ball."""
    if params.dome > params.size / 2:
        raise _refused(
            "more than half a ball cannot be domed", f"{site.name}.dome", f"{params.size / 5:.1f}"
        )
    big = (params.size**2 / 4 + params.dome**2) / (2 * params.dome)
    return _Bowl(big, big - params.sheet, big - params.dome)


def _refused(message: str, key: str, value: str = "", hint: str = "") -> DesignError:
    fix = Fix(key, value) if value else None
    hint = hint or "a larger locket, or smaller parts in it"
    return DesignError(Finding("JG275", message, Where(key=key), hint=hint, fix=fix))


def make(params: Params, site: Site) -> Fragment:
    """Halves, frames, hinge and catch; raises `DesignError` JG275 for what has no room."""
    bowl = _bowl(params, site)
    ring = _ring(params, bowl, site)
    axis = _axis(params, ring, site)
    work = hinged(axis, site)
    halves = [_half(params, bowl, ring, site, side) for side in ("front", "back")]
    catch = _catch(params, bowl, ring, site)
    parts = tuple(p for item in (*halves, catch, work) for p in item.parts)
    joints = tuple(j for item in (*halves, catch, work) for j in item.joints)
    return Fragment(parts, joints, cuts=work.cuts, anchors=_anchors(bowl, site))


def _ring(params: Params, bowl: _Bowl, site: Site) -> float:
    """Outer radius of the frames: their bevelled edge lies on the dome."""
    rim = params.frame
    bevel = BEVEL * min(rim.wide, rim.tall)
    reach = (bowl.small + bevel) ** 2 - (rim.tall + bowl.deep) ** 2
    radius = min(math.sqrt(max(reach, 0.0)), bowl.inside(0.0))
    if radius - rim.wide < 2.0:
        message = (
            f"a frame of {rim.wide:g} x {rim.tall:g} leaves nothing to see in so shallow a dome"
        )
        raise _refused(message, f"{site.name}.frame.tall", hint="a lower frame, or a higher dome")
    return radius


def _tubed(hinge: Hinge, key: str) -> None:
    """Knuckles in an odd number, of a tube with a wall, on a pin that fits; raises `DesignError` JG275."""
    if int(hinge.knuckles) % 2 == 0:
        raise _refused(
            "a hinge has an odd number of knuckles", f"{key}.knuckles", str(int(hinge.knuckles) + 1)
        )
    if hinge.od - hinge.id < 0.4:
        raise _refused("the wall of the tube is under 0.2 mm", f"{key}.id", f"{hinge.od - 0.5:g}")
    most, least = hinge.id - SNUG, (1 - LOOSE) * hinge.id
    if not least - 1e-9 <= hinge.pin <= most + 1e-9:
        how = "does not go through" if hinge.pin > most else "rattles in"
        message = f"a pin of {hinge.pin:.2f} {how} a tube of {hinge.id:g} inside"
        raise _refused(message, f"{key}.pin", f"{math.floor(100 * most) / 100:g}")


def _stands(ring: float, *, front: bool) -> float:
    """Outer radius of a half's frame: the front's is filed less, by as much as the strip is sweated in and stands clear."""
    return ring - SWEAT - CLOSE if front else ring


def _axis(params: Params, ring: float, site: Site) -> Axis:
    hinge, key = params.hinge, f"{site.name}.hinge"
    _tubed(hinge, key)
    if hinge.long / params.size > 0.6 or hinge.long < 3 * hinge.knuckles * PLAY + hinge.knuckles:
        raise _refused(
            f"a hinge of {hinge.long:g} mm does not lie along the rim",
            f"{key}.long",
            f"{0.45 * params.size:.1f}",
        )
    out = pin_out(params.size / 2, hinge.od, hinge.long)
    # The trough of the other half must leave the frames whole, and every knuckle must still meet its rim.
    clear = ring + hinge.od / 2 + PLAY + CLOSE
    axis = Axis(hinge.od, hinge.id, hinge.pin, int(hinge.knuckles), hinge.long, max(out, clear))
    outermost = (hinge.long - axis.each) / 2
    if axis.out - hinge.od / 2 > math.sqrt(params.size**2 / 4 - outermost**2) - PLAY:
        message = "the hinge stands clear of the rim, or cuts into the frames"
        raise _refused(
            message, f"{key}.long", hint="a shorter hinge, a narrower frame or a shallower dome"
        )
    return axis


def _half(params: Params, bowl: _Bowl, ring: float, site: Site, side: str) -> Fragment:
    """One half with its frame, both of one strip; the front's stands further in, so that the strip slips in the back's."""
    front, rim = side == "front", params.frame
    ring, thick = _stands(ring, front=front), rim.wide
    at = (site.frame if front else site.frame.then(BACK)).moved(z=SEAM / 2)
    name, frame = f"{site.name}.{side}", f"{site.name}.{side}-frame"
    inner = 2 * (ring - thick)
    wall = Wall(Oval(inner, inner), rim.tall, thick)
    alloy, made = site.own_alloy, site.made
    parts = (
        Part(
            name,
            Dome(params.size, params.dome, params.sheet),
            at,
            alloy=alloy,
            made=made,
            role="half",
        ),
        Part(frame, wall, at, alloy=alloy, made=made, role="frame"),
    )
    bevel = math.hypot(ring, rim.tall + bowl.deep) - bowl.small
    run = 2 * math.pi * ring
    joints = (
        Joint(frame, frame, "join", Fit("seam"), area=thick * rim.tall, run=rim.tall),
        Joint(name, frame, "join", Fit("flat", bevel), area=run * 2 * bevel, run=run),
    )
    return Fragment(parts, joints)


def _catch(params: Params, bowl: _Bowl, ring: float, site: Site) -> Fragment:
    """A springy strip soldered in the front frame, opposite the hinge, that slips into the back one."""
    strip, rim = params.catch, params.frame
    outer = _stands(ring, front=True) - rim.wide + SWEAT
    most = 2 * (bowl.room(outer) - 0.05)
    long = 2 * math.pi * outer * 0.4
    if strip.wide > most or strip.long > long:
        wide, short = min(strip.wide, math.floor(10 * most) / 10), min(strip.long, math.floor(long))
        value = f'"{wide:g} x {short:g} spring strip"' if wide >= 1.0 and short >= 3 else ""
        message = f"a catch of {strip.wide:g} x {strip.long:g} has no room between the domes"
        raise _refused(message, f"{site.name}.catch", value)
    half = math.degrees(strip.long / (2 * outer - SPRING))
    hoop = Hoop(2 * (outer - SPRING), ((0.0, Sec(strip.wide, SPRING)),), 180 - half, 180 + half)
    at = site.frame.then(Frame(x=(0.0, -1.0, 0.0), z=(-1.0, 0.0, 0.0)))
    name, host = f"{site.name}.catch", f"{site.name}.front-frame"
    part = Part(
        name, hoop, at, alloy=site.own_alloy, made=site.made, role="catch", finished=False, temper="half-hard",
    )  # fmt: skip
    area = strip.long * min(strip.wide / 2, rim.tall)
    joint = Joint(host, name, "join", Fit("lap"), area=area, run=2 * strip.long)
    return Fragment((part,), (joint,))


def _anchors(bowl: _Bowl, site: Site) -> tuple[Anchor, ...]:
    """The top of the back half: what stands there lies behind the seam, its width along the rim."""
    half = max((load.footprint.rx for load in site.loads), default=0.5)
    z = half + CLOSE
    top = Frame((0.0, bowl.outside(z), -z), x=(0.0, 0.0, 1.0), z=(0.0, 1.0, 0.0))
    at, wide = site.frame.then(top), bowl.outside(0.0) / 2
    return tuple(
        Anchor(word, "point", at, f"{site.name}.back", width=wide, depth=bowl.outside(0.0))
        for word in ("back", "top")
    )


KIND = Kind(
    "body",
    "locket",
    Params,
    make,
    "two domed halves on a hinge, a frame in each, a catch",
    anchors=("back", "top"),
)

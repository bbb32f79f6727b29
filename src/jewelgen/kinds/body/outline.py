"""A free outline: sheet sawn to a drawing, holes and all, hung from the edge above its own middle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.crown import box, filed, heights
from jewelgen.flat.drawing import Drawing, drawing, mirrored, scaled
from jewelgen.flat.outline import Path, inside
from jewelgen.flat.polygons import islands
from jewelgen.flat.segments import Loop, Moments, Point, loop_moments
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Plate
from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Mm, OneOf, Parsed

NARROW = 0.1  # mm: half the width of edge looked at where nothing stands on it
SHARE = 0.15  # of its height: more than this is never filed off a tip for a bail
FLAT = 0.02  # mm: an edge this even needs no filing
WIDEST = 5.0  # mm: the widest gap a straight line may close


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The drawing and the sizes of the finished plate."""

    file: Annotated[
        Drawing,
        Parsed(
            drawing, "the outline", '"leaf", "heart", "drop", or a drawing of your own (.svg)',
            suffix=".svg",
        ),
    ]  # fmt: skip
    tall: Annotated[float, Mm(3, 80, "height as it hangs")] = 24.0
    thick: Annotated[float, Mm(0.6, 5, "thickness")] = 1.5
    close: Annotated[float, Mm(0, 5, "widest gap in an outline that a straight line closes")] = 0.01
    keep: Annotated[
        str,
        OneOf(("all", "largest"), "of several outlines: all (they must be one), or the largest"),
    ] = "all"


def make(params: Params, site: Site) -> Fragment:
    """One plate on z = 0 and its anchors; raises `DesignError` JG226, JG227 or JG229."""
    drawn = _drawn(params, site)
    outline, crown = _landed(drawn, params, site)
    form = Plate(outline, params.thick)
    part = Part(site.name, form, site.frame, alloy=site.own_alloy, made=site.made, role="outline")
    return Fragment(parts=(part,), anchors=_anchors(params, outline, crown, site))


def _refused(code: str, message: str, key: str, hint: str, fix: Fix | None = None) -> DesignError:
    return DesignError(Finding(code, message, Where(key=key), hint=hint, fix=fix))


def _drawn(params: Params, site: Site) -> Path:
    """The drawing's filled area as one island about the middle of its box, `tall` mm high."""
    path = _kept(islands(params.file.loops), params, site)
    low, high = box(path.loops[0])
    k = params.tall / (high[1] - low[1])
    _check_gaps(params, k, site)
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
    return Path(tuple(scaled(loop, k, middle) for loop in path.loops))


def _kept(path: Path, params: Params, site: Site) -> Path:
    """The one island wanted, its outer loop first."""
    outers = [loop for loop in path.loops if loop_moments(loop).area > 0]
    if len(outers) > 1 and params.keep == "all":
        message = f"'{params.file.name}' falls into {len(outers)} pieces"
        hint = "join them in the drawing, or keep the largest"
        fix = Fix(f"{site.name}.keep", '"largest"')
        raise _refused("JG227", message, f"{site.name}.file", hint, fix)
    outer = max(outers, key=lambda loop: loop_moments(loop).area)
    holes = [loop for loop in path.loops if loop_moments(loop).area < 0 and _in(loop, outer)]
    return Path((outer, *holes))


def _in(hole: Loop, outer: Loop) -> bool:
    """Whether a loop that crosses none lies in another."""
    x, y = hole[0].at(0.0)
    return bool(inside(Path((outer,)), np.array([x]), np.array([y]))[0])


def _check_gaps(params: Params, k: float, site: Site) -> None:
    """Ends that lie apart are closed only as far as the design says."""
    widest = k * max(params.file.gaps)
    if widest <= params.close + 1e-9:
        return
    message = f"an outline of '{params.file.name}' is open by {widest:.2f} mm"
    key, least = f"{site.name}.close", math.ceil(widest * 100) / 100
    fix = Fix(key, f"{least:g}") if least <= WIDEST else None
    raise _refused("JG226", message, f"{site.name}.file", "close it in the drawing", fix)


def _landed(path: Path, params: Params, site: Site) -> tuple[Path, Point]:
    """The outline with a tip under the bail filed flat, and where the bail stands: over the centre of mass."""
    half = max((load.footprint.rx for load in site.loads if load.anchor == "top"), default=0.0)
    sums = sum((loop_moments(loop) for loop in path.loops), Moments())
    x, outer = sums.x / sums.area, path.loops[0]
    try:
        low, high = heights(outer, x, half or NARROW)
    except ValueError:
        low, high = -math.inf, params.tall / 2
    if half and high - low > SHARE * params.tall:
        message = (
            f"'{params.file.name}' has no edge {2 * half:.2g} mm wide over its middle for a bail"
        )
        hint = "blunt the tip in the drawing, a larger pendant, or a narrower bail"
        raise _refused("JG229", message, f"{site.name}.file", hint)
    if half and high - low > FLAT:
        outer = filed(outer, x, low, half)
    return Path((outer, *path.loops[1:])), (x, low if half else high)


def _anchors(params: Params, outline: Path, crown: Point, site: Site) -> tuple[Anchor, ...]:
    """Faces read from their own side; `top` on the edge over the centre of mass, z up."""
    frame, t = site.frame, params.thick
    behind = Path(tuple(mirrored(loop) for loop in outline.loops))
    front = frame.then(Frame((0.0, 0.0, t)))
    back = frame.then(Frame(x=(-1.0, 0.0, 0.0), z=(0.0, 0.0, -1.0)))
    top = frame.then(Frame((*crown, t / 2), z=(0.0, 1.0, 0.0)))
    return (
        Anchor("front", "face", front, site.name, outline=outline, depth=t),
        Anchor("back", "face", back, site.name, outline=behind, depth=t),
        Anchor("front.edge", "edge", front, site.name, outline=outline, depth=t),
        Anchor("top", "point", top, site.name, width=t, depth=params.tall / 2),
    )


KIND = Kind(
    "body",
    "outline",
    Params,
    make,
    "sheet sawn to a drawing (SVG)",
    anchors=("front", "back", "front.edge", "top"),
)

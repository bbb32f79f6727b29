"""What a kind is told about its surroundings, and what it gives back: take up, make down.

`take(params) -> Footprint` goes upwards first (what a thing will need of its host, by its own numbers);
`make(params, site) -> Fragment` comes downwards, hosts first. Everything is a number; nobody asks a kernel.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Literal

from jewelgen.flat.outline import Outline
from jewelgen.piece.cutter import Cut
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.joint import Joint
from jewelgen.piece.mark import Mark
from jewelgen.piece.piece import Item, Made, Part
from jewelgen.piece.section import Section
from jewelgen.piece.stone import Stone

AnchorSort = Literal["point", "round", "face", "edge"]


@dataclass(frozen=True, slots=True)
class Rib:
    """A part among several side by side that carry one anchor: how far along y of its frame its middle lies, and the
    radius its outside has there, mm.
    """

    part: str
    y: float
    r: float

    def half(self, deep: float) -> float:
        """Half its width `deep` mm below its crest."""
        return math.sqrt(max(0.0, self.r**2 - max(0.0, self.r - deep) ** 2))


@dataclass(frozen=True, slots=True)
class Passing:
    """A part with `n` copies beside a girdle: it stands up to `top` mm below its plane, and `reach` mm outside it."""

    part: str
    n: int
    top: float = 0.0
    reach: float = math.inf


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place others may be put `on`.

    point: `frame` with z out of the metal; `radius` of the surface's curvature about y (0: flat),
      `width` of metal along y, `depth` of metal under it. On a stone's girdle: its `outline`
      (that of the wall that holds it, if there is one, whose thickness is the `depth`), and the
      `posts` (x, y, diameter) that pass its plane, and the parts `passing` there. `above`: a part that stands on the
      front side of the width, flush with it (a wall on its floor): what is wider than the width touches it too.
    `copies`: how many copies of the part carry what stands here. `sunk`: how far below the frame wires that are
      filed to the metal must reach to meet it everywhere (between the crests of a rope). `ribs`: the parts side by
      side that carry it, each once (none: `part` alone). `hole`: an opening, through which a link runs and nothing else.
    `section`: of the wire whose end it is.
    round: `frame` with z along the finger, `radius` of the surface at its middle, `width`, `depth`; `inner` for
      the bore; the `section` that runs round.
    face: `frame` on the face, z outward, `outline` of the free area, `depth`.
    edge: as face; things run along the outline.
    """

    name: str
    sort: AnchorSort
    frame: Frame
    part: str
    radius: float = 0.0
    width: float = 0.0
    depth: float = 0.0
    outline: Outline | None = None
    inner: bool = False
    posts: tuple[tuple[float, float, float], ...] = ()
    passing: tuple[Passing, ...] = ()
    section: Section | None = None
    above: str = ""
    copies: int = 1
    sunk: float = 0.0
    ribs: tuple[Rib, ...] = ()
    hole: bool = False


@dataclass(frozen=True, slots=True)
class Grip:
    """A place on a thing, in its own frame, that others may land on (a prong's outer side, a corner).

    `half`: how far round that place its metal reaches, mm; infinite where a neighbour always meets it.
    """

    name: str
    frame: Frame
    part: str
    half: float = math.inf


@dataclass(frozen=True, slots=True)
class Footprint:
    """What will stand on a host: half extents across (x) and along the finger (y), height, grips.

    `edge`: half width across and height of the line that neighbours are laid against (a girdle);
    (0, 0) where it is the whole footprint.
    """

    rx: float
    ry: float
    height: float
    grips: tuple[Grip, ...] = ()
    edge: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Load:
    """A footprint and the anchor name (`top`, `front`, ...) it will stand on; `name` is the block's name."""

    name: str
    anchor: str
    footprint: Footprint


@dataclass(frozen=True, slots=True)
class Site:
    """The surroundings of one block: its full name, the anchor it stands on, and what stands on it.

    `anchor` is None for the first thing of a piece (shank, body). `alloy` is the piece's alloy id,
    `own_alloy` the block's (the kind says which of its parts it names).
    """

    name: str
    bore: float
    made: Made
    alloy: str
    own_alloy: str
    anchor: Anchor | None = None
    loads: tuple[Load, ...] = ()
    temper: str = ""

    @property
    def frame(self) -> Frame:
        """The anchor's frame, or the world's."""
        return self.anchor.frame if self.anchor else IDENTITY

    @property
    def part(self) -> str:
        """The part that carries this block, or an empty string."""
        return self.anchor.part if self.anchor else ""

    def under(self, deep: float, *places: tuple[float, float]) -> dict[str, int]:
        """The parts below things let `deep` mm into them, and how often each is met. A place is the middle and the
        half width of one thing along the finger, mm; the part of a plain anchor is below all of them.
        """
        if self.anchor is None:
            return {}
        met: dict[str, int] = defaultdict(int)
        for y, half in places:
            for rib in self.anchor.ribs:
                met[rib.part] += abs(y - rib.y) < half + rib.half(deep)
        found = {part: n for part, n in met.items() if n}
        return found or {self.part: self.anchor.copies * len(places)}

    def let_down(self) -> Site:
        """The site for wires that are filed to the metal below: where they meet it everywhere."""
        if self.anchor is None or not self.anchor.sunk:
            return self
        frame = self.anchor.frame.moved(z=-self.anchor.sunk)
        return replace(self, anchor=replace(self.anchor, frame=frame))


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one block makes. Part names begin with the block's name; anchors are named without it."""

    parts: tuple[Part, ...] = ()
    joints: tuple[Joint, ...] = ()
    stones: tuple[Stone, ...] = ()
    cuts: tuple[Cut, ...] = ()
    marks: tuple[Mark, ...] = ()
    items: tuple[Item, ...] = ()
    anchors: tuple[Anchor, ...] = field(default=())

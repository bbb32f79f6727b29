"""Small kinds of their own, so that reading is tested without the shipped vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pytest

from jewelgen.catalog.stones import StoneSpec, parse_stone
from jewelgen.design.brief import Brief
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.findings import DesignError, Finding
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Ball
from jewelgen.piece.frame import FINGER, on_ring
from jewelgen.piece.mark import Mark, Texture
from jewelgen.piece.piece import Item, Part
from jewelgen.piece.site import Anchor, Footprint, Fragment, Site
from jewelgen.spec import Between, Count, Deg, Letters, Mm, OneOf, Parsed, Ratio, Span

STONE = Parsed(parse_stone, "the stone", '"round diamond 1.00 ct"')


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    width: Annotated[float, Mm(0.8, 14, "width")]
    thick: Annotated[float, Mm(0.8, 5, "thickness")] = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    width: Annotated[float, Mm(0.8, 14, "width")]
    thick: Annotated[float, Mm(0.8, 5, "thickness", formula="max(1.2, 0.35 * width)")] = 1.8
    edge: Annotated[str, OneOf(("sharp", "soft"), "edge")] = "sharp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    top: End
    back: End = End(width=2.0, thick=1.5)
    rise_at: Annotated[float, Deg(10, 80, "where arms leave")] = 42.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prong:
    stone: Annotated[StoneSpec, STONE]
    prongs: Annotated[int, Count(3, 12, "prongs")] = 6
    wire: Annotated[float, Mm(0.4, 3, "wire", formula="0.16 * sqrt(stone.width) + 0.45")] = 0.8
    lift: Annotated[float, Mm(0, 6, "lift")] = 1.0
    share: Annotated[float, Ratio(0, 1, "share")] = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    stone: Annotated[StoneSpec, STONE]
    gap: Annotated[Span, Between(0.02, 0.5, "gap")] = Span(0.1, 0.2)  # noqa: RUF009  frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    text: Annotated[str, Letters(1, 30, "text")]
    deep: Annotated[float, Mm(0.05, 1, "depth")] = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Buy:
    buy: Annotated[str, Letters(1, 80, "what is bought")]


def _ball(site: Site, d: float, name: str = "") -> Part:
    alloy = site.own_alloy
    return Part(name or site.name, Ball(d), site.frame, alloy=alloy, made=site.made)


def _shank(params: Any, site: Site) -> Fragment:
    width = params.width if isinstance(params, Band) else params.top.width
    r = site.bore / 2 + sum(load.footprint.height for load in site.loads)
    top = Anchor("top", "point", on_ring(r), site.name, radius=r, width=width)
    inside = Anchor("inside", "round", FINGER, site.name, radius=site.bore / 2, inner=True)
    return Fragment(parts=(_ball(site, width),), anchors=(top, inside))


def _head(params: Prong, site: Site) -> Fragment:
    girdle = Anchor("girdle", "point", site.frame.moved(z=params.lift), site.name)
    return Fragment(parts=(_ball(site, params.stone.width),), anchors=(girdle,))


def _take(params: Prong) -> Footprint:
    half = params.stone.width / 2
    return Footprint(half, half, params.lift)


def _mark(params: Text, site: Site) -> Fragment:
    mark = Mark(site.name, site.part, Texture(f"{params.text} {params.deep}"), site.frame)
    return Fragment(marks=(mark,))


def _body(params: Band, site: Site) -> Fragment:
    front = Anchor("front", "face", site.frame, site.name)
    return Fragment(parts=(_ball(site, params.width),), anchors=(front,))


def _rows(params: Rows, site: Site) -> Fragment:
    return Fragment()


def _buy(params: Buy, site: Site) -> Fragment:
    return Fragment(items=(Item(site.name, params.buy),))


FAKE = (
    Kind("shank", "band", Band, _shank, "a band", anchors=("top", "inside")),
    Kind("shank", "arms", Arms, _shank, "with arms", anchors=("top", "inside")),
    Kind("head", "prong", Prong, _head, "prongs", "shank.top", _take, ("girdle",)),
    Kind("stones", "rows", Rows, _rows, "rows", "shank.inside"),
    Kind("halo", "halo", Prong, _head, "a halo", "head.girdle", _take, ("girdle",)),
    Kind("body", "disc", Band, _body, "a disc", anchors=("front",)),
    Kind("engraving", "engraving", Text, _mark, "text", "shank.inside"),
    Kind("chain", "chain", Buy, _buy, "a chain"),
)

RING = """\
format = 1
name = "Test"
piece = "ring"
made = "cast"
alloy = "sterling"
size = "US 7"
"""


@pytest.fixture(scope="session")
def kinds() -> Mapping[tuple[str, str], Kind]:
    return {(kind.family, kind.word): kind for kind in FAKE}


@pytest.fixture
def brief(tmp_path: Path, kinds: Mapping[tuple[str, str], Kind]) -> Callable[..., Brief]:
    """The brief of a ring's blocks written as text, with an order's values."""

    def make(text: str, order: Mapping[str, Any] | None = None, head: str = RING) -> Brief:
        path = tmp_path / "design.toml"
        path.write_text(head + text, encoding="utf-8")
        return resolve(load(path), order, kinds=kinds)

    return make


@pytest.fixture
def said(brief: Callable[..., Brief]) -> Callable[..., tuple[Finding, ...]]:
    """The findings a text earns."""

    def make(text: str, order: Mapping[str, Any] | None = None, head: str = RING) -> Any:
        with pytest.raises(DesignError) as caught:
            brief(text, order, head)
        return caught.value.findings

    return make

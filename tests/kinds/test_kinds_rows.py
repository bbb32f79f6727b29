"""Shared prongs, channels and flush stones: counts solved, seats right, nothing where it must not be."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from jewelgen.bench.prongs import prong_figures
from jewelgen.cast.chain import Allowance
from jewelgen.cast.master import master_piece
from jewelgen.catalog.facts import fact
from jewelgen.catalog.stones import parse_stone
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError, Severity
from jewelgen.kinds.rounds import gap_of, step_of
from jewelgen.piece.bodies import solids, to_world
from jewelgen.piece.bounds import meet
from jewelgen.piece.cutter import Groove
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.metal import lines
from jewelgen.piece.piece import Piece
from jewelgen.piece.rail import Bez, is_straight, length
from jewelgen.piece.section import area_and_centroid, thickness, width
from jewelgen.piece.stone import Stone
from jewelgen.rules import check

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k white"}
SHARED = {"kind": "shared-prong", "stone": "round diamond 2.2", "wire": 0.75}
NO_FINISH = Allowance(0.0, 0.0, fact("bench_rules", "prong.cad_extra_above_table").number)
CHANNEL = {"kind": "channel", "stone": "princess diamond 2.0"}


def shared(size: str = "US 6", **more: Any) -> Piece:
    shank = {"kind": "flat", "width": "= stones.stone.width + 0.2", "thick": 1.9}
    return compose(brief_from({**RING, "size": size, "shank": shank, "stones": {**SHARED, **more}}))


def channel(size: str = "US 7", width: float = 3.8, thick: float = 2.5, **more: Any) -> Piece:
    shank = {"kind": "flat", "width": width, "thick": thick}
    return compose(
        brief_from({**RING, "size": size, "shank": shank, "stones": {**CHANNEL, **more}})
    )


def flush(shank: dict[str, Any] | None = None, **more: Any) -> Piece:
    band = shank or {"kind": "flat", "width": 5.0, "thick": 2.0}
    stones = {"kind": "flush", "stone": "round diamond 1.8", **more}
    return compose(brief_from({**RING, "size": "US 7", "shank": band, "stones": stones}))


def _gaps(stone: Stone) -> list[float]:
    """Least distances between girdle points of neighbours, by brute force."""
    frames = [stone.at.then(f) for f in stone.array.frames()][:3]
    points, _ = polyhedron(stone)
    ring = points[np.abs(points[:, 2] - 0.0) < 1e-9]
    line = np.vstack([ring + k / 20 * (np.roll(ring, -1, axis=0) - ring) for k in range(20)])
    world = [to_world(f, line) for f in frames]
    return [
        float(np.linalg.norm(a[:, None] - b[None], axis=2).min())
        for a, b in itertools.pairwise(world)
    ]


@pytest.mark.parametrize("size", [f"US {n / 4:g}" for n in range(16, 37, 4)])
def test_as_many_stones_as_keep_the_gap(size: str) -> None:
    piece = shared(size)
    (stone,) = piece.stones
    assert piece.part("stones.prong").array.n == 2 * stone.array.n
    radius = piece.bore / 2 + 1.9 - 0.02 * 2.2
    one_more = 2 * radius * math.sin(math.pi / (stone.array.n + 1)) - 2.2
    assert one_more < 0.14
    assert 0.14 <= 2 * radius * math.sin(math.pi / stone.array.n) - 2.2 <= 0.30


@pytest.mark.parametrize("phrase", ["round diamond 2.2", "princess diamond 2.0"])
@pytest.mark.parametrize("radius", [8.0, 10.5, 30.0])
def test_gaps_by_formula_are_gaps_between_girdles(phrase: str, radius: float) -> None:
    spec = parse_stone(phrase)
    for gap in (0.05, 0.1, 0.4):
        assert gap_of(spec, radius, step_of(spec, radius, gap)) == pytest.approx(gap, abs=1e-12)


def test_flat_girdles_clear_each_other_by_the_gap() -> None:
    piece, spec = channel(width=6.0, thick=3.0), parse_stone("princess diamond 2.0")
    (stone,) = piece.stones
    low = math.hypot(*stone.at.then(stone.array.frames()[0]).origin[::2])
    step = stone.array.step  # type: ignore[union-attr]
    assert min(_gaps(stone)) == pytest.approx(gap_of(spec, low, step), abs=0.01)


@pytest.mark.parametrize(
    "piece",
    [shared(), shared(around="180 deg"), channel(), channel(stone="round ruby 2.2", width=4.2)],
)
def test_nothing_speaks_against_rows(piece: Piece) -> None:
    assert [item.message for item in check(piece, "cautious")] == []


def test_posts_taper_nothing_and_lean_over_the_middle() -> None:
    piece = shared()
    part, half = piece.part("stones.prong"), piece.stones[0].array.n
    tops = [part.at.then(f).point((0.0, 0.0, 0.5)) for f in part.array.frames()]
    tips = [part.at.then(f).point((0.2, 0.0, 0.5)) for f in part.array.frames()]
    assert all(abs(tip[1]) < abs(top[1]) for tip, top in zip(tips, tops, strict=True))
    assert sum(top[1] > 0 for top in tops) == half


@pytest.mark.parametrize("sink", [-0.8, -0.3, 0.05, 0.3])
def test_posts_root_in_the_band_however_high_the_stones_lie(sink: float) -> None:
    piece = shared(sink=sink)
    posts, shank = piece.part("stones.prong"), piece.part("shank").form
    assert isinstance(posts.form, Bar)
    assert isinstance(shank, Hoop)
    section = shank.stations[0][1]
    assert isinstance(posts.form.rail, Bez)
    feet = np.array(
        [posts.at.then(f).point(posts.form.rail.points[0]) for f in posts.array.frames()]
    )
    surface = piece.bore / 2 + thickness(section)
    # where the planes of two girdles meet they lie farther out than the stones, by as much at the least
    apart = surface * (1 / math.cos(2 * math.pi / len(feet)) - 1)
    deep = surface + apart - np.hypot(feet[:, 0], feet[:, 2])
    assert deep == pytest.approx(0.55, abs=0.02)
    assert np.abs(feet[:, 1]).max() + 0.375 < width(section) / 2


def test_rows_stand_alike_left_and_right() -> None:
    for piece in (shared(around="200 deg"), channel()):
        for array in [s.array for s in piece.stones] + [
            p.array for p in piece.parts if p.array.n > 1
        ]:
            at = piece.stones[0].at
            places = {tuple(np.round(at.then(f).origin, 6) + 0.0) for f in array.frames()}
            assert places == {(round(-x, 6) + 0.0, y, z) for x, y, z in places}


def test_a_channel_takes_what_two_coaxial_slots_take() -> None:
    piece = channel()
    band = piece.part("shank").form
    assert isinstance(band, Hoop)
    slot, groove = (cut.form for cut in piece.cuts)
    assert isinstance(slot, Groove)
    assert isinstance(groove, Groove)
    top = piece.bore / 2 + 2.5
    arc = math.radians(slot.a1 - slot.a0)
    low, high = groove.r - groove.depth, groove.r + 0.05
    deep = slot.w * arc * (top**2 - (slot.r - slot.depth) ** 2) / 2
    sides = (groove.w - slot.w) * arc * (high**2 - low**2) / 2
    taken = {line.name: line.mm3 for line in lines(piece)}
    # The band's softened corners lie outside the slot, so the formula is exact.
    assert taken["stones.row.channel"] == pytest.approx(deep, rel=1e-3)
    assert taken["stones.row.seat"] == pytest.approx(sides, rel=1e-2)
    assert area_and_centroid(band.stations[0][1])[0] < 3.8 * 2.5


def test_walls_reach_over_the_stones() -> None:
    piece = channel()
    (stone,) = piece.stones
    (body,) = solids(piece)
    frame = stone.at.then(stone.array.frames()[7])
    over = 0.36  # between the crown under the wall and the wall's top
    local = np.array([(x, 0.0, over) for x in (-0.95, -0.8, 0.8, 0.95)])
    assert list(body.contains(to_world(frame, local))) == [True, False, False, True]


@pytest.mark.parametrize(
    ("make", "fix"),
    [
        (lambda: shared(wire=1.5), "shank.width"),
        (lambda: channel(width=3.0), "shank.width"),
        (lambda: channel(thick=1.5), "shank.thick"),
        (lambda: flush({"kind": "flat", "width": 5.0, "thick": 1.0}), "shank.thick"),
    ],
)
def test_what_does_not_fit_names_the_size_that_does(make: Any, fix: str) -> None:
    with pytest.raises(DesignError) as caught:
        make()
    (item,) = caught.value.findings
    assert (item.code, item.fix.key if item.fix else "") == ("JG232", fix)


def test_flush_tables_lie_level_and_points_are_kept() -> None:
    piece = flush(along=[[-3, 0.5], [0, 0], [3, -0.5]])
    (stone,) = piece.stones
    frames = [stone.at.then(f) for f in stone.array.frames()]
    radius = piece.bore / 2 + 2.0
    for frame, (x, y) in zip(frames, [(-3, 0.5), (0, 0), (3, -0.5)], strict=True):
        px, py, pz = frame.point((0.0, 0.0, stone.girdle + stone.crown))
        assert math.hypot(px, pz) == pytest.approx(radius)
        assert (math.atan2(px, pz) * radius, py) == pytest.approx((x, y))
    bad = [i for i in check(piece, "cautious") if i.severity is Severity.ERROR]
    assert bad == []


def test_flush_stones_follow_a_curve_evenly() -> None:
    piece = flush(along=[[-9, -0.4], [0, 0.8], [9, -0.4]], count=7)
    (stone,) = piece.stones
    places = [stone.at.then(f).origin for f in stone.array.frames()]
    steps = [math.dist(a, b) for a, b in itertools.pairwise(places)]
    assert len(places) == 7
    assert max(steps) < 1.05 * min(steps)


@pytest.mark.parametrize("along", [[[0, 2.4]], [[0]], "x", [[0, math.inf]], [[0, 0]] * 61])
def test_points_off_the_metal_or_no_points_are_refused(along: Any) -> None:
    with pytest.raises(DesignError) as caught:
        flush(along=along)
    assert {item.code for item in caught.value.findings} <= {"JG232", "JG132"}


def test_flush_stones_with_a_count_and_no_curve_go_all_round_the_band() -> None:
    piece = flush(count=7)
    (stone,) = piece.stones
    assert stone.array.n == 7
    middles = np.array(
        [(f.origin[0], f.origin[2]) for f in (stone.at.then(i) for i in stone.array.frames())]
    )
    turns = np.sort(np.degrees(np.arctan2(middles[:, 0], middles[:, 1])) % 360.0)
    assert np.diff(turns) == pytest.approx(360 / 7)
    with pytest.raises(DesignError) as caught:
        flush(count=60)
    (finding,) = caught.value.findings
    assert finding.code == "JG232"
    assert len(list(flush(count=int(finding.fix.value)).stones[0].array.frames())) < 60


@pytest.mark.parametrize(
    ("size", "stone", "wire"), [("US 4", 2.2, 0.75), ("US 6", 1.6, 0.65), ("US 9", 3.0, 0.9)]
)
def test_posts_lie_over_the_crown_of_every_stone(size: str, stone: float, wire: float) -> None:
    """At each of its four posts a tenth of a millimetre and more lies over a stone, a tenth of its crown's way in."""
    width = {"kind": "flat", "width": stone + 0.6, "thick": 2.4}
    block = {**SHARED, "stone": f"round diamond {stone}", "wire": wire}
    piece = compose(brief_from({**RING, "size": size, "shank": width, "stones": block}))
    row, spec = piece.stones[0], parse_stone(f"round diamond {stone}")
    high = np.linspace(row.girdle, row.girdle + 1.5 * row.crown, 40)
    a, r = np.radians(np.arange(0.0, 360.0, 2.5)), stone / 2 - 0.1 * (stone - spec.table) / 2
    ring = np.stack(np.broadcast_arrays(r * np.cos(a)[:, None], r * np.sin(a)[:, None], high), 2)
    posts = [solid for solid in solids(piece) if solid.part == "stones.prong"]
    for frame in row.array.frames():
        world = to_world(row.at.then(frame), ring.reshape(-1, 3))
        room, over = (world.min(axis=0), world.max(axis=0)), np.zeros(len(world), dtype=bool)
        for solid in posts:
            if meet(solid.body.box, room):
                over |= solid.contains(world)
        thick = over.reshape(len(a), -1).sum(axis=1) * (high[1] - high[0])
        assert thick.reshape(4, -1).max(axis=1).min() > 0.1
    assert not [f for f in check(piece, "cautious") if f.code in {"JG210", "JG213", "JG215"}]


def test_castings_have_shared_posts_straight_and_longer() -> None:
    """They are pushed over the crowns and trimmed by the setter, as other prongs are."""
    piece = shared()
    extra = fact("bench_rules", "prong.cad_extra_above_table").number
    finished, cast = (p.part("stones.prong").form for p in (piece, master_piece(piece, NO_FINISH)))
    assert isinstance(finished, Bar)
    assert isinstance(cast, Bar)
    assert is_straight(cast.rail)
    assert length(cast.rail) - length(finished.rail) == pytest.approx(extra)


def test_a_setter_is_told_the_notches_and_tips_of_shared_posts() -> None:
    piece = shared(over=1.2)
    (row,) = piece.stones
    said = {figure.name: figure.value for figure in prong_figures(piece, row)}
    assert said["notch depth"] == pytest.approx(0.2 * 0.75, abs=2e-3)
    assert said["tip height after trimming"] == pytest.approx(1.2 * row.crown, abs=1e-3)

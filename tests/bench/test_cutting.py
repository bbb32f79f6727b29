"""Bars and sheets: nothing is cut twice, nothing overlaps, and the bound is a bound."""

import itertools

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from jewelgen.bench.cutting import Rod, columns, cutting, first_fit
from jewelgen.bench.layout import layout
from jewelgen.bench.practice import DEFAULT
from jewelgen.flat.nesting import Sheet, nesting

PLENTY = 99
LENGTHS = st.lists(st.integers(30, 290), min_size=1, max_size=9)


def named(sizes):
    return [(f"P{i:02d}", float(size)) for i, size in enumerate(sizes)]


def test_the_case_where_first_fit_loses():
    # 6 5 4 4 4 3 2 2 in bars of 15: 6+5+4 and 4+4+3+2+2 fill two bars, first fit needs them too;
    # 7 6 5 4 4 4 in bars of 15: 7+4+4 and 6+5+4 fill two, first fit takes three
    pieces = named([70, 60, 50, 40, 40, 40])
    filled, rest = first_fit(pieces, [Rod(150, PLENTY)], 0.0)
    assert (len(filled), rest) == (3, ())
    made = cutting(pieces, [Rod(150, PLENTY)], 0.0)
    assert (made.method, len(made.bars), made.bound_mm) == ("column generation", 2, 300)


@settings(max_examples=40, deadline=None)
@given(LENGTHS, st.sampled_from([0.0, 0.3, 1.0]))
def test_every_piece_is_cut_once_and_the_bound_holds(sizes, kerf):
    pieces = named(sizes)
    made = cutting(pieces, [Rod(300, PLENTY)], kerf)
    assert sorted(cut for bar in made.bars for cut in bar.cuts) == sorted(pieces)
    assert not made.over
    for bar in made.bars:
        long = sum(size for _, size in bar.cuts)
        assert long + kerf * (len(bar.cuts) - 1) <= bar.length + 1e-6
        assert bar.offcut == pytest.approx(max(0, bar.length - long - kerf * len(bar.cuts)))
    assert sum(sizes) - 1e-6 <= made.bound_mm <= made.used_mm + 1e-6
    assert made.used_mm <= sum(bar.length for bar in first_fit(pieces, [Rod(300, PLENTY)], kerf)[0])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(60, 200), min_size=1, max_size=5))
def test_columns_reach_the_best_of_all_ways(sizes):
    bars, bound = columns(named(sizes), [Rod(300, PLENTY)], 0.0)
    best = min(
        len(set(homes))
        for homes in itertools.product(range(len(sizes)), repeat=len(sizes))
        if all(
            sum(s for s, h in zip(sizes, homes, strict=True) if h == home) <= 300 for home in homes
        )
    )
    assert bound <= 300 * best
    assert len(bars) >= best
    assert cutting(named(sizes), [Rod(300, PLENTY)], 0.0).used_mm == 300 * best


def test_short_bars_are_begun_first_and_what_is_missing_is_said():
    made = cutting(named([90, 90, 400]), [Rod(100, 1), Rod(300, 1)], 0.3)
    assert [bar.length for bar in made.bars] == [300]  # both of one, the short bar stays whole
    made = cutting(named([90, 290, 400]), [Rod(100, 1), Rod(300, 1)], 0.3)
    assert sorted(bar.length for bar in made.bars) == [100, 300]
    assert made.over == (("P02", 400.0),)
    made = cutting(named([90, 90]), [Rod(100, 1)], 0.3)
    assert [name for name, _ in made.over] == ["P01"]


SHAPES = st.lists(
    st.one_of(
        st.tuples(st.integers(3, 30), st.integers(3, 30)).map(lambda s: box(0, 0, *s)),
        st.integers(2, 14).map(lambda r: Point(0, 0).buffer(r, 8)),
        st.integers(6, 30).map(lambda s: shapely.Polygon([(0, 0), (s, 0), (0, s)])),
    ),
    min_size=1, max_size=7,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(SHAPES, st.sampled_from([0.0, 0.3]))
def test_outlines_never_overlap_nor_leave_the_sheet(shapes, kerf):
    pieces = [(f"P{i}", shape) for i, shape in enumerate(shapes)]
    made, over = nesting(pieces, [Sheet(60, 50, PLENTY)], kerf)
    assert not over
    assert sorted(p.name for sheet in made for p in sheet.places) == sorted(n for n, _ in pieces)
    for sheet in made:
        for placed in sheet.places:
            assert box(-1e-6, -1e-6, 60 + 1e-6, 50 + 1e-6).contains(placed.shape)
            assert placed.shape.area == pytest.approx(dict(pieces)[placed.name].area)
        for one, other in itertools.combinations(sheet.places, 2):
            assert one.shape.intersection(other.shape).area < 1e-6
            assert one.shape.distance(other.shape) >= kerf - 1e-3
        assert 0 < sheet.share <= 1 + 1e-9
    assert nesting(pieces, [Sheet(60, 50, PLENTY)], kerf) == (made, over)


def test_outlines_that_interlock_take_less_than_their_boxes():
    half = shapely.Polygon([(0, 0), (30, 0), (0, 30)])
    made, _ = nesting(
        [("A", half), ("B", box(0, 0, 8, 8)), ("C", box(0, 0, 6, 6))], [Sheet(31, 31, 1)], 0.3
    )
    assert len(made) == 1
    assert len(made[0].places) == 3


def test_an_outline_turns_when_it_must_and_is_named_when_it_cannot():
    made, over = nesting([("A", box(0, 0, 20, 5))], [Sheet(10, 30, 1)], 0.3)
    assert (len(made), over) == (1, ())
    assert nesting([("A", box(0, 0, 40, 5))], [Sheet(10, 30, 1)], 0.3) == ((), ("A",))


def test_a_plan_lays_out_every_blank_once_and_a_batch_shares_its_bars(ring_plan):
    alone = layout([("", ring_plan.cut_list, 1)], DEFAULT)
    assert names_of(alone) == sorted(line.id for line in ring_plan.cut_list)
    batch = layout([("R1 ", ring_plan.cut_list, 2), ("R2 ", ring_plan.cut_list, 1)], DEFAULT)
    assert len(names_of(batch)) == 3 * len(ring_plan.cut_list)
    assert [
        bar for row in batch.rows if row.cutting for bar in row.cutting.bars if len(bar.cuts) == 3
    ]
    for row in batch.rows:  # three rings come out of one bar, one strip and one sheet
        assert len(row.cutting.bars if row.cutting else row.sheets) == 1
    plate = next(row for row in alone.rows if row.sheets)
    assert plate.sheets[0].places[0].shape.area < 13.0 * 11.0
    assert any(words.endswith("of 152 x 152") for words in alone.offcuts)


def names_of(made):
    bars = [
        name for row in made.rows if row.cutting for bar in row.cutting.bars for name, _ in bar.cuts
    ]
    return sorted(bars + [p.name for row in made.rows for s in row.sheets for p in s.places])


def test_a_batch_of_equal_blanks_fills_sheet_after_sheet_the_same_way():
    """What is known of one sheet holds for the next: a long batch costs what its different sheets cost."""
    pieces = [(f"{i:04d}", box(0, 0, 30, 4)) for i in range(2000)]
    made, over = nesting(pieces, [Sheet(62, 20, 900)], 0.3, 6)
    assert over == ()
    assert sorted(placed.name for sheet in made for placed in sheet.places) == [
        n for n, _ in pieces
    ]
    first, *others, last = [tuple(placed.ring for placed in sheet.places) for sheet in made]
    assert len(first) == 8, "two beside each other, four rows with their kerfs"
    assert {len(rings) for rings in others} == {8}
    assert all(rings == first for rings in others)
    assert first[: len(last)] == last
    assert all(
        a.shape.distance(b.shape) >= 0.3 for a in made[0].places for b in made[0].places if a != b
    )


def test_a_batch_of_bars_is_cut_within_one_bar_of_the_bound():
    pieces = [(f"{i}", 50 + 0.8 * (i * 7 % 24)) for i in range(3000)]
    made = cutting(pieces, [Rod(305, 3000)], 0.3)
    assert made.over == ()
    assert sorted(name for bar in made.bars for name, _ in bar.cuts) == sorted(n for n, _ in pieces)
    assert made.bound_mm <= made.used_mm <= made.bound_mm + 305

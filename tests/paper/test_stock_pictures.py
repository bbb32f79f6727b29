"""Bars and sheets drawn with their cuts: every blank is named, no label lies on another or off the page."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from shapely.geometry import box
from text_boxes import overlapping, texts

from jewelgen.bench.layout import Layout, layout
from jewelgen.bench.plan import plan
from jewelgen.bench.practice import DEFAULT
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.paper.cut_marks import WIDE
from jewelgen.paper.lanes import apart
from jewelgen.paper.layouts import PAGE, drawn, pages_of

BATCH = {"19_locket": 3, "09_bezel_cab_ring": 5, "12_twisted_stacker": 8, "10_tube_set_ring": 2}
RUN = re.compile(r"(?:\d+ = )?(\S+ \S+?)/(\d+) to (\d+)(?:, each .*)?")
NAME = re.compile(r"(?:\d+ = )?(\S+ [A-Z]+(?:/\d+)?)(?: [\d.]+)?")


def laid(root: Path, counts: dict[str, int]) -> Layout:
    jobs = []
    for name, n in counts.items():
        piece = compose(resolve(load(root / f"designs/{name}.toml"), made="handmade"))
        jobs.append((f"{name[:2]} ", plan(piece).cut_list, n))
    return layout(jobs, DEFAULT)


@pytest.fixture(
    scope="module", params=[dict.fromkeys(["19_locket"], 1), BATCH], ids=["one", "many"]
)
def made(request: pytest.FixtureRequest, root: Path) -> Layout:
    return laid(root, request.param)


def named(words: list[str]) -> Counter[str]:
    """The blanks that the words of a picture name, runs spelt out."""
    found: Counter[str] = Counter()
    for word in words:
        run, one = RUN.fullmatch(word), NAME.fullmatch(word)
        if run:
            found.update(f"{run[1]}/{n}" for n in range(int(run[2]), int(run[3]) + 1))
        elif one:
            found[one[1]] += 1
    return found


def test_every_blank_is_named_once(made: Layout) -> None:
    for row in made.rows:
        bars = [name for bar in (row.cutting.bars if row.cutting else ()) for name, _ in bar.cuts]
        sawn = [placed.name for sheet in row.sheets for placed in sheet.places]
        words = [word for page in pages_of(row) for word, _ in texts(drawn(page)[0])]
        assert named(words) == Counter(bars + sawn), row.words


def test_labels_stand_clear_of_each_other_and_on_the_page(made: Layout) -> None:
    for row in made.rows:
        for page in pages_of(row):
            doc, low = drawn(page)
            assert -low < PAGE
            words = texts(doc)
            assert overlapping(words) == [], row.words
            paper = box(-0.5, low, WIDE + 0.5, 1.0)
            assert all(paper.contains(place) for _, place in words), row.words


def test_labels_in_bars_cross_no_cut(made: Layout) -> None:
    for row in made.rows:
        for page in pages_of(row) if row.cutting else []:
            doc, _ = drawn(page)
            frames = [
                box(*e.get_points("xy")[0], *e.get_points("xy")[2]).exterior
                for e in doc.modelspace().query('LWPOLYLINE[layer=="saw"]')
            ]
            for word, place in texts(doc):
                assert not any(frame.intersects(place) for frame in frames), word


def test_the_rest_of_a_row_is_kept(root: Path) -> None:
    (sheet_row,) = [row for row in laid(root, {"09_bezel_cab_ring": 1}).rows if row.form == "sheet"]
    (sheet,) = sheet_row.sheets
    strip, rest = sheet_row.kept_of(sheet)
    across, up = sheet.reach
    assert strip == pytest.approx((sheet.length, sheet.width - up))
    assert rest == pytest.approx((sheet.length - across, up))
    assert min(rest) >= DEFAULT.least_offcut_sheet
    (said,) = [
        o
        for o in laid(root, {"09_bezel_cab_ring": 1}).offcuts
        if f"{rest[0]:.0f} x {rest[1]:.0f} of" in o
    ]
    assert "sheet" in said


def test_lanes_keep_labels_apart_and_in_their_room() -> None:
    middles = apart([1.0, 2.0, 3.0, 50.0], [10.0, 10.0, 10.0, 10.0], (0.0, 60.0))
    assert all(b - a >= 10.0 for a, b in itertools.pairwise(middles))
    assert middles[0] >= 5.0
    assert middles[-1] == 50.0
    assert apart([58.0, 59.0], [10.0, 10.0], (0.0, 60.0))[-1] == 55.0

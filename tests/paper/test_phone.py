"""plan.html in a real browser, as a phone at the bench shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import Browser

from jewelgen.bench.layout import layout
from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.paper.files import drawings_of
from jewelgen.paper.page import plan_html

WIDE, TALL = 390, 844  # points of a usual phone
THUMB = 24  # points that a box to tick measures at least
# What reaches beyond the screen, but for what scrolls in a frame of its own; a phone widens its window for what is too wide.
BEYOND = """[...document.querySelectorAll('body *')].filter(e => {
  const r = e.getBoundingClientRect();
  return r.width && (r.right > 390.5 || r.left < -0.5) && !e.closest('.wide, figure');
}).map(e => e.tagName + ' ' + e.textContent.slice(0, 40))"""
# What is smaller than can be read.
TINY = """[...document.querySelectorAll('body *')].filter(e =>
  [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !e.closest('svg, script, style')
  && parseFloat(getComputedStyle(e).fontSize) < 12).map(e => e.textContent.slice(0, 40))"""
TICKS = "[...document.querySelectorAll('input[type=checkbox]')].map(b => b.checked)"
FIELDS = "[...document.querySelectorAll('input:not([type=checkbox])')].map(b => b.value)"


@pytest.fixture(scope="module")
def page(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bench page of a piece with stones, heats, cast parts and drawings, by itself in a folder."""
    piece = compose(resolve(load(root / "designs/19_locket.toml"), made="handmade"))
    made = plan(piece)
    shown = drawings_of(made, piece, layout([("", made.cut_list, 1)], made.practice))
    path = tmp_path_factory.mktemp("page") / "plan.html"
    path.write_text(plan_html(made, shown), "utf-8")
    return path


@pytest.fixture
def phone(needs_program: Callable[[str], str], tmp_path: Path, page: Path) -> Iterator[Browser]:
    with Browser(needs_program("chromium"), tmp_path / "profile") as browser:
        browser.phone(WIDE, TALL)
        browser.open(page.as_uri())
        yield browser


def test_nothing_is_wider_than_the_phone_and_all_of_it_can_be_read(phone: Browser) -> None:
    assert phone.run("innerWidth") == WIDE
    assert phone.run("document.documentElement.scrollWidth") == WIDE
    assert phone.run(BEYOND) == []
    assert phone.run(TINY) == []
    sizes = phone.run(
        "[...document.querySelectorAll('input[type=checkbox]')].map(b => b.getBoundingClientRect().width)"
    )
    assert min(sizes) >= THUMB


def test_the_measures_of_this_test_find_what_they_look_for(phone: Browser) -> None:
    phone.run("document.body.insertAdjacentHTML('beforeend', '<p style=\"width:900px\">broad</p>')")
    phone.run(
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"font-size:8px\">tiny</p>')"
    )
    assert phone.run(BEYOND) == ["P broad"]
    assert phone.run(TINY) == ["tiny"]


def test_ticks_and_measured_sizes_outlive_a_reload(phone: Browser) -> None:
    before = phone.run(TICKS)
    assert len(before) > 20
    assert not any(before)
    third = phone.run("document.querySelectorAll('input[type=checkbox]')[2].id")
    phone.tap(f"#{third}")
    first = phone.run("document.querySelector('input:not([type=checkbox])').id")
    phone.tap(f"#{first}")
    phone.type("1.23")
    phone.run("document.activeElement.blur()")
    phone.reload()
    assert [i for i, done in enumerate(phone.run(TICKS)) if done] == [2]
    assert phone.run(FIELDS)[0] == "1.23"
    phone.tap(f"#{third}")
    phone.reload()
    assert not any(phone.run(TICKS))


def test_the_page_asks_for_nothing_but_itself(phone: Browser, page: Path) -> None:
    phone.reload()
    assert {address for address in phone.requests if not address.startswith("data:")} == {
        page.as_uri()
    }
    phone.run("fetch('https://example.com/x').catch(() => 0); new Image().src = 'near.png'; 0")
    phone.reload()
    asked = [address for address in phone.requests if address.endswith(("/x", "near.png"))]
    assert len(asked) == 2  # such requests would be seen

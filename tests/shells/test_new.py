"""`jewelgen new` starts designs that are sound as they stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("sort", ["ring", "pendant"])
def test_a_new_design_is_sound(say: Callable[..., Any], shop: Path, sort: str) -> None:
    ran = say("new", sort, "My first: N\N{DEGREE SIGN} 1")
    assert ran.code == 0
    path = shop / "designs" / "my_first_n_1.toml"
    assert path.exists()
    assert str(path.relative_to(shop)) in ran.out
    checked = say("check", "--json", str(path))
    assert checked.code == 0
    assert checked.document["designs"][0]["findings"] == []
    before = path.read_bytes()
    again = say("new", sort, "my first n 1")
    assert again.code == 2
    assert "there already" in again.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["../x", "~root", "/etc/x", ".hidden", "", "   ", 'a"b', "a\\b", "a\nb", "x" * 300])  # fmt: skip
def test_a_name_that_no_design_may_have_starts_none(
    say: Callable[..., Any], shop: Path, name: str
) -> None:
    before = sorted(shop.rglob("*"))
    ran = say("new", "ring", name)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert sorted(shop.rglob("*")) == before

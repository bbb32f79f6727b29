"""Every limit that a casting house publishes is measured by a check or a rule, or says why it is not."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from jewelgen.catalog.facts import table
from jewelgen.catalog.packs import CAUTIOUS, FOLDER, limits, not_judged, packs

JUDGES = {"checker", "rules"}


def _read(sources: Any) -> set[str]:
    """Every word that a check or a rule says."""
    return {
        node.value
        for s in sources
        if s.room in JUDGES
        for node in ast.walk(s.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("pack", packs())
def test_every_limit_of_a_pack_is_judged_or_says_why_not(pack: str, sources: Any) -> None:
    keys = set(table(FOLDER + pack)["limit"])
    assert keys - _read(sources) - set(not_judged()) == set()


def test_what_is_not_judged_is_a_limit_and_no_check_reads_it(sources: Any) -> None:
    left = not_judged()
    assert set(left) <= {item.key for item in limits(CAUTIOUS)}
    assert set(left) & _read(sources) == set()
    assert all(len(reason.split()) > 8 for reason in left.values())

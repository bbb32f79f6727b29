"""What the file check is certain to hold back is an error of the rules; what it may let pass is a warning."""

from __future__ import annotations

import numpy as np
import pytest

from jewelgen.catalog.packs import packs
from jewelgen.checker import limits
from jewelgen.design.reader import load_text
from jewelgen.findings import Finding, Severity, errors
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare
from jewelgen.rules.shank import limit
from jewelgen.rules.stopped import DOUBT, grown, weight

RING = 'format = 1\nname = "x"\npiece = "ring"\nalloy = "sterling"\nsize = "US 7"\n'
HEAD = '[head]\nkind = "tube"\nstone = "round garnet 2.5"\n'


def said(thick: float, more: str = "", made: str = "cast", pack: str = "cautious") -> list[Finding]:
    shank = f'[shank]\nkind = "flat"\nwidth = 4\nthick = {thick}\n'
    text = f'{RING}made = "{made}"\npack = "{pack}"\n{shank}{more}'
    found = prepare(load_text(text), None, Options()).findings
    return [f for f in found if f.code in {"JG203", "JG204"}]


@pytest.mark.parametrize(
    ("thick", "severity"), [(0.86, "error"), (0.90, "warning"), (1.19, "warning")]
)
def test_a_shank_too_thin_for_any_casting_of_it_is_an_error(thick: float, severity: str) -> None:
    """1.2 at the house, 0.25 more in the file than in the hand at most, 0.07 of doubt."""
    (found,) = said(thick)
    assert (found.code, str(found.severity)) == ("JG203", severity)
    assert found.fix is not None
    assert (found.fix.key, found.fix.value) == ("shank.thick", "1.2")


def test_behind_stones_the_loaded_section_counts() -> None:
    """1.37 comes out 1.60 in the file, where 1.7 is asked behind stones; without stones it is no remark."""
    (found,) = said(1.37, HEAD)
    assert found.severity is Severity.ERROR
    assert found.fix is not None
    assert (found.fix.key, found.fix.value) == ("shank.thick", "1.7")
    assert not said(1.37)
    assert not said(1.5, HEAD)
    assert not said(1.37, HEAD, made="handmade")
    assert not said(1.7, HEAD)


def test_who_accepts_the_check_accepts_what_foretells_it() -> None:
    text = f'{RING}made = "cast"\n[shank]\nkind = "flat"\nwidth = 4\nthick = 1.37\n{HEAD}'
    for what, errs in (("JG721", 0), ("JG721@shank", 0), ("JG721@head", 1), ("JG722", 1)):
        how = Options(accept=((what, "a sample, nobody wears it"),))
        found = prepare(load_text(text), None, how).findings
        assert len(errors(found)) == errs, what
        (said,) = [f for f in found if f.code == "JG203"]
        assert ("a sample" in said.hint) == (not errs)


def test_a_culet_in_the_finger_is_accepted_by_nobody() -> None:
    deep = f'{RING}made = "cast"\n[shank]\nkind = "flat"\nwidth = 4\nthick = 0.9\n'
    deep += '[head]\nkind = "prong"\nprongs = 3\nwire = 0.9\nstone = "round diamond 4"\nlift = -1\n'
    how = Options(accept=(("JG722", "a sample"), ("JG721", "a sample")))
    found = [f for f in prepare(load_text(deep), None, how).findings if f.code == "JG204"]
    assert [f.severity for f in found] == [Severity.ERROR]
    assert "inside" in found[0].message


@pytest.mark.parametrize("pack", packs())
@pytest.mark.parametrize(
    "key", ["shank_thickness_min", "shank_loaded_thickness_min", "culet_to_finger_min"]
)
def test_an_error_of_the_rules_is_one_of_the_checker_on_the_thickest_casting(
    pack: str, key: str
) -> None:
    """Whatever a casting gains up to `grown`, at the coarsest chord a master has, the checker stops it too."""
    least, judge = limit(key, pack), limits.of(key, pack)
    sure = 0
    for value in np.arange(-0.2, 2.0, 0.01):
        if weight(float(value), least, pack, more=grown()) is Severity.ERROR:
            sure += 1
            assert judge.weight(float(value) + grown(), 0.02) is Severity.ERROR
    assert (sure > 0) == judge.firm
    assert pytest.approx(limits.DOUBT + 2 * 0.02) == DOUBT

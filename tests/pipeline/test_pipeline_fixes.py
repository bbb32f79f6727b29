"""Every fix that a rule offers names a key of the design and, written there, removes the finding."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

import pytest

from jewelgen.catalog.alloys import alloy
from jewelgen.design.reader import load_text
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, prepare
from jewelgen.rules.registry import rules, speaking

HEAD = 'format = 1\nname = "x"\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n'
BEZEL = '[shank]\nkind = "d"\nwidth = 3\n[head]\nkind = "bezel"\nstone = "oval cab turquoise 10x8x4"\nwall = 0.32\n'  # fmt: skip
PRONG = '[shank]\nkind = "court"\nwidth = 3\n[head]\nkind = "prong"\nstone = "round diamond 4.0"\nwire = 0.55\n'  # fmt: skip
CULET = '[shank]\nkind = "flat"\nwidth = 5\nthick = 1.35\n[stones]\nkind = "flush"\nstone = "round diamond 2.2"\ncount = 3\n'  # fmt: skip
CLOSE = '[shank]\nkind = "flat"\nwidth = 5\nthick = 2.2\n[stones.a]\nkind = "flush"\nstone = "round diamond 2"\ncount = 1\n[stones.b]\nkind = "flush"\nstone = "round diamond 2"\ncount = 1\nat = "11 deg"\n'  # fmt: skip
CUT = '[shank]\nkind = "flat"\nwidth = 2.4\nthick = 1.9\n[stones]\nkind = "shared-prong"\nstone = "round diamond 2.2"\nwire = 0.5\n'  # fmt: skip
NAME = 'format = 1\nname = "x"\npiece = "pendant"\nmade = "cast"\nalloy = "sterling"\n[body]\nkind = "name"\ntext = "Ann"\ntall = 5\nstroke = 0.3\n'  # fmt: skip
RANGE = '[shank]\nkind = "flat"\nwidth = 5\nthick = 2.2\n[stones]\nkind = "channel"\nstone = "round diamond 2.5"\naround = "60 deg"\ngap = "0.02 .. 0.04"\n'  # fmt: skip
SPLIT = '[shank]\nkind = "split"\ntop = { width = 1.4, thick = 1.8 }\n[head]\nkind = "prong"\nstone = "round diamond 6.5"\n[hallmark]\nstamp = "Pt950"\nat = "0 deg"\n'  # fmt: skip
SMALL = '[shank]\nkind = "d"\nwidth = 3\n[head]\nkind = "prong"\nstone = "round diamond 1.8"\nprongs = 4\n'
TANGENT = '[shank]\nkind = "d"\nwidth = 3\n[head]\nkind = "tube"\nstone = "round diamond 1.3"\nfoot = 0\nflat = 0\n'  # fmt: skip
THIN = '[shank]\nkind = "flat"\nwidth = 1.5\nthick = 0.9\n'


def prepared(text: str) -> Prepared:
    return prepare(load_text(text), None, Options())


def written(text: str, key: str, value: str) -> str:
    """The text with `key = value` in its table, in place of what stood there."""
    table, _, last = key.rpartition(".")
    out, here = [], ""
    for line in text.splitlines():
        if line.startswith("["):
            here = line.strip("[]")
        if here == table and line.split(" = ")[0] == last:
            continue
        out.append(line)
        if line == f"[{table}]":
            out.append(f"{last} = {value}")
    return "\n".join(out) + "\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + BEZEL, "JG200"), (HEAD + PRONG, "JG201"), (HEAD + THIN, "JG203"),
        (HEAD + CULET, "JG204"), (HEAD + CLOSE, "JG210"), (HEAD + RANGE, "JG210"),
        (HEAD + CUT, "JG213"), (NAME, "JG272"), (HEAD + SPLIT, "JG216"),
        (HEAD + SMALL, "JG220"), (HEAD + TANGENT, "JG261"),
    ],
)  # fmt: skip
def test_a_fix_is_a_key_and_a_value_that_help(text: str, code: str) -> None:
    """Designs that fail on purpose: thin wall, prong and shank, culet at the finger, stones too close, notch, letter,
    stamp in a split, rings of a head that meet, a tube that only touches its shank."""
    said = [f for f in prepared(text).findings if f.code == code]
    assert said
    for finding in said:
        assert finding.fix is not None
        assert finding.fix.tried
        assert finding.fix.grams is not None, "it says what it costs"
        mended = written(text, finding.fix.key, finding.fix.value)
        assert tomllib.loads(mended)
        after = [(f.code, f.where.key) for f in prepared(mended).findings]
        assert after.count((code, finding.where.key)) < len(said)


def test_the_cost_of_a_fix_is_the_metal_it_adds() -> None:
    """0.3 mm more on a flat band: a ring of metal whose weight is known."""
    (thin,) = [f for f in prepared(HEAD + THIN.replace("1.5", "2.5")).findings if f.code == "JG203"]
    assert thin.fix is not None
    bore = prepared(HEAD + THIN).piece.bore
    inner, outer = bore / 2 + 0.9, bore / 2 + 1.2
    expected = math.pi * (outer**2 - inner**2) * 2.5 * alloy("sterling").density_g_cm3 / 1000
    assert thin.fix.grams == pytest.approx(expected, rel=0.03)  # its edges are broken


def test_a_fix_that_does_not_help_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    from jewelgen.pipeline import fixes

    monkeypatch.setattr(fixes, "_spoken", lambda *_: 1)
    walls: list[Any] = [f for f in prepared(HEAD + BEZEL).findings if f.code == "JG200"]
    assert [f.fix for f in walls] == [None]


def test_every_rule_names_its_codes_in_its_first_line(root: Path) -> None:
    import re

    for name, rule in rules():
        source = (root / "src" / "jewelgen" / "rules" / f"{name}.py").read_text(encoding="utf-8")
        for code in set(re.findall(r'"(JG2\d\d)"', source)):
            assert rule in speaking(code), (name, code)


def test_a_design_may_name_the_house_whose_limits_hold() -> None:
    text = HEAD.replace("size = ", 'pack = "morris-watson"\nsize = ') + BEZEL.replace("0.32", "0.5")
    assert not [f for f in prepared(text).findings if f.code == "JG200"]
    asked = prepare(load_text(text), None, Options(pack="cautious"))
    assert [f for f in asked.findings if f.code == "JG200"], (
        "what is asked for goes before the design"
    )

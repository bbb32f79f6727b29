"""The pack in force is the one that formulas and defaults see: asked for, else the design's, else the shop's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jewelgen.bench.shop import Shop
from jewelgen.catalog.packs import CAUTIOUS, limit
from jewelgen.design.reader import load_text
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import pack_of, prepare

BAND = (
    'format = 1\nname = "x"\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n{}'
    '[shank]\nkind = "flat"\nwidth = "= 2 + pack.wall_min"\nthick = 2\n'
)
PREFERS = replace(Shop(), pack="formlabs")


@pytest.mark.parametrize(
    ("own", "options", "pack"),
    [
        ("", Options(), CAUTIOUS),
        ("stuller", Options(), "stuller"),
        ("", Options(shop=PREFERS), "formlabs"),
        ("stuller", Options(shop=PREFERS), "stuller"),
        ("stuller", Options(shop=PREFERS, pack="formlabs"), "formlabs"),
        ("", Options(pack="formlabs"), "formlabs"),
    ],
)
def test_formulas_see_the_pack_that_judges(own: str, options: Options, pack: str) -> None:
    document = load_text(BAND.format(f'pack = "{own}"\n' if own else ""))
    prepared = prepare(document, None, options)
    assert pack_of(prepared.brief, options) == pack
    width = prepared.brief.block("shank").params.width
    assert width == pytest.approx(2 + limit("wall_min", pack).value)

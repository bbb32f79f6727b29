"""Orders against a mold: what stays free, what cannot be sized, and what a new master costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jewelgen.bench.shop import Shop
from jewelgen.catalog.coupons import TRADE, Own, new_mold
from jewelgen.design.compose import compose
from jewelgen.design.mold import judge
from jewelgen.design.reader import load, load_text
from jewelgen.design.resolve import resolve
from jewelgen.piece.back import in_the_way
from jewelgen.piece.digest import digest
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare


def composed(root: Path, name: str) -> Piece:
    return compose(resolve(load(root / "designs" / f"{name}.toml")))


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("01_court_band", ""), ("03_cathedral_six_prong", ""), ("11_signet", ""),
        ("06_eternity_shared_prong", "cut"), ("07_pave_band", "seat"),
        ("08_channel_half_eternity", ""),
    ],
)  # fmt: skip
def test_a_ring_is_sized_where_its_back_is_plain(root: Path, name: str, there: str) -> None:
    assert in_the_way(composed(root, name)).split(" ")[0] == there


def test_a_ring_with_stones_all_round_needs_a_master_for_each_size(root: Path) -> None:
    text = (root / "designs" / "06_eternity_shared_prong.toml").read_text("utf-8")
    size = str(resolve(load_text(text)).size)
    molded = text + f'\n[mold]\nid = "M-9"\nsize = "{size}"\nsizes = "US 4 .. US 9"\n'
    document = load_text(molded)
    there, away = (judge(document, {"size": s}) for s in (size, "US 5"))
    assert there is not None and there.same
    assert away is not None and not away.same
    assert "is sized at the back, where cut stones.row" in away.words


def test_parts_made_by_hand_are_free_of_the_mold(root: Path) -> None:
    piece = composed(root, "20_cast_head_forged_shank")
    by_hand = next(part for part in piece.parts if part.made == "handmade")
    cast = next(part for part in piece.parts if part.made == "cast")

    def without(name: str) -> Piece:
        parts = tuple(part for part in piece.parts if part.name != name)
        return replace(piece, parts=parts)

    same = digest(piece, frozen=True)
    assert digest(without(by_hand.name), frozen=True) == same
    assert digest(without(cast.name), frozen=True) != same


def test_a_new_master_says_what_the_shop_takes_for_it(root: Path) -> None:
    document = load(root / "designs" / "01_court_band.toml")
    own = Own(master_fee=120.0, mold_fee=15.0, mold_days=10.0)

    def hint(options: Options) -> str:
        found = prepare(document, {"shank.width": 4}, options).findings
        return next(f.hint for f in found if f.code in {"JG420", "JG421"})

    said = "it costs a master (120) and a mold (15): 135 in the shop's money, 10 days"
    assert hint(Options(shop=Shop(casting=own))) == said
    assert "master_fee" in hint(Options())
    assert "leave out --keep-mold" in hint(Options(shop=Shop(casting=own), keep_mold=True))
    assert new_mold(replace(TRADE, mold_fee=15.0)) == "it costs a master and a mold (15)"

"""Orders against a mold: what stays free, what cannot be sized, and what a new master costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jewelgen.bench.shop import Shop
from jewelgen.catalog.coupons import TRADE, Coupon, Own, new_mold
from jewelgen.catalog.sizes import bore_mm
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


def test_a_metal_that_shrinks_more_is_sized_or_needs_a_new_master(root: Path) -> None:
    """2 % more shrinkage of the order's metal makes the mold's 19.8 mm smaller by 0.4; less than 0.1 mm nobody sizes."""
    document = load(root / "designs" / "01_court_band.toml")
    yellow, white, at = (
        resolve(document).alloy,
        "gold_14k_white_ni",
        bore_mm("US 10").inner_diameter_mm,
    )

    def said(after: float, size: str) -> list[str]:
        coupons = tuple(Coupon("metal", 20.0, mm, alloy=name) for name, mm in ((yellow, 19.75), (white, after)))  # fmt: skip
        options = Options(shop=Shop(casting=Own(coupons=coupons)))
        order = {"alloy": "14k white", "size": size}
        found = prepare(document, order, options).findings
        return [f"{f.code} {f.message}" for f in found if f.code.startswith("JG42")]

    assert said(19.70, "US 10") == []
    (new,) = said(19.35, "US 10")
    assert new.startswith("JG420 the order needs a new master (mold M-114: in 14K white")
    (sized,) = said(19.35, "US 9")
    assert sized.startswith("JG427 mold M-114 was made for 18K yellow (2N-3N): in 14K white nickel")
    assert f" {at * 19.35 / 19.75:.2f} mm inside, not {at:.2f}" in sized

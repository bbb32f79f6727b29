"""What a joint asks at the torch: gap, flux, how it is held, what is heated first and protected, the light test.

In: a joint, its heat, the earlier joints of its body.  Out: `Torch`, words and mm.  Bench practice: the heavy
part first, thin parts shielded, earlier seams painted; white metals that hold palladium or platinum want a hot flux.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jewelgen.bench.heats import Heat
from jewelgen.bench.holding import fixture_words, heated_first
from jewelgen.bench.practice import Practice
from jewelgen.catalog.alloys import alloy
from jewelgen.piece.form import Wall
from jewelgen.piece.joint import Joint
from jewelgen.piece.piece import Piece

FLUX: Mapping[str, str] = {
    "silver": "borax paste, whole piece in boric acid and alcohol",
    "gold": "borax or liquid flux, boric acid coat",
    "platinum": "none",
}
BORAX = "borax paste"


@dataclass(frozen=True, slots=True)
class Torch:
    """One heat of one joint. `gap` is the widest before solder, mm; `protect` names earlier joints."""

    gap: float = 0.0
    flux: str = ""
    fixture: str = ""
    first: str = ""
    protect: str = ""
    light_test: str = ""


NO_TORCH = Torch()


def torch(
    piece: Piece, joint: Joint, heat: Heat, earlier: Sequence[str], practice: Practice
) -> Torch:
    """The record of a soldered joint; `earlier` are ids of joints that stand on the same body already."""
    off = practice.tolerances.gap
    return Torch(
        off, _flux(piece, joint), fixture_words(piece, joint), heated_first(piece, joint),
        _protect(piece, joint, heat, earlier),
        f"before heat, against a lamp: no light wider than {off:.2f} mm; after pickle: none at all",
    )  # fmt: skip


def _flux(piece: Piece, joint: Joint) -> str:
    found = {alloy(piece.part(name).alloy or piece.alloy).family for name in (joint.a, joint.b)}
    words = [text for key, text in FLUX.items() if any(name.startswith(key) for name in found)]
    return "; ".join(words) or BORAX


def _protect(piece: Piece, joint: Joint, heat: Heat, earlier: Sequence[str]) -> str:
    thin = [name for name in {joint.a, joint.b} if isinstance(piece.part(name).form, Wall)]
    words = [f"{' '.join(earlier)} with ochre or a heat sink"] if earlier else []
    words += ["nothing: one heat with the joint before"] if heat.shared and not words else []
    words += [f"the thin rim of {' and '.join(sorted(thin))}"] if thin else []
    return "; ".join(words) or "nothing yet"

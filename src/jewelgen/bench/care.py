"""The care card that goes with a piece, and the rules of its stones for whoever works on it.

In: a piece.  Out: sentences; rows of (stone, heat, pickle, ultrasonic, steam, why).
"""

from __future__ import annotations

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.gems import Species, species
from jewelgen.piece.piece import Piece

SOFT_BELOW = 7.0  # Mohs: dust holds quartz, which scratches what is softer
WORDS = {
    "no_torch": "no torch", "risky": "risky", "torch_ok_with_care": "with care", "with_care": "with care",
}  # fmt: skip


def stone_rules(piece: Piece) -> tuple[tuple[str, ...], ...]:
    """For every species: its name, torch, pickle, ultrasonic, steam, and the reason of the first."""
    return tuple(
        (
            gem.name, *(WORDS.get(word, word) for word in (gem.heat, gem.pickle, gem.ultrasonic, gem.steam)),
            gem.heat_note,
        )
        for gem in _species(piece)
    )  # fmt: skip


def _species(piece: Piece) -> tuple[Species, ...]:
    return tuple(dict.fromkeys(species(stone.species) for stone in piece.stones))


def care_card(piece: Piece) -> tuple[str, ...]:
    """What the wearer is told, in short sentences."""
    metals = dict.fromkeys(alloy(part.alloy or piece.alloy).name for part in piece.parts)
    rows = [f"{piece.name}: {', '.join(metals) or alloy(piece.alloy).name}."]
    gems = _species(piece)
    rows += [f"{gem.name}: {_washing(gem)}" for gem in gems]
    if any(gem.mohs[0] < SOFT_BELOW for gem in gems):
        rows.append("Softer than dust: wipe the stone wet or not at all, and keep it by itself.")
    if not gems:
        rows.append("Wash in lukewarm water with a little soap, dry with a soft cloth.")
    if any(alloy(part.alloy or piece.alloy).family.startswith("silver") for part in piece.parts):
        rows.append(
            "Silver darkens in air: wear it, keep it in its pouch, rub it with a silver cloth."
        )
    if piece.plating:
        rows.append(f"Plated ({piece.plating}): no polishing cloth; it can be plated again.")
    if gems:
        rows.append("Have the setting looked at once a year.")
    rows.append("Take it off for work, sport and sleep; no bleach, no chlorine, no perfume on it.")
    return tuple(rows)


def _washing(gem: Species) -> str:
    """How a stone may be cleaned at home and by a jeweller."""
    shy = gem.pickle == "no" and gem.ultrasonic == "no"
    home = (
        "wipe with a damp cloth, no bath" if shy else "lukewarm water, a little soap, a soft brush"
    )
    never = [
        word for word, ok in (("ultrasonic", gem.ultrasonic), ("steam", gem.steam)) if ok == "no"
    ]
    return home + (f"; never {' or '.join(never)}." if never else ".")

"""What may be asked of a build beside the design itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jewelgen.bench.shop import Shop
from jewelgen.piece.piece import Made
from jewelgen.solid.model import Quality

SOLID_FORMATS = ("step", "stl", "3mf", "glb")
Route = Literal["direct", "mold"]


@dataclass(frozen=True, slots=True)
class Options:
    """`out`: folder of all results. `formats`: solid formats to write. `made`, `route`: override the design's.
    `pack`: the casting house whose limits hold, empty: the design's, else the shop's, else the cautious one;

    `pictures`: preview and four-view sheet; `paper`: a4 or letter; `keep_mold`: refuse orders that need a
    new master; `trust`: let designs run code of their own; `again`: build even what stands already;
    `shop`: the shop whose habits, stock and solders hold at the bench;
    `sprue`: masters are written with their sprues;
    `style`: Typst source for plan.pdf in place of the shipped template; `fonts`: a folder of fonts for plans;
    `accept`: codes of the checker (JG7nn, or JG7nn@place) that may fail, each with the reason that the manifest keeps.
    """

    out: Path = Path("output")
    formats: tuple[str, ...] = SOLID_FORMATS
    quality: Quality = Quality.STANDARD
    made: Made | None = None
    route: Route | None = None
    pack: str = ""
    paper: Literal["a4", "letter"] = "a4"
    pictures: bool = True
    keep_mold: bool = False
    trust: bool = False
    again: bool = False
    shop: Shop | None = None
    style: str = ""
    fonts: Path | None = None
    accept: tuple[tuple[str, str], ...] = ()
    sprue: bool = False

    def waivers(self) -> list[dict[str, str]]:
        """What is accepted: code, place (empty: everywhere), reason."""
        parted = ((*what.partition("@")[::2], why) for what, why in self.accept)
        return [{"code": code, "place": place, "reason": why} for code, place, why in parted]

"""The setting table: for every stone what holds it, the numbers to hit, burs and drills, push order, care.

In: a piece.  Out: `Setting` rows, one a stone record; findings JG506, JG516.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jewelgen.bench import seats
from jewelgen.bench.bezels import (
    lean_at,
    rim_shortening,
    wall_height,
)
from jewelgen.bench.collets import stepped
from jewelgen.bench.figure import Figure
from jewelgen.bench.practice import Practice
from jewelgen.bench.prongs import prong_figures
from jewelgen.bench.tools import Wanted
from jewelgen.catalog.gems import species
from jewelgen.findings import Finding, Severity, Where
from jewelgen.piece.form import Bar, Form, Tube, Wall
from jewelgen.piece.gem import exact_carats, formula_carats
from jewelgen.piece.piece import Piece
from jewelgen.piece.section import thickness
from jewelgen.piece.stone import Stone

PUSH = ("12", "6", "3", "9", "1:30", "7:30", "4:30", "10:30")
ALL_ROUND = " ".join(PUSH) + ", then all round"


@dataclass(frozen=True, slots=True)
class Setting:
    """One stone record: `size` (length, width, depth) in mm, `n` stones, `held` part names, the numbers to hit.

    `carats`: all of them together by volume, as they weigh; `carats_formula`: as the trade reckons; `care`: heat, pickle, ultrasonic and steam words of the species.
    """

    id: str
    stone: str
    species: str
    cut: str
    n: int
    size: tuple[float, float, float]
    carats: float
    grip: str
    held: tuple[str, ...]
    figures: tuple[Figure, ...]
    tools: tuple[str, ...]
    order: str
    care: tuple[tuple[str, str], ...]
    carats_formula: float = 0.0
    wanted: tuple[Wanted, ...] = ()  # the same tools, with the sizes that the work wants

    @property
    def size_text(self) -> str:
        """Length x width x depth to 0.1 mm."""
        return " x ".join(f"{value:.1f}" for value in self.size)


def settings(piece: Piece, practice: Practice) -> tuple[Setting, ...]:
    """The setting table in order of the piece's stones: S1, S2, ..."""
    return tuple(_setting(f"S{i}", piece, s, practice) for i, s in enumerate(piece.stones, 1))


def _setting(name: str, piece: Piece, stone: Stone, practice: Practice) -> Setting:
    forms = [piece.part(part).form for part in stone.held_by]
    figures, tools, order = _by_grip(piece, stone, forms, practice)
    gem = species(stone.species)
    care = (
        ("heat", gem.heat),
        ("pickle", gem.pickle),
        ("ultrasonic", gem.ultrasonic),
        ("steam", gem.steam),
    )
    return Setting(
        name, stone.name, gem.name, stone.cut, stone.array.n,
        (stone.length, stone.width, stone.depth), exact_carats(stone) * stone.array.n, stone.grip,
        stone.held_by, figures, tuple(practice.tools.text(tool, practice.tool_reach_pct) for tool in tools), order, care,
        formula_carats(stone) * stone.array.n, tools,
    )  # fmt: skip


def _by_grip(piece: Piece, stone: Stone, forms: Sequence[Form], practice: Practice) -> seats.Row:
    wall = next((form for form in forms if isinstance(form, Wall)), None)
    if stone.grip == "lip" and wall is not None and stone.cut.startswith("cab"):
        return _bezel(stone, wall, practice)
    for part in map(piece.part, stone.held_by):
        if stone.grip == "lip" and isinstance(part.form, Wall):
            return stepped(piece, stone, part, part.form, ALL_ROUND)
        if stone.grip == "lip" and isinstance(part.form, Tube):
            return seats.tube(piece, stone, part, part.form)
    if stone.grip == "claws":
        return _claws(piece, stone)
    if stone.grip == "prongs":
        return _prongs(piece, stone)
    if stone.grip == "flush":
        return seats.flush(piece, stone)
    slot = seats.channel(piece, stone) if stone.grip == "channel" else None
    return slot or seats.beads(piece, stone)


def _bezel(stone: Stone, wall: Wall, practice: Practice) -> seats.Row:
    half = min(stone.length, stone.width) / 2
    rim = "finished rim above the floor, before pushing"
    advised = wall_height(stone.depth, stone.girdle, half, practice.lean)
    lean = max(wall.lean - wall.gap, 0.0) or lean_at(wall.height, stone.depth, stone.girdle, half)
    figures = [
        Figure("wall height", wall.height, "mm", rim, (("wall", wall.height),)),
        Figure(
            "advised height", advised, "mm", "g + (SH - g) sqrt(1 - ((b - lean)/b)^2), 1/3 to 2/3 of the stone",
            (("g", stone.girdle), ("SH", stone.depth), ("b", half), ("lean", practice.lean)), "bench rule: height follows the start of the curve",
        ),
    ]  # fmt: skip
    before, after, share = rim_shortening(wall.outline, wall.gap, lean)
    figures += [
        Figure(
            "lean",
            lean,
            "mm",
            "how far the rim comes in over the girdle on the short axis",
            (("b", half), ("c", wall.gap)),
        ),
        Figure(
            "rim shortening",
            share,
            "%",
            "(before - after) / before",
            (("before", before), ("after", after)),
        ),
    ]
    return tuple(figures), ("bezel pusher", "burnisher"), ALL_ROUND


def _prongs(piece: Piece, stone: Stone) -> seats.Row:
    figures = prong_figures(piece, stone)
    domed = stone.cut.startswith("cab")
    if any(figure.name.startswith("V,") for figure in figures):
        bur = () if domed else ("90 degree bearing bur",)
        over = "dome" if domed else "crown"
        return (
            figures,
            (*bur, "three-square needle file", "prong pusher", "cup bur"),
            f"file the Vs open to the point, points in first; walls of the Vs over the {over} last, never on the point",
        )
    if domed:
        order = (
            "opposite prongs in turn, a little each, down on the dome; trim, then round the tips"
        )
        return figures, ("prong pusher", "cup bur"), order
    return (
        figures,
        ("90 degree bearing bur", "prong pusher", "cup bur"),
        "opposite prongs in turn; trim, then round the tips",
    )


def _claws(piece: Piece, stone: Stone) -> seats.Row:
    """Wires pulled over a stone: how far they reach in from its girdle."""
    own = set(stone.held_by)
    wide = max((
        thickness(s) for part in piece.parts if part.name in own and isinstance(part.form, Bar)
        for _, s in part.form.stations
    ), default=0.0)  # fmt: skip
    figures = (
        Figure("wire over the stone", wide, "mm", "as drawn", (("w", wide),)),
        Figure("least upright side", stone.girdle, "mm", "measured", (("girdle", stone.girdle),)),
    )
    tools = ("nylon-jawed pliers", "flat-nose pliers with taped jaws")
    return figures, tools, "pull opposite corners over in turn, a little each, then press them down"


def setting_findings(rows: Sequence[Setting], practice: Practice) -> Iterator[Finding]:
    """JG506: a rim that shortens more than a bezel can be pushed. JG516: a tool that the shop lacks."""
    for row in rows:
        about, where = f"{row.id}, {row.stone}", Where(key=row.stone)
        yield from practice.tools.lacking(row.wanted, practice.tool_reach_pct, about, where)
        for figure in row.figures:
            if figure.name == "rim shortening" and figure.value > practice.rim_shortening_limit_pct:
                yield Finding(
                    "JG506", f"{row.id}: the rim shortens {figure.value:.0f} % when pushed over", severity=Severity.WARNING,
                    allowed=f"{practice.rim_shortening_limit_pct:.0f} %", hint="a lower wall, or cut the rim into prongs",
                )  # fmt: skip

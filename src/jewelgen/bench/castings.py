"""What comes to the bench ready made: castings and bought parts, each an order line, one a casting group.

In: a `Piece`.  Out: `Component` rows, and the piece as the bench sees it: joints inside a casting are none of its work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.weights import grams
from jewelgen.findings import Finding, Severity, Where
from jewelgen.piece.form import Sculpted
from jewelgen.piece.joint import FUSED
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Piece, groups
from jewelgen.piece.volume import volume


@dataclass(frozen=True, slots=True)
class Component:
    """What is ordered: cast (`sort` cast) or bought. `parts` of the design it holds, finished weight in g of all `n`."""

    id: str
    part: str
    parts: tuple[str, ...]
    sort: str
    alloy: str
    n: int
    grams: float
    why: str

    @property
    def order(self) -> str:
        """The order line in words."""
        own = [name.rpartition(".")[2] for name in self.parts]
        inner = f": {', '.join(own)} in one" if len(own) > 1 else ""
        what = "casting" if self.sort == "cast" else "bought part"
        many = "s" if self.n > 1 else ""
        return f"order {self.n} {what}{many} in {alloy(self.alloy).name}, {self.grams:.2f} g finished{inner}"


def units(piece: Piece) -> tuple[tuple[str, ...], ...]:
    """The parts by what is handled as one thing at the bench: a casting, or a part of its own; in order of parts."""
    whole = {name: g.parts for g in groups(piece) for name in g.parts if g.made == "cast"}
    return tuple(dict.fromkeys(whole.get(part.name, (part.name,)) for part in piece.parts))


def at_bench(piece: Piece) -> Piece:
    """The piece without the joints that a casting brings along."""
    own = {name: unit[0] for unit in units(piece) for name in unit}
    cast = {part.name for part in piece.parts if part.made == "cast"}
    kept = tuple(
        j for j in piece.joints
        if not (j.method in FUSED and j.a in cast and j.b in cast and own[j.a] == own[j.b])
    )  # fmt: skip
    return replace(piece, joints=kept)


def components(
    piece: Piece, made: frozenset[str], letters: Mapping[str, str]
) -> tuple[Component, ...]:
    """A row for each thing that is not made at the bench; `made` are the parts that are."""
    rows = []
    for unit in units(piece):
        part = piece.part(unit[0])
        if part.name in made:
            continue
        sort = "bought" if part.made == "bought" else "cast"
        sculpted = isinstance(part.form, Sculpted)
        why = "no bench makes this form" if sculpted else f"the design says {sort}"
        name = unit[0].rpartition(".")[0] if len(unit) > 1 else unit[0]
        n = part.array.n if len(unit) == 1 else 1
        weight = grams(_finished(piece, unit), alloy(part.alloy or piece.alloy).density_g_cm3)
        rows.append(
            Component(
                letters[part.name],
                name or unit[0],
                unit,
                sort,
                part.alloy or piece.alloy,
                n,
                weight,
                why,
            )
        )
    return tuple(rows)


def _finished(piece: Piece, unit: tuple[str, ...]) -> float:
    """Predicted metal of a casting, or of a part by its form, mm3."""
    for row in metal(piece):
        if set(row.group.parts) == set(unit):
            return row.finished
    return sum(piece.part(name).array.n * volume(piece.part(name).form) for name in unit)


def component_findings(rows: tuple[Component, ...]) -> Iterator[Finding]:
    """JG507 for every casting."""
    for row in rows:
        if row.sort == "cast":
            yield Finding(
                "JG507",
                f"{row.part} is a cast component: {row.why}",
                Where(key=row.parts[0]),
                Severity.NOTE,
                hint=f"{row.order}, before the bench begins",
            )

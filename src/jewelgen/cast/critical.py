"""Critical measures of a casting: what the caster and the finisher hold a caliper to, at every stage.

In: a `Piece`, the parts of one master, the `Process`.  Out: `Critical` rows with the span of each stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jewelgen.cast.faces import Face, skin
from jewelgen.cast.stages import BETWEEN, FINISHED, Faces, Kind, Process, Span, along, exactly
from jewelgen.piece.easing import section_at
from jewelgen.piece.form import Hoop
from jewelgen.piece.piece import Piece
from jewelgen.piece.section import thickness, width

BACK = 180.0  # degrees from 12 o'clock: where a shank is measured
CUBE = 3  # a weight goes with the cube of the length
AXES = {"ring": ("across", "along the finger", "high"), "pendant": ("wide", "high", "deep")}
Row = tuple[str, Kind, float, tuple[Face, ...]]


@dataclass(frozen=True, slots=True)
class Critical:
    """One measure of the finished piece in mm, the faces it lies between, what the file holds of it, the master's
    stage first, and what every stage after it must give.
    """

    what: str
    kind: Kind
    finished: float
    faces: tuple[Face, ...]
    stages: tuple[tuple[str, Span], ...]

    def row(self) -> dict[str, Any]:
        """Plain data, mm to 0.001."""
        return {
            "what": self.what,
            "kind": self.kind,
            "faces": list(self.faces),
            "finished_mm": round(self.finished, 3),
            "stages": [
                {"stage": name, "least_mm": round(s.low, 3), "likely_mm": round(s.likely, 3), "most_mm": round(s.high, 3)}
                for name, s in self.stages
            ],
        }  # fmt: skip


def critical(
    piece: Piece,
    parts: Sequence[str],
    extents: Sequence[tuple[float, float]],
    made: Process,
    share: float = 1.0,
) -> tuple[Critical, ...]:
    """Bore, width and thickness of each shank of the master; of other bodies their extents (x, y, z; each finished and
    in the file, mm).

    `share`: lengths of the file over those of the master, below 1 where the caster scales what is sent.
    """
    rows = tuple(_shanks(piece, parts)) or tuple(_held(piece, extents, made, share))
    return tuple(
        Critical(what, kind, size, faces, _sent(_asked(size, kind, made, faces), share))
        for what, kind, size, faces in rows
    )


def _held(
    piece: Piece, extents: Sequence[tuple[float, float]], made: Process, share: float
) -> Iterator[Row]:
    """The extents that the file holds: where prongs stand straight in it, or an edge could not grow, those as cast."""
    faces = BETWEEN["width"]
    for word, (size, held) in zip(AXES[piece.sort], extents, strict=True):
        low, high = (
            _sent(_asked(s, "width", made, faces), share)[0][1].likely for s in (size, size + 1.0)
        )
        if abs(held - low) <= made.tolerance:
            yield word, "width", size, faces
        else:
            yield f"{word}, as cast", "width", size + (held - low) / (high - low), faces


def _asked(size: float, kind: Kind, made: Process, faces: Faces) -> tuple[tuple[str, Span], ...]:
    """Every stage before the finished piece, which may be off by the tolerance itself."""
    return along(exactly(size).within(made.tolerance), kind, made, (FINISHED, faces))[:-1]


def _sent(stages: tuple[tuple[str, Span], ...], share: float) -> tuple[tuple[str, Span], ...]:
    """The stages with the file's own measure first: it is written, and not in doubt."""
    (name, span), *later = stages
    return ((name, exactly(share * span.likely)), *later)


def _shanks(piece: Piece, parts: Sequence[str]) -> Iterator[Row]:
    shanks = [
        part for part in piece.parts
        if part.name in parts and part.role == "shank" and isinstance(part.form, Hoop)
    ]  # fmt: skip
    for part in shanks:
        form = part.form
        if isinstance(form, Hoop):
            own = f"{part.name}: " if len(shanks) > 1 else ""
            back = section_at(form.stations, BACK)
            at = skin(piece, part)
            yield f"{own}inside diameter", "bore", form.bore, (at.inner, at.inner)
            yield f"{own}width at the back", "width", width(back), (at.edge, at.edge)
            both = (at.outer, at.inner)
            yield f"{own}thickness at the back", "thickness", thickness(back), both


def weight_spans(raw_g: float, finished_g: float, made: Process) -> dict[str, Span]:
    """The weight of the raw casting and of the finished piece in grams, as sure as the shrinkages are."""
    share = exactly(1.0)
    for stage in made.stages:
        true = stage.remains.over(exactly(stage.remains.likely))
        for _ in range(CUBE):
            share = share.times(true)
    raw = exactly(raw_g).times(share)
    return {"raw": raw, FINISHED: raw.plus(exactly(raw_g - finished_g), -1.0)}

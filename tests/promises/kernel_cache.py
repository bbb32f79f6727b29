"""What the kernel made of a piece, kept by content: the same piece and the same code are measured once.

Kept under `.cache/kernel` of the checkout; `make clean` drops it. The key is the piece, its scale, every line of the
rooms that make solids and the versions of the engines, so a change of any of them measures again.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jewelgen.findings import errors
from jewelgen.piece.piece import Piece
from jewelgen.solid.model import Body, Quality
from jewelgen.solid.realize import realize

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".cache" / "kernel"
ROOMS = ("flat", "piece", "solid")
ENGINES = ("cadquery", "cadquery-ocp", "manifold3d", "numpy")


@dataclass(frozen=True)
class Measured:
    """One body: the volume it is weighed by, fillets, prediction, the kernel's integral, the mesh and its chords (mm3)."""

    name: str
    volume: float
    fillets: float
    predicted: float
    brep: float
    fine_mesh: float
    chords: float
    parts: int


@cache
def code() -> str:
    """A digest of all that makes and measures solids."""
    source = ROOT / "src" / "jewelgen"
    files = [path for room in ROOMS for path in sorted((source / room).rglob("*.py"))]
    whole = sha256()
    for path in files:
        whole.update(path.read_bytes())
    whole.update(repr([(name, version(name)) for name in ENGINES]).encode())
    return whole.hexdigest()


def measured(piece: Piece, scale: float = 1.0) -> tuple[Measured, ...]:
    """Every body as the kernel makes it; raises `GeometryError` and fails on errors, which are never kept."""
    kept = FOLDER / f"{sha256(f'{code()} {scale!r} {piece!r}'.encode()).hexdigest()}.json"
    if kept.exists():
        return tuple(Measured(**row) for row in json.loads(kept.read_text("utf-8")))
    model = realize(piece, scale=scale, quality=Quality.PREVIEW)
    assert not errors(model.findings), model.findings
    rows = tuple(map(_row, model.bodies))
    FOLDER.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
    fresh.replace(kept)
    return rows


def _row(body: Body) -> Measured:
    proof = body.proof
    assert proof.brep is not None
    assert proof.predicted is not None
    return Measured(
        body.name, body.volume_mm3, proof.fillets, proof.predicted, proof.brep, proof.fine_mesh,
        proof.chords, len(body.members),
    )  # fmt: skip

"""What the kernel made, kept by content: the same piece and the same code are measured once, what ships is built once.

Kept under `.cache` of the checkout; `make clean` drops it. The key of a measure is the piece, its scale, every line of
the rooms that make, measure and write solids and the versions of the engines, so a change of any of them measures
again; that of the builds is every line of the program and of what ships, and all that is installed.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions, version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jewelgen.findings import errors
from jewelgen.formats.solids import Notes
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.solids import of_body, written
from jewelgen.solid.model import Body, Quality
from jewelgen.solid.realize import realize

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".cache" / "kernel"
BUILDS = ROOT / ".cache" / "builds"
MADE_OF = ("src/jewelgen", "designs", "docs/examples", "docs/findings")
ROOMS = ("flat", "formats", "piece", "solid")
NEAR, FEW = (
    0.06,
    0.1,
)  # mm from the innermost corner, more than a chord lies inside its circle; share that may
ENGINES = ("cadquery", "cadquery-ocp", "manifold3d", "numpy")


@dataclass(frozen=True)
class Measured:
    """One body: the volume it is weighed by, fillets, prediction, the kernel's integral, the mesh and its chords (mm3);
    the bore round y that the corners of its STL leave (mm), how far its middle lies from x = 0 and y = 0 (mm).
    """

    name: str
    volume: float
    fillets: float
    predicted: float
    brep: float
    fine_mesh: float
    chords: float
    parts: int
    bore: float
    aside: tuple[float, float]


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


def builds() -> Path:
    """The folder of what was built by this very program of these very designs; of older ones the last stays."""
    whole = sha256(repr([platform.python_version(), platform.machine(), *_installed()]).encode())
    for folder in MADE_OF:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                whole.update(f"{path.relative_to(ROOT).as_posix()} ".encode() + path.read_bytes())
    out = BUILDS / whole.hexdigest()[:20]
    if not out.is_dir():
        out.mkdir(parents=True, exist_ok=True)
        for old in sorted(BUILDS.iterdir(), key=lambda path: path.stat().st_mtime)[:-2]:
            shutil.rmtree(old, ignore_errors=True)
    return out


def _installed() -> list[tuple[str, str]]:
    return sorted((one.metadata["Name"], one.version) for one in distributions())


def measured(piece: Piece, scale: float = 1.0) -> tuple[Measured, ...]:
    """Every body as the kernel makes it; raises `GeometryError` and fails on errors, which are never kept."""
    kept = FOLDER / f"{sha256(f'{code()} {scale!r} {piece!r}'.encode()).hexdigest()}.json"
    if kept.exists():
        rows = json.loads(kept.read_text("utf-8"))
        return tuple(Measured(**{**row, "aside": tuple(row["aside"])}) for row in rows)
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
    triangles = _as_written(body)
    return Measured(
        body.name, body.volume_mm3, proof.fillets, proof.predicted, proof.brep, proof.fine_mesh,
        proof.chords, len(body.members), _bore(triangles), _aside(triangles),
    )  # fmt: skip


def _as_written(body: Body) -> NDArray[np.float64]:
    """The corners (n, 3, 3) of the body's STL, read from its bytes."""
    data = written("x", "stl", (of_body(body),), Notes("x", ()), "master").data
    record = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
    return np.frombuffer(data, record, offset=84)["corners"].astype(np.float64)


def _bore(triangles: NDArray[np.float64]) -> float:
    """Across the circle about y on which most of the innermost corners lie, mm; those of letters lie on chords of it."""
    corners = np.unique(triangles.reshape(-1, 3), axis=0)
    out = np.hypot(corners[:, 0], corners[:, 2])
    found, times = np.unique(np.round(out[out < out.min() + NEAR], 4), return_counts=True)
    return 2.0 * float(found[times.argmax()])


def _aside(triangles: NDArray[np.float64]) -> tuple[float, float]:
    """Where the middle of the enclosed volume lies, mm along x and y."""
    a, b, c = (triangles[:, i] for i in range(3))
    six = np.einsum("ij,ij->i", a, np.cross(b, c))
    middle = (six[:, None] * (a + b + c)).sum(axis=0) / (4.0 * six.sum())
    return float(middle[0]), float(middle[1])

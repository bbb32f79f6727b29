"""Built masters as patterns to invest or to print: read back from their result folders, nothing is built again.

In: a result folder and what its manifest says.  Out: `Cast` pieces with the master's mesh, one for each master.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from jewelgen.cast.branch import Pattern
from jewelgen.cast.sprue import Sprue, sprue_of_row
from jewelgen.findings import DesignError, Finding, Severity, Where
from jewelgen.solid.mesh import scaled_mesh, welded
from jewelgen.solid.model import Mesh

_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
EVEN = 1e-3  # by how much the ratios of the three extents may differ in a file that was scaled
FACES = {"ring": (0.0, 0.0, 1.0), "pendant": (0.0, 0.0, 1.0)}


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """One master that was built: its mesh in mm as written, its record, how many are wanted.

    `id` names it on plans (order number, else design); `detail`: balls (x, y, z, radius) in mm of the master; `mold`:
    what its mold is known by, empty of printed patterns; `stands`: whether that mold is there already.
    """

    id: str
    name: str
    qty: int
    mesh: Mesh
    row: Mapping[str, Any]
    sprue: Sprue
    detail: tuple[tuple[float, ...], ...]
    face: tuple[float, float, float]
    mold: str = ""
    stands: bool = False

    def times(self, n: int) -> Cast:
        """`n` times as many."""
        return replace(self, qty=n * self.qty)


def casts(folder: Path, content: Mapping[str, Any]) -> tuple[tuple[Cast, ...], tuple[Finding, ...]]:
    """The masters of a result folder; a note for a piece that has none. `DesignError` JG443 for one without STL."""
    where = Where(str(folder / "manifest.json"))
    rows = content.get("masters", ())
    if not rows:
        said = f"{content.get('name', folder.name)} has no master: nothing of it is cast"
        return (), (Finding("JG442", said, where, Severity.NOTE),)
    order = content.get("order") or {}
    made = []
    for row in rows:
        path = _stl(folder, content, str(row["body"]))
        if path is None or "detail_mm" not in row or "sprue" not in row:
            said = f"no master of {row['body']} with its sprue stands in {folder}"
            raise DesignError(Finding("JG443", said, where, hint="build it again, with --to stl"))
        mesh = _as_written(path, content, row)
        base = str(order.get("id") or content["design"])
        made.append(
            Cast(
                id=base + (f"-{row['body']}" if len(rows) > 1 else ""),
                name=str(content["design"]),
                qty=int(order.get("qty") or 1),
                mesh=mesh,
                row=row,
                sprue=sprue_of_row(row["sprue"]),
                detail=tuple(tuple(map(float, ball)) for ball in row["detail_mm"]),
                face=FACES[str(content["piece"])],
                mold=_mold(content, row),
                stands=bool((content.get("mold") or {}).get("same")),
            )
        )
    return tuple(made), ()


def _mold(content: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """The frozen digest and the body, on the mold route."""
    return f"{content['mold_digest']} {row['body']}" if row.get("route") == "mold" else ""


def _stl(folder: Path, content: Mapping[str, Any], body: str) -> Path | None:
    for row in content.get("files", ()):
        if row["role"] == "master" and row["body"] == body and row["path"].endswith(".stl"):
            return folder / str(row["path"])
    return None


def _as_written(path: Path, content: Mapping[str, Any], row: Mapping[str, Any]) -> Mesh:
    """The mesh of a master that nobody changed since; `DesignError` JG446 for another, above all one scaled again."""
    written = next(f["sha256"] for f in content["files"] if f["path"] == path.name)
    mesh = read_stl(path)
    if hashlib.sha256(path.read_bytes()).hexdigest() == written:
        return mesh
    size = np.ptp(mesh.vertices, axis=0) / np.array(row["extents_mm"])
    again = float(size.mean())
    said = f"{path.name} is not the file that was written: somebody changed it"
    if np.allclose(size, again, rtol=EVEN) and abs(again - 1) > EVEN:
        state = str(row.get("scaled_words", "yes"))
        said = (
            f"{path.name} was scaled by {again:.4f} after it was written (scaled before: {state})"
        )
    hint = "masters are scaled once, by the build: build it again and send the file as it is"
    raise DesignError(Finding("JG446", said, Where(str(path)), hint=hint))


def read_stl(path: Path) -> Mesh:
    """The mesh of a binary STL that this program wrote, equal corners made one."""
    data = path.read_bytes()
    count = int.from_bytes(data[80:84], "little")
    corners = np.frombuffer(data, _RECORD, count, 84)["corners"]
    return welded(corners.astype(np.float64))


def invested(made: Iterable[Cast]) -> tuple[Pattern, ...]:
    """Every copy as it goes into the flask: printed resin, or wax from the mold, each shrunk by its stages."""
    return tuple(pattern for cast, ids in numbered(made) for pattern in _copies(cast, ids))


def numbered(made: Iterable[Cast]) -> tuple[tuple[Cast, tuple[str, ...]], ...]:
    """Every master with the names of its copies: its own id, numbered where there are several of that id."""
    made = tuple(made)
    wanted = Counter[str]()
    for cast in made:
        wanted[cast.id] += cast.qty
    used, found = Counter[str](), []
    for cast in made:
        several = wanted[cast.id] > 1
        ids = [
            f"{cast.id}/{used[cast.id] + i + 1}" if several else cast.id for i in range(cast.qty)
        ]
        used[cast.id] += cast.qty
        found.append((cast, tuple(ids)))
    return tuple(found)


def _copies(cast: Cast, ids: Iterable[str]) -> list[Pattern]:
    stages = [s for s in cast.row["stages"] if s["stage"] != "metal"]
    grown = float(cast.row.get("scale_needed", cast.row["scale"])) / float(cast.row["scale"])
    k = grown * math.prod(1 - float(s["shrink_pct"]) / 100 for s in stages)
    spare = cast.row["sprue"]
    first = Pattern(
        id=cast.id,
        name=cast.name,
        alloy=str(cast.row["alloy"]),
        material="resin" if cast.row["route"] == "direct" else "wax",
        mesh=scaled_mesh(cast.mesh, k),
        sprue=cast.sprue.scaled(k),
        face=cast.face,
        volume_mm3=(float(cast.row["volume_mm3"]) - float(spare.get("volume_mm3", 0.0))) * k**3,
        metal_g=float(cast.row["weights_g"]["raw_casting"]),
        grown=bool(spare.get("in_file")),
        scaled=str(cast.row.get("scaled_words", "")),
    )
    return [replace(first, id=name) for name in ids]

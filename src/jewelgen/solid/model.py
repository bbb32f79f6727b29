"""What leaves the kernel door: proved bodies with their exact shape, their print mesh and the proof."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jewelgen.findings import Finding
from jewelgen.piece.frame import Frame


class Quality(StrEnum):
    """How fine print meshes are; see `CHORDS`."""

    PREVIEW = "preview"
    STANDARD = "standard"
    FINE = "fine"


# Chord tolerance in mm and angle in radians of each quality.
CHORDS: dict[Quality, tuple[float, float]] = {
    Quality.PREVIEW: (0.05, 0.4),
    Quality.STANDARD: (0.01, 0.2),
    Quality.FINE: (0.005, 0.15),
}


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """Triangles: `vertices` (n, 3) in mm, `triangles` (m, 3) indices, outward by the right-hand rule."""

    vertices: NDArray[np.float64]
    triangles: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Proof:
    """How a body's volume was proved, all in mm3.

    `predicted`: forms less cuts and shares, without fillets (None where nobody predicts); `brep`: what the kernel
    integrates (None for a draft, whose master is proved so); `fine_mesh`: what its fine mesh holds, and `chords`: what
    the chords of each form are known to lose of it; `fillets`: what blends added; `ladder`: tries that failed before.
    """

    predicted: float | None
    brep: float | None
    fine_mesh: float
    chords: float = 0.0
    fillets: float = 0.0
    ladder: int = 0

    def row(self) -> dict[str, float | None]:
        """Each measure by its name, as the manifest says it."""
        return {
            "predicted": self.predicted,
            "brep": self.brep,
            "fine_mesh": self.fine_mesh,
            "chords": self.chords,
            "fillets": self.fillets,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One part of a body after its cuts, at one place: its exact shape and mesh, before fusing."""

    part: str
    index: int
    shape: Any
    mesh: Mesh


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """One body of metal: parts fused over their joints (or a named compound when `solids` > 1).

    `shape` is the OCCT shape in piece coordinates, already scaled; `members` are its parts. Drafts have neither.
    """

    name: str
    parts: tuple[str, ...]
    alloy: str
    made: str
    shape: Any
    mesh: Mesh
    volume_mm3: float
    solids: int
    proof: Proof
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gem:
    """One stone as a body: polyhedron mesh and shape in piece coordinates; `index` within its array."""

    stone: str
    index: int
    species: str
    cut: str
    frame: Frame
    shape: Any
    mesh: Mesh


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything realized of one piece. `scale` is the uniform shrink factor that was applied (1 for models)."""

    name: str
    bodies: tuple[Body, ...]
    gems: tuple[Gem, ...]
    scale: float
    quality: Quality
    findings: tuple[Finding, ...] = ()

"""What only rings are asked: the section of the shank at its back and shoulders, and room between stones and finger.

In: what was `Seen`, what is known, a pack.  Out: `Check`s JG721, JG722.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jewelgen.checker import limits
from jewelgen.checker.known import Known, where
from jewelgen.checker.rays import STEP, Scene
from jewelgen.checker.report import Check, Seen
from jewelgen.checker.surface import Array
from jewelgen.findings import Severity

BACK = np.arange(165.0, 196.0, 2.5)  # degrees round from 12 o'clock
SHOULDERS = np.concatenate((np.arange(60.0, 91.0, 5.0), np.arange(270.0, 301.0, 5.0)))
ACROSS = 61  # rays over the width of the ring


def ring_checks(seen: Seen, known: Known, pack: str) -> Iterator[Check]:
    """The least thickness and width at the back and the shoulders (warnings: it casts, but bends), and culets."""
    for place, angles in (("back", BACK), ("shoulders", SHOULDERS)):
        thick, wide, thin_at, narrow_at = _section(seen.scene, angles)
        yield _least(f"shank thickness at the {place}", "shank_thickness_min", (thick, thin_at), known, pack)  # fmt: skip
        yield _least(f"shank width at the {place}", "shank_width_min", (wide, narrow_at), known, pack)  # fmt: skip
    if known.seats:
        yield _culet(known, pack)


def _section(scene: Scene, angles: Array) -> tuple[float, float, Array, Array]:
    """Least thickness and width over some angles in mm, and where each is."""
    low, high = scene.surface.vertices[:, 1].min(), scene.surface.vertices[:, 1].max()
    across = np.linspace(low, high, ACROSS + 2)[1:-1]
    a = np.radians(angles)[:, None]
    ways = np.stack(np.broadcast_arrays(np.sin(a), 0.0, np.cos(a)), axis=2) * np.ones(
        (1, ACROSS, 1)
    )
    starts = np.zeros_like(ways)
    starts[..., 1] = across
    starts, ways = starts.reshape(-1, 3), ways.reshape(-1, 3)
    near, _ = scene.hits(starts, ways)
    met = np.where(np.isfinite(near), near, 0.0)
    through, _ = scene.hits(starts + (met + STEP)[:, None] * ways, ways)
    metal = np.where(np.isfinite(near) & np.isfinite(through), through, 0.0)
    deep = metal.reshape(len(angles), ACROSS)
    thick = deep.max(axis=1)
    wide = (deep > 0).sum(axis=1) * (across[1] - across[0])
    ends = (starts + met[:, None] * ways).reshape(len(angles), ACROSS, 3)
    i, j = int(thick.argmin()), int(wide.argmin())
    return float(thick[i]), float(wide[j]), ends[i, int(deep[i].argmax())], ends[j, ACROSS // 2]


def _least(name: str, key: str, found: tuple[float, Array], known: Known, pack: str) -> Check:
    value, at = found
    least = limits.of(key, pack)
    passed = value >= least.value - 2 * known.chord
    return Check(
        "JG721", name, value, "mm", str(least), passed, Severity.WARNING, where=where(known, at),
        shortfall=max(0.0, least.value - value), hint="" if passed else "it casts, but it will bend",
        places=() if passed else ((float(at[0]), float(at[1]), float(at[2])),),
    )  # fmt: skip


def _culet(known: Known, pack: str) -> Check:
    """The stone whose lowest point comes nearest to the finger; an error when it enters the hole."""
    least = limits.of("culet_to_finger_min", pack)
    tips = {s.name: np.array(s.middle) - s.below * np.array(s.axis) for s in known.seats}
    rooms = {name: float(np.hypot(tip[0], tip[2])) - known.bore / 2 for name, tip in tips.items()}
    name = min(rooms, key=lambda each: (rooms[each], each))
    room, tip = rooms[name], tips[name]
    passed = room >= least.value - 2 * known.chord
    return Check(
        "JG722", f"culet to finger ({name})", room, "mm", str(least), passed,
        Severity.ERROR if room < 0 else Severity.WARNING, where=where(known, tip),
        shortfall=max(0.0, least.value - room),
        hint="" if passed else "lift the stone, or make the shank thicker under it",
        places=() if passed else ((float(tip[0]), float(tip[1]), float(tip[2])),),
    )  # fmt: skip

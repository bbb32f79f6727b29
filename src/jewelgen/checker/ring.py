"""What only rings are asked: the bore, the section of the shank at its back and shoulders, room between stones and finger.

Twelve o'clock is where the manifest says, on a stranger's ring where most metal is.

In: what was `Seen`, what is known, a pack.  Out: `Check`s JG716, JG721, JG722.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from jewelgen.checker import limits
from jewelgen.checker.bore import Bore
from jewelgen.checker.known import Known, nearest_part, where
from jewelgen.checker.rays import STEP
from jewelgen.checker.report import Check, Seen
from jewelgen.checker.surface import Array
from jewelgen.findings import Severity

BACK = np.arange(165.0, 196.0, 2.5)  # degrees round from 12 o'clock
SHOULDERS = np.concatenate((np.arange(60.0, 91.0, 5.0), np.arange(270.0, 301.0, 5.0)))
ACROSS = 61  # rays over the width of the ring
ROUND = 0.02  # mm: the bore of a written file, of which a standard mesh's chords take half
HEAVY = 0.2  # mm by which the metal's middle lies off the axis: a ring that has a top
LOADED = (
    90.0  # degrees from 12 o'clock: a shank whose stones all lie nearer carries them from behind
)


@dataclass(frozen=True, slots=True, eq=False)
class _Round:
    """A ring's own directions: the middle of its hole, unit vectors at 3 o'clock, along the finger, at 12 o'clock."""

    middle: Array
    right: Array
    axis: Array
    top: Array


def ring_checks(seen: Seen, known: Known, pack: str) -> Iterator[Check]:
    """The bore; the least thickness and width at the back and the shoulders; culets. A file without hole says so."""
    hole = seen.bore
    if known.bore or not known.role:
        yield _bore(hole, known)
    if hole is None or known.sort == "pendant" or (known.role and not known.bore):
        return
    ring = _turned(seen, hole, known)
    for place, angles in (("back", BACK), ("shoulders", SHOULDERS)):
        thick, wide, thin_at, narrow_at = _section(seen, ring, angles)
        loaded = place == "back" and _loaded(known)
        key = "shank_loaded_thickness_min" if loaded else "shank_thickness_min"
        said = f"shank thickness at the {place}" + (" behind stones" if loaded else "")
        yield _least(said, key, (thick, thin_at), known, pack)
        yield _least(f"shank width at the {place}", "shank_width_min", (wide, narrow_at), known, pack)  # fmt: skip
    if known.seats:
        yield _culet(known, pack)


def _bore(found: Bore | None, known: Known) -> Check:
    """Of our own files against the size; of a stranger's what was found."""
    if not known.bore:
        words = f"out of round by {found.ovality:.3f} mm" if found else "no hole for a finger was found: nothing that only rings are asked was asked"  # fmt: skip
        value = found.diameter if found else None
        return Check("JG716", "bore", value, "mm", "any finger's, round", True, Severity.NOTE, note=words)  # fmt: skip
    off = abs(found.diameter - known.bore) if found else known.bore
    most = ROUND + max(0.0, 2 * (known.chord - 0.01))
    return Check(
        "JG716", "bore", found.diameter if found else 0.0, "mm",
        f"{known.bore:.3f} mm, {most:g} either way", off <= most, shortfall=max(0.0, off - most),
        note=f"out of round by {found.ovality:.3f} mm" if found else "no hole for a finger was found",
        hint="" if off <= most else "the file is not the size that was ordered",
    )  # fmt: skip


def _turned(seen: Seen, hole: Bore, known: Known) -> _Round:
    """The ring's own directions."""
    if known.role:
        return _Round(np.zeros(3), *np.eye(3))
    middle, axis = np.array(hole.middle), np.array(hole.axis)
    off = seen.samples.points.mean(axis=0) - middle
    off -= (off @ axis) * axis
    if np.linalg.norm(off) < HEAVY:
        off = np.eye(3)[int(np.argmin(np.abs(axis)))]
        off -= (off @ axis) * axis
    top = off / np.linalg.norm(off)
    return _Round(middle, np.cross(axis, top), axis, top)


def _loaded(known: Known) -> bool:
    """Whether the shank carries stones at its top and none at its back."""
    if not known.seats:
        return False
    clock = [np.degrees(np.arctan2(s.middle[0], s.middle[2])) for s in known.seats]
    return bool(np.abs(clock).max() < LOADED)


def _section(seen: Seen, ring: _Round, angles: Array) -> tuple[float, float, Array, Array]:
    """Least thickness and width over some angles in mm, and where each is."""
    scene = seen.scene
    along = (scene.surface.vertices - ring.middle) @ ring.axis
    across = np.linspace(along.min(), along.max(), ACROSS + 2)[1:-1]
    a = np.radians(angles)[:, None]
    flat = np.sin(a) * ring.right + np.cos(a) * ring.top
    ways = np.repeat(flat, ACROSS, axis=0)
    starts = ring.middle + np.tile(across[:, None] * ring.axis, (len(angles), 1))
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
    """An error where the house publishes the limit: such a ring casts, but it bends."""
    value, at = found
    least = limits.of(key, pack)
    passed = value >= least.value - 2 * known.chord
    part = nearest_part(known, at)
    return Check(
        "JG721", name, value, "mm", str(least), passed, least.weight(value, known.chord),
        where=where(known, at), shortfall=0.0 if passed else least.value - value,
        hint="" if passed else "make it heavier: it casts, but it will bend",
        places=() if passed else ((float(at[0]), float(at[1]), float(at[2])),),
        part=part.name if part else "", least=least.value,
    )  # fmt: skip


def _culet(known: Known, pack: str) -> Check:
    """The stone whose lowest point comes nearest to the finger; an error whoever says so when it enters the hole."""
    least = limits.of("culet_to_finger_min", pack)
    tips = {s.name: np.array(s.middle) - s.below * np.array(s.axis) for s in known.seats}
    rooms = {name: float(np.hypot(tip[0], tip[2])) - known.bore / 2 for name, tip in tips.items()}
    name = min(rooms, key=lambda each: (rooms[each], each))
    room, tip = rooms[name], tips[name]
    passed = room >= least.value - 2 * known.chord
    return Check(
        "JG722", f"culet to finger ({name})", room, "mm", str(least), passed,
        Severity.ERROR if room < 0 else least.weight(room, known.chord), where=where(known, tip),
        shortfall=0.0 if passed else least.value - room,
        hint="" if passed else "lift the stone, or make the shank thicker under it",
        places=() if passed else ((float(tip[0]), float(tip[1]), float(tip[2])),),
    )  # fmt: skip

"""What is known of a file beside the file itself: alloy, expected bore, where parts and stones lie.

In: the manifest that stands beside the file, or words from the command line.  Out: `Known`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from jewelgen.checker.surface import Array

Role = Literal["master", "model", ""]


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the piece: its name, whether it grips stones as a prong, points on it in mm of the file.

    `eye`: whether a chain runs through it.
    """

    name: str
    prong: bool
    points: tuple[tuple[float, float, float], ...]
    eye: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A stone's place: middle of the girdle's lower edge, the way it faces, half its length, height above and below.

    `rim`: the girdle's points about the middle, empty where it is round; `girdle`: its height; `grip`: prongs, lip,
    beads, ...; `here`: whether what holds it is part of this file; `open`: whether the setter
    cuts the seat.
    """

    name: str
    middle: tuple[float, float, float]
    axis: tuple[float, float, float]
    radius: float
    above: float
    below: float
    girdle: float = 0.0
    grip: str = ""
    here: bool = True
    rim: tuple[tuple[float, float, float], ...] = ()
    grams: float = 0.0
    open: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """Where something is cut or raised: the frame's rows, the artwork's box in its plane, depth, mm of the file.

    `bend`: radius of the cylinder on which it lies (0: a plane; negative: inside of it); `how`: engrave, stamp, raise;
    `tall`: height of capitals, 0 of artwork.
    """

    name: str
    how: str
    deep: float
    bend: float
    rows: tuple[tuple[float, ...], ...]
    box: tuple[float, float, float, float]
    tall: float = 0.0


@dataclass(frozen=True, slots=True)
class Gate:
    """Where a sprue meets the metal, the way it leads off, its diameter there."""

    at: tuple[float, float, float]
    way: tuple[float, float, float]
    d: float


@dataclass(frozen=True, slots=True)
class Known:
    """Empty of everything for a stranger's file; `chord`: the chord tolerance in mm that its mesh was made with.

    `sprue`: mm3 of the sprues that stand in the file; `hang`: where a pendant hangs from; `whole`: whether this body is the most of it; `extents` in mm and `scaled`
    of a master, as it was written; `sha256` of the file as it was written; `exact`: the STEP of the same body.
    """

    alloy: str = ""
    role: Role = ""
    sort: str = ""
    bore: float = 0.0
    volume: float = 0.0
    places: tuple[Place, ...] = ()
    seats: tuple[Seat, ...] = ()
    marks: tuple[Marked, ...] = ()
    gates: tuple[Gate, ...] = ()
    sprue: float = 0.0
    hang: tuple[float, float, float] | None = None
    whole: bool = False
    chord: float = 0.01
    extents: tuple[float, ...] = ()
    scaled: str = ""
    sha256: str = ""
    exact: str = ""


def beside(path: Path) -> Known:
    """What the manifest in the file's folder says of it; `Known()` where there is none that names it."""
    try:
        said = json.loads((path.parent / "manifest.json").read_text(encoding="utf-8"))
        row = next(row for row in said["files"] if row["path"] == path.name)
        facts = known(said, row["role"], row["body"])
        return replace(facts, sha256=str(row["sha256"]), exact=_exact(said, row))
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return Known()


def _exact(said: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """The name of the STEP file of the same body and role; empty where none was written."""
    mine = (
        r["path"] for r in said["files"] if (r["role"], r["body"]) == (row["role"], row["body"])
    )
    return next((str(path) for path in mine if str(path).endswith(".step")), "")


def known(said: Mapping[str, Any], role: str, body: str) -> Known:
    """What a manifest's content says of the file that holds `body`; lengths as they stand in that file."""
    masters = {row["body"]: row for row in said["masters"]}
    bodies = {row["name"]: row for row in said["bodies"]}
    master = masters.get(body) if role == "master" else None
    k = float(master["scale"]) if master else 1.0
    inside = float(master["allowance_mm"]["bore"]) if master else 0.0
    bore = float(said["bore_mm"] or 0.0)
    row = master or bodies.get(body)
    parts = set(row["parts"]) if row else set()
    return Known(
        alloy=str(row["alloy"]) if row else str(said["alloy"]),
        role="master" if master else "model",
        sort=str(said["piece"]),
        bore=k * (bore - 2 * inside) if bore and _round_the_finger(parts, said) else 0.0,
        volume=float(row["volume_mm3"]) if row else 0.0,
        places=tuple(_place(p, k) for p in said["places"]["parts"] if p["name"] in parts),
        seats=tuple(_seat(s, k, parts) for s in said["places"]["stones"]),
        gates=_gates(master.get("sprue", {})) if master else (),
        sprue=_in_file(master.get("sprue", {})) if master else 0.0,
        hang=_hang(said["places"].get("hang"), k),
        whole=row is not None and float(row["volume_mm3"]) >= _metal(said, master is not None) / 2,
        marks=tuple(_marked(m, k) for m in said["places"].get("marks", ()) if m["on"] in parts),
        chord=float(said["chord_mm"]),
        extents=tuple(map(float, master.get("extents_mm", ()))) if master else (),
        scaled=str(master.get("scaled_words", "")) if master else "",
    )


def _round_the_finger(parts: set[str], said: Mapping[str, Any]) -> bool:
    """Whether the body holds the part that goes round the finger."""
    return any(p["name"] in parts and p["finger"] for p in said["places"]["parts"])


def _place(row: Mapping[str, Any], k: float) -> Place:
    points = tuple((k * x, k * y, k * z) for x, y, z in row["points"])
    return Place(str(row["name"]), bool(row["prong"]), points, bool(row.get("eye", False)))


def _gates(sprue: Mapping[str, Any]) -> tuple[Gate, ...]:
    """Gates as they lie in the master's file."""
    rows = sprue.get("gates", ())
    return tuple(Gate(tuple(r["at_mm"]), tuple(r["way"]), float(r["d_mm"])) for r in rows)


def _in_file(sprue: Mapping[str, Any]) -> float:
    """mm3 of the sprues that were written with the master."""
    return float(sprue["volume_mm3"]) if sprue.get("in_file") else 0.0


def _hang(point: list[float] | None, k: float) -> tuple[float, float, float] | None:
    return (k * point[0], k * point[1], k * point[2]) if point else None


def _metal(said: Mapping[str, Any], cast: bool) -> float:
    """mm3 of all bodies of one sort."""
    return sum(float(row["volume_mm3"]) for row in said["masters" if cast else "bodies"])


def _seat(row: Mapping[str, Any], k: float, parts: set[str]) -> Seat:
    x, y, z = row["middle"]
    a, b, c = row["axis"]
    radius, above, below = (k * float(row[key]) for key in ("radius", "above", "below"))
    rim = tuple((k * u, k * v, k * w) for u, v, w in row.get("rim", ()))
    held = bool(parts & set(row.get("held_by", ())))
    return Seat(
        str(row["name"]), (k * x, k * y, k * z), (a, b, c), radius, above, below,
        girdle=k * float(row.get("girdle", 0.0)), grip=str(row.get("grip", "")), here=held, rim=rim, grams=float(row.get("grams", 0.0)),
        open=bool(row.get("open", False)),
    )  # fmt: skip


def _marked(row: Mapping[str, Any], k: float) -> Marked:
    rows = tuple((x, y, z, k * at) for x, y, z, at in row["rows"])
    x0, y0, x1, y1 = (k * float(v) for v in row["box"])
    deep, bend = k * float(row["deep"]), k * float(row["bend"])
    tall = k * float(row.get("tall", 0.0))
    return Marked(str(row["name"]), str(row["how"]), deep, bend, rows, (x0, y0, x1, y1), tall)


def nearest_part(known_: Known, point: Array, within: float = math.inf) -> Place | None:
    """The part with a point nearest to `point`; None when no parts are known, or none `within` mm of it."""
    if not known_.places:
        return None
    (number,) = nearest_parts(known_, point[None, :], within)
    return known_.places[number] if number >= 0 else None


def nearest_parts(known_: Known, points: Array, within: float = math.inf) -> NDArray[np.int64]:
    """The number of the part nearest to each point (n, 3); -1 where none lies `within` mm."""
    owner = np.repeat(np.arange(len(known_.places)), [len(p.points) for p in known_.places])
    if not len(owner):
        return np.full(len(points), -1)
    tree = cKDTree(np.concatenate([np.array(p.points) for p in known_.places]))
    away, index = tree.query(points)
    return np.where(away <= within, owner[index], -1)


def where(known_: Known, point: Array) -> str:
    """A place in words: the nearest part, the clock position round the finger or the coordinates, the height."""
    part = nearest_part(known_, point)
    name = f"{part.name}, " if part else ""
    x, y, z = (float(v) + 0.0 for v in point)
    if known_.sort == "ring":
        clock = math.degrees(math.atan2(x, z)) % 360.0 / 30.0
        hour = f"{clock or 12.0:.1f}" if clock >= 0.05 else "12"
        return f"{name}{hour} o'clock, {math.hypot(x, z):.1f} mm from the axis, {y:+.1f} along the finger"
    return f"{name}x {x:.1f}, y {y:.1f}, z {z:.1f}"

"""Judging one file: what it is, whether it is sound, whether a casting house would take it.

In: a path, a pack, what is known of it.  Out: a `Report` for each body.  Raises `CheckError` JG700.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from jewelgen.catalog.packs import CAUTIOUS
from jewelgen.checker.bodies import between
from jewelgen.checker.bore import bore
from jewelgen.checker.castable import castable
from jewelgen.checker.field import field
from jewelgen.checker.known import Known
from jewelgen.checker.once import covered
from jewelgen.checker.rays import Scene, scene
from jewelgen.checker.reading import SUFFIXES, read_mesh
from jewelgen.checker.report import Check, Report, Seen
from jewelgen.checker.soundness import soundness
from jewelgen.checker.step import step_reports
from jewelgen.checker.surface import Surface
from jewelgen.checker.thickness import thickness
from jewelgen.checker.unreadable import refuse
from jewelgen.checker.written import as_written
from jewelgen.cores import threads

OVERLAP = frozenset({"JG705", "JG707"})  # metal counted twice by the divergence theorem
STEP_SUFFIXES = ("step", "stp")
LARGE, MANY = 20_000_000, 400_000  # bytes, triangles from which somebody waits


def inspect(
    path: Path, known: Known, pack: str = CAUTIOUS, tell: Callable[[str], object] = len
) -> tuple[Report, ...]:
    """Reports on every body of an STL, 3MF or STEP file; `tell` hears of each step that may take long."""
    if path.is_file() and path.stat().st_size > LARGE:
        tell(f"reading {path.stat().st_size / 1e6:.0f} MB")
    judged = partial(judge, path, pack=pack, tell=tell)
    suffix = path.suffix.lower().lstrip(".")
    if suffix in STEP_SUFFIXES:
        reports, surfaces = step_reports(
            path, known, lambda solids, facts: side_by_side(solids, partial(judged, known=facts))
        )
    elif suffix in SUFFIXES:
        surfaces = read_mesh(path)
        reports = side_by_side(surfaces, partial(judged, known=known))
    else:
        refuse(path, f"'.{suffix}' is not read", "STL, 3MF and STEP are")
    found, once = between(surfaces, known, pack)
    found = (*as_written(path, surfaces, known), *found)
    first = replace(reports[0], checks=(*reports[0].checks, *found), once=once)
    return (first, *reports[1:])


def side_by_side(
    surfaces: Sequence[Surface], judged: Callable[[Surface], Report]
) -> tuple[Report, ...]:
    """Bodies judged at once, one a core; large ones one after the other, as each takes much memory."""
    large = any(len(surface.triangles) > MANY for surface in surfaces)
    if large or len(surfaces) == 1:
        return tuple(map(judged, surfaces))
    with ThreadPoolExecutor(min(len(surfaces), threads())) as pool:
        return tuple(pool.map(judged, surfaces))


def judge(
    path: Path, surface: Surface, known: Known, pack: str, tell: Callable[[str], object] = len
) -> Report:
    """Soundness always; a pack's limits on masters and strangers' files."""
    told = tell if len(surface.triangles) > MANY else len
    told(f"{len(surface.triangles)} triangles: made ready for rays")
    rays = scene(surface)
    checks = [*soundness(surface, known, told)]
    told("thickness and limits")
    seen = _seen(rays, surface, known)
    if seen:
        checks += castable(seen, known, pack)
    elif known.role != "model":
        checks.append(_blind(rays))
    hole = (seen.bore if seen else bore(rays)) if rays else None
    volume = covered(rays) if rays and _twice(checks, known) else surface.volume()
    return Report(
        path.name, known.role, len(surface.triangles), surface.extents, volume,
        hole.diameter if hole else 0.0, tuple(checks), seen, body=surface.name,
    )  # fmt: skip


def _twice(checks: Sequence[Check], known: Known) -> bool:
    """Whether shells share room, so that the divergence theorem counts metal twice; parts of a model may."""
    return known.role != "model" and any(not c.passed for c in checks if c.code in OVERLAP)


def _seen(rays: Scene | None, surface: Surface, known: Known) -> Seen | None:
    """The metal under every sample; None of models of handmade parts and where nothing can be measured."""
    if known.role == "model" or rays is None or surface.volume() <= 0:
        return None
    samples = field(surface, rays.normals)
    metal = thickness(rays, samples)
    return Seen(rays, samples, metal.wall, metal.ball, bore(rays, samples))


def _blind(rays: Scene | None) -> Check:
    why = "embree is not here" if rays is None else "the surface encloses nothing"
    return Check(
        "JG719", "walls, wires and openings", 0.0, "samples", "a check that ran", False, note=why,
        hint=f"{why}; what could not be checked has failed",
    )  # fmt: skip

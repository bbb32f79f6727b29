"""Checks of every file: closed, oriented, bodies counted, nothing doubled or crossing, of a likely size.

In: a `Surface` and what is known of it.  Out: `Check`s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from jewelgen.checker.crossing import crossings
from jewelgen.checker.integrity import Integrity, integrity
from jewelgen.checker.known import Known, where
from jewelgen.checker.report import Check
from jewelgen.checker.surface import Surface
from jewelgen.findings import Severity

CODES = {"JG701", "JG702", "JG703", "JG704", "JG705", "JG706", "JG707", "JG708", "JG709", "JG733"}
WHOLE = 1_000_000  # triangles up to which all are held against all
SMALL, LARGE = 4.0, 200.0  # mm: the largest extent of a likely piece of jewelry
UNITS = (("inches", 25.4), ("metres", 1000.0), ("centimetres", 10.0), ("micrometres", 0.001))
CRUMB = 0.01  # of the largest body: smaller ones are strays
EVEN = 2e-3  # by how much ratios of extents may differ or be off
VOLUME = 0.5  # of the volume an mm of chord tolerance: the bias of a print mesh


def soundness(
    surface: Surface, known: Known, tell: Callable[[str], object] = len
) -> Iterator[Check]:
    """Every check that needs no limit of a casting house; `tell` hears of each step."""
    tell("edges and shells")
    found = integrity(surface)
    yield _count(
        "JG701", "open edges", found.open_edges, "edges", "close the holes; nothing can be filled"
    )
    yield _count(
        "JG702",
        "edges where the surface turns inside out",
        found.turned_edges,
        "edges",
        "turn the faces to look outward",
    )
    yield from _bodies(found, known)
    spoiled = found.degenerate + found.doubled
    yield _count("JG703", "triangles without area or doubled", spoiled, "triangles", "export again")
    tell("triangles that run through each other")
    yield _crossing(surface, known)
    yield _size(surface)
    if known.extents:
        yield _scale(surface, known)
    if known.volume:
        yield _volume(surface, known)


def of_equal(checks: Iterable[Check]) -> Iterator[Check]:
    """Of the checks of a surface those that another, equal to it to the last bit, would get here."""
    return (check for check in checks if check.code in CODES)


def _count(code: str, name: str, n: int, unit: str, hint: str) -> Check:
    return Check(code, name, float(n), unit, "none", n == 0, hint=hint, shortfall=float(n))


def _bodies(found: Integrity, known: Known) -> Iterator[Check]:
    """One body a master; strays, hollows and bodies turned inside out in any file."""
    shells = found.shells
    largest = abs(shells[0].volume)
    crumbs = sum(abs(shell.volume) < CRUMB * largest for shell in shells)
    hint = "delete them or join them to the piece"
    yield _count("JG704", "stray bodies", crumbs if known.role != "model" else 0, "bodies", hint)
    # Parts of a model touch and lie in each other on purpose: there only their own sense counts.
    turned = sum(s.volume < 0 if known.role == "model" else s.turned_in for s in shells)
    outward = all(s.volume < 0 for s in shells if s.turned_in)
    hint = "turn its faces to look outward" if outward else "unite the bodies"
    yield _count("JG705", "bodies inside out or inside each other", turned, "bodies", hint)
    if known.role != "model":
        whole = len(shells) - crumbs - found.hollows
        single, weight = whole <= 1, Severity.ERROR if known.role else Severity.WARNING
        yield Check(
            "JG704", "bodies", float(whole), "bodies", "one a file", single, weight,
            hint="export each by itself, or join them", shortfall=float(whole - 1),
        )  # fmt: skip
        yield Check(
            "JG706", "closed hollows", float(found.hollows), "hollows", "none", not found.hollows,
            hint="resin and investment stay inside: give it a drain", shortfall=float(found.hollows),
        )  # fmt: skip


def _crossing(surface: Surface, known: Known) -> Check:
    every = 1 + len(surface.triangles) // WHOLE
    pairs = crossings(surface, every)
    middle = surface.corners[pairs[0, 0]].mean(axis=0) if len(pairs) else None
    bodies = known.role == "model"  # parts of a handmade piece are filed to each other at the bench
    return Check(
        "JG707", "triangles that run through each other", float(len(pairs)), "pairs", "none",
        not len(pairs) or bodies, where=where(known, middle) if middle is not None else "",
        shortfall=float(len(pairs)), hint="unite the bodies",
        note=f"one triangle of {every} was held against all" if every > 1 else "",
    )  # fmt: skip


def _size(surface: Surface) -> Check:
    largest = max(surface.extents)
    likely = [
        f"{name} (then {largest * k:.1f} mm)" for name, k in UNITS if 8.0 < largest * k < 80.0
    ]
    hint = f"were these {likely[0]}?" if likely else "look at the unit of the export"
    return Check(
        "JG708", "largest extent", largest, "mm", f"{SMALL:g} to {LARGE:g} mm",
        SMALL <= largest <= LARGE, hint=hint, shortfall=max(SMALL - largest, largest - LARGE, 0.0),
    )  # fmt: skip


def _scale(surface: Surface, known: Known) -> Check:
    """Whether a master was scaled after it was written: all extents larger or smaller by one factor."""
    ratios = np.array(surface.extents) / np.array(known.extents)
    again = float(ratios.mean())
    even = bool(np.ptp(ratios) < EVEN)
    passed = not even or abs(again - 1.0) < EVEN
    return Check(
        "JG733", "scale against the manifest", again if even else None, "times", "1, scaled once by the build",
        passed, shortfall=abs(again - 1.0), note=f"scaled as written: {known.scaled}",
        hint="" if passed else "send the file as it was written: shrinkage is allowed for once",
    )  # fmt: skip


def _volume(surface: Surface, known: Known) -> Check:
    measured = surface.volume()
    off, most = abs(measured / known.volume - 1.0), VOLUME * known.chord
    return Check(
        "JG709", "volume against the manifest", round(100 * off, 4), "%", f"{100 * most:g} % at most",
        bool(np.isfinite(off)) and off <= most, shortfall=max(0.0, off - most),
        hint="the file is not the one that was built",
    )  # fmt: skip

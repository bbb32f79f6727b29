"""Claws of a wire wrap: the front wire led over the dome without entering it, and wires that can be bent at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds.wire_layout import HAIR, Layout, pulled
from jewelgen.kinds.wire_path import place
from jewelgen.piece.rail import Bez, axes
from jewelgen.piece.section import Section, area_and_centroid, polygon
from jewelgen.piece.stone import Stone

Array = NDArray[np.float64]
TRIES = 8  # times the claws are lifted off the dome
FOLD = 0.52  # wires: the least radius a wire turns with before its inside folds


def refused(message: str, key: str, allowed: str, fix: Fix | None = None) -> DesignError:
    """JG260: wires that cannot be wrapped so."""
    return DesignError(Finding("JG260", message, Where(key=key), allowed=allowed, fix=fix))


def led_over(layout: Layout, gem: Stone, section: Section, spirals: bool) -> Bez:
    """The front wire, its claws lifted until no corner of it enters the dome; raises `DesignError` JG260."""
    z, lift = layout.layer(layout.wires - 1), 0.0

    def tip(degrees: float) -> float:
        x, y, _ = place(layout.girdle, degrees, -layout.grip, 0.0)[0]
        return max(z, float(_dome(gem, np.array([x]), np.array([y]))[0]) + layout.wire / 2 + lift)

    for _ in range(TRIES):
        rail = pulled(layout, z, tip, spirals)
        deep = _depth(rail, section, gem)
        if deep <= 0:
            return rail
        lift += 1.2 * deep + HAIR
    message = f"claws of {layout.grip:g} cannot be led over so steep a dome"
    block = gem.name.rpartition(".")[0]
    raise refused(message, f"{block}.frame.wires", "more wires, or a lower stone")


def _dome(gem: Stone, x: Array, y: Array) -> Array:
    """Height of the cabochon's surface over (x, y); its back outside it."""
    share = (2 * x / gem.width) ** 2 + (2 * y / gem.length) ** 2
    up = gem.girdle + (gem.depth - gem.girdle) * np.sqrt(np.clip(1.0 - share, 0.0, 1.0))
    return np.where(share < 1.0, up, 0.0)


def _depth(rail: Bez, section: Section, gem: Stone) -> float:
    """How deep in mm the wire enters the dome."""
    point, _, u, v = axes(rail, np.linspace(0.0, 1.0, 800))
    uv = polygon(section, 0.05) - (0.0, area_and_centroid(section)[1])
    skin = point[:, None] + uv[:, 0, None] * u[:, None] + uv[:, 1, None] * v[:, None]
    over = _dome(gem, skin[..., 0], skin[..., 1])
    return float(np.where(over > 0, over + HAIR / 2 - skin[..., 2], -1.0).max())


def bendable(rail: Bez, layout: Layout, key: str) -> None:
    """Raises `DesignError` JG260 when a wire would fold: its inner side needs a radius."""
    point, tangent, _, _ = axes(rail, np.linspace(0.0, 1.0, 800))
    turn = np.linalg.norm(np.diff(tangent, axis=0), axis=1)
    steps = np.linalg.norm(np.diff(point, axis=0), axis=1)
    radius = float((steps / np.maximum(turn, 1e-9)).min())
    if radius < FOLD * layout.wire:
        message = f"the wire would have to turn within {radius:.2f} mm"
        raise refused(message, key, "a shorter reach, thinner wire, or a wider bail")

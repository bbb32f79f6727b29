"""Stones of one cut and size as one crystal in many places, so that the light in all of them is found at once.

In: surfaces.  Out: for each of them its `Twin`: whose copy it is, and how it was turned and moved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.solid.model import Mesh
from jewelgen.view.scene import Surface

Array = NDArray[np.floating]
NEAR = 1e-6  # mm within which a mesh laid on another is the same


@dataclass(frozen=True, slots=True, eq=False)
class Twin:
    """The surface of number `like`, turned by `turn` (3, 3) and then moved by `shift` in mm."""

    like: int
    turn: Array
    shift: Array


def twins(surfaces: tuple[Surface, ...]) -> tuple[Twin, ...]:
    """What each surface is a copy of: of itself where nothing before it is the same."""
    found: list[Twin] = []
    leaders: list[int] = []
    for i, surface in enumerate(surfaces):
        copies = (_laid(k, surfaces[k], surface) for k in leaders)
        twin = next((copy for copy in copies if copy), None) if surface.material.index > 1 else None
        if twin is None:
            leaders += [i] if surface.material.index > 1 else []
            twin = Twin(i, np.eye(3), np.zeros(3))
        found.append(twin)
    return tuple(found)


def _laid(number: int, first: Surface, other: Surface) -> Twin | None:
    """How `other` came from `first`, or None where it is not its copy (Kabsch's turn, mirrored or not)."""
    a, b = first.mesh, other.mesh
    if first.material != other.material or not _alike(a, b):
        return None
    middle, place = a.vertices.mean(axis=0), b.vertices.mean(axis=0)
    left, _, right = np.linalg.svd((a.vertices - middle).T @ (b.vertices - place))
    turn = (left @ right).T
    shift = place - turn @ middle
    off = np.abs(a.vertices @ turn.T + shift - b.vertices).max()
    return Twin(number, turn, shift) if off < NEAR else None


def _alike(a: Mesh, b: Mesh) -> bool:
    return a.vertices.shape == b.vertices.shape and np.array_equal(
        np.sort(a.triangles, axis=1), np.sort(b.triangles, axis=1)
    )

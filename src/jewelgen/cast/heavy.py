"""The heavy places of a casting, and the one spot on each where a sprue may stand.

In: a mesh, balls of detail (x, y, z, radius), the way a piece rests.  Out: `Spots`. Heavy metal is what is at least
60 % as thick as the thickest (the catalog's neck); two heavy places with thinner metal between are two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from jewelgen.cast.chain import number
from jewelgen.cast.heft import Array, Heft, heft
from jewelgen.catalog.facts import fact
from jewelgen.solid.model import Mesh

NEAR_BEST = 0.7  # of the thickest ball of a heavy place: thick enough for its gate
SHARE = 0.06  # of the whole surface: less is no heavy place
FREE = 8.0  # mm from the metal to where sprues run together
SIDE = 4.5  # mm from the middle to each of two gates on one heavy place
OFF = 0.5  # mm: nearer to the middle plane than this is on it
THICKEST = (
    0.995  # quantile of the balls: a few samples at sharp corners see more metal than there is
)
# How places on one heavy stretch are ranked, in shares of the best: no source weighs them against each other. Chosen so
# that a caster would put the gates of all shipped designs where they stand: first where the sprue leaves along the way the
# piece rests, then low and thick, outside rather than in the bore, near the middle of the piece.
TURNED, THICK, OUTWARD, LOW, ASIDE = 1.0, 0.5, 0.3, 0.6, 0.5
THIN = 10.0  # taken off a place too thin for its gate: more than all others together
PLUMB = 0.94  # cosine to the resting way within which a sprue stands along it
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Points in the middle of the metal with their ball diameters, one a gate; `way`: where the sprue leads."""

    middles: tuple[Array, ...]
    balls: tuple[float, ...]
    way: Array
    unfed: int


def spots(mesh: Mesh, detail: Array, rest: Array, two: bool) -> Spots:
    """The gates' places; `two`: whether one heavy place gets two (a heavy piece)."""
    field = heft(mesh)
    clear = _clear(field, detail)
    places = _places(field, clear)
    rest = rest / np.linalg.norm(rest)
    bests = [(_best(field, place & clear, rest), place) for place in places]
    reached = [(i, place) for i, place in bests if i is not None]
    if not reached:
        reached = [(_best(field, places[0], rest, anywhere=True) or 0, places[0])]
    first, place = max(reached, key=lambda row: float(field.ball[row[0]]))
    way = _plumb(field.normals[first], rest)
    middle, ball = _centred(field, first, place & clear, way)
    two = two or _wide(field, middle, rest)
    pair = _pair(field, (middle, way), place & clear) if two else None
    middles = pair or [(middle, ball)]
    unfed = 0
    for i, other in bests:
        if other is place:
            continue
        if i is not None and field.normals[i] @ way > 0.2 and _sees(field, i, middle + FREE * way):
            middles.append((field.points[i] - field.normals[i] * field.ball[i] / 2, float(field.ball[i])))  # fmt: skip
        else:
            unfed += 1
    return Spots(tuple(m for m, _ in middles), tuple(b for _, b in middles), way, unfed)


def _clear(field: Heft, detail: Array) -> Mask:
    """Samples where a gate leaves the catalog's margin to detail; where none does, the ones farthest from it."""
    if not len(detail):
        return np.ones(len(field.points), dtype=bool)
    gaps = np.linalg.norm(field.points[:, None] - detail[None, :, :3], axis=2) - detail[None, :, 3]
    room = gaps.min(axis=1) - field.ball / 2 - number(fact("casting", "sprue.detail_margin"))
    return np.asarray(room > min(0.0, float(np.quantile(room, 0.9))))


def _places(field: Heft, clear: Mask) -> list[Mask]:
    """Heavy metal, a mask a connected place, the heaviest first; loops and other detail set no standard."""
    neck = number(fact("casting", "sprue.second_when_neck_under_pct")) / 100
    thickest = float(np.quantile(field.ball[clear], THICKEST))
    heavy = np.flatnonzero(field.ball >= neck * thickest)
    pairs = cKDTree(field.points[heavy]).query_pairs(2.5 * field.spacing, output_type="ndarray")
    graph = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), (len(heavy),) * 2)
    count, label = connected_components(graph, directed=False)
    sizes = np.bincount(label, minlength=count)
    open_ = np.bincount(label, weights=clear[heavy], minlength=count)
    order = sorted(range(count), key=lambda k: (-open_[k], k))
    kept = [k for k in order if sizes[k] > SHARE * len(field.points)] or order[:1]
    masks = []
    for k in kept:
        mask = np.zeros(len(field.points), dtype=bool)
        mask[heavy[label == k]] = True
        masks.append(mask)
    return masks


def _best(field: Heft, allowed: Mask, rest: Array, anywhere: bool = False) -> int | None:
    """The sample of a place with the best standing: thick, turned to the resting way, free outside."""
    index = np.flatnonzero(allowed)
    if not len(index):
        return None
    thick = field.ball[index] / float(np.quantile(field.ball[index], THICKEST))
    turned = field.normals[index] @ rest
    centre = field.points.mean(axis=0)
    outward = np.einsum("ij,ij->i", field.normals[index], field.points[index] - centre)
    outward /= max(float(np.abs(outward).max()), 1e-9)
    low = field.points[index] @ rest
    low = (low - low.min()) / max(float(np.ptp(low)), 1e-9)
    aside = field.points[index] - (field.points.min(axis=0) + field.points.max(axis=0)) / 2
    aside -= (aside @ rest)[:, None] * rest
    far = np.linalg.norm(aside, axis=1)
    far /= max(float(far.max()), 1e-9)
    rank = TURNED * turned + THICK * np.round(np.minimum(thick, 1.0), 1) + OUTWARD * outward
    rank += LOW * low - ASIDE * far
    rank[thick < NEAR_BEST] -= THIN
    for k in np.lexsort((index, -np.round(rank, 6))):
        if anywhere or (rank[k] > -THIN / 2 and _open(field, int(index[k]))):
            return int(index[k])
    return None


def _open(field: Heft, i: int) -> bool:
    """Whether a sprue can leave this sample along its normal and meet nothing more (not the far side of a bore)."""
    apart = field.points - field.points[i]
    along = apart @ field.normals[i]
    across = np.linalg.norm(apart - along[:, None] * field.normals[i], axis=1)
    return not bool(((along > 0.6) & (across < max(field.ball[i] / 2, 1.0) + 0.5)).any())


def _sees(field: Heft, i: int, root: Array) -> bool:
    """Whether the straight line from a sample to the root leaves the metal at once and meets none again."""
    start = field.points[i]
    way = root - start
    run = float(np.linalg.norm(way))
    way = way / run
    apart = field.points - start
    along = apart @ way
    across = np.linalg.norm(apart - along[:, None] * way, axis=1)
    met = (along > field.ball[i] / 2 + 0.3) & (along < run) & (across < field.ball[i] / 2)
    return bool(field.normals[i] @ way > 0.25) and not bool(met.any())


def _plumb(normal: Array, rest: Array) -> Array:
    return rest if normal @ rest > PLUMB else normal / np.linalg.norm(normal)


def _centred(field: Heft, i: int, allowed: Mask, way: Array) -> tuple[Array, float]:
    """The middle of the metal under a sample and its like around it, on the piece's middle line when near it."""
    ball = float(field.ball[i])
    like = allowed & (np.linalg.norm(field.points - field.points[i], axis=1) < 1.2 * ball)
    like &= (field.normals @ way > 0.8) & (field.ball > NEAR_BEST * ball)
    like[i] = True
    inner = field.points[like] - field.normals[like] * field.ball[like, None] / 2
    return _snapped(field, inner.mean(axis=0), way), ball


def _snapped(field: Heft, middle: Array, way: Array) -> Array:
    """A point moved across `way` onto the middle planes of the piece that it is near to."""
    off = (field.points.min(axis=0) + field.points.max(axis=0)) / 2 - middle
    off -= (off @ way) * way
    return np.asarray(middle + np.where(np.abs(off) < OFF, off, 0.0))


def _wide(field: Heft, middle: Array, rest: Array) -> bool:
    """Whether a ring is wider along the finger, where the gate stands, than one gate fills."""
    apart = np.abs(field.points - middle)
    here = (apart[:, 0] < 1.0) & (apart[:, 2] < 2.0)
    most = number(fact("casting", "sprue.second_when_ring_wider"))
    return bool(abs(rest[2]) > 0.99) and float(np.ptp(field.points[here, 1])) > most


def _pair(
    field: Heft, first: tuple[Array, Array], allowed: Mask
) -> list[tuple[Array, float]] | None:
    """Two places on either side of the first, as far from it as each other; None where the metal ends."""
    middle, way = first
    apart = field.points - middle
    flat = apart - (apart @ way)[:, None] * way
    near = allowed & (np.linalg.norm(apart, axis=1) < 2 * SIDE) & (field.normals @ way > 0.5)
    if near.sum() < 8:
        return None
    _, _, axes = np.linalg.svd(flat[near] - flat[near].mean(axis=0), full_matrices=False)
    side = axes[0] * (1.0 if axes[0][int(np.argmax(np.abs(axes[0])))] > 0 else -1.0)
    found = []
    for sign in (1.0, -1.0):
        off = flat @ side * sign
        spot = near & (np.abs(off - SIDE) < 1.0)
        if not spot.any():
            return None
        inner = field.points[spot] - field.normals[spot] * field.ball[spot, None] / 2
        found.append((_snapped(field, inner.mean(axis=0), way), float(np.median(field.ball[spot]))))
    return found

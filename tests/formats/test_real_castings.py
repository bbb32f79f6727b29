"""Built pieces with heads and loops, not balls and boxes: sixty on trees, forty on plates, none nearer to another than
is asked.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from manifold3d import Manifold, Mesh64

from jewelgen.cast.branch import clearances
from jewelgen.cast.tree import Tree, trees
from jewelgen.catalog.facts import fact
from jewelgen.catalog.printers import printer
from jewelgen.pipeline.patterns import Cast, casts, invested
from jewelgen.pipeline.plates import plate_files
from jewelgen.pipeline.trees import flask_of
from jewelgen.solid.model import Mesh

pytestmark = pytest.mark.kernel
COARSE = 0.02  # mm by which meshes are made simpler before their distances are measured
WAX = clearances("wax")
DESIGNS = "01_court_band", "03_cathedral_six_prong", "16_name_pendant", "17_leaf_pendant"
Box = tuple[np.ndarray, np.ndarray, Manifold]


@pytest.fixture(scope="module")
def pieces(built: Callable[[str], Path]) -> list[Cast]:
    """A court band, a solitaire with prongs, a name between its loops and a leaf on its bail, as they were written."""
    found = []
    for name in DESIGNS:
        folder = built(name)
        content = json.loads((folder / "manifest.json").read_text("utf-8"))
        (cast,), _ = casts(folder, content)
        found.append(replace(cast, mold=""))  # each is printed
    return found


def body(mesh: Mesh) -> Manifold:
    return Manifold(Mesh64(mesh.vertices, mesh.triangles.astype(np.uint64))).simplify(COARSE)


def boxed(made: Manifold) -> Box:
    ends = np.array(made.bounding_box()).reshape(2, 3)
    return ends[0], ends[1], made


def near(bodies: list[Box], gap: float) -> Iterator[tuple[Manifold, Manifold]]:
    """Pairs whose boxes come nearer than `gap` mm."""
    for (a, b, one), (c, d, two) in itertools.combinations(bodies, 2):
        if (a - d < gap).all() and (c - b < gap).all():
            yield one, two


def test_sixty_real_pieces_hang_apart(pieces: list[Cast]) -> None:
    made = [
        replace(p, alloy="gold_14k_yellow", material="wax")
        for p in invested(cast.times(15) for cast in pieces)
    ]
    packed, lost = trees(made, WAX, [flask_of("4x8in")])
    assert lost == ()
    assert sum(len(tree.branches) for tree in packed) == 60
    again, _ = trees(made[::-1], WAX, [flask_of("4x8in")])
    assert places(again) == places(packed), "however the orders come in"
    assert {b.pattern.name for tree in packed for b in tree.branches} == set(DESIGNS)
    patterns = {b.pattern.name: b.pattern for tree in packed for b in tree.branches}
    plain = {name: body(pattern.mesh) for name, pattern in patterns.items()}
    for tree in packed:
        bodies = [boxed(plain[b.pattern.name].transform(b.rows)) for b in tree.branches]
        pairs = list(near(bodies, WAX.gap))
        assert pairs, "they hang close, or nothing is shown"
        assert min(a.min_gap(b, WAX.gap + 1.0) for a, b in pairs) >= WAX.gap - 2 * COARSE


def places(packed: tuple[Tree, ...]) -> list[tuple[str, str, float, float]]:
    return [(b.pattern.id, b.at, b.z, b.turn) for tree in packed for b in tree.branches]


def test_forty_real_pieces_stand_apart(pieces: list[Cast]) -> None:
    mars = printer("elegoo mars 3")
    files, findings, made = plate_files([cast.times(10) for cast in pieces], mars)
    assert findings == ()
    assert sum(len(plate.laid) for plate in made) == 40
    assert [f.path for f in files if f.path.endswith(".3mf")] == [
        f"plate-{i + 1}.3mf" for i in range(len(made))
    ]
    gap = fact("printers", "plate.gap").number
    standing = {item.standing.name: item.standing for plate in made for item in plate.laid}
    plain = {name: body(item.mesh) for name, item in standing.items()}
    for plate in made:
        bodies = [boxed(plain[item.standing.name].transform(item.rows)) for item in plate.laid]
        apart = [a.min_gap(b, gap + 1.0) for a, b in near(bodies, gap)]
        assert min(apart, default=gap) >= gap - 2 * COARSE

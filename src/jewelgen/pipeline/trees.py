"""From built pieces to trees: packed, weighed, drawn.

In: `Cast` masters, the flasks to choose from, the investment asked for.  Out: artifacts of one folder and findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jewelgen.cast.branch import Pattern, clearances
from jewelgen.cast.pour import Investment, Pour, poured
from jewelgen.cast.sprue import judged
from jewelgen.cast.tree import Flask, Tree, flasks, trees
from jewelgen.findings import CatalogError, Finding, Severity, Where, did_you_mean
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.manifest import finding_row, to_json
from jewelgen.paper.tree_page import tree_pdf, tree_row
from jewelgen.paper.tree_view import Shown, colours, ring_view, side_view
from jewelgen.pipeline.patterns import Cast, invested
from jewelgen.solid.silhouette import silhouettes
from jewelgen.view.tree_picture import tree_picture

SCHEMA = 1
# From the flask (z up) to a drawing of its side (x right, y up, the eye in front at -y).
_SIDE = np.array(((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, -1.0, 0.0)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of trees: flasks (all of the catalog's when empty), investment, paper, a shaded picture."""

    flasks: tuple[Flask, ...] = ()
    investment: Investment | None = None
    paper: str = "a4"
    picture: bool = False


def flask_of(word: str) -> Flask:
    """`2.5x4in`, `63.5x101.6` (mm) or a name of the catalog; `CatalogError` JG444 with the sizes there are."""
    plain = word.lower().replace(" ", "").removesuffix("in").removesuffix("mm")
    for flask in flasks():
        inches = flask.name.replace(" ", "").removesuffix("in")
        if plain in (inches, f"{flask.d:g}x{flask.h:g}"):
            return flask
    names = [flask.name.replace(" ", "") for flask in flasks()]
    raise CatalogError(
        Finding("JG444", f"no flask '{word}'", hint=did_you_mean(word.lower(), names))
    )


def tree_files(
    made: Iterable[Cast], asked: Asked
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...], tuple[Tree, ...]]:
    """Drawings, pages and figures of all trees; `MakeError` JG441 where gypsum cannot stand the metal."""
    made = tuple(made)
    patterns = invested(made)
    packed, findings = _packed(patterns, asked)
    findings += _sprues(made)
    artifacts, rows = [], []
    for number, tree in enumerate(packed, 1):
        pour = poured(tree, asked.investment)
        files, row = _files(number, tree, pour, asked)
        artifacts += files
        rows.append(row)
    said = [finding_row(finding) for finding in findings]
    document = {"schema": SCHEMA, "flasks": rows, "findings": said}
    data = to_json(document).encode("utf-8")
    return (*artifacts, Artifact("tree.json", data, "tree")), findings, packed


def _packed(
    patterns: Sequence[Pattern], asked: Asked
) -> tuple[tuple[Tree, ...], tuple[Finding, ...]]:
    """Trees by alloy and material, and those patterns that fit in no flask."""
    packed: list[Tree] = []
    findings: list[Finding] = []
    for alloy, material in sorted({(p.alloy, p.material) for p in patterns}):
        mine = [p for p in patterns if (p.alloy, p.material) == (alloy, material)]
        made, lost = trees(mine, clearances(material), asked.flasks or flasks())
        packed += made
        findings += [_lost(p, asked) for p in lost]
    return tuple(packed), tuple(findings)


def _lost(pattern: Pattern, asked: Asked) -> Finding:
    size = " x ".join(f"{v:.1f}" for v in np.ptp(pattern.mesh.vertices, axis=0))
    words = ", ".join(flask.name for flask in asked.flasks) or "any of the catalog's flasks"
    keep = clearances(pattern.material)
    return Finding(
        "JG440",
        f"{pattern.id} ({size} mm) does not fit in {words}",
        Where(key=pattern.id),
        allowed=f"{keep.wall:g} mm to the wall, {keep.top:g} mm to the open end, {keep.gap:g} mm to the trunk",
        hint="choose a larger flask",
    )


def _sprues(made: Iterable[Cast]) -> tuple[Finding, ...]:
    """Gates that will not feed what they stand on."""
    return tuple(
        Finding("JG430", f"{cast.id}: {text}", Where(key=cast.id), Severity.WARNING)
        for cast in made
        for text in judged(cast.sprue)
    )


def _files(
    number: int, tree: Tree, pour: Pour, asked: Asked
) -> tuple[list[Artifact], dict[str, Any]]:
    shown = _shown(tree)
    side = side_view(tree, shown)
    rings = [ring_view(tree, shown, ring[0].ring) for ring in tree.rings]
    stem = f"tree-{number}"
    files = [Artifact(f"{stem}-side.svg", side.text.encode(), "drawing")]
    files += [
        Artifact(f"{stem}-ring-{i}.svg", ring.text.encode(), "drawing")
        for i, ring in enumerate(rings, 1)
    ]
    row = tree_row(number, tree, pour)
    files.append(Artifact(f"{stem}.pdf", tree_pdf(row, side, rings, asked.paper), "page"))
    if asked.picture:
        files.append(Artifact(f"{stem}.png", tree_picture(tree, colours(tree)), "picture"))
    return files, row


def _shown(tree: Tree) -> tuple[Shown, ...]:
    """The shadows of every branch; equal meshes are made coarse once."""
    by_mesh: dict[int, list[int]] = {}
    for i, branch in enumerate(tree.branches):
        by_mesh.setdefault(id(branch.pattern.mesh), []).append(i)
    found: dict[int, Shown] = {}
    for places in by_mesh.values():
        branches = [tree.branches[i] for i in places]
        views = [m for b in branches for m in (_SIDE @ b.rows, b.rows)]
        made = silhouettes(branches[0].pattern.mesh, views, branches[0].pattern.id)
        for k, i in enumerate(places):
            found[i] = Shown(tree.branches[i], made[2 * k], made[2 * k + 1])
    return tuple(found[i] for i in range(len(tree.branches)))

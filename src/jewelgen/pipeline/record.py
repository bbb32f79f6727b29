"""What the manifest says: resolved values, measures, weights, findings, versions."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jewelgen import __version__
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.weights import grams
from jewelgen.findings import Finding
from jewelgen.flat.drawing import Drawing
from jewelgen.formats.manifest import finding_row
from jewelgen.piece.digest import digest
from jewelgen.piece.gem import exact_carats, formula_carats
from jewelgen.pipeline.places import places
from jewelgen.pipeline.prepare import Prepared

if TYPE_CHECKING:  # what stands already is recognized without the kernel
    from jewelgen.pipeline.casting import Master
    from jewelgen.solid.model import Body, Model

_ENGINES = (
    "cadquery", "cadquery-ocp", "manifold3d", "numpy", "pydantic", "shapely", "ezdxf", "typst",
    "fonttools", "svgelements",
)  # fmt: skip


def record(
    prepared: Prepared,
    model: Model | None,
    masters: tuple[Master, ...],
    findings: tuple[Finding, ...],
) -> dict[str, Any]:
    """The manifest's content as plain data, without the list of files."""
    brief = prepared.brief
    return {
        "name": brief.name,
        "design": brief.stem,
        "piece": brief.sort,
        "made": brief.made,
        "alloy": brief.alloy,
        "size": brief.size,
        "bore_mm": brief.bore,
        "digest": digest(prepared.piece),
        "mold_digest": digest(prepared.piece, frozen=True),
        **_order(prepared),
        "understood": [
            {"key": e.key, "written": e.written, "as": e.understood} for e in brief.echoes
        ],
        "values": {block.name: _values(block.params) for block in brief.blocks},
        "changes": [{"key": c.key, "base": c.base, "now": c.now} for c in brief.changes],
        "bodies": [_body(body) for body in model.bodies] if model else [],
        "stones": _stones(prepared),
        "places": places(prepared.piece),
        "masters": [master.row() for master in masters],
        "findings": [_said(finding) for finding in findings],
        "versions": {"jewelgen": __version__, **{name: version(name) for name in _ENGINES}},
    }


def finished_record(
    prepared: Prepared, model: Model, masters: tuple[Master, ...], findings: tuple[Finding, ...]
) -> dict[str, Any]:
    """The record of a realized piece, with the chord tolerance of its meshes."""
    from jewelgen.solid.model import CHORDS

    rest = {"quality": str(model.quality), "chord_mm": CHORDS[model.quality][0]}
    return record(prepared, model, masters, findings) | rest


def _said(finding: Finding) -> dict[str, Any]:
    """A finding's row with its file's name alone: where a design lies is no part of the piece."""
    row = finding_row(finding)
    return row | {"file": Path(row["file"]).name}


def _order(prepared: Prepared) -> dict[str, Any]:
    order, out = prepared.order, {}
    if order is not None:
        out["order"] = {
            "id": order.id, "customer": order.customer, "qty": order.qty,
            "set": order.chosen_set, "due": order.due, "note": order.note,
        }  # fmt: skip
    if prepared.verdict is not None:
        out["mold"] = {"same": prepared.verdict.same, "words": prepared.verdict.words}
    return out


def _values(params: Any) -> Any:
    """A parameter block as plain data; of a drawing its name and a digest, its loops are in the piece."""
    if isinstance(params, Drawing):
        return {"name": params.name, "sha256": sha256(repr(params.loops).encode()).hexdigest()}
    if is_dataclass(params) and not isinstance(params, type):
        return {item.name: _values(getattr(params, item.name)) for item in fields(params)}
    if isinstance(params, (list, tuple)):
        return [_values(item) for item in params]
    return params if isinstance(params, (int, float, str, bool)) or params is None else str(params)


def _body(body: Body) -> dict[str, Any]:
    low, high = body.mesh.vertices.min(axis=0), body.mesh.vertices.max(axis=0)
    return {
        "name": body.name,
        "parts": list(body.parts),
        "alloy": body.alloy,
        "made": body.made,
        "solids": body.solids,
        "volume_mm3": body.volume_mm3,
        "weight_g": grams(body.volume_mm3, alloy(body.alloy).density_g_cm3),
        "extents_mm": [float(x) for x in high - low],
        "proof_mm3": body.proof.row(),
    }


def _stones(prepared: Prepared) -> list[dict[str, Any]]:
    return [
        {
            "name": stone.name, "cut": stone.cut, "species": stone.species, "n": stone.array.n,
            "length_mm": stone.length, "width_mm": stone.width, "depth_mm": stone.depth,
            "grip": stone.grip, "carats": exact_carats(stone), "carats_formula": formula_carats(stone),
        }
        for stone in prepared.piece.stones
    ]  # fmt: skip

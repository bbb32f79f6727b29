"""The casting files: one master for each group of fused cast parts, shrink-compensated once, and its record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from jewelgen.cast.afterwards import Task, afterwards, off_mm3
from jewelgen.cast.chain import Chain, Scaled, chain
from jewelgen.cast.detail import detail_of
from jewelgen.cast.drain import drains
from jewelgen.cast.faces import skin
from jewelgen.cast.master import master_piece
from jewelgen.cast.sprue import Detail, Sprue, judged, sprue
from jewelgen.cast.weights import CastWeights, cast_weights
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.coupons import TRADE
from jewelgen.findings import Finding, errors
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.solids import Notes
from jewelgen.piece.form import Hoop
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.options import Options, Route
from jewelgen.pipeline.prepare import Prepared
from jewelgen.pipeline.solids import of_body, written
from jewelgen.solid.model import Body, Model
from jewelgen.solid.realize import realize


@dataclass(frozen=True, slots=True)
class Master:
    """One body to print: its chain, its weights, what must stay clean on it, its sprue, its artifacts, and what the
    hand does to the casting; `bore_mm`: what was left inside its ring, a side; `findings`: metal unlike what was predicted.
    """

    body: Body
    chain: Chain
    weights: CastWeights
    detail: Detail
    sprue: Sprue
    notes: Notes
    files: tuple[Artifact, ...]
    tasks: tuple[Task, ...] = ()
    bore_mm: float = 0.0
    findings: tuple[Finding, ...] = ()

    def row(self) -> dict[str, Any]:
        """The record for the manifest: scaled or not, by what, for which route."""
        low, high = self.body.mesh.vertices.min(axis=0), self.body.mesh.vertices.max(axis=0)
        return {
            "body": self.body.name,
            "parts": list(self.body.parts),
            "alloy": self.body.alloy,
            "route": self.chain.route,
            "scaled": self.chain.by == "file",
            "scaled_words": self.chain.words,
            "scale": self.chain.scale,
            "scale_needed": self.chain.needed,
            "shrink_total_pct": self.chain.total_pct,
            "stages": [
                {"stage": s.name, "shrink_pct": s.shrink_pct, "source": s.source}
                for s in self.chain.stages
            ],
            "allowance_mm": {**self.chain.allowance.row(), "bore": self.bore_mm},
            "after_casting": [task.row() for task in self.tasks],
            "volume_mm3": self.body.volume_mm3,
            "proof_mm3": self.body.proof.row(),
            "extents_mm": [float(x) for x in high - low],
            "weights_g": {
                "resin": self.weights.resin_g,
                "wax": self.weights.wax_g,
                "raw_casting": self.weights.raw_g,
                "finished": self.weights.finished_g,
                "metal_to_order": self.weights.order_g,
            },
            "sprue": {**self.sprue.row(), "in_file": False, "doubts": list(judged(self.sprue))},
            "detail_mm": [list(ball) for ball in self.detail.balls],
        }


def route_of(prepared: Prepared, options: Options) -> Route:
    """The route asked for, else `mold` when the design has a mold, else `direct`."""
    return options.route or ("mold" if prepared.brief.mold else "direct")


def scaled_by(prepared: Prepared) -> Scaled:
    """Who allows for shrinkage: the caster where design or shop says so."""
    return "caster" if prepared.brief.choices.scale == "caster" else "file"


def masters(prepared: Prepared, finished: Model, options: Options) -> tuple[Master, ...]:
    """The masters of every cast group; raises `GeometryError` when one cannot be proved."""
    bodies = {body.name: body for body in finished.bodies if body.made == "cast"}
    route, out = route_of(prepared, options), []
    holes, _ = drains(prepared.piece, prepared.brief.choices.drain)
    bored = replace(prepared.piece, cuts=(*prepared.piece.cuts, *(hole.cut for hole in holes)))
    for alloy_id in sorted({body.alloy for body in bodies.values()}):
        metal = alloy(alloy_id)
        own = options.shop.casting if options.shop else TRADE
        steps = chain(route, metal, own, by=scaled_by(prepared))
        derived = master_piece(bored, steps.allowance)
        names = tuple(part.name for part in derived.parts if part.alloy == alloy_id)
        model = realize(derived, scale=steps.scale, quality=options.quality, only=names)
        for body in model.bodies:
            tasks = afterwards(prepared.piece, body.parts)
            tasks += tuple(h.task(prepared.piece) for h in holes if h.cut.on[0] in body.parts)
            done = bodies[body.name].volume_mm3 - off_mm3(tasks)
            grown = body.volume_mm3 * (steps.needed / steps.scale) ** 3
            weights = cast_weights(metal, grown, steps.needed, done, steps.invested)
            stem = prepared.brief.stem + (f"-{body.name}" if len(bodies) > 1 else "")
            detail = detail_of(prepared.piece, body.parts, steps.scale)
            gated = sprue(body.mesh, detail, alloy_id, weights.raw_g)
            notes = _notes(body, steps, prepared)
            files = _files(stem, body, notes, options)
            out.append(
                Master(
                    body,
                    steps,
                    weights,
                    detail,
                    gated,
                    notes,
                    files,
                    tasks,
                    _bore_mm(prepared.piece, body, steps),
                    _of_metal(model, body),
                )
            )
    return tuple(out)


def found(model: Model, masters: tuple[Master, ...]) -> tuple[Finding, ...]:
    """What was found of the finished piece's solids and of its masters'."""
    return (*model.findings, *(finding for master in masters for finding in master.findings))


def _of_metal(model: Model, body: Body) -> tuple[Finding, ...]:
    """What is wrong with a master's metal; all else was said of the finished piece."""
    found = (f for f in errors(model.findings) if f.where.key == body.name)
    return tuple(replace(f, message=f"master: {f.message}") for f in found)


def _bore_mm(piece: Piece, body: Body, steps: Chain) -> float:
    """What was left in the bore round the finger, mm a side."""
    found = [
        steps.allowance.on(skin(piece, part)).inner
        for part in piece.parts
        if part.name in body.parts and isinstance(part.form, Hoop) and part.role == "shank"
    ]
    return found[0] if found else steps.allowance.inside


def _notes(body: Body, steps: Chain, prepared: Prepared) -> Notes:
    """What a master's file says of itself."""
    return Notes(
        prepared.brief.name,
        (
            ("role", "master"),
            ("alloy", body.alloy),
            ("route", steps.route),
            ("scaled", steps.words),
            ("units", "mm"),
        ),
    )


def _files(stem: str, body: Body, notes: Notes, options: Options) -> tuple[Artifact, ...]:
    suffixes = [suffix for suffix in ("step", "stl", "3mf") if suffix in options.formats]
    return tuple(written(stem, suffix, (of_body(body),), notes, "master") for suffix in suffixes)

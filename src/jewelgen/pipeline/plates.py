"""From built masters to printers' plates: stood, laid, written.

In: `Cast` masters and a printer.  Out: artifacts of one folder and findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from jewelgen.cast.plate import Laid, Plate, Standing, plates
from jewelgen.cast.poise import poised
from jewelgen.catalog.facts import fact
from jewelgen.catalog.printers import Printer
from jewelgen.findings import Finding, Where
from jewelgen.formats import stl, threemf
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.manifest import finding_row, to_json
from jewelgen.formats.solids import Notes, Solid
from jewelgen.paper.plate_view import plate_row, plate_view
from jewelgen.pipeline.once_each import once_each
from jewelgen.pipeline.patterns import Cast, numbered
from jewelgen.solid.silhouette import silhouettes

SCHEMA = 1
RESIN = (0.55, 0.42, 0.75, 1.0)


def plate_files(
    made: Iterable[Cast], printer: Printer
) -> tuple[tuple[Artifact, ...], tuple[Finding, ...], tuple[Plate, ...]]:
    """A 3MF, a picture and an STL of every piece for each plate, `plate.json`; JG450 for what fits on none.

    Of masters for molds one each is printed (JG452).
    """
    made, once = once_each(made)
    small = tuple(found for cast in made if (found := unscaled(cast)) is not None)
    true = tuple(cast for cast in made if cast.row["scaled"])
    states = {
        i: str(cast.row.get("scaled_words", "yes")) for cast, ids in numbered(true) for i in ids
    }
    laid, lost = plates(standings(true), printer)
    findings = (*once, *small, *(_lost(item, printer) for item in lost))
    artifacts: list[Artifact] = []
    for number, plate in enumerate(laid, 1):
        artifacts += _files(number, plate, states)
    rows = [plate_row(number, plate, states) for number, plate in enumerate(laid, 1)]
    document = {"schema": SCHEMA, "plates": rows, "findings": [finding_row(f) for f in findings]}
    data = to_json(document).encode("utf-8")
    return (*artifacts, Artifact("plate.json", data, "plate")), findings, laid


def unscaled(cast: Cast) -> Finding | None:
    """JG447 for a master that its caster will scale: printed here it would come out small."""
    if cast.row["scaled"]:
        return None
    needed = float(cast.row["scale_needed"])
    return Finding(
        "JG447",
        f"{cast.id} is not scaled: its caster scales it by {needed:.5f}",
        Where(key=cast.id),
        hint='build it with [casting] scale = "file" to print it here',
    )


def standings(made: Iterable[Cast]) -> tuple[Standing, ...]:
    """Every copy of every master as it will be printed; equal masters stand alike."""
    found = []
    for cast, ids in numbered(made):
        detail = np.array(cast.detail).reshape(-1, 4)
        poise = poised(cast.mesh, detail, np.array(cast.sprue.way))
        turn = np.hstack((poise.turn, np.zeros((3, 1))))
        (shadow,) = silhouettes(cast.mesh, [turn], cast.id)
        found += [Standing(name, cast.name, cast.mesh, poise, shadow) for name in ids]
    return tuple(found)


def _files(number: int, plate: Plate, states: Mapping[str, str]) -> list[Artifact]:
    stem = f"plate-{number}"
    each = "each master: " + "; ".join(sorted(set(states.values())))
    notes = Notes(
        f"{plate.printer.name}, plate {number}",
        (("role", "plate"), ("scaled", each), ("units", "mm")),
    )
    solids = tuple(_solid(item) for item in plate.laid)
    picture = plate_view(number, plate).text.encode()
    return [
        Artifact(f"{stem}.3mf", threemf.write(solids, notes), "plate"),
        Artifact(f"{stem}.svg", picture, "drawing"),
        *(
            Artifact(
                f"{stem}/{solid.name.replace('/', '+')}.stl",
                stl.write((solid,), _note(solid.name, states)),
                "print",
            )
            for solid in solids
        ),
    ]


def _note(name: str, states: Mapping[str, str]) -> Notes:
    return Notes(name, (("role", "master"), ("scaled", states[name])))


def _solid(item: Laid) -> Solid:
    mesh = item.mesh()
    return Solid(item.standing.id, mesh.vertices, mesh.triangles, RESIN, False)


def _lost(item: Standing, printer: Printer) -> Finding:
    left, low, right, top = item.shadow.bounds
    size = f"{right - left:.1f} x {top - low:.1f} x {item.poise.height:.1f} mm"
    margin, lift = (fact("printers", f"plate.{key}").number for key in ("margin", "lift"))
    return Finding(
        "JG450",
        f"{item.id} ({size} as it stands) does not fit on {printer.name}",
        Where(key=item.id),
        allowed=f"{printer.x - 2 * margin:g} x {printer.y - 2 * margin:g} mm, {printer.z - lift:g} mm high",
        hint="choose a larger printer",
    )

"""From a `Piece` to a `Model`: every part realized once, cut, fused and proved.

In: `Piece`.  Out: `Model`, or `GeometryError` (JG3xx) that says what and where. The only step that calls
the kernel; nothing it returns is unproved.
"""

from __future__ import annotations

from jewelgen.findings import Finding
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Piece, groups
from jewelgen.solid.body import body_of, silent
from jewelgen.solid.draft import draft_of
from jewelgen.solid.members import Place, places
from jewelgen.solid.model import CHORDS, Body, Model, Quality
from jewelgen.solid.overlap import undeclared
from jewelgen.solid.prediction import with_prediction
from jewelgen.solid.stones import gems_of


def realize(
    piece: Piece,
    *,
    scale: float = 1.0,
    quality: Quality = Quality.STANDARD,
    only: tuple[str, ...] = (),
    drafts: bool = False,
) -> Model:
    """The proved bodies and stones of a piece, all scaled by `scale`.

    `only`: names of parts; other parts, and stones, are left out when it is given. `drafts`: cast bodies by mesh
    alone, for what is shown and weighed (`draft`).
    Raises `GeometryError` when a body cannot be proved.
    """
    chord = CHORDS[quality]
    predicted = {item.group: item.finished for item in metal(piece)}
    bodies: list[Body] = []
    findings: list[Finding] = []
    everything: list[Place] = []
    for group in groups(piece):
        names = tuple(name for name in group.parts if not only or name in only)
        if not names:
            continue
        members = list(places(piece, names))
        everything += members
        draft = draft_of(piece, group, members, chord, scale) if drafts else None
        if draft:
            body, notes = draft, silent(members, chord)
        else:
            body, notes = body_of(piece, group, members, chord, scale)
        expected = predicted[group] if len(names) == len(group.parts) else None
        body, more = with_prediction(body, expected, scale)
        bodies.append(body)
        findings += [*notes, *more]
    if not only:
        findings += undeclared(piece, everything)
    gems = () if only else tuple(gems_of(piece, scale))
    return Model(piece.name, tuple(bodies), gems, scale, quality, tuple(findings))

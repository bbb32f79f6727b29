"""Blends: a fillet where a joint of a casting asks for one, kept only when it is proved.

The kernel crashes on some fillets and never ends on others, so each is tried in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from jewelgen.findings import Finding, Severity, Where
from jewelgen.piece.joint import Joint
from jewelgen.piece.piece import Group, Piece
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.members import Place, member_shape
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.occ_files import read_brep, write_brep

MOST = 0.05  # share of the body a fillet may add
SHARES = (1.0, 0.75, 0.5)  # of the radius that are tried: the kernel is fickle about it
DEADLINE_S = 60.0  # those that hold take a second or two


def blended(
    piece: Piece, group: Group, members: Sequence[Place], shape: Shape
) -> tuple[Shape, bool, list[Finding]]:
    """The body with its blends, whether it got any, and a note (JG315) for each joint left sharp."""
    changed = False
    notes = []
    for joint in piece.joints:
        if joint.blend <= 0 or not {joint.a, joint.b} <= set(group.parts) or group.made != "cast":
            continue
        rounded, radius = _rounded(members, joint.a, joint.b, shape, joint.blend)
        if rounded is not None:
            shape, changed = rounded, True
        if radius < joint.blend:
            notes.append(_less(joint, radius))
    return shape, changed, notes


def _less(joint: Joint, radius: float) -> Finding:
    """What the joint gets instead of the fillet it asks for."""
    instead = f"it is {radius:g} mm" if radius else "the joint stays sharp"
    return Finding(
        "JG315",
        f"no fillet of {joint.blend:g} mm could be proved between {joint.a} and {joint.b}",
        Where(key=joint.b),
        Severity.NOTE,
        hint=f"{instead}; file it by hand or flare the part",
    )


def _rounded(
    members: Sequence[Place], a: str, b: str, shape: Shape, radius: float
) -> tuple[Shape | None, float]:
    """All seams between the two parts rounded at once, and by how much; none where the kernel or the proof fails."""
    first, second = (
        [solids.placed(member_shape(m.recipe), m.frame) for m in members if m.part.name == name]
        for name in (a, b)
    )
    made, got = _apart(shape, solids.compound(first), solids.compound(second), radius)
    if made is None or not solids.is_valid(made):
        return None, 0.0
    before, after = solids.volume(shape), solids.volume(made)
    same = len(solids.solids_of(made)) == len(solids.solids_of(shape))
    return (made, got) if same and before < after < before * (1 + MOST) else (None, 0.0)


def _apart(whole: Shape, first: Shape, second: Shape, radius: float) -> tuple[Shape | None, float]:
    """What a process of its own makes of it, and the radius; none when that crashes, ends late or gives up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for word, item in (("whole", whole), ("first", first), ("second", second)):
            write_brep(item, folder / f"{word}.brep")
        radii = [repr(round(share * radius, 6)) for share in SHARES]
        command = [sys.executable, "-m", "jewelgen.solid.fillet_process", name, *radii]
        try:
            ran = subprocess.run(command, capture_output=True, timeout=DEADLINE_S, check=False)  # noqa: S603  our own module
        except subprocess.TimeoutExpired:
            return None, 0.0
        if ran.returncode:
            return None, 0.0
        # The kernel talks on standard output too: the last line is ours.
        return read_brep(folder / "made.brep"), float(ran.stdout.split()[-1])

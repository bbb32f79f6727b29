"""One fillet in a process of its own, since the kernel may crash on it: `python -m jewelgen.solid.fillet_process`.

In: a folder with `whole.brep`, `first.brep`, `second.brep`, and radii in mm, best first.  Out: `made.brep` and
its radius on standard output, or nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from jewelgen.solid import occ_boolean
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.occ_files import read_brep, through_step, write_brep

SAME = 1e-4  # of the volume


def main(folder: Path, radii: Sequence[float]) -> float:
    """Round every seam between the two parts by the first radius that gives a sound solid; 0 when none does."""
    whole, first, second = (
        read_brep(folder / f"{name}.brep") for name in ("whole", "first", "second")
    )
    edges = occ_boolean.seams(whole, solids.solids_of(first), solids.solids_of(second))
    for radius in radii if edges else ():
        made = _rounded(whole, edges, radius)
        if made is not None and _survives(made, folder):
            write_brep(made, folder / "made.brep")
            return radius
    return 0.0


def _rounded(whole: Shape, edges: Sequence[Shape], radius: float) -> Shape | None:
    try:
        made = occ_boolean.filleted(whole, edges, radius)
    except solids.FAILURES:
        return None
    sound = made is not None and solids.is_valid(made)
    return made if sound and solids.volume(made) > solids.volume(whole) else None


def _survives(made: Shape, folder: Path) -> bool:
    """Whether STEP brings the solid back: some fillets are sound here and have thrice the volume there."""
    back = through_step(made, folder / "made.step")
    if back is None or not solids.is_valid(back):
        return False
    return abs(solids.volume(back) / solids.volume(made) - 1) < SAME


if __name__ == "__main__":
    sys.stdout.write(f"{main(Path(sys.argv[1]), [float(word) for word in sys.argv[2:]])!r}\n")

"""`Sculpted`: a body made by a function of the designer's own, loaded only when the run is trusted."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from jewelgen.findings import Finding, GeometryError, Where
from jewelgen.piece.form import Sculpted
from jewelgen.solid.occ_curves import Shape


def sculpted_shape(form: Sculpted) -> Shape:
    """What `file.py:function` returns: an OCCT solid, or a CadQuery object that wraps one.

    The reader lets a design with code through only when it is trusted; a `Sculpted` that reaches this
    place was. Its volume is proved against the hint like any other form.
    """
    path, _, name = form.source.rpartition(":")
    if not Path(path).is_file():
        raise GeometryError(Finding("JG303", f"no file '{path}' to sculpt from", Where()))
    spec = importlib.util.spec_from_file_location(f"sculpted_{Path(path).stem}", path)
    if spec is None or spec.loader is None:
        raise GeometryError(Finding("JG303", f"'{path}' is not a Python file", Where()))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function = getattr(module, name, None)
    if function is None:
        raise GeometryError(Finding("JG303", f"'{path}' has no function '{name}'", Where()))
    made = function(**dict(form.args))
    made = made.val() if hasattr(made, "val") else made
    return getattr(made, "wrapped", made)

"""`Sculpted`: a body made by a function of the designer's own, loaded only when the run is trusted."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from jewelgen.findings import Finding, GeometryError, Where
from jewelgen.piece.form import Sculpted
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.occ_curves import Shape

CLEAR = 0.02  # mm a body may stick out of the box it was promised to stay in
# What code of others may raise; the kernel's own failures are said by the form.
WRONG = (
    ImportError,
    SyntaxError,
    TypeError,
    AttributeError,
    NameError,
    LookupError,
    ArithmeticError,
)


def sculpted_shape(form: Sculpted) -> Shape:
    """What `file.py:function` returns: an OCCT solid, or a CadQuery object that wraps one.

    The reader lets a design with code through only when it is trusted; a `Sculpted` that reaches this
    place was. Its volume is proved against the hint like any other form, its extents against its box.
    Raises `GeometryError` JG303.
    """
    try:
        made = _function(form)(**dict(form.args))
    except WRONG as wrong:
        raise _refused(f"{_name(form)}: {type(wrong).__name__}: {wrong}"[:200]) from wrong
    made = made.val() if hasattr(made, "val") else made
    shape = getattr(made, "wrapped", made)
    _check_box(form, shape)
    return shape


def _name(form: Sculpted) -> str:
    file, _, function = form.source.rpartition(":")
    return f"{Path(file).name}:{function}"


def _refused(message: str) -> GeometryError:
    return GeometryError(Finding("JG303", message, Where()))


def _function(form: Sculpted) -> Callable[..., Any]:
    path, _, name = form.source.rpartition(":")
    text = form.text
    if not text:
        if not Path(path).is_file():
            raise _refused(f"no file '{path}' to sculpt from")
        text = Path(path).read_text(encoding="utf-8")
    # Named by its content: equal code is one module, whichever folder it lay in.
    module = ModuleType(f"sculpted_{hashlib.sha256(text.encode()).hexdigest()[:12]}")
    sys.modules[module.__name__] = module
    exec(compile(text, Path(path).name, "exec"), module.__dict__)  # noqa: S102 -- trusted by the one who runs it
    function = getattr(module, name, None)
    if not callable(function):
        raise _refused(f"'{Path(path).name}' has no function '{name}'")
    return function  # type: ignore[no-any-return]


def _check_box(form: Sculpted, shape: Shape) -> None:
    """The box is what drawings, rules and anchors know of a sculpted body."""
    if not form.box:
        return
    low, high = solids.bounds(shape)
    out = max(
        float((np.array(form.box[0]) - low).max()), float((np.array(high) - form.box[1]).max())
    )
    if out > CLEAR:
        raise _refused(
            f"{_name(form)} sticks {out:.2f} mm out of the box it was promised to stay in"
        )

"""For kinds of one's own: a form made by a function of theirs instead of one of the closed forms."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jewelgen.piece.form import Sculpted
from jewelgen.piece.frame import Vec


def sculpted(
    function: Callable[..., Any], args: Mapping[str, float], volume: float, box: tuple[Vec, Vec]
) -> Sculpted:
    """The form that `function(**args)` makes, a CadQuery solid of `volume` mm3 within `box` (two corners).

    The function's whole file travels with the form: it may import what is installed, and nothing beside it.
    """
    module = sys.modules[function.__module__]
    name = Path(module.__file__ or "kind.py").name
    given = tuple(sorted((key, float(value)) for key, value in args.items()))
    return Sculpted(f"{name}:{function.__name__}", given, volume, box, inspect.getsource(module))

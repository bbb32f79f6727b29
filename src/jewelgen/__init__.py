"""jewelgen: from a short text to casting masters and bench plans, one way.

In: a design in TOML or a `Brief`.  Out: proved solids, meshes, plans and pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jewelgen.design.brief import Brief
    from jewelgen.design.reader import load
    from jewelgen.design.resolve import brief_from, resolve
    from jewelgen.findings import Finding, JewelgenError
    from jewelgen.pipeline.build import Result, build
    from jewelgen.pipeline.options import Options
    from jewelgen.pipeline.prepare import Prepared, prepare

__version__ = "0.1.0"
__all__ = [
    "Brief", "Finding", "JewelgenError", "Options", "Prepared", "Result", "__version__",
    "brief_from", "build", "load", "prepare", "resolve",
]  # fmt: skip

# public name: the module that holds it; imported on first use, so that importing jewelgen costs nothing
_HOMES = {
    "Brief": "jewelgen.design.brief",
    "Finding": "jewelgen.findings",
    "JewelgenError": "jewelgen.findings",
    "Options": "jewelgen.pipeline.options",
    "Prepared": "jewelgen.pipeline.prepare",
    "Result": "jewelgen.pipeline.build",
    "brief_from": "jewelgen.design.resolve",
    "build": "jewelgen.pipeline.build",
    "load": "jewelgen.design.reader",
    "prepare": "jewelgen.pipeline.prepare",
    "resolve": "jewelgen.design.resolve",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'jewelgen' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)

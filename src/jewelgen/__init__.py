"""jewelgen: from a short text to casting masters and bench plans, one way.

In: a design in TOML or a `Brief`.  Out: proved solids, meshes, plans and pictures.
"""

from __future__ import annotations

__version__ = "0.1.0"

"""When something is put into the metal: `cast` with the piece, or by hand `after casting`."""

from __future__ import annotations

from typing import Literal

When = Literal["cast", "after casting"]

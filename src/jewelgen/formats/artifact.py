"""What a build leaves behind: a file's name, its bytes and its digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file relative to the output folder; `role` says what it is for (master, model, plan, picture ...)."""

    path: str
    data: bytes = field(repr=False)
    role: str
    body: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()

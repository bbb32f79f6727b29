"""A result folder appears whole or not at all: written beside its place, then moved in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from jewelgen.formats.artifact import Artifact


def write_folder(folder: Path, artifacts: Iterable[Artifact]) -> None:
    """Write all artifacts into `folder`, replacing what stood there; raises `OSError` and leaves the old one.

    Artifact paths are relative and stay inside the folder.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for artifact in artifacts:
            target = fresh / artifact.path
            if not target.resolve().is_relative_to(fresh.resolve()):
                raise OSError(f"{artifact.path!r} leaves the result folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(artifact.data)
        _swap(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _swap(fresh: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    fresh.chmod(0o755)
    if folder.exists():
        folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)

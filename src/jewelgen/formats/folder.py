"""A result folder appears whole or not at all: written beside its place, then moved in."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from jewelgen.formats.artifact import Artifact


def write_folder(folder: Path, artifacts: Iterable[Artifact]) -> None:
    """Write all artifacts into `folder`, replacing what stood there; raises `OSError` and leaves the old one.

    Artifact paths are relative and stay inside the folder. Results below it (a design's orders: folders with a
    manifest of their own) stay where they are.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    prefix = f".{folder.name}-{os.getpid()}-"
    fresh = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        for artifact in artifacts:
            target = fresh / artifact.path
            if not target.resolve().is_relative_to(fresh.resolve()):
                raise OSError(f"{artifact.path!r} leaves the result folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(artifact.data)
        _keep_results(folder, fresh)
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)  # moved away by now, unless something failed


def _sweep(folder: Path) -> None:
    """Remove what writers of this folder left beside it when they were killed."""
    begun = re.compile(rf"\.{re.escape(folder.name)}-(\d+)-\w+")
    for path in folder.parent.iterdir():
        found = begun.fullmatch(path.name)
        if found and not _runs(int(found[1])):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process of that number is there."""
    try:
        os.kill(process, 0)  # signal 0 asks and does nothing
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def _keep_results(folder: Path, fresh: Path) -> None:
    """Give the new folder the results that lie below the old one: the same files, so that either is whole."""
    for below in sorted(folder.iterdir()) if folder.is_dir() else ():
        whole = (below / "manifest.json").is_file() and not below.name.startswith(".")
        if whole and not (fresh / below.name).exists():
            shutil.copytree(below, fresh / below.name, copy_function=_same_file)


def _same_file(source: str, target: str) -> None:
    """A second name for a file; a copy where the disk knows no second names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _swap(fresh: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    fresh.chmod(0o755)
    if folder.exists():
        folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)

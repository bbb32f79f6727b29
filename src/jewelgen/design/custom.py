"""Kinds a design brings along: `use = ["./kinds"]` finds `./kinds/<family>/<word>.py` with its `KIND`.

Only for trusted designs (the reader refuses the others with JG106). Findings: JG105 a folder outside the
design's, JG106 a module without a kind.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path

from jewelgen.design.blocks import Kinds
from jewelgen.design.document import Document, refuse
from jewelgen.findings import DesignError, Finding, JewelgenError
from jewelgen.kinds.kind import FAMILIES, Kind


def with_custom(document: Document, kinds: Kinds) -> Kinds:
    """The kinds known and those of the folders a trusted design uses; its own words win no doubles."""
    folders = document.tree.get("use", [])
    if not folders or not document.trusted:
        return kinds
    where = document.where("use")
    if not isinstance(folders, list) or not all(isinstance(item, str) for item in folders):
        refuse("JG108", "use is a list of folders", where, hint='write use = ["./kinds"]')
    found = dict(kinds)
    for name in folders:
        root = document.folder.resolve()
        folder = (root / name).resolve()
        if not folder.is_relative_to(root) or not folder.is_dir():
            refuse("JG105", f"no folder {name!r} beside the design", where)
        for path in sorted(folder.glob("*/*.py")):
            if path.parent.name in FAMILIES and not path.name.startswith("_"):
                kind = _kind_of(path, document)
                if (kind.family, kind.word) in found:
                    refuse("JG106", f"two kinds claim {kind.family} '{kind.word}'", where)
                found[(kind.family, kind.word)] = kind
    return found


def _kind_of(path: Path, document: Document) -> Kind:
    """The `KIND` of a module outside the package; its name carries a digest of its path."""
    name = f"jewelgen_custom_{hashlib.sha256(str(path).encode()).hexdigest()[:12]}_{path.stem}"
    where = document.where("use")
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        refuse("JG106", f"{path.name} cannot be loaded", where)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except JewelgenError:
        raise
    except (ImportError, SyntaxError, TypeError, ValueError, AttributeError, NameError) as wrong:
        message = f"{path.name}: {type(wrong).__name__}: {wrong}"
        raise DesignError(Finding("JG106", message[:200], where)) from wrong
    kind = getattr(module, "KIND", None)
    if not isinstance(kind, Kind):
        refuse("JG106", f"{path.name} declares no KIND", where)
    return kind

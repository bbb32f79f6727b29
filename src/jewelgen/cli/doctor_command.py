"""`jewelgen doctor`: versions, fonts, a kernel smoke test, packages that break each other."""

from __future__ import annotations

import sys
from importlib import metadata

import click

from jewelgen.cli import show
from jewelgen.cli.outcome import FAILED, Failed

_PACKAGES = (
    "cadquery", "cadquery-ocp", "numpy", "trimesh", "manifold3d", "pydantic", "shapely",
    "ezdxf", "typst", "fonttools", "vtk",
)  # fmt: skip
# Both own the `OCP` folder: installed together, each breaks the other.
_RIVALS = ("cadquery-ocp", "cadquery-ocp-novtk")


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(as_json: bool) -> None:
    """Say what is installed and whether it works; exit code 1 when it does not."""
    rows = [("python", sys.version.split()[0], "ok" if sys.version_info >= (3, 11) else "too old")]
    rows += [_version(name) for name in _PACKAGES]
    rows.append(_rivals())
    rows.append(_kernel())
    rows.append(_fonts())
    if as_json:
        show.document(
            "doctor",
            {"rows": [dict(zip(("what", "found", "state"), r, strict=True)) for r in rows]},
        )
    else:
        show.table(("what", "found", "state"), rows)
    if any(state != "ok" for _, _, state in rows):
        raise Failed(FAILED)


def _version(name: str) -> tuple[str, str, str]:
    try:
        return (name, metadata.version(name), "ok")
    except metadata.PackageNotFoundError:
        return (name, "-", "missing: pip install jewelgen again")


def _rivals() -> tuple[str, str, str]:
    found = [name for name in _RIVALS if _version(name)[2] == "ok"]
    if len(found) > 1:
        return ("OCP packages", ", ".join(found), f"conflict: pip uninstall {found[1]}")
    return ("OCP packages", ", ".join(found), "ok")


def _kernel() -> tuple[str, str, str]:
    """Build, cut and weigh one small ring both ways."""
    from jewelgen.findings import JewelgenError

    try:
        from jewelgen.solid.smoke import smoke

        return ("kernel smoke test", smoke(), "ok")
    except (ImportError, JewelgenError) as error:
        return ("kernel smoke test", str(error).splitlines()[0], "fails")


def _fonts() -> tuple[str, str, str]:
    from jewelgen.findings import JewelgenError
    from jewelgen.flat.font import SHIPPED, font_named

    try:
        names = ", ".join(font_named(name).name for name in SHIPPED)
    except JewelgenError as error:
        return ("fonts", str(error).splitlines()[0], "fails")
    return ("fonts", names, "ok")

"""Bodies and stones of a model as the named, coloured solids that the format writers take."""

from __future__ import annotations

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.gems import species
from jewelgen.formats import glb, step, stl, threemf
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.solids import Colour, Notes, Solid
from jewelgen.solid.model import Body, Gem, Model

_WRITERS = {module.SUFFIX: module.write for module in (step, stl, threemf, glb)}


def metal_colour(alloy_id: str) -> Colour:
    """The catalog's colour of an alloy, 0..1, opaque."""
    red, green, blue = alloy(alloy_id).rgb
    return (red / 255, green / 255, blue / 255, 1.0)


def of_body(body: Body) -> Solid:
    """A fused body."""
    return Solid(
        body.name,
        body.mesh.vertices,
        body.mesh.triangles,
        metal_colour(body.alloy),
        True,
        body.shape,
    )


def of_members(body: Body) -> tuple[Solid, ...]:
    """A body as its named parts, numbered where there are several of one name."""
    counts = {m.part: sum(other.part == m.part for other in body.members) for m in body.members}
    return tuple(
        Solid(
            m.part if counts[m.part] == 1 else f"{m.part} {m.index + 1}",
            m.mesh.vertices, m.mesh.triangles, metal_colour(body.alloy), True, m.shape,
        )
        for m in body.members
    )  # fmt: skip


def of_gem(gem: Gem) -> Solid:
    """A stone in the colour of its species."""
    red, green, blue, opacity = species(gem.species).rgba
    top = 255.0 if max(red, green, blue, opacity) > 1.0 else 1.0
    return Solid(
        f"{gem.stone} {gem.index + 1}",
        gem.mesh.vertices,
        gem.mesh.triangles,
        (red / top, green / top, blue / top, opacity / top),
        False,
        gem.shape,
    )


def written(stem: str, suffix: str, solids: tuple[Solid, ...], notes: Notes, role: str) -> Artifact:
    """One file `<stem>.<suffix>` of the solids."""
    names = "+".join(solid.name for solid in solids) if len(solids) < 4 else f"{len(solids)} bodies"
    return Artifact(f"{stem}.{suffix}", _WRITERS[suffix](solids, notes), role, names)


def stones_file(stem: str, model: Model, notes: Notes) -> tuple[Artifact, ...]:
    """`<stem>-stones.step`, when the piece has stones."""
    gems = tuple(of_gem(gem) for gem in model.gems)
    return (written(f"{stem}-stones", "step", gems, notes, "stones"),) if gems else ()

"""What the gallery shows: designs from two sides, and one band in the colour of every alloy.

In: design files, alloys.  Out: the files of the gallery.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.alloys import Alloy, alloys
from jewelgen.design.reader import load
from jewelgen.paper.gallery import ALL, Shown, gallery_page, swatch
from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Sec
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare
from jewelgen.solid.realize import realize
from jewelgen.view.montage import halved, montage
from jewelgen.view.picture import one_side, two_sides
from jewelgen.view.png import encode
from jewelgen.view.scene import Scene, scene_of

Pixels = NDArray[np.uint8]
SMALL = (96, 72)  # pixels of a swatch
COLUMNS = 5  # of the sheet of all designs


def gallery_files(designs: Iterable[Path], trust: bool) -> Iterator[tuple[str, bytes]]:
    """Every file of the gallery by its name: `<stem>.png`, `all.png`, `alloys/....png`, `README.md`."""
    pieces, tiles = [], []
    for path in designs:
        prepared = prepare(load(path, trust=trust), None, Options())
        scene = scene_of(prepared.piece, realize(prepared.piece, drafts=True))
        first, last = two_sides(scene)
        pieces.append(Shown(path.name, prepared.brief))
        tiles.append((prepared.brief.name, halved(first)))
        yield f"{prepared.brief.stem}.png", encode(np.hstack((first, last)))
    yield ALL, montage(tiles, COLUMNS)
    metals = tuple(alloys().values())
    for name, picture in swatches(metals).items():
        yield f"alloys/{name}", encode(picture)
    yield "README.md", gallery_page(pieces, metals).encode()


def swatches(metals: Iterable[Alloy]) -> dict[str, Pixels]:
    """The same band in every colour that alloys have, by the name of its picture."""
    scene: Scene | None = None
    found: dict[str, Pixels] = {}
    for row in metals:
        if swatch(row) in found:
            continue
        if scene is None:
            scene = _band(row.id)
        red, green, blue = row.rgb
        colour = (red / 255, green / 255, blue / 255)
        same = tuple(
            replace(surface, material=replace(surface.material, colour=colour))
            for surface in scene.surfaces
        )
        found[swatch(row)] = one_side(replace(scene, surfaces=same), SMALL)
    return found


def _band(alloy_id: str) -> Scene:
    """A plain band, 6 mm wide."""
    hoop = Hoop(18.0, ((0.0, Sec(6.0, 2.0, rise=1.2)),))
    part = Part("shank", hoop, Frame(), alloy=alloy_id)
    piece = Piece("band", "ring", "cast", alloy_id, (part,), bore=18.0)
    return scene_of(piece, realize(piece))

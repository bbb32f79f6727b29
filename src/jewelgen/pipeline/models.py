"""The finished object's files: models of handmade pieces, the stones, the pictures."""

from __future__ import annotations

from jewelgen.formats.artifact import Artifact
from jewelgen.formats.solids import Notes
from jewelgen.paper.stone_map import stone_map
from jewelgen.paper.stones import stones_csv
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared
from jewelgen.pipeline.solids import of_body, of_gem, of_members, stones_file, written
from jewelgen.solid.model import Model


def model_files(prepared: Prepared, model: Model, options: Options) -> tuple[Artifact, ...]:
    """STEP with named parts and STL of handmade bodies, GLB of the whole piece, the stones beside it."""
    stem = prepared.brief.stem
    notes = _notes(prepared)
    files: list[Artifact] = []
    by_hand = tuple(body for body in model.bodies if body.made != "cast")
    hybrid = len(by_hand) < len(model.bodies)
    if by_hand:
        name = f"{stem}-handmade" if hybrid else stem
        parts = tuple(solid for body in by_hand for solid in of_members(body))
        if "step" in options.formats:
            files.append(written(name, "step", parts, notes, "model"))
        if "stl" in options.formats:
            files.append(written(name, "stl", tuple(map(of_body, by_hand)), notes, "model"))
    if "glb" in options.formats:
        whole = tuple(map(of_body, model.bodies)) + tuple(map(of_gem, model.gems))
        files.append(written(stem, "glb", whole, notes, "model"))
    if "step" in options.formats:
        files += stones_file(stem, model, notes)
    return tuple(files)


def _notes(prepared: Prepared) -> Notes:
    return Notes(
        prepared.brief.name,
        (
            ("role", "model"),
            ("alloy", prepared.brief.alloy),
            ("scaled", "no, finished size"),
            ("units", "mm"),
        ),
    )


def pictures(prepared: Prepared, model: Model) -> tuple[Artifact, ...]:
    """`preview.png` and the four-view `views.png`."""
    from jewelgen.view.picture import both
    from jewelgen.view.scene import scene_of

    one, four = both(scene_of(prepared.piece, model))
    return (
        Artifact("preview.png", one, "picture"),
        Artifact("views.png", four, "picture"),
    )


def gem_map(prepared: Prepared) -> tuple[Artifact, ...]:
    """`stones.svg` and `stones.csv` of a piece that holds stones."""
    if not prepared.piece.stones:
        return ()
    texts = {"stones.svg": stone_map(prepared.piece), "stones.csv": stones_csv(prepared.piece)}
    return tuple(Artifact(path, text.encode(), "stones") for path, text in texts.items())

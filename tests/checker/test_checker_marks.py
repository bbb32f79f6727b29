"""Engraving and relief on surfaces whose grooves and ribs are known: width, depth, ratio, and what a house says of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import shapes

from jewelgen.checker.heights import strokes
from jewelgen.checker.inspect import judge
from jewelgen.checker.known import Known, Marked, known
from jewelgen.checker.marks import marks
from jewelgen.checker.rays import Scene, scene
from jewelgen.checker.surface import Surface
from jewelgen.findings import Severity

TOP = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 1.0))
MARK = Marked("letters", "engrave", 0.3, 0.0, TOP, (-1.5, -2.0, 1.5, 2.0))


def lit(*triangles: shapes.Array) -> Scene:
    rays = scene(shapes.surface(*triangles))
    assert rays is not None
    return rays


@pytest.mark.parametrize(("wide", "deep"), [(0.2, 0.3), (0.4, 0.3), (0.8, 0.55)])
@pytest.mark.parametrize("how", ["engrave", "raise"])
def test_grooves_and_ribs_are_as_wide_and_deep_as_they_are(
    wide: float, deep: float, how: str
) -> None:
    plate = lit(shapes.ribbed(wide, deep if how == "raise" else -deep))
    found = strokes(plate, replace(MARK, how=how, deep=deep))
    assert found is not None
    assert found.width == pytest.approx(wide, abs=0.03)
    assert (found.deep, found.shallow) == pytest.approx((deep, deep), abs=1e-3)
    assert found.ratio == pytest.approx(deep / wide, rel=0.03 / wide)


def test_a_groove_inside_a_bore_is_measured_from_within() -> None:
    profile = [(8.5, -3.0), (8.5, -0.25), (8.75, -0.25), (8.75, 0.25), (8.5, 0.25), (8.5, 3.0), (10.5, 3.0), (10.5, -3.0)]  # fmt: skip
    band = lit(shapes.turned(profile, 512))
    below = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, -8.5))
    found = strokes(band, replace(MARK, bend=-8.5, rows=below, deep=0.25))
    assert found is not None
    assert found.width == pytest.approx(0.5, abs=0.03)
    assert found.deep == pytest.approx(0.25, abs=5e-3)


def failed(plate: Scene, mark: Marked, pack: str = "cautious") -> dict[str, Severity]:
    found = list(marks(plate, Known(marks=(mark,)), pack))
    assert {c.code for c in found} == {"JG724"}
    return {c.name.removeprefix("letters: "): c.weight for c in found if not c.passed}


@pytest.mark.parametrize(
    ("wide", "deep", "short"),
    [
        (0.5, 0.3, set()), (0.3, 0.3, {"finest stroke"}), (0.5, 0.2, {"depth of cut"}),
        (0.5, 0.6, {"depth over width"}),
    ],
)  # fmt: skip
def test_each_limit_of_a_cut_mark_fails_on_purpose(
    wide: float, deep: float, short: set[str]
) -> None:
    plate = lit(shapes.ribbed(wide, -deep))
    found = failed(plate, replace(MARK, deep=deep))
    assert set(found) == short
    firm = {"finest stroke"}  # two houses publish it; how deep to cut is derived
    assert {name for name, weight in found.items() if weight is Severity.ERROR} == short & firm


def test_what_one_house_casts_another_does_not() -> None:
    plate = lit(shapes.ribbed(0.32, -0.52))
    mark = replace(MARK, deep=0.52)
    assert set(failed(plate, mark)) == {"finest stroke", "depth over width"}
    assert failed(plate, mark, "gemwares") == {}


def test_relief_too_low_and_marks_filled_again_are_said() -> None:
    assert set(failed(lit(shapes.ribbed(0.5, 0.2)), replace(MARK, how="raise", deep=0.2))) == {"relief height"}  # fmt: skip
    assert set(failed(lit(shapes.ribbed(0.5, -0.3)), replace(MARK, deep=0.45))) == {
        "shallowest tenth"
    }


def test_a_mark_that_the_file_does_not_show_has_failed() -> None:
    assert failed(lit(shapes.box(10, 10, 2)), MARK) == {"strokes": Severity.ERROR}


def test_marks_lie_where_the_scaled_master_has_them() -> None:
    """Lengths of the manifest are those of the finished piece: the file's are larger by the scale."""
    row = {"name": "m", "on": "plate", "how": "engrave", "deep": 0.3, "bend": 0.0,
           "rows": [list(r) for r in TOP], "box": [-1.5, -2.0, 1.5, 2.0]}  # fmt: skip
    master = {"body": "plate", "parts": ["plate"], "alloy": "silver_925", "scale": 1.1,
              "allowance_mm": {"bore": 0.0}, "volume_mm3": 0.0}  # fmt: skip
    said = {
        "masters": [master], "bodies": [], "bore_mm": 0.0, "piece": "pendant", "chord_mm": 0.01,
        "places": {"parts": [], "stones": [], "marks": [row]},
    }  # fmt: skip
    (mark,) = known(said, "master", "plate").marks
    assert mark.box == pytest.approx((-1.65, -2.2, 1.65, 2.2))
    found = strokes(lit(1.1 * shapes.ribbed(0.4, -0.3)), mark)
    assert found is not None
    assert found.width == pytest.approx(0.44, abs=0.03)
    assert found.deep == pytest.approx(0.33, abs=1e-3)


def test_metal_between_the_strokes_of_letters_is_neither_wire_nor_raised_line() -> None:
    """A rib 0.25 thick and 0.65 tall: a wire to the caster, a raised line where it was drawn as one; between two cut
    strokes it is what they left, and the strokes themselves are judged."""
    made = shapes.surface(shapes.ribbed(0.25, 0.65))
    lettered = replace(
        MARK, deep=0.65, box=(-1.5, -5.2, 1.5, 5.2), rows=(*TOP[:2], (0.0, 0.0, 1.0, 1.65))
    )
    assert thin(made) >= {"JG711"}
    assert thin(made, replace(lettered, how="raise")) == {"JG713"}
    assert thin(made, replace(lettered, how="engrave")) == set()


def thin(made: Surface, *marks: Marked) -> set[str]:
    """Codes of wires and raised lines that are too thin."""
    report = judge(Path("a.stl"), made, Known(role="master", marks=marks), "cautious")
    return {c.code for c in report.checks if c.code in {"JG711", "JG713"} and not c.passed}

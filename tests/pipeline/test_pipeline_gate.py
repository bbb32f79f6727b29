"""The gate: files are judged as they were written; what fails is held back unless it was accepted with a reason."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import Any

import numpy as np
import shapes

from jewelgen.checker.soundness import CODES
from jewelgen.findings import Severity, errors
from jewelgen.formats import stl, threemf
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.solids import Notes, Solid
from jewelgen.pipeline.gate import gate
from jewelgen.pipeline.options import Options

NOTES = Notes("test", (("units", "mm"),))


def content(wall: float, bore: float = 17.0) -> dict[str, Any]:
    volume = np.pi * ((bore / 2 + wall) ** 2 - (bore / 2) ** 2) * 4.0
    allowance = {"inside": 0.0, "outside": 0.0, "prong": 0.0, "bore": 0.0}
    master = {"body": "shank", "parts": ["shank"], "alloy": "silver_925", "scale": 1.0,
              "allowance_mm": allowance, "volume_mm3": volume}  # fmt: skip
    part = {"name": "shank", "prong": False, "finger": True, "points": [[0.0, 0.0, 9.0]]}
    return {
        "masters": [master], "bodies": [], "bore_mm": bore, "alloy": "silver_925", "piece": "ring",
        "places": {"parts": [part], "stones": []}, "chord_mm": 0.01,
    }  # fmt: skip


def files(wall: float) -> tuple[Artifact, ...]:
    made = shapes.surface(shapes.tube(17.0, wall, 4.0))
    solid = Solid("shank", made.vertices, made.triangles, (0.8, 0.8, 0.8, 1.0), True, None)
    return tuple(
        Artifact(f"ring.{m.SUFFIX}", m.write((solid,), NOTES), "master", "shank")
        for m in (stl, threemf)
    )


def test_a_sound_master_passes_and_every_measure_is_kept() -> None:
    (check,), findings = gate(files(1.8), content(1.8), Options(pictures=False))
    assert [(f.code, f.severity) for f in findings] == [("JG730", Severity.NOTE)] * len(findings)
    said = json.loads(check.data)
    assert [row["file"] for row in said["files"]] == ["ring.stl", "ring.3mf"]
    wanted = {"JG701", "JG702", "JG703", "JG707", "JG709", "JG710", "JG715", "JG716"}
    assert wanted <= {row["code"] for row in said["files"][0]["checks"]}


def test_another_format_of_a_body_is_judged_by_what_it_holds_itself() -> None:
    """Equal triangles get equal verdicts; a hole in the 3MF alone is found there."""
    stl_file, package = files(1.8)
    (check,), _ = gate((stl_file, package), content(1.8), Options(pictures=False))
    whole, same = (file["checks"] for file in json.loads(check.data)["files"])
    assert [row["code"] for row in same] == [row["code"] for row in whole if row["code"] in CODES]
    assert all(row in whole for row in same)
    made = shapes.surface(shapes.tube(17.0, 1.8, 4.0))
    holed = Solid("shank", made.vertices, made.triangles[1:], (0.8, 0.8, 0.8, 1.0), True, None)
    package = replace(package, data=threemf.write((holed,), NOTES))
    _, findings = gate((stl_file, package), content(1.8), Options(pictures=False))
    assert [(f.code, f.where.file) for f in errors(findings)] == [("JG701", "ring.3mf")]


def test_the_metal_is_shown_in_colour_with_the_thin_places_ringed() -> None:
    (check, picture), _ = gate(files(0.5), content(0.5), Options())
    checks = json.loads(check.data)["files"][0]["checks"]
    thin = next(row for row in checks if row["code"] == "JG710")
    assert 1 < len(thin["places_mm"]) <= 6
    assert "% of the surface" in thin["note"]
    sound = gate(files(1.8), content(1.8), Options())[0][1]
    alarms = [
        (np.abs(pixels(p.data) - (209, 0, 89)).max(axis=2) < 12).sum() for p in (picture, sound)
    ]
    assert alarms[0] > 200
    assert alarms[1] == 0


def pixels(png: bytes) -> np.ndarray:
    """The colours of a PNG whose rows are filtered by their upper neighbours."""
    wide, high = (int.from_bytes(png[i : i + 4], "big") for i in (16, 20))
    start = png.index(b"IDAT") + 4
    size = int.from_bytes(png[start - 8 : start - 4], "big")
    rows = np.frombuffer(zlib.decompress(png[start : start + size]), np.uint8).reshape(high, -1)
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(high, wide, 3).astype(int)


def test_a_thin_master_is_an_error_that_names_the_limit_and_its_source() -> None:
    _, findings = gate(files(0.5), content(0.5), Options(pictures=False))
    assert {finding.code for finding in errors(findings)} == {"JG710", "JG721"}
    (thin,) = [finding for finding in errors(findings) if finding.code == "JG710"]
    assert "0.8 mm" in thin.allowed
    assert "silver_wall_min" in thin.allowed


def test_what_is_accepted_with_a_reason_stops_nothing() -> None:
    slight = ("JG721", "a sample, nobody wears it")
    agreed = Options(pictures=False, accept=(("JG710", "poured centrifugally"), slight))
    (check, *_), findings = gate(files(0.5), content(0.5), agreed)
    assert errors(findings) == ()
    (thin,) = [finding for finding in findings if finding.code == "JG710"]
    assert thin.severity is Severity.WARNING
    assert "poured centrifugally" in thin.hint
    assert json.loads(check.data)["accepted"] == [
        {"code": "JG710", "place": "", "reason": "poured centrifugally"},
        {"code": "JG721", "place": "", "reason": "a sample, nobody wears it"},
    ]

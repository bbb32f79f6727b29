"""Paper that a bench works from: DXF without faults, a PDF that is sound and true to scale."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import ezdxf
import numpy as np
import pypdf
import pytest

POINT_MM = 25.4 / 72.0
PAPER_MM = 0.1
HANDMADE = ("09_bezel_cab_ring", "14_disc_tag", "15_bezel_pendant")
MILLIMETRES = 4


@pytest.fixture(scope="module", params=HANDMADE)
def plan_folder(request: pytest.FixtureRequest, built: Callable[[str], Path]) -> Path:
    return built(request.param)


@pytest.mark.parametrize("name", ["templates.dxf", "drawing.dxf"])
def test_a_dxf_audits_clean(plan_folder: Path, name: str) -> None:
    drawing = ezdxf.readfile(plan_folder / name)
    audit = drawing.audit()
    assert not audit.errors
    assert not audit.fixes
    assert drawing.units == MILLIMETRES
    assert len(drawing.modelspace()) > 10
    used = {entity.dxf.layer for entity in drawing.modelspace()}
    assert used <= {layer.dxf.name for layer in drawing.layers}


def test_the_scale_of_the_dxf_templates_is_one(plan_folder: Path) -> None:
    space = ezdxf.readfile(plan_folder / "templates.dxf").modelspace()
    bars = [line.dxf.start.distance(line.dxf.end) for line in space.query("LINE[layer=='scale']")]
    assert max(bars) == pytest.approx(50.0)
    for square in space.query("LWPOLYLINE[layer=='scale']"):
        sides = np.array(square.get_points("xy"))
        assert np.ptp(sides, axis=0) == pytest.approx([20.0, 20.0])


def test_qpdf_finds_the_plan_sound(plan_folder: Path, needs_program: Callable[[str], str]) -> None:
    run = [needs_program("qpdf"), "--check", str(plan_folder / "plan.pdf")]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No syntax or stream encoding errors found" in done.stdout


def test_the_bar_and_the_square_measure_true_on_every_template_page(
    plan_folder: Path, tmp_path: Path, needs_program: Callable[[str], str]
) -> None:
    pdf = plan_folder / "plan.pdf"
    pages = [page.extract_text() for page in pypdf.PdfReader(pdf).pages]
    with_templates = [i + 1 for i, text in enumerate(pages) if "The bar must measure" in text]
    assert with_templates
    for page in with_templates:
        svg = tmp_path / f"{page}.svg"
        run = [needs_program("pdftocairo"), "-svg", "-f", str(page), "-l", str(page)]
        subprocess.run([*run, str(pdf), str(svg)], check=True, capture_output=True)
        boxes = _boxes_mm(svg.read_text("utf-8"))
        bars = [wide for wide, tall in boxes if tall < PAPER_MM and abs(wide - 50.0) < 5]
        squares = [box for box in boxes if abs(box[0] - 20) < 2 and abs(box[1] - 20) < 2]
        assert any(abs(bar - 50.0) <= PAPER_MM for bar in bars), bars
        assert any(max(abs(w - 20), abs(t - 20)) <= PAPER_MM for w, t in squares), squares


def _boxes_mm(svg: str) -> list[tuple[float, float]]:
    """Width and height of every path on the page, its own matrix applied."""
    found = []
    for tag in re.findall(r"<path[^>]*>", svg):
        drawn = re.search(r'\bd="([^"]*)"', tag)
        matrix = re.search(r'transform="matrix\(([^)]*)\)"', tag)
        numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", drawn[1] if drawn else "")]
        if len(numbers) < 4 or len(numbers) % 2:
            continue
        a, b, c, d = map(float, re.split(r"[ ,]+", matrix[1])[:4]) if matrix else (1, 0, 0, 1)
        points = np.array(numbers).reshape(-1, 2) @ np.array([[a, b], [c, d]]) * POINT_MM
        wide, tall = np.ptp(points, axis=0)
        found.append((float(wide), float(tall)))
    return found

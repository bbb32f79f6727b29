"""Pictures: framing, light, stones and the bytes they become; two ways of seeing agree."""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest

from jewelgen.flat.outline import Oval
from jewelgen.flat.text import text_path
from jewelgen.piece.form import Hoop, Plate
from jewelgen.piece.frame import Frame
from jewelgen.piece.mark import Glyphs, Mark
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Wire
from jewelgen.piece.stone import Stone
from jewelgen.solid.model import Mesh, Quality
from jewelgen.solid.realize import realize
from jewelgen.view import gemlight, picture, pixels, shade, studio
from jewelgen.view.camera import FILL, VIEW, framed
from jewelgen.view.normals import corner_normals
from jewelgen.view.png import encode
from jewelgen.view.raster import seen
from jewelgen.view.scene import Scene, scene_of
from jewelgen.view.twins import Twin

SMALL = (160, 120)


def tag(when: str = "cast") -> Piece:
    plate = Part("body", Plate(Oval(20.0, 20.0), 1.0), Frame(), alloy="silver_925", made="handmade")
    form = Glyphs(text_path("AB", "sans", 6.0), 0.3, "engrave", "AB", "sans", 6.0)
    mark = Mark("engraving", "body", form, Frame((0.0, 0.0, 1.0)), when=when)
    return Piece("tag", "pendant", "handmade", "silver_925", (plate,), marks=(mark,))


def ring() -> Piece:
    hoop = Part("shank", Hoop(17.0, ((0.0, Wire(2.0)),)), Frame(), alloy="gold_18k_yellow")
    at = Frame((0.0, 0.0, 12.0))
    stone = Stone("gem", "round", "diamond", 6.5, 6.5, 3.9, at, girdle=0.1, crown=1.0, pavilion=2.8)
    return Piece("ring", "ring", "cast", "gold_18k_yellow", (hoop,), stones=(stone,), bore=17.0)


@pytest.fixture(scope="module")
def ring_scene() -> Scene:
    return scene_of(ring(), realize(ring(), quality=Quality.PREVIEW))


@pytest.fixture(scope="module")
def tag_scene() -> Scene:
    return scene_of(tag(), realize(tag(), quality=Quality.PREVIEW))


def decoded(data: bytes) -> np.ndarray:
    """A reader of our own: one IDAT, filter 2 on every row."""
    width, height = struct.unpack(">II", data[16:24])
    at, body = 8, b""
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, chunk = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert (
            zlib.crc32(kind + chunk) == struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0]
        )
        body += chunk if kind == b"IDAT" else b""
        at += 12 + size
    rows = np.frombuffer(zlib.decompress(body), np.uint8).reshape(height, 1 + 3 * width)
    assert set(rows[:, 0]) == {2}
    return (
        np.cumsum(rows[:, 1:].astype(np.int64), axis=0).astype(np.uint8).reshape(height, width, 3)
    )


def test_a_png_holds_the_pixels_it_was_given() -> None:
    pixels = np.arange(7 * 5 * 3, dtype=np.uint8).reshape(5, 7, 3) * 3
    assert np.array_equal(decoded(encode(pixels)), pixels)


def test_the_same_scene_gives_the_same_bytes(ring_scene: Scene) -> None:
    assert picture.preview(ring_scene, SMALL) == picture.preview(ring_scene, SMALL)
    again = scene_of(ring(), realize(ring(), quality=Quality.PREVIEW))
    assert picture.preview(again, SMALL) == picture.preview(ring_scene, SMALL)


def test_a_sheet_is_four_pictures(tag_scene: Scene) -> None:
    whole = decoded(picture.sheet(tag_scene, (64, 48)))
    assert whole.shape == (96, 128, 3)
    front = decoded(picture.preview(tag_scene, (64, 48), "front"))
    assert np.array_equal(whole[:48, 64:], front)


def test_both_draws_the_preview_and_the_sheet_at_once(
    tag_scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "LARGE", (96, 72))
    monkeypatch.setattr(picture, "SMALL", (64, 48))
    one, four = picture.both(tag_scene)
    assert one == picture.preview(tag_scene, (96, 72))
    sheet, found = decoded(picture.sheet(tag_scene, (64, 48))), decoded(four)
    assert np.array_equal(found[:, 64:], sheet[:, 64:])
    assert np.array_equal(found[48:], sheet[48:])
    off = np.abs(found[:48, :64].astype(int) - sheet[:48, :64].astype(int))
    assert off.mean() < 4


@pytest.mark.parametrize("towards", [(0.6, -1.0, 0.6), (0.0, -1.0, 0.0), (1.0, 0.0, 0.1)])
def test_the_piece_fills_the_picture_and_no_more(towards: tuple[float, float, float]) -> None:
    points = np.random.default_rng(1).uniform(-9, 11, (200, 3)) * (1.0, 0.3, 1.0)
    camera = framed(points, towards, (0.0, 0.0, 1.0), (800, 600))
    right, up, forward = camera.axes()
    local = points - np.array(camera.eye)
    reach = math.tan(math.radians(VIEW / 2))
    y = local @ up / (local @ forward) / reach
    x = local @ right / (local @ forward) / reach / (800 / 600)
    extents = max(np.abs(x).max(), np.abs(y).max())
    assert extents == pytest.approx(FILL, abs=0.01)
    assert x.max() == pytest.approx(-x.min(), abs=0.01)
    assert y.max() == pytest.approx(-y.min(), abs=0.01)


def test_rays_and_vtk_see_the_same_triangles(ring_scene: Scene) -> None:
    pytest.importorskip("embreex")
    world = shade.world_of(ring_scene)
    camera = framed(world.vertices, (0.6, -1.0, 0.6), (0.0, 0.0, 1.0), (200, 150))
    by_rays = shade.visible(world, camera, camera.rays())
    by_vtk = seen(world.vertices, world.triangles, camera)
    assert (by_rays >= 0).sum() > 2000
    assert (world.owner[by_rays] == world.owner[by_vtk])[
        (by_rays >= 0) & (by_vtk >= 0)
    ].mean() > 0.995
    assert ((by_rays >= 0) == (by_vtk >= 0)).mean() > 0.995
    assert (by_rays == by_vtk).mean() > 0.97


def test_gold_is_yellow_bright_and_never_black(ring_scene: Scene) -> None:
    world = shade.world_of(ring_scene)
    camera = framed(world.vertices, (0.6, -1.0, 0.6), (0.0, 0.0, 1.0), (320, 240))
    light, _ = shade.shaded(world, camera)
    ids = shade.visible(world, camera, camera.rays())
    metal = light[(ids >= 0) & (world.sheen[world.owner[np.maximum(ids, 0)]] == "metal")]
    red, green, blue = metal.mean(axis=0)
    assert red > green > 1.5 * blue
    assert 0.25 < metal[:, 0].mean() < 1.2
    assert np.quantile(metal.max(axis=1), 0.01) > 0.02


def test_a_diamond_has_bright_and_dark_facets(ring_scene: Scene) -> None:
    world = shade.world_of(ring_scene)
    camera = framed(world.vertices, (0.0, -0.1, 1.0), (0.0, 1.0, 0.0), (320, 240))
    light, _ = shade.shaded(world, camera)
    ids = shade.visible(world, camera, camera.rays())
    gem = light[(ids >= 0) & (world.sheen[world.owner[np.maximum(ids, 0)]] == "clear")]
    assert len(gem) > 500
    assert gem.mean() > 0.3
    assert gem.std() / gem.mean() > 0.25


def test_a_clear_crystal_of_index_one_is_not_there() -> None:
    corners = np.array([[x, y, z] for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)])
    normals = np.vstack((np.eye(3), -np.eye(3)))
    gem = gemlight.Crystal(normals, np.ones(6), 1.0, np.ones(3), float(np.ptp(corners)))
    ray = np.array([[0.3, -0.2, -1.0]]) / math.sqrt(1.13)
    found = gemlight.light_through(
        gem,
        (np.array([[0.0, 0.0, 1.0]]), ray, np.array([[0.0, 0.0, 1.0]])),
        lambda _, d, __: d + 2.0,
    )
    assert found == pytest.approx(ray + 2.0, abs=1e-9)


def test_no_light_is_made_in_a_crystal() -> None:
    gem = gemlight.Crystal(
        np.vstack((np.eye(3), -np.eye(3))), np.ones(6), 2.4, np.ones(3), math.sqrt(3.0)
    )
    n = 64
    ways = np.random.default_rng(2).normal(size=(n, 3))
    ways[:, 2] = -np.abs(ways[:, 2]) - 0.1
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    points = np.tile((0.1, 0.2, 1.0), (n, 1))
    up = np.tile((0.0, 0.0, 1.0), (n, 1))
    found = gemlight.light_through(gem, (points, ways, up), lambda _, d, __: np.ones_like(d))
    assert found.max() <= 1.0 + 1e-9
    assert found.min() > 0.98


def test_metal_mirrors_the_depth_of_a_stone_and_not_one_colour(ring_scene: Scene) -> None:
    pytest.importorskip("embreex")
    world = shade.world_of(ring_scene)
    beside = np.linspace(1.2, 2.6, 21)  # the pavilion, seen past the wire of the band
    x, y = (a.ravel() for a in np.meshgrid(np.linspace(-2.0, 2.0, 61), (*-beside, *beside)))
    points = np.stack((x, y, np.full(len(x), 8.9)), 1).astype(shade.LIGHT)
    ways = np.tile(np.array((0.05, 0.0, 1.0), dtype=shade.LIGHT), (len(x), 1))
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    assert world.cast is not None
    hits = world.cast(points, ways)
    assert (world.sheen[world.owner[hits]] == "clear").all()
    light = shade._around(world, points, ways, ("metal", "clear"))
    wide = [
        np.ptp(light[hits == k], axis=0).max() for k in np.unique(hits) if (hits == k).sum() > 9
    ]
    assert len(wide) > 8
    assert np.median(wide) > 0.05  # parallel rays into one facet come out by many


def test_even_pixels_are_as_bright_as_if_every_sample_were_lit(ring_scene: Scene) -> None:
    pytest.importorskip("embreex")
    world = shade.world_of(ring_scene)
    camera = framed(world.vertices, (0.6, -1.0, 0.6), (0.0, 0.0, 1.0), (320, 240))
    samples = replace(camera, size=(640, 480))
    ground = np.full((240, 320, 3), 0.8)
    found = pixels.pixels(world, samples, ground)
    light, mask = shade.shaded(world, samples)
    every = np.where(mask[..., None], pixels.toned(light), 0.8)
    whole = every.reshape(240, 2, 320, 2, 3).mean(axis=(1, 3))
    shown = [np.clip(p, 0.0, 1.0) ** (1 / 2.2) for p in (found, whole)]
    off = np.abs(shown[0] - shown[1]).max(axis=2)
    assert (off > 2 * pixels.EVEN).mean() < 1e-3  # what lies between the samples of a facet
    assert (off > 1e-6).any()  # some pixels were lit by one sample alone


def test_equal_stones_are_lit_as_one_crystal_and_look_as_if_each_were_its_own() -> None:
    piece = ring()
    (first,) = piece.stones
    turned = Frame((4.0, 3.0, 11.0), x=(0.8, 0.6, 0.0), z=(0.0, 0.0, 1.0))
    stones = (first, replace(first, name="twin", at=turned))
    scene = scene_of(replace(piece, stones=stones), realize(replace(piece, stones=stones)))
    world = shade.world_of(scene)
    gems = [i for i, s in enumerate(scene.surfaces) if s.material.sheen == "clear"]
    assert [world.twins[i].like for i in gems] == [gems[0], gems[0]]
    alone = replace(
        world, twins=tuple(Twin(i, np.eye(3), np.zeros(3)) for i in range(len(world.twins)))
    )
    camera = framed(world.vertices, (0.3, -0.4, 1.0), (0.0, 1.0, 0.0), (160, 120))
    one, own = shade.shaded(world, camera)[0], shade.shaded(alone, camera)[0]
    assert np.median(np.abs(one - own)) < 1e-5
    assert np.abs(one - own).mean() < 2e-3  # a ray that grazes an edge may go either way


@pytest.mark.parametrize(("shape", "sheen"), [("round", "clear"), ("cab-round", "stone")])
def test_a_clouded_species_is_seen_through_between_facets_and_glows_as_a_dome(
    shape: str, sheen: str
) -> None:
    piece = ring()
    moon = replace(piece.stones[0], cut=shape, species="moonstone")
    piece = replace(piece, stones=(moon,))
    scene = scene_of(piece, realize(piece, quality=Quality.PREVIEW))
    assert [s.material.sheen for s in scene.surfaces if s.name == "gem 0"] == [sheen]


def test_letters_still_to_be_cut_are_drawn_as_dark_skins() -> None:
    later = tag("after casting")
    scene = scene_of(later, realize(later, quality=Quality.PREVIEW))
    ink = [s for s in scene.surfaces if s.material.sheen == "ink"]
    assert [s.name for s in ink] == ["engraving"]
    assert ink[0].mesh.vertices[:, 2].max() == pytest.approx(1.006, abs=1e-3)


def test_the_floors_of_cut_letters_are_dark(tag_scene: Scene) -> None:
    (ink,) = [s for s in tag_scene.surfaces if s.material.sheen == "ink"]
    floors = ink.mesh.vertices[np.unique(ink.mesh.triangles)]
    assert floors[:, 2] == pytest.approx(np.full(len(floors), 0.7), abs=1e-6)
    corners = ink.mesh.vertices[ink.mesh.triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    from jewelgen.flat.outline import area

    expected = area(text_path("AB", "sans", 6.0))
    assert np.linalg.norm(across, axis=1).sum() / 2 == pytest.approx(expected, rel=0.01)


def test_normals_are_smooth_round_and_sharp_at_edges() -> None:
    body = realize(tag(), quality=Quality.PREVIEW).bodies[0].mesh
    up = corner_normals(body)
    flat = np.abs(body.vertices[body.triangles][:, :, 2] - 1.0).max(axis=1) < 1e-9
    assert up[flat].reshape(-1, 3) == pytest.approx(np.tile((0.0, 0.0, 1.0), (3 * flat.sum(), 1)))
    hoop = realize(ring(), quality=Quality.PREVIEW).bodies[0].mesh
    spots = hoop.vertices[hoop.triangles].reshape(-1, 3)
    out = np.hypot(spots[:, 0], spots[:, 2])
    core = np.column_stack((spots[:, 0] / out * 9.5, np.zeros(len(out)), spots[:, 2] / out * 9.5))
    true = (spots - core) / np.linalg.norm(spots - core, axis=1, keepdims=True)
    assert (corner_normals(hoop).reshape(-1, 3) * true).sum(1).min() > 0.97


def test_a_mesh_of_one_triangle_has_its_normal() -> None:
    one = Mesh(np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]), np.array([[0, 1, 2]]))
    assert corner_normals(one)[0] == pytest.approx(np.tile((0.0, 0.0, 1.0), (3, 1)))


def test_studio_light_is_even_at_the_zenith_and_positive() -> None:
    turns = np.linspace(0, 2 * np.pi, 48)
    near = np.stack((1e-3 * np.cos(turns), 1e-3 * np.sin(turns), np.ones(48)), 1)
    lit = studio.light(near / np.linalg.norm(near, axis=1, keepdims=True))
    assert np.ptp(lit, axis=0).max() < 0.01
    ways = np.random.default_rng(3).normal(size=(2000, 3))
    assert studio.light(ways / np.linalg.norm(ways, axis=1, keepdims=True)).min() > 0


@pytest.mark.parametrize("size", [(8, 100), (100, 5000)])
def test_sizes_have_bounds(tag_scene: Scene, size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"16 \.\. 4096"):
        picture.preview(tag_scene, size)


def test_an_unknown_view_names_those_there_are(tag_scene: Scene) -> None:
    with pytest.raises(ValueError, match="three-quarter, front, side, back"):
        picture.preview(tag_scene, SMALL, "under")

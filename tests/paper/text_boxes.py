"""Where the texts and lines of a drawing lie, for tests: a text is as large as its face draws it."""

from __future__ import annotations

from collections.abc import Iterator

from ezdxf.document import Drawing
from ezdxf.entities import DXFEntity
from ezdxf.fonts import fonts
from shapely import affinity
from shapely.geometry import LineString, Polygon, box

from jewelgen.paper.dxf import FACE, know_the_font


def texts(doc: Drawing) -> list[tuple[str, Polygon]]:
    """Every text with what it covers; dimensions have theirs in blocks of their own."""
    know_the_font()
    found = [(e.dxf.text, _text(e)) for e in doc.modelspace().query("TEXT")]
    sizes = [e for e in _of_dimensions(doc) if e.dxftype() == "MTEXT"]
    return found + [(entity.text, _mtext(entity)) for entity in sizes]


def dimension_lines(doc: Drawing) -> list[LineString]:
    """The lines of all dimensions."""
    return [
        LineString([tuple(e.dxf.start)[:2], tuple(e.dxf.end)[:2]])
        for e in _of_dimensions(doc)
        if e.dxftype() == "LINE"
    ]


def _of_dimensions(doc: Drawing) -> Iterator[DXFEntity]:
    for dimension in doc.modelspace().query("DIMENSION"):
        yield from doc.blocks.get(dimension.dxf.geometry)


def _width(text: str, height: float) -> float:
    return float(fonts.make_font(FACE, height).text_width(text))


def _text(entity: DXFEntity) -> Polygon:
    x, y = tuple(entity.dxf.insert)[:2]
    return box(x, y, x + _width(entity.dxf.text, entity.dxf.height), y + entity.dxf.height)


def _mtext(entity: DXFEntity) -> Polygon:
    """The texts of dimensions stand about their middle."""
    assert entity.dxf.attachment_point == 5
    x, y = tuple(entity.dxf.insert)[:2]
    wide, tall = _width(entity.text, entity.dxf.char_height), entity.dxf.char_height
    whole = box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
    return affinity.rotate(whole, entity.get_rotation(), origin=(x, y))


def overlapping(rows: list[tuple[str, Polygon]], least: float = 0.02) -> list[tuple[str, str]]:
    """Pairs of texts that share more than `least` mm2."""
    return [
        (one, other)
        for i, (one, a) in enumerate(rows)
        for other, b in rows[i + 1 :]
        if a.intersection(b).area > least
    ]

"""The bezel cabochon ring of the bench plan, as a hand-built Piece."""

from jewelgen.flat.outline import Oval, Path, grown
from jewelgen.flat.segments import Line
from jewelgen.piece.form import Hoop, Plate, Wall
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.mark import Glyphs, Mark
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Sec
from jewelgen.piece.stone import Stone
from jewelgen.units import bs_gauge_mm

BORE = 11.63 + 0.8128 * 7
T, FLOOR, FLAT = bs_gauge_mm(28), bs_gauge_mm(20), 0.5
STONE = Oval(10.0, 8.0)
BASE = BORE / 2 + 1.5 - FLAT  # height of the flat above the ring's centre
BOX = Path(
    (
        (
            Line((-1, -1), (1, -1)),
            Line((1, -1), (1, 1)),
            Line((1, 1), (-1, 1)),
            Line((-1, 1), (-1, -1)),
        ),
    )
)


def design_09() -> Piece:
    """Half-round shank 3.0 x 1.5, fine silver wall 2.0 high on a 20 ga floor, oval cabochon 10 x 8 x 4."""
    shank = Part(
        "shank",
        Hoop(BORE, ((0.0, Sec(3.0, 1.5, rise=1.5)),)),
        IDENTITY,
        alloy="silver_925",
        made="handmade",
        role="shank",
    )
    floor = Part(
        "head.floor",
        Plate(grown(STONE, 0.05 + T), FLOOR),
        Frame((0, 0, BASE)),
        alloy="silver_925",
        made="handmade",
        role="plate",
    )
    wall = Part(
        "head.wall",
        Wall(STONE, 2.0, T, 0.05),
        Frame((0, 0, BASE + FLOOR)),
        alloy="silver_999",
        made="handmade",
        role="bezel",
    )
    joints = (
        Joint("shank", "shank", "join", Fit("seam")),
        Joint("head.wall", "head.wall", "join", Fit("seam")),
        Joint("head.wall", "head.floor", "join", Fit("tee")),
        Joint("head.floor", "shank", "join", Fit("flat", FLAT)),
    )
    stone = Stone(
        "head.stone",
        "cab-oval",
        "turquoise",
        10.0,
        8.0,
        4.0,
        Frame((0, 0, BASE + FLOOR)),
        held_by=("head.wall",),
        girdle=0.8,
    )
    mark = Mark(
        "hallmark",
        "shank",
        Glyphs(BOX, 0.1, "stamp", "925", tall=1.0, bend=-BORE / 2),
        Frame((BORE / 2, 0, 0), x=(0, 1, 0), z=(-1, 0, 0)),
    )
    return Piece(
        "Bezel cabochon ring",
        "ring",
        "handmade",
        "silver_925",
        (shank, wall, floor),
        joints,
        (stone,),
        (),
        (mark,),
        bore=BORE,
        size="US 7",
        finish="bright",
    )

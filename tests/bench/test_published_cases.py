"""Published and derived bench cases: blanks, bezels, domes, forging, wire, solder, tubes, drills."""

import math

import pytest

from jewelgen.bench import bezels, lengths
from jewelgen.bench.hoops import net_length
from jewelgen.bench.practice import DEFAULT
from jewelgen.flat.outline import Box, Oval, perimeter
from jewelgen.piece.form import Dome, Hoop
from jewelgen.piece.section import Sec, Wire
from jewelgen.piece.volume import volume
from jewelgen.units import bs_gauge_mm

KNUTH = [2.1, 1.6, 1.3, 1.0, 0.8, 0.6, 0.5]


def test_round_wire_blank():
    assert lengths.ring_blank(17.2, 1.4) == pytest.approx(58.4, abs=0.1)


@pytest.mark.parametrize(("gauge", "length"), [(16, 55.6), (10, 59.7)])
def test_blank_from_circumference_and_gauge(gauge, length):
    assert lengths.ring_blank(51.5 / math.pi, bs_gauge_mm(gauge)) == pytest.approx(length, abs=0.1)


@pytest.mark.parametrize(
    ("round_about", "row"),
    [
        (39.0, [45.5, 44.2, 43.0, 42.1, 41.5, 40.9, 40.5]),
        (39.6, [46.2, 44.6, 43.6, 42.7, 42.1, 41.5, 41.1]),
    ],
)
def test_knuth_rows(round_about, row):
    made = [lengths.ring_blank(round_about / math.pi, t) for t in KNUTH]
    assert made == pytest.approx(row, abs=0.2)


def test_half_round_blank_takes_the_centroid():
    made = net_length(
        Hoop(17.323, ((0.0, Sec(3.0, 1.5, rise=1.5)),)), Sec(3.0, 1.5, rise=1.5), DEFAULT
    )
    assert made.value == pytest.approx(58.41, abs=0.05)
    assert dict(made.inputs)["K"] == pytest.approx(4 / (3 * math.pi), abs=1e-6)


def test_wide_bands_get_half_a_millimetre():
    narrow = net_length(Hoop(17.0, ((0.0, Sec(4.0, 1.0)),)), Sec(4.0, 1.0), DEFAULT)
    wide = net_length(Hoop(17.0, ((0.0, Sec(4.1, 1.0)),)), Sec(4.1, 1.0), DEFAULT)
    assert wide.value - narrow.value == pytest.approx(0.5)
    assert lengths.ring_blank(17.0, 1.0, width=4.1) == pytest.approx(wide.value)


def test_wide_flat_band_of_the_first_worked_piece():
    assert lengths.ring_blank(17.32, 1.02, width=7.0) == pytest.approx(58.1, abs=0.1)


def test_bezel_strips_by_exact_offset():
    assert bezels.strip_length(Oval(10, 8), 0.33) == pytest.approx(29.40, abs=0.02)
    assert bezels.strip_length(Oval(30, 15), 0.33) == pytest.approx(73.70, abs=0.03)
    assert bezels.trade_strip_length(30, 15, 0.33) == pytest.approx(71.72, abs=0.02)


def test_square_bezel_without_thickness_is_its_perimeter():
    assert bezels.strip_length(Box(27, 23), 0.0) == pytest.approx(100.0, abs=0.01)


def test_mitred_corners_take_tangents_and_rounded_ones_arcs():
    step = 0.05 + 0.2
    assert bezels.strip_length(Box(10, 10), 0.4, 0.05) == pytest.approx(40 + 8 * step)
    smooth = bezels.strip_length(Box(10, 10, 1.0), 0.4, 0.05)
    assert smooth == pytest.approx(perimeter(Box(10, 10, 1.0)) + 2 * math.pi * step)


@pytest.mark.parametrize(("oval", "length"), [((8, 6), 22.103), ((14, 10), 37.961)])
def test_ellipse_perimeters(oval, length):
    assert perimeter(Oval(*oval)) == pytest.approx(length, abs=0.001)


def test_dome_discs():
    assert lengths.hemisphere_disc(9.525, bs_gauge_mm(24)) == pytest.approx(12.7, abs=0.1)
    assert lengths.dome_disc(9.525, 9.525 / 2, 0.511) == pytest.approx(
        lengths.hemisphere_disc(9.525, 0.511)
    )
    assert lengths.cap_disc(3.0, 4.0) == 10.0


@pytest.mark.parametrize(
    ("across", "rise", "sheet", "disc"), [(22.0, 4.5, bs_gauge_mm(20), 23.15), (27.0, 4.0, 0.6, 27.8)]
)  # fmt: skip
def test_a_shallow_dome_reaches_its_width_once_its_square_rim_is_trued(across, rise, sheet, disc):
    """Dapped by hand: the disc that was cut without it came out 21.4 across and 4.2 high."""
    cut = lengths.dome_disc(across, rise, sheet)
    assert cut == pytest.approx(disc, abs=0.05)
    outer, middle = lengths.cap_radius(across, rise), lengths.cap_radius(across, rise) - sheet / 2
    turn = cut / 2 / middle  # the mid-surface cap of this disc by its chord: 2 sin(angle / 2)
    angle = 2 * math.asin(turn / 2)
    assert 2 * outer * math.sin(angle) == pytest.approx(across)
    assert outer * (1 - math.cos(angle)) == pytest.approx(rise)
    assert lengths.rim_trued(9.525, 9.525 / 2, 0.511) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("across", "rise", "sheet"), [(22.0, 4.5, 0.81), (27.0, 4.0, 0.6), (6.0, 0.9, 0.8), (9.5, 4.75, 0.5), (16.0, 7.0, 1.2)]
)  # fmt: skip
def test_a_disc_less_its_trued_rim_is_the_dome(across, rise, sheet):
    """Also of thick sheet in a shallow dome, of which the rim is the most."""
    disc = math.pi / 4 * lengths.dome_disc(across, rise, sheet) ** 2 * sheet
    kept = disc - lengths.rim_trued(across, rise, sheet)
    assert kept == pytest.approx(volume(Dome(across, rise, sheet)), rel=5e-3)


def test_forging_keeps_volume():
    assert lengths.taper_factor(1.0, 1.0, 0.0) == pytest.approx(3.0)
    assert lengths.stretched(10 * 25.4, (3 / 8) ** 2, math.pi / 16) / 25.4 == pytest.approx(
        7.125, abs=0.05
    )
    assert lengths.taper_stock(0.75**2, 0.25**2, 8.0, 0.75**2) == pytest.approx(3.84, abs=0.02)
    assert lengths.stretched(1.0, 5.5**2, 1.0) == pytest.approx(30.25)


def test_wire():
    assert lengths.loop(3.0, bs_gauge_mm(20)) == pytest.approx(11.97, abs=0.02)
    assert lengths.aspect_ratio(5.0, bs_gauge_mm(16)) == pytest.approx(3.86, abs=0.02)
    assert lengths.twist_envelope(bs_gauge_mm(22)) == pytest.approx(bs_gauge_mm(16), abs=0.02)
    assert lengths.wrap_turn(2, bs_gauge_mm(20), bs_gauge_mm(22) / 2) == pytest.approx(
        5.88, abs=0.01
    )
    assert lengths.coil(3.0, 0.812, 2, 0.0) == pytest.approx(2 * lengths.loop(3.0, 0.812))
    assert lengths.flat_spiral(3, 1.0, 4.0) == pytest.approx(15 * math.pi)


def test_twist_of_no_pitch_end_is_straight():
    assert lengths.twist_strand(50.0, 0.4, 1e9) == pytest.approx(50.0)
    assert lengths.twist_strand(1.0, 0.5, math.pi) == pytest.approx(math.sqrt(2.0))


def test_pallion_of_a_butt_joint():
    volume = bezels.solder_volume(2.0 * 1.5, 0.1)
    assert volume == pytest.approx(0.30)
    assert bezels.pallion_side(volume) == pytest.approx(1.34, abs=0.01)


def test_tube_seat_and_flush_drills():
    assert bezels.tube_seat(3.0, 3.5, 2.5) == pytest.approx((0.25, 0.25, 3.0))
    assert bezels.flush_drills(2.5) == ((1.0, 1.2), (1.5, 2.0, 2.3), 2.5)


def test_split_shank():
    made = lengths.split_shank(17.32, 1.5, 0.4244, 9.66, (12.0, 2.25))
    assert made == pytest.approx(53.1, abs=0.1)
    with pytest.raises(ValueError, match="cut the shank"):
        lengths.split_shank(17.32, 1.5, 0.4244, 11.0, (12.0, 2.25))


def test_cabochon_wall_height_and_its_inverse():
    assert bezels.wall_height(4.0, 0.8, 4.0, 0.30) == pytest.approx(2.02, abs=0.01)
    assert bezels.lean_at(bezels.wall_height(4.0, 0.8, 4.0, 0.30), 4.0, 0.8, 4.0) == pytest.approx(
        0.30
    )
    assert bezels.wall_height(9.0, 0.0, 4.0, 0.01) == pytest.approx(3.0)  # a third at least
    assert bezels.wall_height(3.0, 2.9, 4.0, 0.40) == pytest.approx(2.0)  # two thirds at most


def test_rim_shortening_of_the_ten_by_eight():
    before, after, share = bezels.rim_shortening(Oval(10, 8), 0.05, 0.30)
    assert (before, after) == pytest.approx((28.68, 26.23), abs=0.01)
    assert share == pytest.approx(8.5, abs=0.05)


def test_collet_sector_closes_on_both_rims():
    inner, outer, angle = bezels.cone_sector(8.0, 6.0, 3.0)
    assert math.radians(angle) * outer == pytest.approx(math.pi * 8.0)
    assert math.radians(angle) * inner == pytest.approx(math.pi * 6.0)
    assert outer - inner == pytest.approx(math.hypot(3.0, 1.0))


def test_ball_from_wire_keeps_volume():
    assert math.pi * 0.8**2 / 4 * lengths.ball_wire(1.6, 0.8) == pytest.approx(math.pi * 1.6**3 / 6)


def test_jump_ring_rod_allows_for_spring_back():
    assert lengths.mandrel_for(6.35) == pytest.approx(0.24 * 25.4, abs=0.01)


def test_wire_hoop_and_loop_agree():
    hoop = Hoop(4.0, ((0.0, Wire(1.0)),))
    assert net_length(hoop, Wire(1.0), DEFAULT).value == pytest.approx(lengths.loop(4.0, 1.0))

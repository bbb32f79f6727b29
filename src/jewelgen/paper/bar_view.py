"""A bar drawn with its cuts: the stretch that is cut as large as it may be, what is left broken off.

In: a `Bar`.  Out: its height on paper, and its lines in a drawing. mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ezdxf.layouts.layout import Modelspace

from jewelgen.bench.cutting import Bar
from jewelgen.paper.cut_marks import TEXT, WIDE, frame, runs, say, stroke, together, width
from jewelgen.paper.lanes import apart

THICK, GAP = 5.0, 3.5
STUB = 34.0  # mm of the picture for what is left
LARGEST = 6.0  # enlargement of a short stretch at most
DROP, LANE = 2.6, 2.8  # mm from a bar to the first lane of labels, from lane to lane


@dataclass(frozen=True, slots=True)
class Label:
    """A text that found no room in its cuts: the stretch it is about, mm on paper."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class BarView:
    """One bar on paper: `scale` of its cuts, what stands at its end, labels in lanes below."""

    bar: Bar
    scale: float
    left: str
    lanes: tuple[tuple[Label, ...], ...]

    @property
    def height(self) -> float:
        """mm that it takes, with the gap to the next."""
        below = DROP + LANE * len(self.lanes) if self.lanes else 0.0
        return THICK + below + GAP

    def draw(self, space: Modelspace, top: float) -> None:
        """The bar from `top` downwards."""
        y = top - THICK
        end = self._cuts(space, y)
        self._end(space, end, y)
        for n, lane in enumerate(self.lanes):
            _lane(space, lane, y, y - DROP - LANE * n)

    def _cuts(self, space: Modelspace, y: float) -> float:
        """The cuts from the left; the place where the rest begins."""
        below = {label.text for lane in self.lanes for label in lane}
        for group, starts in placed(self.bar, self.scale):
            inside = run_text(group) not in below
            for (name, size), x in zip(group, starts, strict=True):
                frame(space, (x, y, size * self.scale, THICK), "saw")
                if inside:
                    say(space, f"{name} {size:.1f}", (x + size * self.scale / 2, y + THICK / 2))
        return (self.bar.length - self.bar.offcut) * self.scale

    def _end(self, space: Modelspace, x: float, y: float) -> None:
        """What is left, broken off where it is longer than its room."""
        long = self.bar.offcut * self.scale
        end = min(x + long, WIDE)
        stroke(space, (x, y), (end, y))
        stroke(space, (x, y + THICK), (end, y + THICK))
        if x + long > WIDE:
            stroke(
                space,
                (end, y - 0.8),
                (end - 1.2, y + 1.9),
                (end + 0.2, y + 3.1),
                (end - 1.0, y + THICK + 0.8),
            )
        elif long:
            stroke(space, (end, y), (end, y + THICK))
        text = f"{self.left} of {self.bar.length:.0f}" if self.left != "scrap" else self.left
        for said in (text, self.left):
            if width(said) <= end - x - 2.0:
                say(space, said, ((x + end - 1.2) / 2, y + THICK / 2))
                return


def bar_view(bar: Bar, keep: float, scale: float) -> BarView:
    """The bar at a scale: texts that do not fit their cuts go below, in as many lanes as they need."""
    labels = [
        Label(run_text(group), starts[0], starts[-1] + group[-1][1] * scale)
        for group, starts in placed(bar, scale)
        if any(width(f"{name} {size:.1f}") > size * scale for name, size in group)
    ]
    left = f"keep {keep:.0f}" if keep else "scrap"
    return BarView(bar, scale, left, tuple(_lanes(labels)))


def scale_of(bars: Sequence[Bar]) -> float:
    """One scale for all bars of a picture: the longest stretch that is cut leaves room for what is kept."""
    used = max(bar.length - bar.offcut for bar in bars)
    return min(LARGEST, (WIDE - STUB) / used)


def placed(bar: Bar, scale: float) -> list[tuple[list[tuple[str, float]], list[float]]]:
    """Runs of equal cuts, and where each of them begins on paper."""
    kerf = (bar.length - bar.offcut - sum(size for _, size in bar.cuts)) / len(bar.cuts)
    found, x = [], 0.0
    for group in runs(bar.cuts):
        starts = []
        for _, size in group:
            starts.append(x * scale)
            x += size + kerf
        found.append((group, starts))
    return found


def run_text(group: Sequence[tuple[str, float]]) -> str:
    """`A 12.3`, or `A/1 to 5, each 12.3`."""
    names = [name for name, _ in group]
    size = f"{group[0][1]:.1f}"
    return f"{names[0]} {size}" if len(names) == 1 else f"{together(names)}, each {size}"


def _lanes(labels: Sequence[Label]) -> list[tuple[Label, ...]]:
    """Labels from left to right, a new lane when one is full."""
    lanes: list[list[Label]] = []
    for label in labels:
        if (
            not lanes
            or sum(width(other.text) + 1.2 for other in lanes[-1]) + width(label.text) > WIDE
        ):
            lanes.append([])
        lanes[-1].append(label)
    return [tuple(lane) for lane in lanes]


def _lane(space: Modelspace, lane: Sequence[Label], foot: float, y: float) -> None:
    """Labels in a lane, each with a leader to its stretch."""
    middles = apart(
        [(label.start + label.end) / 2 for label in lane],
        [width(label.text) for label in lane],
        (0.0, WIDE),
    )
    for label, x in zip(lane, middles, strict=True):
        at = (label.start + label.end) / 2
        stroke(space, (label.start + 0.1, foot - 0.5), (label.end - 0.1, foot - 0.5))
        stroke(space, (at, foot - 0.5), (x, y + 0.2))
        say(space, label.text, (x, y - TEXT / 2))

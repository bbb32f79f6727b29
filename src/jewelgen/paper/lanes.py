"""Labels side by side in a lane, each as near to its place as the others let it.

In: wanted middles and widths.  Out: middles that keep the labels apart, within the lane.
"""

from __future__ import annotations

from collections.abc import Sequence

GAP = 1.2  # mm between labels


def apart(
    wanted: Sequence[float], sizes: Sequence[float], room: tuple[float, float]
) -> tuple[float, ...]:
    """Middles of labels in the order given, `wanted` rising; they leave `room` only when all of it is too small."""
    low, high = room
    found: list[float] = []
    end = low - GAP
    for middle, size in zip(wanted, sizes, strict=True):
        found.append(max(middle, end + GAP + size / 2))
        end = found[-1] + size / 2
    limit = high
    for i in reversed(range(len(found))):
        found[i] = min(found[i], limit - sizes[i] / 2)
        limit = found[i] - sizes[i] / 2 - GAP
    short = low - (found[0] - sizes[0] / 2) if found else 0.0
    return tuple(middle + max(0.0, short) for middle in found)

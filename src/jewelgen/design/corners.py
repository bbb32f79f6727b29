"""The corners of [ask]: every end and choice alone, every pair, and all together; what tests and shops try first."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

from jewelgen.design.brief import Brief

MOST = 64  # corners of all keys together; designs with more are tried by pairs


def corners(brief: Brief) -> Iterator[dict[str, Any]]:
    """Order values (key to value) for the base, each end alone, all pairs, and the full product where it is small; no
    repeats.

    Numbers and sizes give their least and greatest, lists every choice, letters the fewest and the most.
    """
    ends = {ask.key: ask.corners() for ask in brief.asks}
    yield {}
    for key, values in ends.items():
        for value in values:
            yield {key: value}
    for one, other in itertools.combinations(ends, 2):
        for a, b in itertools.product(ends[one], ends[other]):
            yield {one: a, other: b}
    if len(ends) > 2 and math.prod(map(len, ends.values())) <= MOST:
        for values in itertools.product(*ends.values()):
            yield dict(zip(ends, values, strict=True))

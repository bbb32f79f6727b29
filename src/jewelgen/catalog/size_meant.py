"""What a ring size that names no system may mean: "7" is a size of several, "54,4 mm" wants a point.

In: a text that could not be read.  Out: a hint.
"""

from __future__ import annotations

import re

from jewelgen.catalog import scales
from jewelgen.catalog.scales import Scale

MOST = 6  # guesses that are named
_COMMA = re.compile(r"(?<=\d),(?=\d)")


def meant(text: str) -> str:
    """The sizes that a text may stand for, as a question; else how sizes are written."""
    tidy = _COMMA.sub(".", text.strip())
    found = [f"{scale.code} {tidy}" for scale in scales.scales() if _is_size(scale, tidy)]
    if tidy != text.strip() and not found:
        found = [tidy]
    if found:
        return f"did you mean {' or '.join(repr(item) for item in found[:MOST])}?"
    return f"write a system and a size; {codes_hint()}"


def codes_hint() -> str:
    """The systems there are."""
    return f"there are {', '.join(scale.code for scale in scales.scales())} and mm"


def _is_size(scale: Scale, text: str) -> bool:
    number = scale.read(text)
    if number is None:
        return False
    least, greatest = scale.size_range
    return least <= number <= greatest and abs(scale.nearest(number) - number) < 1e-9

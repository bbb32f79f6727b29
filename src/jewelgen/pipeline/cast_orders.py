"""From built orders to the caster's order book.

In: folders of results.  Out: `orders.json` and `orders.pdf`; nothing where nothing is cast.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from jewelgen.formats.artifact import Artifact
from jewelgen.formats.manifest import to_json
from jewelgen.paper.orders_page import orders_data, orders_pdf

ROLE = "casting"


def order_book(folders: Iterable[Path], paper: str = "a4") -> tuple[Artifact, ...]:
    """The order book of all pieces in `folders` that have a caster's sheet."""
    paths = [folder / "casting.json" for folder in folders]
    sheets = [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.is_file()]
    if not sheets:
        return ()
    data = orders_data(sheets)
    return (
        Artifact("orders.json", to_json(data).encode("utf-8"), ROLE),
        Artifact("orders.pdf", orders_pdf(data, paper), ROLE),
    )

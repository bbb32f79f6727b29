"""Tools by size: what the work wants, what the shop has, the nearest of them and what that changes.

In: sizes in mm; the `[tools]` of a shop file.  Out: words for the plan, with the deviation named; findings JG516.
Of a kind that a shop does not list every size is at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jewelgen.findings import Finding, Severity, Where

SAME = 0.02  # mm: tools nearer than this are the same


@dataclass(frozen=True, slots=True)
class Use:
    """A kind of tool: its `word`, and what a tool `below` or `above` the size wanted costs; empty: it does not serve."""

    word: str
    below: str = ""
    above: str = ""


KINDS: Mapping[str, Use] = {
    "drill": Use("drill", below="open the hole with a ball bur"),
    "ball_bur": Use("ball bur", below="lead it round to size"),
    "hart_bur": Use("hart bur", below="lead it round to size"),
    "setting_bur": Use("setting bur", below="lead it round until the stone drops in"),
    "disc_cutter": Use("disc cutter", above="file the disc down to its circle"),
    "doming_punch": Use("doming punch", below="work it over the whole dome"),
    "draw_plate": Use("draw plate hole", above="sand the wire to size"),
    "ring_mandrel": Use("ring mandrel"),
}
RANGES = frozenset({"ring_mandrel"})  # tapers: every size between the least and the greatest serves


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that the work wants: its kind, `size` mm, the greatest that does as well (0: none), words that follow."""

    kind: str
    size: float
    most: float = 0.0
    tail: str = ""
    digits: int = 1

    @property
    def text(self) -> str:
        """As wanted: `drill 0.6-0.7 x 3`."""
        upto = f"-{self.most:.{self.digits}f}" if self.most else ""
        return f"{KINDS[self.kind].word} {self.size:.{self.digits}f}{upto}{self.tail}"


Wanted = Tool | str  # a word: a tool without a size


@dataclass(frozen=True, slots=True)
class Tools:
    """The shop's tools: sizes in mm, ascending, of every kind that it lists."""

    sizes: tuple[tuple[str, tuple[float, ...]], ...] = ()

    def nearest(self, tool: Tool, reach_pct: float) -> float | None:
        """The size to take: the wanted one where the kind is not listed; None when none serves within `reach_pct`."""
        own = dict(self.sizes).get(tool.kind)
        if own is None:
            return tool.size
        most = max(tool.size, tool.most)
        if tool.kind in RANGES:
            return tool.size if min(own) - SAME <= tool.size <= max(own) + SAME else None
        use, far = KINDS[tool.kind], reach_pct / 100.0
        least = tool.size * (1.0 - far) if use.below else tool.size
        limit = most * (1.0 + far) if use.above else most
        near = [size for size in own if least - SAME <= size <= limit + SAME]
        return min(near, key=lambda size: (_off(tool, size), size), default=None)

    def text(self, tool: Wanted, reach_pct: float) -> str:
        """The words of a plan: the tool to take, how far it is off and the work that causes."""
        if isinstance(tool, str):
            return tool
        size = self.nearest(tool, reach_pct)
        if size is None:
            return f"{tool.text} (the shop has none)"
        off = size - tool.size if size < tool.size else size - max(tool.size, tool.most)
        if _off(tool, size) <= SAME:
            return tool.text
        use = KINDS[tool.kind]
        work = use.below if off < 0 else use.above
        return f"{use.word} {size:g}{tool.tail} ({off:+.2f}: {work})"

    def lacking(
        self, wanted: Iterable[Wanted], reach_pct: float, about: str, where: Where
    ) -> Iterator[Finding]:
        """JG516 for every tool that the shop has no size of that serves."""
        for tool in wanted:
            if isinstance(tool, str) or self.nearest(tool, reach_pct) is not None:
                continue
            own = ", ".join(f"{size:g}" for size in dict(self.sizes)[tool.kind])
            yield Finding(
                "JG516", f"{about}: the shop has no {KINDS[tool.kind].word} for {tool.size:.2f} mm", where,
                Severity.WARNING, allowed=own or "none is listed", hint="buy or borrow it, or write it under [tools]",
            )  # fmt: skip


def _off(tool: Tool, size: float) -> float:
    """How far a size lies from the wanted one, or from the range that does as well; mm."""
    return max(tool.size - size, size - max(tool.size, tool.most), 0.0)


EVERY = Tools()

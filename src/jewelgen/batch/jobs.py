"""The list of pieces to build: every design, every design for some values, or every order of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jewelgen.design.heading import stem_of
from jewelgen.design.orders import Order, read_orders
from jewelgen.findings import DesignError, Finding, Where


@dataclass(frozen=True, slots=True)
class Job:
    """One piece: a design file and an order, or values set by hand, or neither."""

    design: Path
    order: Order | None = None
    values: tuple[tuple[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """What progress lines call it."""
        return f"{self.design.stem} {self.order.id}" if self.order else self.design.stem

    @property
    def asked(self) -> Order | Mapping[str, Any] | None:
        """What resolve is given beside the design."""
        return self.order or (dict(self.values) or None)


def jobs_of(
    designs: tuple[Path, ...], values: Mapping[str, Any], orders: Path | None
) -> tuple[tuple[Job, ...], tuple[Finding, ...]]:
    """The jobs asked for, and what is wrong with those rows of the order file that give none."""
    if orders is None:
        rows = tuple(values.items())
        apart, doubles = _apart(designs)
        return tuple(Job(design, values=rows) for design in apart), doubles
    read = read_orders(orders)
    jobs, findings = [], list(read.findings)
    for order in read.orders:
        try:
            jobs.append(Job(_design(order, designs, orders), order))
        except DesignError as error:
            findings += error.findings
    return tuple(jobs), tuple(findings)


def _apart(designs: tuple[Path, ...]) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Designs whose results lie in folders of their own; JG802 for each that would write over another's."""
    first: dict[str, Path] = {}
    findings: list[Finding] = []
    for design in dict.fromkeys(designs):
        stem = stem_of(str(design))
        other = first.setdefault(stem, design)
        if other != design:
            message = f"its results would lie where those of {other} do: {stem}/"
            hint = "rename one, or build them apart with --out"
            findings.append(Finding("JG802", message, Where(str(design)), hint=hint))
    return tuple(first.values()), tuple(findings)


def _design(order: Order, designs: tuple[Path, ...], orders: Path) -> Path:
    """The design an order names, beside the order file; else the one design of the command line."""
    if order.design:
        path = orders.parent / order.design
        return path if path.suffix else path.with_suffix(".toml")
    if len(designs) == 1:
        return designs[0]
    raise DesignError(
        Finding(
            "JG801",
            f"order {order.id} names no design",
            order.where,
            allowed="a column 'design', or one design on the command line",
        )
    )

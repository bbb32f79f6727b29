"""The job ticket at the head of a plan: whose piece it is and when it is due."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ticket:
    """Job number, customer, due date and note as the order writes them; empty boxes are filled by hand."""

    job: str = ""
    customer: str = ""
    due: str = ""
    qty: int = 1
    note: str = ""


NO_TICKET = Ticket()

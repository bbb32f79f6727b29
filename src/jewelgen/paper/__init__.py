"""Sheets and drawings: DXF with real dimensions, templates at 1:1, tables and the plan as a document.

In: a `Plan` and its `Piece`.  Out: texts and bytes; `write_plan` gives all files of a plan. No kernel.
"""

from jewelgen.paper.document import glyph_findings
from jewelgen.paper.files import write_plan

__all__ = ["glyph_findings", "write_plan"]

"""What a build has made so far: every stage is handed it and returns more; none writes to what an earlier one made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jewelgen.findings import Finding, errors
from jewelgen.formats.artifact import Artifact
from jewelgen.formats.manifest import finding_row

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """Files, all but the manifest; its content; what was found before anything was written, and `judged` since."""

    files: tuple[Artifact, ...]
    content: Mapping[str, Any]
    found: tuple[Finding, ...] = ()
    judged: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found."""
        return (*self.found, *self.judged)

    @property
    def passed(self) -> bool:
        """Whether nothing that was written is held back."""
        return not errors(self.judged)

    def and_files(self, files: Iterable[Artifact]) -> Made:
        """With more files."""
        return replace(self, files=(*self.files, *files))

    def and_judged(self, findings: Iterable[Finding]) -> Made:
        """With more findings, which the manifest keeps too."""
        more = tuple(findings)
        rows = [*self.content["findings"], *map(finding_row, more)]
        content = {**self.content, "findings": rows}
        return replace(self, content=content, judged=(*self.judged, *more))

    def and_said(self, **words: Any) -> Made:
        """With more said in the manifest."""
        return replace(self, content={**self.content, **words})

    def and_of_masters(self, said: Mapping[str, Row]) -> Made:
        """With more said of masters, by the names of their bodies."""
        rows = [{**row, **said.get(row["body"], {})} for row in self.content["masters"]]
        return self.and_said(masters=rows)

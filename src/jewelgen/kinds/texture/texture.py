"""A texture: hammered, sanded, matte or brushed metal, put on by hand; no change of form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Where
from jewelgen.kinds.kind import Kind
from jewelgen.piece.mark import Mark, Texture
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How the surface looks."""

    look: Annotated[
        str, OneOf(("hammer", "sand", "matte", "brushed"), "the look of the surface")
    ] = "hammer"


def make(params: Params, site: Site) -> Fragment:
    """One mark on a face or round a band; raises `DesignError` JG258 elsewhere."""
    anchor = site.anchor
    if anchor is None or anchor.sort not in {"face", "round"}:
        message = "a texture covers a face or a band"
        hint = "put it on body.front, body.back, shank.round or shank.inside"
        raise DesignError(Finding("JG258", message, Where(key=f"{site.name}.on"), hint=hint))
    return Fragment(
        marks=(Mark(site.name, anchor.part, Texture(params.look, anchor.inner), anchor.frame),)
    )


KIND = Kind("texture", "texture", Params, make, "a hammered, sanded, matte or brushed surface")

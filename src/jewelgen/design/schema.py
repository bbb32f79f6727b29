"""The JSON Schema of design files, from the registry and the parameter blocks; editors complete from it."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Annotated, Any

from pydantic import TypeAdapter

from jewelgen.catalog.choices import DRAIN, ENGRAVING, SCALE, SEATS
from jewelgen.catalog.packs import packs
from jewelgen.design.blocks import Kinds
from jewelgen.design.heading import MADE, SORTS, TEXTS
from jewelgen.kinds.kind import FAMILIES, Kind, registry
from jewelgen.spec import Rule, rules_of

VERSION = 1
Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
_COMMON: Json = {
    "on": {**_TEXT, "description": "the anchor it stands on, such as shank.top"},
    "at": {
        **_TEXT,
        "description": 'turned round the ring, such as "90 deg", or a formula in degrees',
    },
    "made": {"enum": list(MADE)},
    "alloy": _TEXT,
    "like": {**_TEXT, "description": "start from that block"},
    "when": {"enum": ["cast", "after casting"]},
    "seats": {"enum": list(SEATS), "description": "cast with their seats, or left for the setter"},
    "beside": {**_TEXT, "description": "a mirrored pair beside that block"},
    "gap": {
        "type": ["number", "string"],
        "description": "mm between blocks side by side, or a formula",
    },
}


def schema(kinds: Kinds | None = None) -> Json:
    """A draft 2020-12 schema; its `$id` carries the format's version."""
    known = registry() if kinds is None else kinds
    families = {
        family: _family(
            family, [kind for (name, _), kind in sorted(known.items()) if name == family]
        )
        for family in FAMILIES
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://jewelgen.org/schema/design-{VERSION}.json",
        "title": "jewelgen design",
        "type": "object",
        "required": ["format"],
        "additionalProperties": False,
        "properties": {**_top(), **families},
    }


def _top() -> Json:
    size: Json = {"type": ["string", "object"], "description": 'ring size: "US 7", { bore = 17.3 }'}
    free: Json = {"type": "object"}
    mold: Json = {
        "type": "object",
        "additionalProperties": False,
        "properties": dict.fromkeys(("id", "size", "sizes", "digest"), _TEXT),
    }
    return {
        "format": {"const": VERSION},
        "name": {"type": "string", "maxLength": 80},
        "piece": {"enum": list(SORTS)},
        "made": {"enum": list(MADE[:2])},
        "alloy": {**_TEXT, "description": 'a trade word or catalog id, such as "sterling"'},
        "size": size,
        **dict.fromkeys(TEXTS, _TEXT),
        "extends": {**_TEXT, "pattern": r"\.toml$"},
        "use": {"type": "array", "items": _TEXT},
        "sets": free,
        "let": free,
        "ask": free,
        "mold": mold,
        "casting": _casting(),
        "pack": {"enum": list(packs()), "description": "casting house whose limits hold"},
    }


def _casting() -> Json:
    least, most = DRAIN
    drain: Json = {
        "anyOf": [{"const": 0}, {"type": "number", "minimum": least, "maximum": most}, _TEXT]
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "description": "what the casting brings and what is left to the hand",
        "properties": {
            "seats": _COMMON["seats"],
            "engraving": {"enum": list(ENGRAVING), "description": "cast, or cut by hand after casting"},
            "scale": {"enum": list(SCALE), "description": "who allows for shrinkage"},
            "drain": {**drain, "description": "hole that lets a closed hollow drain, mm; 0 for none"},
        },
    }  # fmt: skip


def _family(family: str, kinds: list[Kind]) -> Json:
    """One block, several named ones, or `false` for an inherited one."""
    blocks = [_block(kind, kind.usual or len(kinds) == 1) for kind in kinds]
    if not blocks:
        return {"const": False, "description": f"no kind of {family} is installed"}
    one: Json = blocks[0] if len(blocks) == 1 else {"anyOf": blocks}
    like: Json = {"type": "object", "required": ["like"]}
    named: Json = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"anyOf": [*blocks, like, {"const": False}]},
    }
    return {"anyOf": [one, named, {"const": False}]}


def _block(kind: Kind, alone: bool) -> Json:
    properties, required = _fields(kind.params)
    word: Json = {"const": kind.word, "description": kind.summary}
    return {
        "type": "object",
        "title": f"{kind.family} {kind.word}",
        "additionalProperties": False,
        "required": [*([] if alone else ["kind"]), *required],
        "properties": {"kind": word, **_COMMON, **properties},
    }


def _fields(block: type[Any]) -> tuple[Json, list[str]]:
    rules = rules_of(block)
    needed = [
        item.name
        for item in fields(block)
        if item.default is MISSING
        and item.default_factory is MISSING
        and not getattr(rules[item.name], "formula", "")
    ]
    return {name: _field(rule) for name, rule in rules.items()}, needed


def _field(rule: Rule | type[Any]) -> Json:
    if isinstance(rule, type):
        properties, required = _fields(rule)
        return {
            "type": "object",
            "additionalProperties": False,
            "required": required,
            "properties": properties,
        }
    return TypeAdapter(Annotated[object, rule]).json_schema()

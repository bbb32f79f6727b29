"""The one declaration of a parameter: what it may be, in which unit, what it means.

A block of parameters is a frozen, slotted, keyword-only dataclass whose fields are `Annotated` with one of the
classes below; reader, help, JSON schema, web form and test data all read the same annotation:

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Params:
        width: Annotated[float, Mm(0.8, 14, "width along the finger")]
        thick: Annotated[float, Mm(0.8, 5, "thickness", formula="max(1.2, 0.35 * width)")] = 1.8

`formula` is a default worked out from other values (own block first) when the key is not given; the plain
default is then only what documentation shows. Blocks are validated by pydantic (`extra` forbidden).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, get_type_hints

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from jewelgen import units

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least` to `most` in the class's unit, with its help; see the subclasses."""

    least: float
    most: float
    help: str
    formula: str = ""

    unit: ClassVar[str] = ""

    @staticmethod
    def parse(value: object) -> float:
        """`value` as a number in house units; raises `ValueError` in words."""
        return units.finite(value)

    def read(self, value: object) -> float:
        """`value` in house units; raises `ValueError` with the allowed range when it is outside."""
        number = self.parse(value)
        if not self.least <= number <= self.most:
            raise ValueError(f"{number:g} is not {self.allowed()}")
        return number

    def allowed(self) -> str:
        """The range in words: `0.8 .. 14 mm`."""
        return f"{self.least:g} .. {self.most:g} {self.unit}".rstrip()

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        kind = "integer" if self.unit == "pieces" else "number"
        number = {"type": kind, "minimum": self.least, "maximum": self.most}
        text = {"type": "string", "description": "with its unit, or a formula after '='"}
        return {"description": f"{self.help} ({self.allowed()})", "anyOf": [number, text]}


class Mm(Number):
    """A length in mm; texts may carry mm, cm, in or ga."""

    unit = "mm"

    @staticmethod
    def parse(value: object) -> float:
        """`value` in house units; raises `ValueError` in words."""
        return units.length_mm(value)


class Deg(Number):
    """An angle in degrees, written with its unit."""

    unit = "deg"

    @staticmethod
    def parse(value: object) -> float:
        """`value` in house units; raises `ValueError` in words."""
        return units.angle_deg(value)


class Ratio(Number):
    """A part of one; `"8 %"` is 0.08."""

    unit = ""

    @staticmethod
    def parse(value: object) -> float:
        """`value` in house units; raises `ValueError` in words."""
        return units.fraction_of_one(value)


class Count(Number):
    """A whole number of things."""

    unit = "pieces"

    @staticmethod
    def parse(value: object) -> float:
        """`value` in house units; raises `ValueError` in words."""
        return units.whole(value)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a closed list."""

    words: tuple[str, ...]
    help: str
    formula: str = ""

    def read(self, value: object) -> str:
        """The word itself; raises `ValueError` naming the list."""
        if value not in self.words:
            raise ValueError(f"{value!r} is not one of {', '.join(self.words)}")
        return str(value)

    def allowed(self) -> str:
        """The list in words."""
        return " | ".join(self.words)

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {"description": self.help, "enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Letters:
    """A text to engrave or spell, of `least` to `most` characters, without control characters."""

    least: int
    most: int
    help: str
    formula: str = ""

    def read(self, value: object) -> str:
        """The text; raises `ValueError` when it is too long, too short or has control characters."""
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is not a text")
        if not self.least <= len(value) <= self.most:
            raise ValueError(f"{len(value)} characters are not {self.allowed()}")
        if any(not ch.isprintable() for ch in value):
            raise ValueError("the text has control characters")
        return value

    def allowed(self) -> str:
        """The range in words."""
        return f"{self.least} .. {self.most} characters"

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        text = {"type": "string", "minLength": self.least, "maxLength": self.most}
        return {"description": self.help, **text}


@dataclass(frozen=True, slots=True)
class Span:
    """A range the program may choose in, written `"0.10 .. 0.25"`."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Between:
    """A `Span` (or one number) inside `least` .. `most` mm."""

    least: float
    most: float
    help: str
    formula: str = ""

    def read(self, value: object) -> Span:
        """The span; raises `ValueError` when it is reversed or outside."""
        if isinstance(value, Span):
            low, high = value.least, value.most
        elif isinstance(value, str) and ".." in value:
            low, high = (units.length_mm(_number(end)) for end in value.split("..", 1))
        else:
            low = high = units.length_mm(value)
        if not self.least <= low <= high <= self.most:
            raise ValueError(f"{low:g} .. {high:g} is not within {self.allowed()}")
        return Span(low, high)

    def allowed(self) -> str:
        """The range in words."""
        return f"{self.least:g} .. {self.most:g} mm"

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {
            "description": f"{self.help} (within {self.allowed()})",
            "anyOf": [{"type": "number"}, {"type": "string"}],
        }


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text.strip()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value read by a function of the catalog (a stone phrase, an outline); `write` shows how it is written.

    `reader` raises `ValueError` or a `JewelgenError`; it must accept its own result unchanged.
    `suffix`: names that end so are files beside the design, handed to the reader as a `flat.drawing.Source`.
    """

    reader: Callable[[object], Any]
    help: str
    write: str
    formula: str = ""
    suffix: str = ""

    def read(self, value: object) -> Any:
        """The value as the reader understands it."""
        return self.reader(value)

    def allowed(self) -> str:
        """How it is written."""
        return self.write

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {
            "description": f"{self.help}: {self.write}",
            "anyOf": [{"type": "string"}, {"type": "object"}],
        }


Rule = Number | OneOf | Letters | Between | Parsed


def rules_of(block: type) -> Mapping[str, Rule | type]:
    """Field name to its rule, or to the dataclass of a nested block; in order of declaration."""
    key: Any = block  # mypy takes no class for hashable
    return _declared(key)


@cache
def _declared(block: type) -> Mapping[str, Rule | type]:
    hints = get_type_hints(block, include_extras=True)
    found: dict[str, Rule | type] = {}
    for item in fields(block):
        hint = hints[item.name]
        notes = getattr(hint, "__metadata__", ())
        rule = next((note for note in notes if isinstance(note, Rule)), None)
        bare = getattr(hint, "__origin__", hint)
        if rule is not None:
            found[item.name] = rule
        elif is_dataclass(bare) and isinstance(bare, type):
            found[item.name] = bare
        else:
            raise TypeError(f"{block.__module__}.{block.__name__}.{item.name} declares no rule")
    return MappingProxyType(found)

"""The catalog as tables to print: one line an entry, or every figure of one entry with its sources.

In: a topic (`alloys`, `solders`, `gems`, `cuts`, `stock`, `sizes`, `packs`,
`printers`, `flasks`) and perhaps a name.
Out: `Table`, all cells as text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import pi
from types import MappingProxyType

from jewelgen.catalog import alloys, cuts, gems, packs, printers, scales, solders, stock
from jewelgen.catalog.facts import Fact, Value, as_fact, fact, source, table, unknown, walk
from jewelgen.findings import did_you_mean

Rows = tuple[tuple[str, ...], ...]
Sources = tuple[tuple[str, str], ...]
BORNE = ("standing", "sources")  # of all figures of an entry: the weakest, and the keys below
WEAKEST = ("U", "D", "S1", "S2")
DETAIL = ("what", "value", "range", "standing", "sources", "note")


@dataclass(frozen=True, slots=True)
class Table:
    """A table to print: `columns` head the cells of each row; `sources` are key and words."""

    title: str
    columns: tuple[str, ...]
    rows: Rows
    sources: Sources = ()


def topics() -> tuple[str, ...]:
    """What can be listed."""
    return tuple(_TOPICS)


def listing(topic: str, name: str | None = None) -> Table:
    """The table of a topic, or of one entry of it; `CatalogError` JG185 for an unknown topic."""
    if topic not in _TOPICS:
        raise unknown("JG185", f"no table '{topic}'", did_you_mean(topic, topics()))
    whole, one = _TOPICS[topic]
    return whole() if name is None else one(name)


def _alloys() -> Table:
    rows = [
        (item.id, item.name, str(item.fineness or "-"), f"{item.density_g_cm3:.2f}",
         _number(item.solidus_c), _number(item.liquidus_c), ", ".join(item.aliases),
         *_borne(table("alloys")["alloy"][item.id]))
        for item in alloys.alloys().values()
    ]  # fmt: skip
    heads = ("id", "name", "fineness", "g/cm3", "solidus C", "liquidus C", "words", *BORNE)
    return Table("Alloys", heads, tuple(rows), _used("alloys", walk(table("alloys")["alloy"])))


def _one_alloy(name: str) -> Table:
    item = alloys.alloy(name)
    return _detail(f"{item.name} ({item.id})", "alloys", table("alloys")["alloy"][item.id])


def _solders() -> Table:
    rows = [
        (family, item.grade, item.name, _number(item.melt_c), f"{item.flow_c:g}",
         str(item.fineness or "-"), *_borne(table("solders")[family][item.grade]))
        for family in solders.families()
        for item in solders.grades(family)
    ]  # fmt: skip
    heads = ("family", "grade", "name", "melt C", "flow C", "fineness", *BORNE)
    return Table("Solders", heads, tuple(rows), _used("solders", walk(table("solders"))))


def _one_solder(name: str) -> Table:
    """A family, what an alloy is soldered with, or one grade in every family that has it."""
    of_grade = {f: rows[name] for f in solders.families() if name in (rows := table("solders")[f])}
    if of_grade:
        return _detail(f"Solders: {name}", "solders", of_grade)
    found = solders.grades(name)
    if not found:
        return Table(f"{name} is not soldered", DETAIL, ())
    family = found[0].family
    return _detail(f"Solders: {family}", "solders", table("solders")[family])


def _gems() -> Table:
    rows = [
        (item.id, item.name, f"{item.sg:g}", _span(item.mohs), _span(item.ri), item.heat,
         ", ".join(item.aliases), *_borne(table("gems")["gem"][item.id]))
        for item in gems.all_species().values()
    ]  # fmt: skip
    heads = ("id", "name", "g/cm3", "Mohs", "index", "heat", "words", *BORNE)
    return Table("Gem species", heads, tuple(rows), _used("gems", walk(table("gems")["gem"])))


def _one_gem(name: str) -> Table:
    item = gems.species(name)
    return _detail(f"{item.name} ({item.id})", "gems", table("gems")["gem"][item.id])


def _cuts() -> Table:
    rows = [
        (item.id, item.name, item.outline, f"{item.length_over_width:g}", f"{item.depth_pct:g}",
         ", ".join(item.aliases), *_borne(table(f"cuts/{item.id}")))
        for item in cuts.cuts().values()
    ]  # fmt: skip
    heads = ("id", "name", "outline", "length/width", "depth %", "words", *BORNE)
    named = {
        key: text
        for item in cuts.cuts()
        for key, text in _used(f"cuts/{item}", walk(table(f"cuts/{item}")))
    }
    return Table("Gem cuts", heads, tuple(rows), tuple(sorted(named.items())))


def _one_cut(name: str) -> Table:
    item = cuts.cut(name)
    return _detail(f"{item.name} ({item.id})", f"cuts/{item.id}", table(f"cuts/{item.id}"))


_STOCK: Mapping[str, Callable[[], tuple[stock.StockItem, ...]]] = MappingProxyType(
    {
        "sheet": stock.sheet_thicknesses,
        "round": lambda: stock.wires("round"),
        "half-round": lambda: stock.wires("half-round"),
        "square": lambda: stock.wires("square"),
        "flat": lambda: stock.wires("flat"),
        "triangle": lambda: stock.wires("triangle"),
        "tube": stock.tubes,
        "bezel": stock.bezel_strips,
        "jump-ring": stock.jump_rings,
    }
)


def _stock() -> Table:
    return _stock_rows("Stock", tuple(_STOCK))


def _one_stock(name: str) -> Table:
    if name not in _STOCK:
        raise unknown("JG186", f"no stock '{name}'", did_you_mean(name, tuple(_STOCK)))
    return _stock_rows(f"Stock: {name}", (name,))


def _stock_rows(title: str, forms: Iterable[str]) -> Table:
    rows = [
        (form, item.label, f"{item.width:.2f}" if item.width else "", f"{item.thickness:.2f}",
         f"{item.inside:.2f}" if item.inside else "", item.standing)
        for form in forms
        for item in _STOCK[form]()
    ]  # fmt: skip
    heads = ("form", "item", "width mm", "thickness mm", "inside mm", "standing")
    return Table(title, heads, tuple(rows), _used("stock", walk(table("stock"))))


def _sizes() -> Table:
    rows = [
        (item.code, item.name, ", ".join(item.codes), item.label(item.size_range[0]),
         item.label(item.size_range[1]), f"{item.step:g}")
        for item in scales.scales()
    ]  # fmt: skip
    heads = ("code", "system", "words", "from", "to", "step")
    return Table("Ring size systems", heads, tuple(rows), _used("sizes", walk(table("sizes"))))


def _one_size(name: str) -> Table:
    """Every size of one system with its diameter and circumference."""
    scale = scales.scale(name)
    least, greatest = scale.size_range
    count = round((greatest - least) / scale.step)
    rows = []
    for index in range(count + 1):
        number = least + index * scale.step
        diameter = scale.diameter(number)
        around = diameter * 3.141592653589793
        rows.append((scale.label(number), f"{diameter:.3f}", f"{around:.3f}"))
    heads = ("size", "inner diameter mm", "circumference mm")
    return Table(scale.name, heads, tuple(rows), _used("sizes", walk(table("sizes")[scale.id])))


def _packs() -> Table:
    rows = tuple((name, packs.title(name)) for name in packs.packs())
    return Table("Rule packs for casting", ("pack", "house"), rows)


def _one_pack(name: str) -> Table:
    rows = tuple(
        (item.key, f"{item.value:g}", item.pack, item.fact.st, item.source)
        for item in packs.limits(name)
    )
    return Table(packs.title(name), ("limit", "value", "pack", "standing", "source"), rows)


def _printers() -> Table:
    rows = table("printers")["printer"]
    found = [(key, rows[key]["name"], *_build(key)) for key in rows]
    heads = ("id", "name", "across mm", "deep mm", "high mm")
    return Table("Resin printers", heads, tuple(found), _used("printers", walk(rows)))


def _build(key: str) -> tuple[str, ...]:
    return tuple(f"{side:g}" for side in fact("printers", f"printer.{key}.build").numbers)


def _one_printer(name: str) -> Table:
    item = printers.printer(name)
    rows = table("printers")["printer"]
    key = next((key for key in rows if rows[key]["name"] == item.name), None)
    if key is None:
        raise unknown("JG451", f"'{name}' is a size", "name a printer of the list")
    return _detail(item.name, "printers", rows[key])


def _flasks() -> Table:
    found = fact("casting", "investment.flask_mm")
    rows = tuple(
        (f"{d / 25.4:g}x{h / 25.4:g}in", f"{d:g}", f"{h:g}", f"{pi * d * d * h / 4000:.0f}")
        for d, h in found.pairs
    )
    heads = ("name", "inside mm", "high mm", "cm3")
    return Table(
        "Casting flasks", heads, rows, tuple((key, source("casting", key)) for key in found.src)
    )


def _one_flask(name: str) -> Table:
    whole = _flasks()
    rows = tuple(row for row in whole.rows if row[0] == name.lower().replace(" ", ""))
    if not rows:
        raise unknown("JG444", f"no flask '{name}'", did_you_mean(name, [r[0] for r in whole.rows]))
    return Table(whole.title, whole.columns, rows, whole.sources)


def _detail(title: str, name: str, entry: Mapping[str, object]) -> Table:
    found = tuple(walk(entry))
    rows = tuple((key, *_cells(as_fact(raw))) for key, raw in found)
    return Table(title, DETAIL, rows, _used(name, found))


def _cells(item: Fact) -> tuple[str, ...]:
    spread = _span(item.range) if item.range else ""
    return _text(item.v), spread, item.st, ", ".join(item.src), item.note


def _borne(entry: Mapping[str, object]) -> tuple[str, str]:
    """The weakest standing among an entry's figures, and the keys of all their sources."""
    found = [as_fact(raw) for _, raw in walk(entry)]
    held = {item.st for item in found}
    weakest = next((st for st in WEAKEST if st in held), "")
    return weakest, " ".join(sorted({key for item in found for key in item.src}))


def _used(name: str, entries: Iterable[tuple[str, Mapping[str, object]]]) -> Sources:
    keys = sorted({key for _, raw in entries for key in as_fact(raw).src})
    return tuple((key, source(name, key)) for key in keys)


def _text(value: Value) -> str:
    if isinstance(value, tuple):
        inner = [_text(item) for item in value]
        return ("; " if any(isinstance(item, tuple) for item in value) else " ").join(inner)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _span(pair: tuple[float, float]) -> str:
    return f"{pair[0]:g}" if pair[0] == pair[1] else f"{pair[0]:g} .. {pair[1]:g}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


_TOPICS: Mapping[str, tuple[Callable[[], Table], Callable[[str], Table]]] = MappingProxyType(
    {
        "alloys": (_alloys, _one_alloy),
        "solders": (_solders, _one_solder),
        "gems": (_gems, _one_gem),
        "cuts": (_cuts, _one_cut),
        "stock": (_stock, _one_stock),
        "sizes": (_sizes, _one_size),
        "packs": (_packs, _one_pack),
        "printers": (_printers, _one_printer),
        "flasks": (_flasks, _one_flask),
    }
)

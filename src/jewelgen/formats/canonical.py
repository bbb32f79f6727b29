"""Canonical STEP text: entities hashed by content, renumbered in a fixed order, a fixed header.

The kernel's writer stamps the time, counts per process and orders styles by address; none of that may leak.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

Entity = tuple[list[str], list[int]]  # texts, one more than the references that stand between them

_ENTITY = re.compile(r"#(\d+)\s*=\s*(.*?);\s*(?=#\d+\s*=|ENDSEC)", re.DOTALL)
_REFERENCE = re.compile(r"#(\d+)")
_COUNTED = re.compile(r"Open CASCADE STEP translator [\d.]+(?: [\d.]+)*")
_INSTANCE = re.compile(r"(NEXT_ASSEMBLY_USAGE_OCCURRENCE\()'\d+',('(?:[^']|'')*')")
_STRING = re.compile(r"('(?:[^']|'')*')")
_STAMP = "1970-01-01T00:00:00"


def canonical_step(text: str, title: str, description: str) -> str:
    """The same STEP file with a fixed header and its entities in an order that depends on content alone."""
    start = text.index("DATA;") + len("DATA;")
    end = text.rindex("ENDSEC;")
    found = _ENTITY.findall(text[start:end] + "ENDSEC")
    entities = {int(number): _split(_plain(body)) for number, body in found}
    order = _order(entities)
    new = {old: str(i + 1) for i, old in enumerate(order)}
    lines = (f"#{new[old]}={_referring(entities[old], new, '#')};" for old in order)
    header = _header(text[: text.index("DATA;")], title, description)
    return f"{header}DATA;\n" + "\n".join(lines) + "\nENDSEC;\nEND-ISO-10303-21;\n"


def _plain(body: str) -> str:
    """An entity without the writer's line breaks, name and counters; an instance's id is its name.

    Where lines break depends on numbers that are not kept, so no space outside strings is kept either.
    """
    if "'" not in body.replace(
        "''", ""
    ):  # nearly all: what has no words has neither name nor counter
        return "".join(body.split())
    pieces = _STRING.split(" ".join(body.split()))
    pieces[::2] = (piece.replace(" ", "") for piece in pieces[::2])
    return _INSTANCE.sub(r"\1\2,\2", _COUNTED.sub("jewelgen", "".join(pieces)))


def _header(head: str, title: str, description: str) -> str:
    schema = re.search(r"FILE_SCHEMA\s*\(.*?\)\s*;", head, re.DOTALL)
    schema_text = " ".join(schema[0].split()) if schema else "FILE_SCHEMA(('AP242'));"
    return (
        "ISO-10303-21;\nHEADER;\n"
        f"FILE_DESCRIPTION(('{_quoted(description)}'),'2;1');\n"
        f"FILE_NAME('{_quoted(title)}','{_STAMP}',(''),(''),'jewelgen','jewelgen','');\n"
        f"{schema_text}\nENDSEC;\n"
    )


def _quoted(text: str) -> str:
    """A STEP string: apostrophes doubled, everything outside ASCII as an X2 code."""
    return "".join(
        char if " " <= char <= "~" else f"\\X4\\{ord(char):08X}\\X0\\"
        for char in text.replace("\\", "/").replace("'", "''")
    )


def _split(body: str) -> Entity:
    """The text round the references of an entity, and what it refers to, in order."""
    pieces = _REFERENCE.split(body)
    return pieces[::2], [int(number) for number in pieces[1::2]]


def _referring(entity: Entity, to: Mapping[int, str], mark: str) -> str:
    """An entity's text with what stands in `to` for each reference, after `mark`."""
    texts, children = entity
    rest = zip(children, texts[1:], strict=True)
    return texts[0] + "".join([f"{mark}{to[child]}{text}" for child, text in rest])


def _order(entities: Mapping[int, Entity]) -> list[int]:
    """Children before parents, roots by content hash, children in the order they are named."""
    hashes = _hashes(entities)
    pointed = {child for _, children in entities.values() for child in children}
    roots = sorted((n for n in entities if n not in pointed), key=lambda n: (hashes[n], n))
    return _walk(roots, entities)


def _walk(roots: Sequence[int], entities: Mapping[int, Entity]) -> list[int]:
    """Post-order over the reference graph without recursion."""
    order: list[int] = []
    seen: set[int] = set()
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(entities[root][1]))]
        while stack:
            node, rest = stack[-1]
            for child in rest:
                if child not in seen:
                    seen.add(child)
                    stack.append((child, iter(entities[child][1])))
                    break
            else:
                order.append(node)
                stack.pop()
    return order


def _hashes(entities: Mapping[int, Entity]) -> dict[int, str]:
    """Of each entity a digest of its text and of all that it refers to, hexadecimal."""
    hashes: dict[int, str] = {}
    for node in _walk(sorted(entities), entities):
        text = _referring(entities[node], hashes, "")
        data = text.encode("ascii", "replace")
        hashes[node] = hashlib.blake2b(data, digest_size=16).hexdigest()
    return hashes

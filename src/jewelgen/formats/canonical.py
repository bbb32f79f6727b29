"""Canonical STEP text: entities hashed by content, renumbered in a fixed order, a fixed header.

The kernel's writer stamps the time, counts per process and orders styles by address; none of that may leak.
"""

from __future__ import annotations

import hashlib
import re

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
    entities = {
        int(number): _plain(body) for number, body in _ENTITY.findall(text[start:end] + "ENDSEC")
    }
    order = _order(entities)
    new = {old: i + 1 for i, old in enumerate(order)}
    lines = (
        f"#{new[old]}={_REFERENCE.sub(lambda m: f'#{new[int(m[1])]}', entities[old])};"
        for old in order
    )
    header = _header(text[: text.index("DATA;")], title, description)
    return f"{header}DATA;\n" + "\n".join(lines) + "\nENDSEC;\nEND-ISO-10303-21;\n"


def _plain(body: str) -> str:
    """An entity without the writer's line breaks, name and counters; an instance's id is its name.

    Where lines break depends on numbers that are not kept, so no space outside strings is kept either.
    """
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


def _order(entities: dict[int, str]) -> list[int]:
    """Children before parents, roots by content hash, children in the order they are named."""
    children = {n: [int(r) for r in _REFERENCE.findall(body)] for n, body in entities.items()}
    hashes = _hashes(entities, children)
    pointed = {child for row in children.values() for child in row}
    roots = sorted((n for n in entities if n not in pointed), key=lambda n: (hashes[n], n))
    return _walk(roots, children)


def _walk(roots: list[int], children: dict[int, list[int]]) -> list[int]:
    """Post-order over the reference graph without recursion."""
    order: list[int] = []
    seen: set[int] = set()
    for root in roots:
        stack = [(root, iter(children[root]))]
        if root in seen:
            continue
        seen.add(root)
        while stack:
            node, rest = stack[-1]
            child = next((c for c in rest if c not in seen), None)
            if child is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(child)
                stack.append((child, iter(children[child])))
    return order


def _hashes(entities: dict[int, str], children: dict[int, list[int]]) -> dict[int, bytes]:
    hashes: dict[int, bytes] = {}
    for node in _walk(sorted(entities), children):
        pieces = _REFERENCE.split(entities[node])
        text = "".join(
            piece if i % 2 == 0 else hashes.get(int(piece), b"").hex()
            for i, piece in enumerate(pieces)
        )
        hashes[node] = hashlib.blake2b(text.encode("ascii", "replace"), digest_size=16).digest()
    return hashes

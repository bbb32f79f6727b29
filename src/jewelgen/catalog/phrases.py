"""The words and the size in a stone phrase: three closed lists, any order.

In: `"turquoise oval cab 10x8x4"`.  Out: cut id, species id and the numbers.
`emerald` and `rose` are both a cut and part of a species: they are read as whichever is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from jewelgen.catalog import cuts, gems
from jewelgen.catalog.facts import unknown
from jewelgen.findings import did_you_mean, nearest

LONGEST = 120
_NUMBER = r"\d+(?:\.\d*)?|\.\d+"
_SIZE = re.compile(
    rf"(?<![\w.+-])({_NUMBER})(?:\s*(?:mm)?\s*[x×]\s*({_NUMBER}))?(?:\s*(?:mm)?\s*[x×]\s*({_NUMBER}))?"
    r"\s*(mm|cts?|carats?)?(?![\w.])",
    re.IGNORECASE,
)
_LEFT_OUT = {"a", "of", "stone", "gem", "the", "cut"}


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a phrase mean: catalog ids, and the species as it was written."""

    cut: str
    species: str
    species_word: str


def read_size(text: str) -> tuple[str, tuple[float, ...]]:
    """`("mm", (10, 8, 4))` or `("ct", (1.0,))`; `CatalogError` JG141 unless there is just one size."""
    found = list(_SIZE.finditer(text[: LONGEST + 1]))
    if len(text) > LONGEST:
        _refuse("JG141", f"'{text[:30]}...' is too long for a stone", "")
    if not found:
        _refuse("JG141", f"no size in '{text}'", 'add millimetres ("6.5", "10x8x4") or "1.00 ct"')
    if len(found) > 1:
        sizes = " and ".join(f"'{match[0].strip()}'" for match in found)
        _refuse("JG141", f"two sizes in '{text}': {sizes}", "a stone has one size")
    match = found[0]
    numbers = tuple(float(part) for part in match.group(1, 2, 3) if part)
    unit = "ct" if (match[4] or "mm").lower().startswith("c") else "mm"
    if unit == "ct" and len(numbers) > 1:
        _refuse("JG141", f"'{match[0]}' mixes millimetres and carats", "a stone has one size")
    return unit, numbers


def without_size(text: str) -> str:
    """The words of a phrase, its size taken out."""
    return " ".join(_SIZE.sub(" ", text).split())


def read_words(*texts: str) -> Words:
    """Cut and species of a phrase (or of its pieces); JG140 for words of neither list."""
    text = " ".join(texts)
    if len(text) > LONGEST:
        _refuse("JG140", f"'{text[:30]}...' is too long for a stone", "")
    words = re.sub(r"[,;]", " ", gems.plain(_SIZE.sub(" ", text))).split()
    cut_words, species_words = _matched(words)
    cut = _one(text, "cut", [_of_cut(cut_words)] if cut_words else [], 'e.g. "round" or "oval cab"')
    hint = f'name the stone, e.g. "{cut_words[0]} diamond"' if cut_words else ""
    species_ids = list(dict.fromkeys(gems.words()[word] for word in species_words))
    species = _one(text, "species", species_ids, hint)
    return Words(cut, species, species_words[0])


def _matched(words: list[str]) -> tuple[list[str], list[str]]:
    """The cut words and species words, the longest names first; both-ways words go where needed."""
    cut_words: list[str] = []
    species_words: list[str] = []
    either: list[str] = []
    while words:
        name, kind = _longest(words)
        del words[: len(name.split())]
        {"cut": cut_words, "species": species_words, "either": either}.get(kind, []).append(name)
    for name in either:
        (species_words if cut_words and not species_words else cut_words).append(name)
    return cut_words, species_words


def _longest(words: list[str]) -> tuple[str, str]:
    """The longest known name that begins here, and which list it is from."""
    for count in range(min(4, len(words)), 0, -1):
        name = " ".join(words[:count])
        as_cut, as_species = name in cuts.words(), name in gems.words()
        if as_cut and _breaks_a_stone(words, count):
            continue  # "round rose quartz" is a round stone of rose quartz
        if as_cut or as_species:
            return name, "either" if as_cut and as_species else "cut" if as_cut else "species"
    if words[0] in _LEFT_OUT:
        return words[0], ""
    known = [*cuts.words(), *gems.words()]
    hint = did_you_mean(words[0], known) if nearest(words[0], known) else ""
    _refuse("JG140", f"'{words[0]}' is not a cut, a species or a size", hint)


def _breaks_a_stone(words: list[str], count: int) -> bool:
    """Whether the last of a cut's words begins the name of a stone, and the cut has a name without it."""
    rest = words[count - 1 :]
    named = any(" ".join(rest[:length]) in gems.words() for length in (2, 3))
    return named and " ".join(words[: count - 1]) in cuts.words()


def _of_cut(names: list[str]) -> str:
    """One cut id from the cut words; `cab` and an outline may stand apart."""
    ids = list(dict.fromkeys(cuts.words()[name] for name in names))
    loose = {"cab", "cabochon"} & set(names)
    shapes = [name for name in names if name not in {"cab", "cabochon"}]
    if loose and shapes:
        joined = f"{shapes[0]} cab"
        if joined not in cuts.words():
            domed = sorted(name for name in cuts.words() if name.endswith(" cab"))
            _refuse("JG140", f"no cut '{joined}'", f"there are {', '.join(domed)}")
        return cuts.words()[joined]
    return ids[0] if len(ids) == 1 else " and ".join(ids)


def _one(text: str, what: str, found: list[str], hint: str) -> str:
    if not found:
        _refuse("JG140", f"no {what} in '{text}'", hint)
    if len(found) > 1 or " and " in found[0]:
        _refuse("JG140", f"two {what} words in '{text}': {' and '.join(found)}", f"name one {what}")
    return found[0]


def _refuse(code: str, message: str, hint: str) -> NoReturn:
    raise unknown(code, message, hint)

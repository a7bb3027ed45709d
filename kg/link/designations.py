"""What a place's words say about its class: "Kursk region", "the city of Kursk", "Kursk NPP".

The words are rows of `ontology/places/classes.tsv`; the longest phrase that fits wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import ontology
from kg.link.transliterate import plain

_WORD = re.compile(r"[\w’'ʼ.&]+(?:-[\w’'ʼ.]+)*")
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Designation:
    """A name without its class words, and the class they name ("" where there are none).

    `level` is region, district, settlement, area, facility, around, part, same or "".
    """

    bare: str
    kind: str = ""
    level: str = ""


@cache
def _phrases(position: str) -> tuple[dict[tuple[str, ...], tuple[str, str]], int]:
    found = {
        tuple(row["words"].split()): (row["kind"], row["level"])
        for row in ontology.rows("places/classes.tsv")
        if row["position"] in (position, "either")
    }
    return found, max(map(len, found))


@lru_cache(maxsize=1 << 15)
def designation(name: str) -> Designation:
    """The bare name and the class that the words around it give.

    >>> designation("Kursk region")
    Designation(bare='Kursk', kind='Region', level='region')
    >>> designation("city of Kursk").bare
    'Kursk'
    >>> designation("Kursk Nuclear Power Plant (NPP)")
    Designation(bare='Kursk', kind='NuclearPowerPlant', level='facility')
    >>> designation("nuclear power plant").bare
    ''
    >>> designation("Sudzha")
    Designation(bare='Sudzha', kind='', level='')
    """
    outside = _ARTICLE.sub("", _PARENTHESIS.sub("", name).strip())
    words = [(match.start(), match.end()) for match in _WORD.finditer(outside)]
    tokens = [plain(outside[start:end]).strip(".").replace("-", " ") for start, end in words]
    after, longest = _phrases("after")
    for length in range(min(longest, len(tokens)), 0, -1):
        known = after.get(tuple(" ".join(tokens[-length:]).split()))
        if known:
            end = words[-length - 1][1] if length < len(words) else 0
            return Designation(outside[:end].strip(" -–,"), *known)
    before, longest = _phrases("before")
    for length in range(min(longest, len(tokens) - 1), 0, -1):
        known = before.get(tuple(" ".join(tokens[:length]).split()))
        if known:
            return Designation(outside[words[length][0] :].strip(), *known)
    return Designation(outside)

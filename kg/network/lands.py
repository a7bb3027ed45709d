"""Which lands a name carries: "army of Ordun" and "Ordunian artillery" both belong to Ordun.

Reference data knows real countries and their forces. For what it does not know – a new state,
a self-proclaimed republic, a country of a training text – the names themselves say it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg import ontology
from kg.network.things import (
    Select,
    article_of,
    entities,
    is_a,
    kept,
    normalised,
)


@dataclass(frozen=True, slots=True)
class Lands:
    """Names of lands, as `normalised`.

    Attributes:
        names: all of them.
        starting: those whose first word begins with two letters, by the letters, sorted.
    """

    names: frozenset[str]
    starting: Mapping[str, tuple[str, ...]]

    def carried(self, label: str) -> frozenset[str]:
        """The lands that a name carries, as themselves or as an adjective; none of "anti-…".

        >>> known = named(["ordun", "kestria", "new marland"])
        >>> sorted(known.carried("4th Ordunian Artillery Brigade"))
        ['ordun']
        >>> sorted(known.carried("armed forces of New Marland"))
        ['new marland']
        >>> known.carried("Anti-Kestrian militia")
        frozenset()
        """
        if re.match(r"anti\b", label, re.IGNORECASE):
            return frozenset()
        text = normalised(label)
        return frozenset(
            name
            for word in text.split()
            for name in self.starting.get(word[:2], ())
            if (f" {name} " in f" {text} " if " " in name else bears(word, name))
        )


def named(names: Iterable[str]) -> Lands:
    """The lands of these names, ready to be looked for."""
    starting: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names) - {""}):
        starting[name[:2]].append(name)
    return Lands(frozenset(names) - {""}, {start: tuple(some) for start, some in starting.items()})


def lands(select: Select) -> Lands:
    """The lands of a dataset: states, countries, and whatever actors are said to be of.

    The last are document-local places and actors of one word, of no finer class, whose name
    or adjective some body or force bears.
    """
    return kept(select, "lands", lambda: _lands(select))


def _lands(select: Select) -> Lands:
    actors = entities(select, "Actor")
    everything = (*actors, *entities(select, "Place"))
    sure = {normalised(one.label) for one in everything if one.kind in ("State", "Country")}
    maybe = {
        normalised(one.label)
        for one in everything
        if one.kind in ("Actor", "Place") and article_of(one.iri) and one.label[:1].isupper()
    }
    words = {
        word
        for one in actors
        if is_a(one.kind, "Organisation") and len(one.label.split()) > 1
        for word in normalised(one.label).split()
    }
    possible = named(name for name in maybe if " " not in name)
    borne = {name for word in words for name in possible.carried(word)}
    return named(sure | borne)


def bears(word: str, name: str) -> bool:
    """Whether a word is the name of a land or an adjective made of it, both `normalised`.

    >>> [bears(word, "kestria") for word in ("kestria", "kestrian", "kestrel")]
    [True, True, False]
    """
    if word == name:
        return True
    stem = name.rstrip("aeiou") if len(name) > 4 else name
    return word.startswith(stem) and word[len(stem) :] in _endings()


@cache
def _endings() -> frozenset[str]:
    return frozenset(row["ending"] for row in ontology.rows("lexicon/demonym_endings.tsv"))

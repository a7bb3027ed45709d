"""Which lands a name carries: "army of Ordun" and "Ordunian artillery" both belong to Ordun.

Reference data knows real countries and their forces. For what it does not know – a new state,
a self-proclaimed republic, a country of a training text – the names themselves say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg import ontology
from kg.network.things import (
    Select,
    Thing,
    article_of,
    entities,
    is_a,
    kept,
    normalised,
)


def lands(select: Select) -> frozenset[str]:
    """Names of lands, as `normalised`: states, countries, and whatever actors are said to be of.

    The last are document-local places and actors of one word, of no finer class, whose name
    or adjective some body or force bears.
    """
    return kept(select, "lands", lambda: _lands(entities(select, "Actor"), select))


def _lands(actors: tuple[Thing, ...], select: Select) -> frozenset[str]:
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
    borne = {
        name
        for name in maybe
        if " " not in name and any(bears(word, name) for word in words if word[:3] == name[:3])
    }
    return frozenset((sure | borne) - {""})


def carried(label: str, names: Iterable[str]) -> frozenset[str]:
    """The lands that a name carries, as themselves or as an adjective; none of "anti-…".

    >>> sorted(carried("4th Ordunian Artillery Brigade", ["ordun", "kestria"]))
    ['ordun']
    >>> sorted(carried("armed forces of New Marland", ["new marland"]))
    ['new marland']
    >>> carried("Anti-Kestrian militia", ["kestria"])
    frozenset()
    """
    if re.match(r"anti\b", label, re.IGNORECASE):
        return frozenset()
    text = normalised(label)
    words = text.split()
    return frozenset(
        name
        for name in names
        if (f" {name} " in f" {text} " if " " in name else any(bears(w, name) for w in words))
    )


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

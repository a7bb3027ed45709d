"""A number for everything that the page's document refers to, and texts told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.view.content import Content
from kg.view.naming import Row

Columns = dict[str, list[Any]]
"""One collection: columns of equal length, an index of which is a thing's number."""


class Numbers:
    """Indexes of articles, spans, facts, nodes and claims; -1 for what is not there."""

    def __init__(self, found: Content) -> None:
        self.found = found
        self.strings: dict[str, int] = {}
        self.articles = _indexed(article.iri for article in found.articles)
        self.spans = _indexed(
            iri for iri in sorted(found.spans) if found.spans[iri].article in self.articles
        )
        self.facts = _indexed(found.facts)
        self.nodes = _indexed(found.drawn)
        self.claims = _indexed(iri for iri, fact in found.facts.items() if fact.kind == "Claim")

    def string(self, text: str) -> int:
        """The index of a text among `strings`."""
        return self.strings.setdefault(text, len(self.strings))

    def node(self, iri: str) -> int:
        """The number of the node that stands for this IRI."""
        return self.nodes.get(self.found.names.one(iri), -1)

    def nodes_of(self, iris: Iterable[str]) -> list[int]:
        """The numbers of those that are nodes."""
        return [at for iri in iris if (at := self.node(iri)) >= 0]

    def span(self, iri: str) -> int:
        """The number of a span."""
        return self.spans.get(iri, -1)

    def rows(self, rows: Iterable[Row]) -> list[list[Any]]:
        """Role, value and node of each row; a value that is the node's own name is left out."""
        packed: list[list[Any]] = []
        for role, text, iri in rows:
            at = self.node(iri) if iri else -1
            same = at >= 0 and text == self.found.names.name(iri)
            packed.append([self.string(role), "" if same else text, at])
        return packed

    def mentions(self, iri: str) -> list[str]:
        """IRIs of the spans that name an entity, those of unknown articles left out."""
        return [one for one in self.found.mentions.get(iri, ()) if one in self.spans]


def listed(index: Mapping[str, int], iris: Iterable[str]) -> list[int]:
    """The numbers of those that have one, in their order."""
    return [index[iri] for iri in iris if iri in index]


def _indexed(iris: Iterable[str]) -> dict[str, int]:
    return {iri: index for index, iri in enumerate(iris)}

"""What every store can do; one contract test runs over all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from typing import Self

import pyoxigraph

from kg.errors import SetupError
from kg.records import Graph, Table
from kg.store.answer import Answer
from kg.store.guard import admitted
from kg.vocab import ID

_ARTICLES = """
SELECT ?iri (MIN(?t) AS ?title) (MIN(?d) AS ?published) (MIN(?p) AS ?publisher) {
  ?iri a ck:Article
  OPTIONAL { ?iri dcterms:title ?t }
  OPTIONAL { ?iri dcterms:issued ?d }
  OPTIONAL { ?iri dcterms:publisher ?p }
} GROUP BY ?iri ORDER BY ?published ?title ?iri
"""
_KINDS = """
SELECT ?kind (COUNT(DISTINCT ?x) AS ?n) {
  ?x a ?kind FILTER(STRSTARTS(STR(?kind), STR(ck:)) && STRSTARTS(STR(?x), STR(id:)))
} GROUP BY ?kind ORDER BY ?kind
"""


Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


@dataclass(frozen=True, slots=True)
class Article:
    """One article in the store; what its source did not tell is None."""

    iri: str
    title: str | None
    published: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in the store.

    Attributes:
        articles: number of article graphs.
        graphs: number of named graphs.
        quads: number of statements, each counted once per graph that makes it.
        kinds: (local name of the ontology class, number of individuals), by name.
    """

    articles: int
    graphs: int
    quads: int
    kinds: tuple[tuple[str, int], ...]


class Store(ABC):
    """Named graphs that answer SPARQL; a query without GRAPH sees their union, each triple once."""

    @abstractmethod
    def replace(self, graph: Graph) -> None:
        """Put the graph in the place of the one of its name; all of it or nothing.

        Raises:
            SetupError: a line is no N-Quad or belongs to another graph, or the store is
                open for reading only.
        """

    def fill(self, graphs: Iterable[Graph]) -> None:
        """Put many graphs, each of its own name, into a store that is empty.

        Raises:
            SetupError: as `replace`.
        """
        for graph in graphs:
            self.replace(graph)

    @abstractmethod
    def drop(self, iri: str) -> None:
        """Take a graph away as a whole.

        Raises:
            SetupError: there is no such graph; the message lists near names.
        """

    @abstractmethod
    def graphs(self) -> tuple[str, ...]:
        """IRIs of all named graphs, sorted."""

    @abstractmethod
    def quads(self, graph: str | None = None) -> Iterator[str]:
        """N-Quads lines of one graph or of all, sorted and unique, without line ends."""

    def statements(self, *, without: Container[str] = ()) -> Iterator[tuple[str, str, str, str]]:
        """Graph, subject, predicate and value of every statement as plain text, graph by graph.

        For whoever reads everything: no terms are made, and nothing is sorted within a graph.

        Args:
            without: graphs to leave out.
        """
        for graph in self.graphs():
            if graph in without:
                continue
            lines = "\n".join(self.quads(graph))
            for quad in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS):
                yield graph, plain(quad.subject), quad.predicate.value, plain(quad.object)

    @abstractmethod
    def close(self) -> None:
        """Write everything to its final place and let go of the store."""

    @abstractmethod
    def _answer(self, sparql: str, most: int | None = None) -> Answer:
        """The answer of this engine, in this process, with at most so many rows."""

    @abstractmethod
    def _answer_within(self, sparql: str, seconds: float, most: int | None = None) -> Answer:
        """The answer, from a process that is killed after so many seconds."""

    def query(
        self, sparql: str, *, timeout: float | None = None, most: int | None = None
    ) -> Answer:
        """The answer to a SPARQL 1.1 query; common prefixes need no declaration.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            timeout: seconds after which the query is stopped; without it nothing stops it.
            most: rows that are wanted, the first ones; all without it.

        Raises:
            QueryError: cannot be parsed, is refused (SERVICE, FROM, updates), or out of time.
        """
        admitted(sparql)
        if timeout is None:
            return self._answer(sparql, most)
        return self._answer_within(sparql, timeout, most)

    def select(self, sparql: str) -> Table:
        """The rows of a SELECT query as plain lexical values.

        Raises:
            QueryError: cannot be parsed, or is refused.
        """
        return self.query(sparql).table

    def articles(self) -> tuple[Article, ...]:
        """All articles by day of publication, title and IRI."""
        return tuple(
            Article(iri or "", title, published, publisher)
            for iri, title, published, publisher in self.select(_ARTICLES).rows
        )

    def counts(self) -> Counts:
        """How much is in the store, by kind."""
        kinds = tuple(
            ((kind or "").rpartition("#")[2], int(n or 0)) for kind, n in self.select(_KINDS).rows
        )
        graphs = self.graphs()
        return Counts(
            articles=sum(map(is_article, graphs)),
            graphs=len(graphs),
            quads=self._size(),
            kinds=kinds,
        )

    def _size(self) -> int:
        """Number of statements, each counted once per graph that makes it."""
        return sum(1 for _ in self.quads())

    def entities_in_use(self) -> tuple[str, ...]:
        """Reference IRIs (places, actors, equipment) that article graphs speak of, sorted."""
        spaces = tuple(ID + kind + "/" for kind in ("place", "actor", "equipment"))
        found: set[str] = set()
        for graph in filter(is_article, self.graphs()):
            for line in self.quads(graph):
                found.update(
                    word[1:-1]
                    for word in line.split(" ")
                    if word.startswith("<") and word[1:].startswith(spaces)
                )
        return tuple(sorted(found))

    def canonical_hash(self) -> str:
        """SHA-256 in hex of the dataset's canonical N-Quads (RDFC-1.0): equal data, equal hash."""
        lines = "\n".join(self.quads())
        dataset = pyoxigraph.Dataset(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS))
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        canonical = sorted(f"{quad} ." for quad in dataset)
        return sha256("\n".join((*canonical, "")).encode("utf-8")).hexdigest()

    def __enter__(self) -> Self:
        """The store itself; it is closed when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()


def is_article(graph: str) -> bool:
    """Whether a graph of this name holds what one article says.

    >>> is_article("https://w3id.org/conflict-kg/id/graph/derived")
    False
    """
    return graph.startswith(ID + "article/")


def parsed(graph: Graph) -> list[pyoxigraph.Quad]:
    """The quads of a graph, unique, with numbers and times as Oxigraph writes them ("40.0": "40").

    Every store keeps this one form, so that equal graphs have equal bytes in all of them.

    Raises:
        SetupError: a line is no N-Quad or belongs to another graph.
    """
    normal = pyoxigraph.Store()
    normal.extend(as_written(graph))
    return list(normal)


def as_written(graph: Graph) -> list[pyoxigraph.Quad]:
    """The quads of a graph, for an engine of Oxigraph's, which gives them their one form itself.

    Raises:
        SetupError: a line is no N-Quad or belongs to another graph.
    """
    name = pyoxigraph.NamedNode(graph.iri)
    try:
        quads = list(pyoxigraph.parse("\n".join(graph.quads), format=pyoxigraph.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise SetupError(f"graph {graph.iri}: not N-Quads ({error})") from error
    for quad in quads:
        if quad.graph_name != name:
            raise SetupError(f"graph {graph.iri}: a line belongs to another graph: {quad} .")
    return quads


def plain(term: Term) -> str:
    """An IRI, the text of a literal, the label of a blank node; a triple as it is written."""
    return str(term) if isinstance(term, pyoxigraph.Triple) else term.value


def unknown_graph(iri: str, graphs: tuple[str, ...]) -> SetupError:
    """The error for a graph that is not in the store, with up to three near names."""
    articles = [graph for graph in graphs if is_article(graph)]
    tails = {graph.removeprefix(ID): graph for graph in articles}
    asked = iri.removeprefix(ID)
    near = [tails[tail] for tail in get_close_matches(asked, tails, n=3, cutoff=0.4)]
    near += [graph for tail, graph in tails.items() if asked in tail and graph not in near]
    if not near:
        return SetupError(
            f"no article {iri} in the store, and none of a like name; "
            f"`kg info` lists the {len(articles)} that are there"
        )
    return SetupError(f"no article {iri} in the store; did you mean {' or '.join(near[:3])}?")

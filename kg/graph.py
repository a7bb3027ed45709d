"""The graph that was built: to ask, to look at, to take along, and to correct.

Heavy stages are imported by the methods that need them, so that a query answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.errors import DocumentError, QueryError, SetupError
from kg.records import Graph as ArticleGraph
from kg.records import Rejection, Table
from kg.store import Answer, Article, StoredQuery, open_store, stored_query
from kg.store.contract import is_article
from kg.store.stored import read
from kg.summary import Summary, families
from kg.version import VERSION

if TYPE_CHECKING:
    from kg.network import Near, Standing
    from kg.rdf import Violation
    from kg.store.why import Reason

STORE = "kg-store"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds.

    Attributes:
        version: of this program.
        store: the folder.
        articles, graphs, statements: numbers.
        facts: (family, number), as in `kg.summary.FAMILIES`.
        kinds: (ontology class, number of individuals), by name, without zeros.
        hash: SHA-256 of the canonical dataset; equal graphs have equal hashes.
    """

    version: str
    store: str
    articles: int
    graphs: int
    statements: int
    facts: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    hash: str


def build(
    paths: str | Path | Sequence[str | Path],
    *,
    store: str | Path = STORE,
    published: str | date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    model: str | None = None,
    jobs: int = 1,
    heard: Callable[[ArticleGraph | Rejection], None] | None = None,
) -> Summary:
    """Builds files and folders into the store in a folder, which is made if it is missing.

    Args:
        paths: files, folders, or "-" for stdin.
        store: the folder of the store.
        published: day of publication of documents that do not give one, as YYYY-MM-DD.
        publisher: publisher of documents that do not give one.
        url: address of the one document.
        model: name of an installed spaCy pipeline; the shipped one without it.
        jobs: number of processes; the graph is the same for any number.
        heard: told of each graph and rejection as it comes.

    Raises:
        SetupError: nothing can work until the remedy in the message is applied.
    """
    from kg import pipeline, read

    with open_store(store, create=True) as opened:
        return pipeline.build(
            [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)],
            store=opened,
            defaults=read.Defaults(_day(published), publisher or None, url or None),
            model=model,
            jobs=jobs,
            heard=heard or (lambda outcome: None),
        )


class Graph:
    """The graph in a store, open for reading.

    >>> with Graph("kg-store") as graph:  # doctest: +SKIP
    ...     graph.query("casualties-by-speaker").rows
    """

    def __init__(self, store: str | Path = STORE) -> None:
        """Opens the store.

        Raises:
            SetupError: no store there, or one of another format.
        """
        self.path = Path(store)
        self._store = open_store(self.path, read_only=True)

    def __enter__(self) -> Self:
        """The graph itself; its store is closed when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the store."""
        self._store.close()

    def query(self, query: str, *, timeout: float | None = None, **parameters: str) -> Table:
        """Rows of a query: the name of a stored one, a `.rq` file, or SPARQL text.

        Args:
            query: what to ask.
            timeout: seconds after which it is stopped.
            parameters: values for the parameters of a stored query.

        Raises:
            QueryError: cannot be parsed, is refused, or out of time.
        """
        return self.answer(query, timeout=timeout, **parameters).table

    def answer(self, query: str, *, timeout: float | None = None, **parameters: str) -> Answer:
        """The same with types, triples and formats: `answer(…).serialized("ttl")`."""
        return self._store.query(sparql(query, parameters), timeout=timeout)

    def near(
        self, facility: str | None = None, *, within_km: float | None = None
    ) -> tuple[Near, ...]:
        """Distances between facilities and events, nearest first.

        Args:
            facility: name or IRI of one facility; all of them without it.
            within_km: no farther than this.
        """
        from kg import network

        return network.near(self._store.select, facility, within_km)

    def why(self, thing: str) -> tuple[Reason, ...]:
        """The chain from a fact or entity to claim, speaker, sentence and article.

        Args:
            thing: its IRI, the end of its IRI, or its label.

        Raises:
            QueryError: nothing in the graph is called so.
        """
        from kg.store.why import why

        return why(self._store.select, thing)

    def view(self, *, title: str = "", limit: int = 1000) -> str:
        """One HTML page with the interactive graph; it opens without a network."""
        from kg import view

        return view.page(self._store.select, title=title or "Conflict graph", limit=limit)

    def export(self, form: str) -> bytes:
        """The dataset in another format, the same bytes for the same graph.

        Args:
            form: nquads, trig, turtle, jsonld, graphml, gexf, geojson, or csv (a zip of tables).

        Raises:
            QueryError: another format.
        """
        from kg.store import export

        if form not in export.NETWORK_FORMATS:
            return export.exported(self._store, form)
        from kg.network import graphfiles

        write = {"graphml": graphfiles.graphml, "gexf": graphfiles.gexf}[form]
        return write(*export.network(self._store.select))

    def check(self) -> tuple[tuple[str, Violation], ...]:
        """(article, broken rule) for every rule of the ontology that an article's graph breaks."""
        from kg.rdf import violations

        return tuple(
            (iri, violation)
            for iri in filter(is_article, self._store.graphs())
            for violation in violations(ArticleGraph(iri, tuple(self._store.quads(iri))))
        )

    def retract(self, articles: Sequence[str]) -> tuple[Article, ...]:
        """Takes articles out, with all that followed from them.

        Args:
            articles: for each its IRI, a part of its IRI, its title or its address.

        Raises:
            SetupError: no article is called so, or several are; then none is taken out.
        """
        from kg import pipeline

        found = tuple(dict.fromkeys(self.article(name) for name in articles))
        self._store.close()
        with open_store(self.path) as store:
            for article in found:
                store.drop(article.iri)
            pipeline.refresh(store)
        self._store = open_store(self.path, read_only=True)
        return found

    def article(self, name: str) -> Article:
        """The one article with this IRI, title or address, or with this part in its IRI or title.

        Raises:
            SetupError: no article is called so, or several are.
        """
        addresses = self._store.select("SELECT ?a ?url { ?a a ck:Article ; dcterms:source ?url }")
        urls = {row[0]: row[1] for row in addresses.rows}
        known = self.articles()
        exact = [one for one in known if name in (one.iri, one.title, urls.get(one.iri))]
        parts = [
            one
            for one in known
            if name.lower() in one.iri.rpartition("/")[2]
            or name.lower() in (one.title or "").lower()
        ]
        found = exact or parts
        if len(found) == 1:
            return found[0]
        if not found:
            raise SetupError(f'no article "{name}" in {self.path}; kg articles lists what is there')
        names = "\n".join(f"  {one.iri}" for one in found[:10])
        raise SetupError(f'"{name}" may be {len(found)} articles; give one of\n{names}')

    def articles(self) -> tuple[Article, ...]:
        """All articles by day of publication, title and IRI."""
        return self._store.articles()

    def contents(self) -> Contents:
        """How much is in the store, by family and class."""
        counts = self._store.counts()
        return Contents(
            version=VERSION,
            store=str(self.path),
            articles=counts.articles,
            graphs=counts.graphs,
            statements=counts.quads,
            facts=families(counts.kinds),
            kinds=tuple((kind, count) for kind, count in counts.kinds if count),
            hash=self._store.canonical_hash(),
        )

    def actors(self) -> tuple[Standing, ...]:
        """Where actors stand in the network of actors, the best connected first."""
        from kg import network

        return network.centrality(self._store.select)


def _day(published: str | date | None) -> date | None:
    from kg.read.dates import published as day

    if published is None or isinstance(published, date):
        return published
    try:
        return day(published)
    except DocumentError as error:
        raise SetupError(f"--published: {error}") from error


def sparql(query: str, parameters: Mapping[str, str]) -> str:
    """The SPARQL text of a query: the name of a stored one, a `.rq` file, or the text itself.

    Raises:
        QueryError: no such stored query or file, or a parameter that it does not have.
    """
    if query.endswith(".rq") and "\n" not in query:
        return _file(Path(query)).sparql(**parameters)
    if all(char.isalnum() or char in "-_" for char in query):
        return stored_query(query).sparql(**parameters)
    if parameters:
        raise QueryError("--param is for stored queries and .rq files; write the value in the text")
    return query


def _file(path: Path) -> StoredQuery:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path} cannot be read ({error}); give a .rq file in UTF-8") from error
    return read(path) if text.startswith("# ") else StoredQuery(path.stem, "", text, ())

"""The graph that was built: to ask, to look at, to take along, and to correct.

Heavy stages are imported by the methods that need them, so that a query answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.deadline import SECONDS
from kg.errors import DocumentError, QueryError, SetupError
from kg.records import Entity, Rejection, Table
from kg.records import Graph as ArticleGraph
from kg.store import Answer, Article, Store, StoredQuery, changing, open_store, stored_query
from kg.store.contract import is_article
from kg.store.opening import remote
from kg.store.stored import read
from kg.summary import Summary, families
from kg.version import VERSION

if TYPE_CHECKING:
    from kg.network import (
        Change,
        ControlClaim,
        Decision,
        Near,
        Risk,
        Score,
        Standing,
        Step,
        Verdict,
    )
    from kg.notebook import Page
    from kg.rdf import Violation
    from kg.read import Defaults
    from kg.store.why import Reason

STORE = "kg-store"
_BARRED = frozenset('<>"{}|^`\\ ')


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
    columns: str | Mapping[str, str] = "",
    model: str | None = None,
    jobs: int = 1,
    timeout: float = SECONDS,
    later: bool = False,
    heard: Callable[[ArticleGraph | Rejection], None] | None = None,
) -> Summary:
    """Builds files and folders into the store in a folder, which is made if it is missing.

    Args:
        paths: files, folders, or "-" for stdin.
        store: the folder of the store, or the address of a SPARQL server.
        published: day of publication of documents that do not give one, as YYYY-MM-DD.
        publisher: publisher of documents that do not give one.
        url: address of the one document.
        columns: which column of a table or key of a feed holds text, title, published,
            publisher, url or language: `{"text": "body"}` or "text=body,title=headline".
        model: name of an installed spaCy pipeline; the shipped one without it.
        jobs: number of processes; the graph is the same for any number.
        timeout: seconds that one document may take, to be read and again to be built; 0: any
            time. It holds in the main thread only, and not on Windows.
        later: leave what is computed across articles to `refresh`, which makes the time for
            one more article independent of how many there are.
        heard: told of each graph and rejection as it comes.

    Raises:
        SetupError: nothing can work until the remedy in the message is applied.
    """
    from kg import pipeline

    with open_store(store, create=True) as opened, changing(store, later=later):
        return pipeline.build(
            [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)],
            store=opened,
            defaults=defaults(published, publisher, url, columns),
            model=model,
            jobs=jobs,
            seconds=timeout,
            later=later,
            heard=heard or (lambda outcome: None),
        )


def refresh(store: str | Path = STORE) -> None:
    """Computes anew what follows from all articles, after changes that left it for later."""
    from kg import pipeline

    with open_store(store) as opened, changing(store):
        pipeline.refresh(opened)


class Graph:
    """The graph in a store, open for reading.

    >>> with Graph("kg-store") as graph:  # doctest: +SKIP
    ...     graph.query("casualties-by-speaker").rows
    """

    def __init__(self, store: str | Path = STORE, *, as_of: str | date | None = None) -> None:
        """Opens the store.

        Args:
            store: its folder, or the address of a SPARQL server.
            as_of: a day of publication, as YYYY-MM-DD: the graph as it stood on that day,
                without articles published later or without a day, and with all that is
                computed across articles computed anew from the rest. Such a graph cannot
                be changed.

        Raises:
            SetupError: no store there, or one of another format; a day that is none.
        """
        self.path = store if remote(store) else Path(store)
        self.as_of = _day(as_of, "--as-of")
        self._store = open_store(self.path, read_only=True)
        if self.as_of is not None:
            from kg import pipeline

            with self._store as whole:
                self._store = pipeline.as_of(whole, self.as_of)

    def __enter__(self) -> Self:
        """The graph itself; its store is closed when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the store."""
        self.close()

    def __repr__(self) -> str:
        """How the graph was opened."""
        day = f", as_of='{self.as_of}'" if self.as_of else ""
        return f"Graph('{self.path}'{day})"

    def close(self) -> None:
        """Closes the store; a graph that is used in a `with` block is closed at its end."""
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
        return self._store.query(sparql(query, parameters), timeout=timeout).table

    def answer(
        self,
        query: str,
        *,
        timeout: float | None = None,
        most: int | None = None,
        **parameters: str,
    ) -> Answer:
        """The same with types, triples and formats: `answer(…).serialized("ttl")`.

        Args:
            query: as for `query`.
            timeout: seconds after which it is stopped.
            most: rows that are wanted, the first ones; all without it. The first rows of a
                stored query come without the others being looked for.
            parameters: values for the parameters of a stored query.
        """
        return self._store.query(sparql(query, parameters), timeout=timeout, most=most)

    def near(
        self,
        facility: str | None = None,
        *,
        within_km: float | None = None,
        kind: str | None = None,
    ) -> tuple[Near, ...]:
        """Distances between facilities and events, nearest first.

        Args:
            facility: name or IRI of one facility; all of them without it.
            within_km: no farther than this.
            kind: a class of facilities ("Hospital"), those of the reference data included
                that no article names; without it nuclear plants and what articles name.

        Raises:
            QueryError: the ontology has no such class of facilities.
        """
        from kg import network

        return network.near(
            self._store.select, facility, within_km, kind=kind, of_interest=_of_interest(kind)
        )

    def board(
        self,
        facility: str | None = None,
        *,
        within_km: float | None = None,
        kind: str | None = None,
    ) -> tuple[Risk, ...]:
        """The risk board: per facility and day the nearest event and edge of an advance.

        Args:
            facility: name or IRI of one facility; all of them without it.
            within_km: no farther than this.
            kind: a class of facilities, as for `near`.

        Raises:
            QueryError: the ontology has no such class of facilities.
        """
        from kg import network

        return network.board(
            self._store.select, facility, within_km, kind=kind, of_interest=_of_interest(kind)
        )

    def control(self, place: str | None = None) -> tuple[ControlClaim, ...]:
        """Who is said to hold a place, and places inside of it, day by day; all without one."""
        from kg import network

        return network.history(self._store.select, place)

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
        """The explorer as one HTML page, which opens without a network.

        Args:
            title: heading of the page.
            limit: most nodes that the graph draws one by one; more are drawn in groups.
        """
        from kg import view

        return view.page(self._store.select, title=title or "Conflict graph", limit=limit)

    def show(self, *, title: str = "", limit: int = 1000, height: int = 640) -> Page:
        """The same page inline in a notebook, or to be saved: `graph.show().save("page.html")`.

        Args:
            title: heading of the page.
            limit: most nodes to show.
            height: of the frame in the notebook, in pixels.
        """
        from kg.notebook import Page

        count = len(self.articles())
        about = f"{self.path}: {count} article{'s' * (count != 1)}"
        return Page(self.view(title=title, limit=limit), height, about)

    def _repr_html_(self) -> str:
        from kg.notebook import summary

        counts = self._store.counts()
        day = f" as of {self.as_of}" if self.as_of else ""
        numbers = (("articles", counts.articles), *families(counts.kinds))
        return summary(f"Conflict graph in {self.path}{day}", numbers)

    def export(self, form: str) -> bytes:
        """The dataset in another format, the same bytes for the same graph.

        Args:
            form: one of `kg.formats.EXPORTS`, which says what each cannot carry.

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

    def retract(self, articles: Sequence[str], *, later: bool = False) -> tuple[Article, ...]:
        """Takes articles out, with all that followed from them.

        Args:
            articles: for each its IRI, a part of its IRI, its title or its address.
            later: leave what is computed across articles to `refresh`.

        Raises:
            SetupError: no article is called so, or several are; then none is taken out.
        """
        from kg import pipeline

        found = tuple(dict.fromkeys(self.article(name) for name in articles))
        self._change(
            lambda store: pipeline.retract(store, [one.iri for one in found], later=later),
            later=later,
        )
        return found

    def decisions(self) -> tuple[Decision, ...]:
        """What is held to be one and how that was decided: verdicts first, then groups."""
        from kg import network

        return network.decisions(self._store.select)

    def accept(self, first: str, second: str) -> Verdict:
        """Holds two nodes to be one from now on, through every rebuild.

        Args:
            first: IRI, end of an IRI, or label of an actor, place or event.
            second: the other one.

        Raises:
            QueryError: a name that is nothing's or several nodes', or an earlier verdict
                holds apart what would now be one.
        """
        return self._judged(first, second, accepted=True)

    def reject(self, first: str, second: str) -> Verdict:
        """Holds two nodes to be two from now on, whatever speaks for their being one.

        Raises:
            QueryError: as `accept`.
        """
        return self._judged(first, second, accepted=False)

    def undo(self, first: str, second: str) -> Verdict:
        """Takes a verdict back; the rules decide again.

        Raises:
            QueryError: a name that is nothing's or several nodes', or no verdict about the two.
        """
        from kg import network, pipeline

        known = network.verdicts(self._store.select)
        members = {one for verdict in known for one in verdict.members}
        ends = [name if name in members else self._node(name) for name in (first, second)]
        left = network.undone(known, *ends)
        self._change(lambda store: pipeline.judge(store, lambda _: left))
        return next(iter(set(known) - set(left)))

    def _judged(self, first: str, second: str, *, accepted: bool) -> Verdict:
        from kg import network, pipeline

        known = network.verdicts(self._store.select)
        ends = self._node(first), self._node(second)
        kinds = [self._family(iri) for iri in ends]
        if kinds[0] != kinds[1] or not kinds[0]:
            raise QueryError(
                f"{ends[0]} and {ends[1]} cannot be one: name two actors, two places, two events "
                "or two types of equipment"
            )
        made = network.decided(known, *ends, accepted=accepted)
        self._change(lambda store: pipeline.judge(store, lambda _: made))
        return next(iter(set(made) - set(known)), made[0])

    def _family(self, iri: str) -> str:
        """The root class of a node that can be one with another, "" for any other node."""
        from kg import ontology

        rows = self._store.select(f"SELECT ?kind {{ <{iri}> a ?kind }}").rows
        kinds = {(kind or "").rpartition("#")[2] for (kind,) in rows}
        roots = ("Actor", "Place", "Event", "EquipmentType")
        return next((root for root in roots if kinds & set(ontology.kinds(root))), "")

    def _node(self, name: str) -> str:
        """The one node of this name, or the one that stands for all of this name."""
        from kg.store.why import things

        found = [iri for iri, _ in things(self._store.select, name)]
        values = " ".join(f"<{iri}>" for iri in found)
        rows = self._store.select(
            f"SELECT ?x ?same {{ VALUES ?x {{ {values} }} OPTIONAL {{ ?x ck:sameAs ?same }} }}"
        ).rows
        stand = {same or iri for iri, same in rows}
        if name in found or len(found) == 1:
            return name if name in found else found[0]
        if len(stand) == 1:
            return stand.pop() or ""
        names = "\n".join(f"  {iri}" for iri in found[:10])
        raise QueryError(f'"{name}" may be {len(found)} nodes; give one of\n{names}')

    def _change(self, change: Callable[[Store], None], *, later: bool = False) -> None:
        """Changes the store on disk, and reads on from what it has become."""
        if self.as_of is not None:
            raise SetupError(
                f"the graph as of {self.as_of} cannot be changed; open it without --as-of"
            )
        self._store.close()
        try:
            with open_store(self.path) as store, changing(self.path, later=later):
                change(store)
        finally:
            self._store = open_store(self.path, read_only=True)

    def article(self, name: str) -> Article:
        """The one article with this IRI, title or address, or with this part in its IRI or title.

        Raises:
            SetupError: no article is called so, or several are.
        """
        if is_article(name) and not _BARRED & set(name):
            # an IRI is looked up: a list of all articles grows with the store
            found_at = self._at(name)
            if found_at is not None:
                return found_at
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

    def _at(self, iri: str) -> Article | None:
        rows = self._store.select(
            "SELECT (MIN(?t) AS ?title) (MIN(?d) AS ?published) (MIN(?p) AS ?publisher) "
            f"{{ VALUES ?iri {{ <{iri}> }} ?iri a ck:Article "
            "OPTIONAL { ?iri dcterms:title ?t } OPTIONAL { ?iri dcterms:issued ?d } "
            "OPTIONAL { ?iri dcterms:publisher ?p } } GROUP BY ?iri"
        ).rows
        return Article(iri, *rows[0]) if rows else None

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
            hash=self.canonical_hash(),
        )

    def canonical_hash(self) -> str:
        """SHA-256 in hex of the canonical dataset (RDFC-1.0); equal graphs have equal hashes."""
        return self._store.canonical_hash()

    def actors(self) -> tuple[Standing, ...]:
        """Where actors stand in the network of actors, the best connected first."""
        from kg import network

        return network.centrality(self._store.select)

    def scores(
        self,
        algorithm: str,
        *,
        project: str = "actors",
        backend: str | None = None,
        given: Mapping[str, str] | None = None,
    ) -> tuple[Score, ...]:
        """What any NetworkX algorithm gives for the nodes or edges of a network.

        Args:
            algorithm: its name in NetworkX: "pagerank", "community.louvain_communities".
            project: actors, places, speakers, claims or events.
            backend: an installed backend of NetworkX.
            given: further arguments of the algorithm by name; a node by its IRI or name.

        Raises:
            QueryError: no such network or algorithm, or one that does not fit.
        """
        from kg import network

        graph = network.network(self._store.select, project)
        return network.scores(graph, algorithm, backend=backend, parameters=given)

    def chain(self, start: str, end: str) -> tuple[Step, ...]:
        """The shortest chain between two actors, with the claims along it; empty without one.

        Raises:
            QueryError: nobody is called so.
        """
        from kg import network
        from kg.store.why import things

        ends = ([iri for iri, _ in things(self._store.select, name)] for name in (start, end))
        return network.chain(self._store.select, *ends)


def changes(
    first: str | date, last: str | date, *, store: str | Path = STORE
) -> tuple[Change, ...]:
    """Claims, events and disputes that came in after one day of publication up to another.

    Args:
        first: YYYY-MM-DD.
        last: YYYY-MM-DD, later.
        store: the folder of the store.

    Raises:
        SetupError: no store, a day that is none, or days in the wrong order.
    """
    from kg import network, pipeline

    days = [_day(day, "the day") for day in (first, last)]
    earlier, later = (day or date.max for day in days)
    if earlier > later:
        raise SetupError(f"{last} is before {first}; give the earlier day first")
    with open_store(store, read_only=True) as whole:
        before, after = (pipeline.as_of(whole, day, computed=False) for day in (earlier, later))
    return network.changes(before.select, after.select)


def _of_interest(kind: str | None) -> tuple[Entity, ...] | None:
    """The facilities of a class that the derived graph need not hold; None where it does."""
    from kg import ontology, pipeline

    if kind is None or kind not in ontology.kinds("Facility"):
        return None
    return pipeline.facilities(kind)


def defaults(
    published: str | date | None,
    publisher: str | None,
    url: str | None,
    columns: str | Mapping[str, str],
) -> Defaults:
    """What documents get that do not give their own, checked; the arguments are those of `build`.

    Raises:
        SetupError: a day that is none, or columns that cannot be read.
    """
    from kg.read import Defaults

    return Defaults(_day(published), publisher or None, url or None, _columns(columns))


def _day(published: str | date | None, option: str = "--published") -> date | None:
    from kg.read.dates import published as day

    if published is None or isinstance(published, date):
        return published
    try:
        return day(published)
    except DocumentError as error:
        raise SetupError(f"{option}: {error}") from error


def _columns(given: str | Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    from kg.read.columns import columns

    text = given if isinstance(given, str) else ",".join(f"{k}={v}" for k, v in given.items())
    return columns(text) if text.strip() else ()


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

"""Text in, graph out: read, annotate, extract, link, rdf, store – and what follows from all."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

from kg import annotate, deadline, extract, link, network, ontology, pool, rdf, read
from kg.errors import DocumentError, SetupError
from kg.read import Defaults
from kg.records import Document, Entity, Graph, Rejection
from kg.store import OxigraphStore, Store
from kg.summary import Summary, families, kinds
from kg.vocab import DERIVED, IDENTITY

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger(__name__)

PLANTS = "NuclearPowerPlant"
"""The facilities whose distance to every event is computed, named by an article or not."""
_COMPUTED = frozenset(map(str, (IDENTITY, DERIVED)))


def build(
    paths: Sequence[str],
    *,
    store: Store,
    defaults: Defaults | None = None,
    model: str | None = None,
    jobs: int = 1,
    seconds: float = deadline.SECONDS,
    later: bool = False,
    heard: Callable[[Graph | Rejection], None] = lambda outcome: None,
) -> Summary:
    """Builds the documents at `paths` into `store`; what cannot be built is in the summary.

    Args:
        paths: files, folders, or "-" for stdin.
        store: an open store; articles that it has already are replaced.
        defaults: date, publisher and address of documents that do not give their own.
        model: name of an installed spaCy pipeline; the shipped one without it.
        jobs: number of processes; the graph is the same for any number.
        seconds: that one document may take, to be read and again to be built; 0: any time.
        later: leave what follows from all articles to a later `refresh`.
        heard: told of each outcome as it comes, for a progress bar.

    Raises:
        SetupError: nothing can work (no model, a damaged store …).
    """
    copies: list[tuple[str, str]] = []
    articles: dict[str, None] = {}
    found: Counter[str] = Counter()
    rejections: list[Rejection] = []
    documents = read.distinct(
        read.documents(paths, defaults=defaults, seconds=seconds),
        copy=lambda document, first: copies.append((document.origin, first)),
    )
    work = partial(built, model=model, seconds=seconds)
    for outcome in pool.ordered(work, documents, jobs=jobs, lost=lost):
        heard(outcome)
        if isinstance(outcome, Rejection):
            rejections.append(outcome)
            continue
        put(store, outcome)
        articles[outcome.iri] = None
        found.update(kinds(outcome))
    (forget if later else refresh)(store)
    log.info("built: %d articles, %d rejections", len(articles), len(rejections))
    facts = families(found.items())
    return Summary(tuple(articles), facts, tuple(copies), tuple(rejections))


def built(
    document: Document | Rejection, *, model: str | None = None, seconds: float = 0
) -> Graph | Rejection:
    """The graph of one document, or why there is none; a pure function, run in any process.

    Args:
        document: what was read.
        model: name of an installed spaCy pipeline; the shipped one without it.
        seconds: after which the document is given up; 0: never. Loading the model is not counted.
    """
    if isinstance(document, Rejection):
        return document
    if not document.dataset:
        language(model)
    try:
        with deadline.within(seconds):
            return graph(document, model=model)
    except SetupError:
        raise
    except DocumentError as error:
        return Rejection(document.origin, str(error))
    except Exception as error:
        log.info("%s: not built", document.origin, exc_info=True)
        fault = f"{type(error).__name__}: {error}".rstrip(": ")
        reason = f"could not be built ({fault}); this is a fault of the program, please report it"
        return Rejection(document.origin, reason)


def graph(document: Document, *, model: str | None = None) -> Graph:
    """All that one document says."""
    if document.dataset:
        return rdf.graph(document, link.linked(document, extract.coded(document)))
    (doc,) = annotate.annotate(language(model), [document.text])
    return rdf.graph(document, link.linked(document, extract.extraction(doc)))


@cache
def language(model: str | None) -> Language:
    """The language pipeline, loaded once per process."""
    return annotate.load(model)


def put(store: Store, article: Graph) -> None:
    """Puts an article's graph into the store in place of all earlier versions of the article."""
    store.replace(article)
    earlier = (
        f"SELECT ?earlier {{ <{article.iri}> dcterms:source ?address ."
        f" ?earlier a ck:Article ; dcterms:source ?address FILTER(?earlier != <{article.iri}>) }}"
    )
    for (iri,) in store.select(earlier).rows:
        store.drop(iri or "")


def refresh(store: Store) -> None:
    """Rebuilds what follows from all articles: reference, identity and derived graphs.

    Nothing is computed from what was computed before, and only what differs from it is written.
    """
    _refer(store)
    told = partial(store.statements, without=_COMPUTED)
    for made in network.computed_graphs(store.select, link.facilities(PLANTS), statements=told):
        store.replace(made)


def forget(store: Store) -> None:
    """Empties what was computed across articles: it must not be seen while it is not true."""
    for computed in sorted(_COMPUTED):
        store.replace(Graph(computed, ()))


def _refer(store: Store) -> None:
    """Rebuilds the ontology and the reference graph."""
    store.replace(rdf.ontology_graph())
    store.replace(rdf.reference_graph(link.reference(store.entities_in_use())))


def as_of(store: Store, day: date, *, computed: bool = True) -> Store:
    """The graph as it stood on a day of publication: a store of its own, in memory.

    Articles published later are left out, and those without a day of publication; what is
    computed across articles is computed anew from the rest. A person's verdicts hold as far
    as what they are about is there. Without `computed` the identity and derived graphs are empty.
    """
    known = {one.iri: one.published or "" for one in store.articles()}
    kept = [iri for iri, issued in sorted(known.items()) if "" < issued[:10] <= day.isoformat()]
    undated = sum(not issued for issued in known.values())
    if undated:
        log.warning("left out, for they have no day of publication: %d of the articles", undated)
    made = OxigraphStore()
    made.fill(Graph(iri, tuple(store.quads(iri))) for iri in kept)
    judged = network.without(network.verdicts(store.select), known.keys() - set(kept))
    made.replace(network.verdict_graph(judged))
    (refresh if computed else _refer)(made)
    return made


def judge(
    store: Store, change: Callable[[tuple[network.Verdict, ...]], Iterable[network.Verdict]]
) -> None:
    """Changes a person's verdicts about identity, and rebuilds what follows from them."""
    store.replace(network.verdict_graph(change(network.verdicts(store.select))))
    refresh(store)


def retract(store: Store, articles: Sequence[str], *, later: bool = False) -> None:
    """Takes articles out, with verdicts about what they alone named, and rebuilds the rest.

    With `later` the rest is left to a later `refresh`.
    """
    for article in articles:
        store.drop(article)
    left = network.without(network.verdicts(store.select), articles)
    store.replace(network.verdict_graph(left))
    (forget if later else refresh)(store)


def facilities(kind: str) -> tuple[Entity, ...]:
    """The facilities of a class and those below it that the reference data knows, by IRI."""
    found = {one.iri: one for name in ontology.kinds(kind) for one in link.facilities(name)}
    return tuple(found[iri] for iri in sorted(found))


def lost(document: Document | Rejection) -> Rejection:
    """Why there is no graph of a document whose process was killed."""
    if isinstance(document, Rejection):
        return document
    return Rejection(document.origin, "ended its process (out of memory?); split the document")

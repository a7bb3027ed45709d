"""Text in, graph out: read, annotate, extract, link, rdf, store – and what follows from all."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from kg import annotate, extract, link, network, pool, rdf, read
from kg.errors import DocumentError, SetupError
from kg.read import Defaults
from kg.records import Document, Graph, Rejection
from kg.store import Store
from kg.summary import Summary, families, kinds
from kg.vocab import DERIVED, IDENTITY

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger(__name__)

PLANTS = "NuclearPowerPlant"
"""The facilities whose distance to every event is computed, named by an article or not."""


def build(
    paths: Sequence[str],
    *,
    store: Store,
    defaults: Defaults | None = None,
    model: str | None = None,
    jobs: int = 1,
    heard: Callable[[Graph | Rejection], None] = lambda outcome: None,
) -> Summary:
    """Builds the documents at `paths` into `store`; what cannot be built is in the summary.

    Args:
        paths: files, folders, or "-" for stdin.
        store: an open store; articles that it has already are replaced.
        defaults: date, publisher and address of documents that do not give their own.
        model: name of an installed spaCy pipeline; the shipped one without it.
        jobs: number of processes; the graph is the same for any number.
        heard: told of each outcome as it comes, for a progress bar.

    Raises:
        SetupError: nothing can work (no model, a damaged store …).
    """
    copies: list[tuple[str, str]] = []
    articles: dict[str, None] = {}
    found: Counter[str] = Counter()
    rejections: list[Rejection] = []
    documents = read.distinct(
        read.documents(paths, defaults=defaults),
        copy=lambda document, first: copies.append((document.origin, first)),
    )
    for outcome in pool.ordered(partial(built, model=model), documents, jobs=jobs, lost=_lost):
        heard(outcome)
        if isinstance(outcome, Rejection):
            rejections.append(outcome)
            continue
        put(store, outcome)
        articles[outcome.iri] = None
        found.update(kinds(outcome))
    refresh(store)
    log.info("built: %d articles, %d rejections", len(articles), len(rejections))
    facts = families(found.items())
    return Summary(tuple(articles), facts, tuple(copies), tuple(rejections))


def built(document: Document | Rejection, *, model: str | None = None) -> Graph | Rejection:
    """The graph of one document, or why there is none; a pure function, run in any process."""
    if isinstance(document, Rejection):
        return document
    try:
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
    """Rebuilds what follows from all articles: reference, identity and derived graphs."""
    # What was computed before must not be seen while it is computed anew.
    for computed in (IDENTITY, DERIVED):
        store.replace(Graph(str(computed), ()))
    store.replace(rdf.ontology_graph())
    store.replace(rdf.reference_graph(link.reference(store.entities_in_use())))
    store.replace(network.identity_graph(store.select))
    store.replace(network.derived_graph(store.select, link.facilities(PLANTS)))


def _lost(document: Document | Rejection) -> Rejection:
    if isinstance(document, Rejection):
        return document
    return Rejection(document.origin, "ended its process (out of memory?); split the document")

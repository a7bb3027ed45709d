"""The same article twice: copies are read once, and of two versions the later one counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from kg.records import Document, Rejection


def distinct(
    documents: Iterable[Document | Rejection], *, copy: Callable[[Document, str], None]
) -> Iterator[Document | Rejection]:
    """Documents without copies; whatever their order, the same version of an article comes last.

    Two documents with one address (with one IRI, where they have none) are versions of one
    article. The one published later counts, then the one with the greater hash of its text.
    The other becomes a `Rejection`.

    Args:
        documents: what was read.
        copy: told of each document that was read before, with the origin of the first.
    """
    kept: dict[str, tuple[str, str, str]] = {}
    for document in documents:
        if isinstance(document, Rejection):
            yield document
            continue
        key = document.url or document.iri
        rank = (str(document.published or ""), sha256(document.text.encode()).hexdigest())
        known = kept.get(key)
        if known and known[:2] == rank:
            copy(document, known[2])
            continue
        if known and rank < known[:2]:
            yield _older(document.origin, known[2])
            continue
        if known:
            yield _older(known[2], document.origin)
        kept[key] = (*rank, document.origin)
        yield document


def _older(origin: str, other: str) -> Rejection:
    return Rejection(
        origin,
        f"is another version of the article in {other}, which counts; "
        "give each its own address (url) to keep both",
    )

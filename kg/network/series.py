"""The counts that one voice has given, found by the happenings that they may be of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

from kg.network.claims import Assertion, Record
from kg.network.figures import scope


class Series:
    """The counts of each voice, found by the happenings that they may be of.

    A voice of a long war has given thousands; only those that share an event, or a place and a
    day, with another count can be of one happening with it.
    """

    def __init__(
        self, book: Record, counts: Iterable[Assertion], labels: Mapping[str, str]
    ) -> None:
        self._book, self._labels = book, labels
        self._found: defaultdict[Hashable, list[Assertion]] = defaultdict(list)
        for one in counts:
            for key in self._keys(one):
                self._found[one.speakers, scope(one.content, labels), key].append(one)

    def of(self, voice: Assertion, beside: Assertion) -> Iterator[Assertion]:
        """The counts of the voice, and of what it counts, that can be of the other's happening."""
        counted = scope(voice.content, self._labels)
        keys = self._keys(beside)
        found = {
            id(one): one
            for key in ({_ALL} if _WIDE in keys else keys - {_ALL} | {_WIDE})
            for one in self._found.get((voice.speakers, counted, key), ())
        }
        yield from found.values()

    def _keys(self, one: Assertion) -> set[Hashable]:
        """Its events, and their days at their places; `_WIDE` where those are too many."""
        made: set[Hashable] = {_ALL}
        for event in self._book.happenings(one.content):
            days = list(self._book.keys(event))
            made |= {self._book.same.get(event.iri, event.iri), event.iri, *days}
            if not days and self._book.when(event) and self._book.where(event):
                made.add(_WIDE)
        return made


_ALL, _WIDE = "all counts", "anywhere in many days"

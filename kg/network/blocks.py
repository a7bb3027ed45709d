"""Which assertions may be about one thing: those that share a key, found without looking at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

from kg.network.claims import Assertion


def pairs(
    assertions: Iterable[Assertion], keys: Callable[[Assertion], Iterable[Hashable]]
) -> Iterator[tuple[Assertion, Assertion]]:
    """Each two assertions of different claims that share a key, once."""
    buckets: defaultdict[Hashable, list[int]] = defaultdict(list)
    before: list[Assertion] = []
    for right in assertions:
        found = dict.fromkeys(keys(right))
        for number in sorted({number for key in found for number in buckets.get(key, ())}):
            if before[number].claim.iri != right.claim.iri:
                yield before[number], right
        for key in found:
            buckets[key].append(len(before))
        before.append(right)


def opposites(
    assertions: Iterable[Assertion], keys: Callable[[Assertion], Iterable[Hashable]]
) -> Iterator[tuple[Assertion, Assertion]]:
    """Each two assertions of different claims that share a key, one said and one negated, once.

    Few claims deny; each of them is looked up, and not each two of the others.
    """
    everything = tuple(assertions)
    denied = [one for one in everything if one.negated]
    buckets: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, one in enumerate(denied):
        for key in dict.fromkeys(keys(one)):
            buckets[key].append(number)
    for said in everything if denied else ():
        if not said.negated:
            found = {number for key in keys(said) for number in buckets.get(key, ())}
            for number in sorted(found):
                if denied[number].claim.iri != said.claim.iri:
                    yield said, denied[number]

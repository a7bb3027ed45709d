"""Who did it, to whom, with what: role fillers of a document against gold entities.

CEAF-REE (Du, Rush and Cardie, EACL 2021): gold entities of a role are sets of strings, a found
entity is right where all of its strings are among those of one gold entity; entities are
aligned one to one so that most are right. Strings are compared without case, punctuation and
articles. Precision is right of found entities, recall right of gold ones.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

Entity = frozenset[str]

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def normal(text: str) -> str:
    """A string without case, punctuation, articles and extra space.

    >>> normal('The "Santo  Tomas" farm')
    'santo tomas farm'
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def entity(strings: Sequence[str]) -> Entity:
    """An entity of its strings."""
    return frozenset(map(normal, strings))


def aligned(gold: Sequence[Entity], found: Sequence[Entity]) -> tuple[tuple[int, int], ...]:
    """Pairs (gold, found) of the largest one-to-one alignment in which all pairs are right.

    >>> aligned([entity(["rebels", "the gang"]), entity(["gang"])], [entity(["gang"])] * 2)
    ((0, 1), (1, 0))
    """
    return matched([[i for i, g in enumerate(gold) if f <= g] for f in found])


def matched(choices: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """Largest one-to-one matching of items with what each may be paired with.

    Args:
        choices: for each item the numbers of what it may be paired with.

    Returns:
        (other, item) pairs, sorted.
    """
    holder: dict[int, int] = {}

    def placed(item: int, tried: set[int]) -> bool:
        for other in choices[item]:
            if other not in tried:
                tried.add(other)
                if other not in holder or placed(holder[other], tried):
                    holder[other] = item
                    return True
        return False

    for item in range(len(choices)):
        placed(item, set())
    return tuple(sorted(holder.items()))

"""Groups that pairs connect (disjoint sets, Tarjan 1975), in time near to the number of pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

N = TypeVar("N", bound=Hashable)


class Forest(Generic[N]):
    """Nodes in groups; a node that was never joined is a group of its own.

    >>> groups = Forest[str]()
    >>> groups.join("a", "b")
    >>> groups.root("a") == groups.root("b"), groups.root("c")
    (True, 'c')
    """

    def __init__(self) -> None:
        self._up: dict[N, N] = {}
        self._size: dict[N, int] = {}

    def root(self, node: N) -> N:
        """The node that stands for the group; it may change with the next `join`."""
        path = []
        while (above := self._up.get(node, node)) != node:
            path.append(node)
            node = above
        for one in path:
            self._up[one] = node
        return node

    def join(self, first: N, second: N) -> None:
        """Makes one group of the groups of two nodes."""
        low, high = sorted((self.root(first), self.root(second)), key=self._weight)
        self._up.setdefault(high, high)
        if low != high:
            self._up[low] = high
            self._size[high] = self._weight(low) + self._weight(high)

    def _weight(self, node: N) -> int:
        return self._size.get(node, 1)

    def groups(self) -> list[list[N]]:
        """The groups of all nodes that were joined to any, themselves included."""
        found: defaultdict[N, list[N]] = defaultdict(list)
        for node in list(self._up):
            found[self.root(node)].append(node)
        return list(found.values())


def groups(pairs: Iterable[tuple[N, N]]) -> list[list[N]]:
    """The groups that pairs connect."""
    forest = Forest[N]()
    for first, second in pairs:
        forest.join(first, second)
    return forest.groups()

"""The best dependency tree of a matrix of arc scores: Chu-Liu-Edmonds with exactly one root."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32] | NDArray[np.float64]


def tree(scores: Scores) -> list[int]:
    """Heads of the best single-rooted tree.

    Args:
        scores: (words, 1 + words); row i scores the heads of word i, column 0 is the root.

    Returns:
        One head per word, counted from 1; 0 for the one root. Empty for no words.

    >>> import numpy as np
    >>> tree(np.array([[0.0, -9.0, 5.0], [4.0, 3.0, -9.0]]))
    [2, 0]
    """
    count = scores.shape[0]
    if count == 0:
        return []
    s = scores.astype(np.float64)
    s[np.arange(count), np.arange(count) + 1] = -np.inf
    greedy = s.argmax(1)
    if (greedy == 0).sum() == 1 and not _cycle(greedy):
        return [int(h) for h in greedy]
    best, found = -np.inf, greedy
    order = np.argsort(
        -(s[:, 0] - np.where(count > 1, np.sort(s[:, 1:], axis=1)[:, -1], 0.0)), kind="stable"
    )
    for root in order[: min(count, 6)]:
        fixed = s.copy()
        fixed[:, 0] = -1e9
        fixed[root, :] = -1e9
        fixed[root, 0] = s[root, 0]
        heads = _arborescence(fixed)
        value = float(s[np.arange(count), heads].sum())
        if value > best:
            best, found = value, heads
    return [int(h) for h in found]


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    """Words (from 1) of one cycle, or nothing; a word that hangs on the root is in none."""
    state = [0] * (len(heads) + 1)
    for first in range(1, len(heads) + 1):
        path = []
        at = first
        while at and not state[at]:
            state[at] = first
            path.append(at)
            at = int(heads[at - 1])
        if at and state[at] == first:
            return path[path.index(at) :]
    return []


def _arborescence(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Maximum spanning arborescence by contraction of cycles; scores as in `tree`."""
    heads: NDArray[np.int64] = scores.argmax(1)
    cycle = _cycle(heads)
    if not cycle:
        return heads
    count = scores.shape[0]
    inside = np.zeros(count + 1, dtype=bool)
    inside[cycle] = True
    outside = [w for w in range(1, count + 1) if not inside[w]]
    kept = [0, *outside]
    # The cycle becomes the last node of the smaller problem.
    small = np.full((len(outside) + 1, len(outside) + 2), -np.inf)
    members = np.array(cycle)
    cost = scores[members - 1, heads[members - 1]]
    leave: list[int] = []
    for row, word in enumerate(outside):
        small[row, : len(kept)] = scores[word - 1, kept]
        best = int(scores[word - 1, members].argmax())
        small[row, -1] = scores[word - 1, members[best]]
        leave.append(int(members[best]))
    enter: list[int] = []
    for column, head in enumerate(kept):
        gain = scores[members - 1, head] - cost
        best = int(gain.argmax())
        small[-1, column] = gain[best]
        enter.append(int(members[best]))
    solved = _arborescence(small)
    result = heads.copy()
    for row, word in enumerate(outside):
        chosen = int(solved[row])
        result[word - 1] = leave[row] if chosen == len(kept) else kept[chosen]
    column = int(solved[-1])
    result[enter[column] - 1] = kept[column]
    return result

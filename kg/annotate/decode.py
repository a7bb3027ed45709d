"""Label rows from scores: names that open and close properly, tags that go together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def transitions(labels: Sequence[str]) -> Floats:
    """0 where the second BIOES label may follow the first, else minus infinity.

    The last row says what may open a sentence, the last column what may close it.

    >>> t = transitions(["O", "B-PER", "I-PER", "E-PER", "S-PER"])
    >>> [bool(t[1, 3] == 0), bool(t[1, 0] == 0), bool(t[-1, 2] == 0), bool(t[1, -1] == 0)]
    [True, False, False, False]
    """
    size = len(labels)
    table = np.full((size + 1, size + 1), -np.inf, dtype=np.float32)
    for i, left in enumerate([*labels, "O"]):
        for j, right in enumerate([*labels, "O"]):
            goes_on = left[0] in "BI"
            joins = right[0] in "IE"
            if goes_on == joins and (not joins or left[2:] == right[2:]):
                table[i, j] = 0.0
    return table


def best_labels(scores: Floats, table: Floats) -> list[int]:
    """The best path of labels through one sentence (Viterbi).

    Args:
        scores: (words, labels), log-probabilities or logits.
        table: what `transitions` gives for these labels.
    """
    count = scores.shape[0]
    if count == 0:
        return []
    free = scores.argmax(1)
    steps = np.concatenate([[-1], free, [-1]])
    if np.isfinite(table[steps[:-1], steps[1:]]).all():
        return [int(i) for i in free]
    inner = table[:-1, :-1]
    back = np.zeros(scores.shape, dtype=np.int64)
    value = table[-1, :-1] + scores[0]
    for at in range(1, count):
        reach = value[:, None] + inner
        back[at] = reach.argmax(0)
        value = reach.max(0) + scores[at]
    path = [int((value + table[:-1, -1]).argmax())]
    for at in range(count - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def steady(scores: Floats, costs: Sequence[float]) -> NDArray[np.int64]:
    """The best labels of several rows of words where borders of some labels cost something.

    Args:
        scores: (rows, words, labels), log-probabilities.
        costs: per label what entering or leaving it must gain, in nats.

    >>> gap = np.log(np.array([[[0.1, 0.9], [0.6, 0.4], [0.1, 0.9]]], dtype=np.float32))
    >>> [int(i) for i in steady(gap, (0, 0))[0]], [int(i) for i in steady(gap, (0, 1))[0]]
    ([1, 0, 1], [1, 1, 1])
    """
    rows, count = scores.shape[:2]
    change = -np.add.outer(np.array(costs), np.array(costs)).astype(np.float32)
    np.fill_diagonal(change, 0.0)
    back = np.zeros(scores.shape, dtype=np.int64)
    value = scores[:, 0]
    for at in range(1, count):
        reach = value[:, :, None] + change
        back[:, at] = reach.argmax(1)
        value = reach.max(1) + scores[:, at]
    path = np.zeros((rows, count), dtype=np.int64)
    path[:, -1] = value.argmax(1)
    for at in range(count - 1, 0, -1):
        path[:, at - 1] = back[np.arange(rows), at, path[:, at]]
    return path


def spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Half-open word spans of a proper BIOES row.

    >>> spans(["S-LOC", "O", "B-ORG", "I-ORG", "E-ORG"])
    [(0, 1, 'LOC'), (2, 5, 'ORG')]
    """
    found = []
    start = 0
    for at, label in enumerate(labels):
        if label[0] in "BS":
            start = at
        if label[0] in "ES":
            found.append((start, at + 1, label[2:]))
    return found


def log_softmax(scores: Floats) -> Floats:
    """Row-wise log-probabilities."""
    top = scores - scores.max(-1, keepdims=True)
    result: Floats = top - np.log(np.exp(top).sum(-1, keepdims=True))
    return result


def triples(upos: Floats, xpos: Floats, feats: Floats, allowed: NDArray[np.int64]) -> list[int]:
    """Per word the row of `allowed` (upos, xpos, feats indices) with the highest joint score."""
    joint = log_softmax(upos)[:, allowed[:, 0]]
    joint = joint + log_softmax(xpos)[:, allowed[:, 1]] + log_softmax(feats)[:, allowed[:, 2]]
    return [int(i) for i in joint.argmax(1)]

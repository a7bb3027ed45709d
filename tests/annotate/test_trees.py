"""The tree search gives the best single-rooted tree."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.trees import tree


def _is_tree(heads: list[int]) -> bool:
    if sum(head == 0 for head in heads) != 1:
        return False
    for word in range(1, len(heads) + 1):
        at, steps = word, 0
        while at:
            at = heads[at - 1]
            steps += 1
            if steps > len(heads):
                return False
    return True


def _value(scores: np.ndarray, heads: tuple[int, ...] | list[int]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_best_of_all_trees(size: int) -> None:
    draw = np.random.default_rng(size)
    for _ in range(40 if size < 5 else 10):
        scores = draw.normal(size=(size, size + 1)) * 4
        every = [
            heads
            for heads in itertools.product(range(size + 1), repeat=size)
            if all(head != i + 1 for i, head in enumerate(heads)) and _is_tree(list(heads))
        ]
        best = max(_value(scores, heads) for heads in every)
        found = tree(scores)
        assert _is_tree(found)
        assert _value(scores, found) == pytest.approx(best)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_always_a_tree(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32) * 8
    assert _is_tree(tree(scores))


def test_no_words() -> None:
    assert tree(np.zeros((0, 1))) == []

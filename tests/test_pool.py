"""Order, streaming and killed workers. `eval` stands in for work: it is importable anywhere."""

from __future__ import annotations

import itertools

import pytest

from kg.pool import AHEAD, ordered

KILLED = "__import__('os')._exit(9)"


def lost(item: str) -> str:
    return f"lost {item}"


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    items = ["__import__('time').sleep(0.2)", *map(str, range(20))]
    assert list(ordered(eval, items, jobs=jobs, lost=lost)) == [None, *range(20)]


def test_items_are_taken_as_they_are_needed() -> None:
    numbers = itertools.count()
    results = ordered(eval, map(str, numbers), jobs=2, lost=lost)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    results.close()
    assert next(numbers) <= 3 + 2 * AHEAD


def test_a_killed_worker_costs_only_its_item() -> None:
    items = ["1", KILLED, "2", "3", *map(str, range(4, 20))]
    found = list(ordered(eval, items, jobs=2, lost=lost))
    assert found == [1, f"lost {KILLED}", *range(2, 20)]


def test_errors_of_the_work_are_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(ordered(eval, ["1", "1/0", "2"], jobs=2, lost=lost))

"""The benchmark of disputes: its texts and gold hold together."""

from __future__ import annotations

from collections import Counter

from bench.quality import disputed


def test_every_group_keeps_the_rules_of_the_benchmark() -> None:
    assert disputed.main(["--check"]) == 0


def test_kinds_and_halves_are_balanced() -> None:
    groups = list(disputed.groups())
    assert len(groups) >= 60
    halves = Counter(group.split for group in groups)
    assert abs(halves["open"] - halves["sealed"]) <= 2


def test_fresh_groups_are_a_part_of_their_own() -> None:
    fresh = [group for group in disputed.groups() if group.split == "fresh"]
    assert len(fresh) == 15
    assert 0 < sum(not group.disputed for group in fresh) < 8

"""How much of the reading speed is left beside the language pipeline alone."""

from __future__ import annotations

from bench.speed import reading


def test_text_to_store_is_more_than_half_as_fast_as_the_pipeline_alone() -> None:
    # 0.67 and 0.63 measured; both are timed in turn, so a busy machine hinders both alike.
    assert reading.measure(rounds=2) > 0.55

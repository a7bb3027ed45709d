"""The same articles give the same bytes, whatever the machine, its clock and its language.

`python -m bench.same` tries every condition by itself; here they all differ at once.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.same import STEADY, Condition, hashed, interpreters, version
from kg.records import Graph
from tests.trust.conftest import DISPATCHES, SEEDS, Made

PATHS = [SEEDS / f"{name}.txt" for name in DISPATCHES]
OTHERS = list(interpreters())


@pytest.mark.slow
def test_another_order_locale_zone_seed_and_number_of_processes(
    made: Made, dispatches: tuple[Graph, ...], tmp_path: Path
) -> None:
    other = Condition(
        "all at once",
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242"},
        options=("--jobs", "2"),
        backwards=True,
    )
    assert not set(STEADY.items()) & set(other.environment.items())
    assert hashed(PATHS, other, tmp_path / "store") == made(dispatches).canonical_hash()


@pytest.mark.slow
@pytest.mark.skipif(
    not OTHERS,
    reason="no other Python on the PATH has the libraries; python -m bench.same --python PATH",
)
@pytest.mark.parametrize("python", OTHERS)
def test_another_python(
    made: Made, dispatches: tuple[Graph, ...], tmp_path: Path, python: str
) -> None:
    found = hashed(PATHS, Condition(version(python), python=python), tmp_path / "store")
    assert found == made(dispatches).canonical_hash()

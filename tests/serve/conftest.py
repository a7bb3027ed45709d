"""One store and one server for all tests that change neither."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.serving import Server, mini_store, running


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three articles; for reading only."""
    return mini_store(tmp_path_factory.mktemp("serve") / "two-lands")


@pytest.fixture(scope="session")
def server(store: Path) -> Iterator[Server]:
    """A server with the usual limits, read-only."""
    with running(store, "--cors", "https://atlas.example", "--hostname", "Kg.example") as started:
        yield started

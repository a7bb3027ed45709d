"""Real SPARQL servers on this machine: Oxigraph's own, and `kg serve`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.store.remote import RemoteStore
from tests.serve.serving import TOKEN, running


def oxigraph() -> str | None:
    """The program of the package `oxigraph`, None where it is not installed."""
    there = Path(sysconfig.get_path("scripts")) / "oxigraph"
    return str(there) if there.exists() else shutil.which("oxigraph")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph_server(*options: str) -> Iterator[str]:
    """The address of an Oxigraph server with nothing in it."""
    program = oxigraph()
    if program is None:
        pytest.skip("no Oxigraph server here; pip install oxigraph")
    port = free_port()
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def kg_server(folder: Path) -> Iterator[str]:
    """The address of `kg serve --allow-update` over a store in this folder."""
    from kg.store import open_store

    open_store(folder, create=True).close()
    with running(folder, "--allow-update") as server:
        yield server.address


@contextmanager
def login(**variables: str) -> Iterator[None]:
    """The login of a server in the environment while the block runs."""
    names = ("KG_STORE_TOKEN", "KG_STORE_USER", "KG_STORE_PASSWORD")
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in names:
            os.environ.pop(name, None)
        os.environ.update(before)


def emptied(address: str, **variables: str) -> RemoteStore:
    """The store behind an address, with all of its graphs taken away."""
    with login(**variables):
        store = RemoteStore(address)
    for iri in store.graphs():
        store.drop(iri)
    return store


__all__ = ["TOKEN", "emptied", "kg_server", "login", "oxigraph", "oxigraph_server"]

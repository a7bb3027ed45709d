"""Opening a store: a folder with a manifest, or a server; clear words when it cannot be opened.

A store is `<folder>/kg-store.json` (what it is, in which format) and `<folder>/data/`
(Oxigraph's files). The format number changes when older programs would misread the data.
`<folder>/unfinished` is there while the store is changed, and after a change that did not end.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kg.errors import SetupError
from kg.store.contract import Store
from kg.store.embedded import OxigraphStore
from kg.store.stamp import stamp
from kg.version import VERSION

FORMAT: Final = 1
MANIFEST: Final = "kg-store.json"
UNFINISHED: Final = "unfinished"
_NEW: Final = "kg-store.json.new"

log = logging.getLogger(__name__)


def open_store(path: str | Path, *, create: bool = False, read_only: bool = False) -> Store:
    """The store in a folder.

    Args:
        path: the folder, or the address of a SPARQL 1.1 server (http or https).
        create: make a store there if the folder is missing or empty.
        read_only: for queries; works while another process has the store open.

    Raises:
        SetupError: no store there, a store of another format, a folder with other things
            in it, or another process writing to it; the message says what to do.
    """
    if remote(path):
        from kg.store.remote import RemoteStore

        return RemoteStore(str(path), read_only=read_only)
    folder = Path(path)
    if not (folder / MANIFEST).exists():
        _make(folder, create=create and not read_only)
    _check(folder)
    if read_only and (folder / UNFINISHED).exists():
        log.warning(
            "%s: a change did not end, or has not ended yet; what is computed across articles may "
            "lack some of them, or tell of some that are gone: kg refresh, or the next kg build",
            folder,
        )
    return OxigraphStore(folder / "data", read_only=read_only)


@contextmanager
def changing(path: str | Path, *, later: bool = False) -> Iterator[None]:
    """Marks a store as unfinished while the block runs, and for good if it fails half-way.

    Every article is whole at any time. What is computed across articles is made last.

    Args:
        path: the folder of a store that is open for writing.
        later: leave the mark, since what is computed across articles is left for later.

    Raises:
        SetupError: nothing can be written there.
    """
    if remote(path):
        yield
        return
    mark = Path(path) / UNFINISHED
    try:
        mark.touch()
    except OSError as error:
        raise SetupError(f"cannot write to {path}: {error}; nothing is changed") from error
    before = stamp(Path(path))
    try:
        yield
    except BaseException:
        if stamp(Path(path)) == before:
            mark.unlink(missing_ok=True)
        raise
    if not later:
        mark.unlink(missing_ok=True)


def remote(path: str | Path) -> bool:
    """Whether a store is named by the address of a server.

    >>> remote("https://kg.example/store"), remote("kg-store")
    (True, False)
    """
    return str(path).startswith(("http://", "https://"))


def _make(folder: Path, *, create: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise SetupError(f"{folder} is a file; a store is a folder, name another with --store")
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if there and not {_NEW} <= there <= {"data", _NEW}:
        raise SetupError(
            f"{folder} is not a store (it has no {MANIFEST}) and is not empty; "
            "name another folder with --store"
        )
    if not create:
        raise SetupError(f"no store in {folder}; make one with: kg build PATH --store {folder}")
    content = {"format": FORMAT, "made_by": f"conflict-kg {VERSION}"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Whoever is killed in between leaves a folder that the next one goes on with.
        with (folder / _NEW).open("w", encoding="utf-8") as file:
            file.write(json.dumps(content, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        OxigraphStore(folder / "data").close()
        with suppress(FileNotFoundError):  # somebody beside us has made it
            (folder / _NEW).replace(folder / MANIFEST)
    except OSError as error:
        raise SetupError(
            f"cannot make a store in {folder} ({error.strerror or error}); mend the rights of the "
            "folder above it, or name another with --store"
        ) from error


def _check(folder: Path) -> None:
    manifest = folder / MANIFEST
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        found = content["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SetupError(
            f"{manifest} cannot be read ({error}); move the folder away and build it anew"
        ) from error
    if found != FORMAT:
        raise SetupError(
            f"{folder} is a store of format {found} (made by {content.get('made_by', '?')}), this "
            f"program reads format {FORMAT}; move the folder away and build it anew, or export "
            "it with the program that made it"
        )
    if not (folder / "data").is_dir():
        raise SetupError(f"{folder}/data is missing; move the folder away and build it anew")

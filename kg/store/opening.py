"""Opening a store: a folder with a manifest, and clear words when it cannot be opened.

A store is `<folder>/kg-store.json` (what it is, in which format) and `<folder>/data/`
(Oxigraph's files). The format number changes when older programs would misread the data.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from kg.errors import SetupError
from kg.store.contract import Store
from kg.store.embedded import OxigraphStore
from kg.version import VERSION

FORMAT: Final = 1
MANIFEST: Final = "kg-store.json"


def open_store(path: str | Path, *, create: bool = False, read_only: bool = False) -> Store:
    """The store in a folder.

    Args:
        path: the folder.
        create: make a store there if the folder is missing or empty.
        read_only: for queries; works while another process has the store open.

    Raises:
        SetupError: no store there, a store of another format, a folder with other things
            in it, or another process writing to it; the message says what to do.
    """
    folder = Path(path)
    if not (folder / MANIFEST).exists():
        _make(folder, create=create and not read_only)
    _check(folder)
    return OxigraphStore(folder / "data", read_only=read_only)


def _make(folder: Path, *, create: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise SetupError(f"{folder} is a file; a store is a folder, name another with --store")
    if folder.is_dir() and any(folder.iterdir()):
        raise SetupError(
            f"{folder} is not a store (it has no {MANIFEST}) and is not empty; "
            "name another folder with --store"
        )
    if not create:
        raise SetupError(f"no store in {folder}; make one with: kg build PATH --store {folder}")
    content = {"format": FORMAT, "made_by": f"conflict-kg {VERSION}"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        OxigraphStore(folder / "data").close()
        (folder / MANIFEST).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot make a store in {folder}: {error}") from error


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

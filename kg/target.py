"""A folder that several machines write to: a path, or an address that fsspec knows.

A file appears whole or not at all: under a path by a rename, on object stores because they
show what was uploaded only when it is complete.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

from kg.errors import SetupError


def written(folder: str, name: str, content: bytes) -> None:
    """Writes a file in the place of the one of its name.

    Raises:
        SetupError: it cannot be written.
    """
    try:
        if "://" in folder:
            _files(folder).pipe_file(f"{_root(folder)}/{name}", content)
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        made = Path(folder) / f".{name}.{uuid.uuid4().hex}"
        with made.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        made.replace(Path(folder) / name)
    except OSError as error:
        raise SetupError(f"{folder}/{name} cannot be written ({error}); nothing is lost") from error


def content(folder: str, name: str) -> bytes | None:
    """What a file holds, None where there is none.

    Raises:
        SetupError: it cannot be read.
    """
    try:
        if "://" in folder:
            return bytes(_files(folder).cat_file(f"{_root(folder)}/{name}"))
        return (Path(folder) / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SetupError(f"{folder}/{name} cannot be read ({error})") from error


def names(folder: str) -> tuple[str, ...]:
    """Names of the files there, sorted; none where there is no such folder."""
    try:
        if "://" in folder:
            found = _files(folder).ls(_root(folder), detail=False)
            return tuple(sorted(str(one).rpartition("/")[2] for one in found))
        return tuple(sorted(path.name for path in Path(folder).iterdir()))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SetupError(f"{folder} cannot be read ({error})") from error


def _files(folder: str) -> Any:
    try:
        import fsspec
    except ImportError as error:
        raise SetupError(
            f"{folder} needs fsspec; run: pip install 'conflict-kg[cluster]'"
        ) from error
    try:
        return fsspec.core.url_to_fs(folder)[0]
    except (ImportError, ValueError) as error:
        raise SetupError(f"{folder}: {error}") from error


def _root(folder: str) -> str:
    import fsspec

    return str(fsspec.core.url_to_fs(folder)[1]).rstrip("/")

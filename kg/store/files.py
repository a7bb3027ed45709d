"""Oxigraph's files opened, for writing or beside a process that writes.

Oxigraph calls reading beside a writer undefined. What can happen is known and met here: files
of data are never changed, only added and taken away, so an open store keeps what it has; a
file that is gone while the others are opened is an error, and the store is opened once more;
and a view taken while a writer moves data from one file to another is thrown away.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Final

import pyoxigraph

from kg.errors import SetupError
from kg.store.stamp import layout

_UNWRITABLE: Final = "permission denied|read-only|no space left|too large|quota"
"""What the operating system says of a disk that takes nothing; the files are not at fault."""
_LOOKS: Final = 60
_PAUSE: Final = 0.05
"""How often, and how many seconds apart, files that are being moved are opened anew."""


def opened(folder: Path | None, *, read_only: bool) -> pyoxigraph.Store:
    """The engine over the files in a folder, or in memory without one.

    Raises:
        SetupError: another process writes to it, or the files are damaged.
    """
    if folder is None:
        return pyoxigraph.Store()
    try:
        return _reading(folder) if read_only else pyoxigraph.Store(str(folder))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise SetupError(
                f"{folder.parent} is being written by another process; wait until it ends, "
                "or give another folder with --store"
            ) from error
        if re.search(_UNWRITABLE, str(error), re.IGNORECASE):
            raise SetupError(
                f"{folder.parent} cannot be written ({error}); nothing is changed: make room on "
                "the disk or mend its rights, and run the same command again"
            ) from error
        raise SetupError(
            f"{folder.parent} cannot be opened ({error}); build it anew into another folder"
        ) from error


def _reading(folder: Path) -> pyoxigraph.Store:
    for _ in range(_LOOKS):
        before = layout(folder.parent)
        try:
            store = pyoxigraph.Store.read_only(str(folder))
        except (OSError, RuntimeError):
            if layout(folder.parent) == before:
                raise  # nobody took a file away: they are damaged
        else:
            if layout(folder.parent) == before:
                return store
        time.sleep(_PAUSE)
    raise SetupError(f"{folder.parent} is being rewritten; ask again in a moment")

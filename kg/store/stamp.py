"""Words that change when a store does, without opening it."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Final

from kg.errors import SetupError

# Oxigraph's files that hold data or say which files do; readers write others (LOG, LOCK).
_DATA: Final = re.compile(r"\d+\.(?:sst|log|blob)|MANIFEST-\d+|CURRENT")


def stamp(folder: Path) -> str:
    """Changes whenever something is written: hexadecimal digits of names, sizes and times.

    Args:
        folder: of the store; its files are in `data/`.

    Raises:
        SetupError: there is no store any more.
    """
    return _digits(_files(folder))


def layout(folder: Path) -> str:
    """Changes only when a writer moves what it wrote from one file to another.

    Who opens the files in the very moment of such a move may find what was written in neither.

    Raises:
        SetupError: there is no store any more.
    """
    files = _files(folder)
    return _digits([(name, 0 if name.endswith(".log") else size) for name, size, _ in files])


def _files(folder: Path) -> list[tuple[str, int, int]]:
    for _ in range(5):
        try:
            return sorted(
                (file.name, status.st_size, status.st_mtime_ns)
                for file in (folder / "data").iterdir()
                if _DATA.fullmatch(file.name)
                for status in (file.stat(),)
            )
        except FileNotFoundError:
            continue  # a writer took a file away between the two looks
        except OSError as error:
            raise SetupError(f"{folder} cannot be read: {error}") from error
    raise SetupError(f"the store in {folder} is gone; build it anew")


def _digits(found: object) -> str:
    return sha256(repr(found).encode()).hexdigest()[:16]

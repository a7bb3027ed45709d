"""Where the knowledge files are: `ontology/` of a checkout, `kg/_ontology` of an installed wheel."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg.errors import SetupError


@cache
def folder() -> Path:
    """The folder with `conflict.ttl`, lexicons, queries and reference data.

    Raises:
        SetupError: the package was installed without its knowledge files.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_ontology", package.parent / "ontology"):
        if (candidate / "conflict.ttl").is_file():
            return candidate
    raise SetupError("ontology/ is missing from this installation; reinstall conflict-kg")


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of the tab-separated file `ontology/<name>` as dicts of its header line.

    Lines that begin with "#" are comments; missing cells are empty strings.
    """
    path = folder() / name
    with path.open(encoding="utf-8", newline="") as lines:
        content = (line for line in lines if line.strip() and not line.startswith("#"))
        for row in csv.DictReader(content, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {key: (value or "").strip() for key, value in row.items() if key}

"""Libraries that only some formats need: asked for when such a file comes, not before."""

from __future__ import annotations

from kg.errors import DocumentError


def missing(library: str, kind: str) -> DocumentError:
    """The error that says what to install.

    >>> str(missing("warcio", "a web archive"))
    "a web archive needs the library warcio; run pip install 'conflict-kg[formats]'"
    """
    return DocumentError(
        f"{kind} needs the library {library}; run pip install 'conflict-kg[formats]'"
    )

"""Which column of a table, or key of a feed, holds which field of an article."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import SetupError

Names = Mapping[str, tuple[str, ...]]
"""For each field of an article the names it may have, the first that is there counts."""

USUAL: Names = {
    "text": ("text", "body", "content", "article"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publishedAt", "datePublished"),
    "publisher": ("publisher", "source", "outlet"),
    "url": ("url", "link", "address"),
    "language": ("language", "lang"),
}


def names(given: tuple[tuple[str, str], ...]) -> Names:
    """The usual names, those replaced that the user gives.

    >>> names((("text", "story"),))["text"], names(())["title"]
    (('story',), ('title', 'headline'))
    """
    return {**USUAL, **{field: (column,) for field, column in given}}


def columns(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of `text=body,title=headline`.

    >>> columns("text=body, url=link")
    (('text', 'body'), ('url', 'link'))

    Raises:
        SetupError: a part without "=", or a field that articles do not have.
    """
    found = []
    for part in text.split(","):
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if field not in USUAL or not sign or not column:
            raise SetupError(
                f'--columns: "{part.strip()}" is not FIELD=COLUMN; fields are {", ".join(USUAL)}'
            )
        found.append((field, column))
    return tuple(found)

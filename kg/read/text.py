"""Plain text files, kept to the character after an optional header."""

from __future__ import annotations

from collections.abc import Iterator

from kg.read import encoding
from kg.read.article import Article, Reader, Source
from kg.read.header import headed
from kg.records import Rejection


def articles(source: Source) -> Iterator[Article | Rejection]:
    """The one article of a text file."""
    yield headed(encoding.text(source).replace("\r\n", "\n"))


READER = Reader("text", (".txt", ".text"), articles)

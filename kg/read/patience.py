"""Readers that give up a document after a while; the next source is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.deadline import within
from kg.read.article import Article, Reader, Source
from kg.records import Rejection


def patient(reader: Reader, seconds: float) -> Reader:
    """The same reader with a time limit for each article.

    Args:
        reader: of one format.
        seconds: for each article of a source; 0 is no limit.
    """

    def articles(source: Source) -> Iterator[Article | Rejection]:
        found = reader.articles(source)
        while True:
            with within(seconds):
                article = next(found, None)
            if article is None:
                return
            yield article

    return replace(reader, articles=articles)

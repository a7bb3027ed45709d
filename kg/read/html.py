"""Saved web pages: the article's paragraphs and what the page says about it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import DocumentError
from kg.read import encoding
from kg.read.article import Article, Reader, Source
from kg.records import Rejection

FEWEST = 5  # words; what is shorter is a menu or a cookie notice

# Without a fixed upper bound the date found in a page would depend on today.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


class NoArticleError(DocumentError):
    """A page without article text: a front page, a menu, a notice."""


def articles(source: Source) -> Iterator[Article | Rejection]:
    """The one article of a page, one line per paragraph; nothing is fetched.

    Raises:
        DocumentError: the page cannot be read.
        NoArticleError: it holds no article text.
    """
    yield page(encoding.text(source))


def page(markup: str) -> Article:
    """The article of a page's HTML.

    Raises:
        NoArticleError: it holds no article text.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(
        markup,
        include_comments=False,
        include_tables=False,
        include_images=False,
        deduplicate=False,
        with_metadata=True,
        date_extraction_params=_DATES,
    )
    text = found.text if found is not None and not isinstance(found, dict) else None
    if found is None or isinstance(found, dict) or not text or len(text.split()) < FEWEST:
        raise NoArticleError("holds no article text; save the page that shows the whole article")
    return Article(
        text=text,
        title=found.title or "",
        published=found.date or "",
        publisher=found.sitename or found.hostname or "",
        url=found.url or "",
    )


READER = Reader("html", (".html", ".htm", ".xhtml"), articles)

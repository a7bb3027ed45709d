"""RSS and Atom files: one article per entry, with the feed as its publisher."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import DocumentError
from kg.read import encoding
from kg.read.article import Article, Reader, Source
from kg.read.extras import missing
from kg.read.fragments import paragraphs
from kg.records import Rejection

_DATES = ("published", "updated", "created")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)[^>]*(?:\[|<!ENTITY)", re.IGNORECASE)


def articles(source: Source) -> Iterator[Article | Rejection]:
    """The entries of a saved feed, in its order; nothing is fetched.

    The text of an entry is its full content where the feed has it, else its summary.

    Raises:
        DocumentError: no feed, no entry in it, or entities of its own.
    """
    data = encoding.content(source)
    if _DECLARED.search(data):
        raise DocumentError("declares entities of its own, as no feed needs to; save it without")
    try:
        import feedparser
    except ImportError as error:
        raise missing("feedparser", "a feed") from error
    # a stream: feedparser would open a string as a file or an address
    feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=True, sanitize_html=False)
    if not feed.entries:
        fault = "is no RSS or Atom feed" if not feed.version else "has no entries"
        raise DocumentError(f"{fault}; save the feed itself")
    for number, entry in enumerate(feed.entries, start=1):
        yield Article(
            text=_text(entry),
            title=paragraphs(entry.get("title", "")),
            published=next((entry[name] for name in _DATES if entry.get(name)), ""),
            publisher=_publisher(entry, feed.feed),
            url=entry.get("link", "") or _address(entry.get("id", "")),
            language=_language(entry, feed.feed),
            part=f"entry {number}",
        )


def _text(entry: Any) -> str:
    """The longest text that an entry carries."""
    bodies = [one.get("value", "") for one in entry.get("content", ())]
    texts = [paragraphs(body) for body in (*bodies, entry.get("summary", "")) if body]
    return max(texts, key=len, default="")


def _publisher(entry: Any, feed: Any) -> str:
    source = entry.get("source", {})
    return paragraphs(source.get("title", "") or feed.get("title", ""))


def _language(entry: Any, feed: Any) -> str:
    found: str = entry.get("language", "") or feed.get("language", "")
    return found


def _address(identifier: str) -> str:
    return identifier if re.match(r"(?:https?|tag|urn):", identifier) else ""


READER = Reader("feed", (".rss", ".atom", ".xml"), articles)

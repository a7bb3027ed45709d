"""Web archives: the pages in a WARC file, each read as a saved page with its address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.errors import DocumentError
from kg.read import encoding, html, pdf, text
from kg.read.article import FAULTS, MAX_BYTES, Article, Reader, Source, reason
from kg.read.extras import missing
from kg.records import Rejection

KINDS = {
    "text/html": html.READER,
    "application/xhtml+xml": html.READER,
    "application/pdf": pdf.READER,
    "text/plain": text.READER,
}
MAX_SKIPPED = 1_000_000_000
"""Bytes of one record that are read over before the file is held to be a bomb."""


def articles(source: Source) -> Iterator[Article | Rejection]:
    """The articles of an archive, in its order, record by record whatever its size.

    Read are the answers with status 200 (and resources and conversions) that are HTML, PDF or
    plain text; pages that hold no article – most of a crawl – are counted in one rejection.
    The date of a record says when it was fetched, not when it was published: it is not read.

    Raises:
        DocumentError: no archive, or nothing in it that can be read.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise missing("warcio", "a web archive") from error

    seen = other = 0
    try:
        with encoding.opened(source) as stream:
            for number, record in enumerate(ArchiveIterator(stream), start=1):
                reader = _reader(record)
                if reader is None:
                    continue
                seen += 1
                part = f"record {number}"
                try:
                    yield from _read(record, reader, part)
                except html.NoArticleError:
                    other += 1
                except _BombError:
                    raise
                except (DocumentError, *FAULTS) as error:
                    yield Rejection(f"{source.name} {part}", reason(error))
    except ArchiveLoadFailed as error:
        raise DocumentError(f"is no whole WARC file ({error}); fetch it again") from error
    if not seen:
        raise DocumentError("holds no page that was fetched (HTML, PDF or text); nothing to read")
    if other:
        yield Rejection(source.name, f"has {other} of {seen} pages without an article; left out")


class _BombError(DocumentError):
    """A record that goes on for so long that the rest of the file is not read."""


def _reader(record: Any) -> Reader | None:
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    if record.rec_type == "response" and (
        record.http_headers is None or record.http_headers.get_statuscode() != "200"
    ):
        return None
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return KINDS.get(kind)


def _read(record: Any, reader: Reader, part: str) -> Iterator[Article | Rejection]:
    body = record.content_stream()
    data = body.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        _pass(record, body)
        raise DocumentError(f"is over {MAX_BYTES // 1_000_000} MB; nothing to read as an article")
    if not record.raw_stream.read(1) and getattr(record.raw_stream, "limit", 0) > 0:
        raise DocumentError("is cut off; fetch it again")
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    inner = Source(address, "-", lambda: io.BytesIO(data))
    for found in reader.articles(inner):
        if isinstance(found, Article):
            # the page's own canonical address, else the one it was fetched from
            yield replace(found, url=found.url or address.strip("<>"), part=part)


def _pass(record: Any, body: Any) -> None:
    """Reads over the rest of a record.

    Raises:
        _BombError: it goes on for too long.
    """
    size = 0
    while more := body.read(1_000_000):
        size += len(more)
        if size > MAX_SKIPPED:
            name = record.rec_headers.get_header("WARC-Target-URI") or "a record"
            raise _BombError(
                f"unpacks {name[:60]} to over {MAX_SKIPPED // 1_000_000_000} GB; leave it out"
            )


READER = Reader("warc", (".warc", ".warc.gz"), articles)

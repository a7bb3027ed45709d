"""What readers take and give, and how an `Article` becomes a `Document`."""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from urllib.parse import quote

from kg.errors import DocumentError
from kg.read.dates import dateline, day_in_name, published
from kg.records import Document, Field, Rejection
from kg.vocab import ID

log = logging.getLogger(__name__)

MAX_BYTES = 20_000_000
MAX_TEXT = 1_000_000
HEADLINE = 150
MAX_TITLE = 300
MAX_ADDRESS = 4000
SLUG = 60

_ADDRESS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*:)(?P<host>//[^/?#]*)?(?P<rest>\S.*|)", re.DOTALL
)
_HOST = re.compile(r"//(?:[^@:\[\]]*@)?[^@:\[\]]+(?::\d*)?")
# not allowed by RFC 3987: controls, private use, what is no character, and a % before no digits
_NOT_IN_IRI = re.compile(
    r"""[\x00-\x20<>"{}|\\^`\[\]#\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]"""
    r"""|[\U000e0000-\U0010ffff]|%(?![0-9A-Fa-f]{2})"""
    + "".join(
        f"|[{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}]"
        for plane in range(1 << 16, 14 << 16, 1 << 16)
    )
)


# What parsers of other people's files are known to raise on damaged ones.
FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)


def reason(error: Exception, reader: str = "") -> str:
    """What to tell of an error of a reader: its own words, or that the file is damaged."""
    if isinstance(error, DocumentError):
        return str(error)
    fault = f"{type(error).__name__}: {error}"
    return f"is damaged ({f'{reader} reader: ' * bool(reader)}{fault}); save it anew"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read.

    Attributes:
        name: for messages.
        file: file name, or "-".
        open: opens it.
        columns: (field, column) where the user says which column holds a field of an article.
    """

    name: str
    file: str
    open: Callable[[], BinaryIO]
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its file gives it; empty strings where the file says nothing.

    `published` is the date as written. `part` says which of several articles of its file
    it is ("line 3", "message 2"), "" where it is the only one. `dataset` and `fields` are those
    of a `Document`.
    """

    text: str
    title: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    part: str = ""
    dataset: str = ""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """A file format: the suffixes it takes and the function that reads it.

    `articles` yields what it can read; it raises `DocumentError` when the whole source
    is at fault and yields a `Rejection` when one of several articles is.
    """

    name: str
    suffixes: tuple[str, ...]
    articles: Callable[[Source], Iterator[Article | Rejection]]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for documents that do not say themselves.

    `columns` are (field, column): which column of a table, or key of a feed, holds the text,
    title, day of publication (published), publisher, url or language of an article.
    """

    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


def document(article: Article, *, file: str, defaults: Defaults) -> Document:
    """The document of an article, with its IRI, title and day of publication.

    The day comes from the article (a field of its file, else a dateline among its first
    lines), else from `defaults`, else from an ISO date in the file name.

    Raises:
        DocumentError: no text, too much text, an unreadable date, or another language.
    """
    text = article.text.removeprefix("\ufeff").replace("\r\n", "\n")
    _check(text, article)
    # a file with several articles names none of them
    named = "" if article.part else _stem(file)
    title = _cut(" ".join(article.title.split())) or headline(text) or named or opening(text)
    url = address(article.url) or defaults.url
    digest = hashlib.sha256((url or text).encode()).hexdigest()
    return Document(
        iri=f"{ID}article/{slug(title)}-{digest[:12]}",
        text=text,
        title=title,
        published=_published(article, file, defaults),
        publisher=_cut(" ".join(article.publisher.split())) or defaults.publisher,
        url=url,
        origin=f"{file} {article.part}".rstrip(),
        dataset=article.dataset,
        fields=article.fields,
    )


def slug(title: str) -> str:
    """A title as at most 60 characters of a-z, 0-9 and hyphens, cut between words.

    >>> slug("Häfen unter Beschuss: what we know")
    'hafen-unter-beschuss-what-we-know'
    >>> slug("Сводка")
    'article'
    """
    plain = unicodedata.normalize("NFKD", title.lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > SLUG:
        words = words[: SLUG + 1].rpartition("-")[0] or words[:SLUG]
    return words or "article"


def address(url: str) -> str:
    """A web address as an IRI (RFC 3987): what none may hold is percent-encoded.

    >>> address("https://courier.example/port {2}?q=50%")
    'https://courier.example/port%20%7B2%7D?q=50%25'

    Raises:
        DocumentError: it does not begin as an absolute address, its host is none, or it is a
            program and no address.
    """
    trimmed = url.strip()
    if not trimmed:
        return ""
    if re.match(r"(?:javascript|vbscript|data|blob):", trimmed, re.IGNORECASE):
        raise DocumentError(f'"{trimmed[:60]}" is no address of a document; leave it out')
    if len(trimmed) > MAX_ADDRESS:
        raise DocumentError(f"has an address of {len(trimmed):,} characters; shorten it")
    found = _ADDRESS.match(trimmed)
    if not found:
        raise DocumentError(f'"{trimmed[:60]}" is not a full address; begin it with https://')
    host = found["host"] or ""
    if host and not _HOST.fullmatch(_encoded(host)):
        raise DocumentError(f'"{trimmed[:60]}" has no host name that can be; write it as it is')
    rest, mark, fragment = found["rest"].partition("#")
    made = found["scheme"] + _encoded(host) + _encoded(rest)
    return made + (mark + _encoded(fragment) if mark else "")


def _encoded(part: str) -> str:
    return _NOT_IN_IRI.sub(lambda found: quote(found[0], safe=""), part)


def headline(text: str) -> str:
    r"""The first line where it stands as a headline does, else nothing.

    >>> headline("Port shelled again\n\nThe port of Orsk was shelled on Monday.")
    'Port shelled again'
    >>> headline("The port of Orsk was shelled on Monday.\nNobody was hurt.")
    ''
    """
    first, _, rest = text.lstrip().partition("\n")
    first = " ".join(first.split())
    stands = first and len(first) <= HEADLINE and first[-1] not in ".!?:;,…\"'”’)" and rest.strip()
    return first if stands else ""


def opening(text: str) -> str:
    """The first ten words of a text.

    >>> opening("The port was shelled.")
    'The port was shelled.'
    """
    words = text.split(None, 10)
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")


def _cut(title: str) -> str:
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1] + "…"


def _check(text: str, article: Article) -> None:
    if not text.strip():
        raise DocumentError("has no text; nothing to read")
    if len(text) > MAX_TEXT:
        raise DocumentError(
            f"has {len(text):,} characters of text (at most {MAX_TEXT:,}); "
            "split it into single articles"
        )
    for where, written in (
        ("", text),
        (" of its title", article.title),
        (" of its publisher", article.publisher),
        (" of its address", article.url),
    ):
        broken = re.search("[\ud800-\udfff]", written)
        if broken:
            raise DocumentError(
                f"has half a surrogate pair at character {broken.start()}{where}; "
                "write the text anew as UTF-8"
            )
    language = article.language.strip().lower()
    if language and not re.match(r"en\b|eng\b|english\b", language):
        raise DocumentError(f'is declared to be in "{language}"; only English is read')


def _published(article: Article, file: str, defaults: Defaults) -> date | None:
    written = article.published.strip() or dateline(article.text)
    if written:
        return published(written)
    if defaults.published:
        return defaults.published
    day = day_in_name(file)
    if day:
        log.info("%s: day of publication %s taken from the file name", file, day)
    return day


def _stem(file: str) -> str:
    """A file name as a title: no suffix, a capital, spaces for hyphens and underscores."""
    stem = "" if file == "-" else file.rsplit(".", 1)[0]
    words = re.sub(r"(?<=[^\d])[-_]+|[-_]+(?=[^\d])", " ", stem).strip()
    return words[:1].upper() + words[1:]

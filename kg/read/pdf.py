"""PDF files: the text layer, lines joined to paragraphs, running heads left out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from kg.errors import DocumentError
from kg.read import encoding
from kg.read.article import MAX_TEXT, Article, Reader, Source
from kg.records import Rejection

if TYPE_CHECKING:
    from pypdf import PdfReader


def articles(source: Source) -> Iterator[Article | Rejection]:
    """The one article of a PDF file; its date is not the file's date of creation.

    Raises:
        DocumentError: broken, locked, or without a text layer.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    data = encoding.content(source)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("is locked with a password; save an open copy")
        pages = list(_pages(reader))
        title = (reader.metadata.title if reader.metadata else None) or ""
    except (PyPdfError, ValueError, KeyError, RecursionError, OSError) as error:
        raise DocumentError(f"is not a readable PDF ({error}); save it again as PDF") from error
    text = paragraphs([page.split("\n") for page in pages])
    if not text:
        raise DocumentError("has no text layer (scanned pages?); run text recognition on it first")
    yield Article(text=text, title="" if re.search(r"\.\w{3,4}$|^untitled", title, re.I) else title)


def _pages(reader: PdfReader) -> Iterator[str]:
    """The text of each page; a few kilobytes of file may unpack to any amount of it."""
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > MAX_TEXT:
            raise DocumentError(
                f"has over {MAX_TEXT:,} characters of text; split it into single articles"
            )
        yield text


def paragraphs(pages: Sequence[Sequence[str]]) -> str:
    r"""Text of pages of lines: one line per paragraph, words divided at line ends put together.

    A paragraph ends at a blank line, and at a short line that ends a sentence. A divided
    word keeps its hyphen only where the text has it with a hyphen elsewhere.

    >>> paragraphs([["The bom-", "bardment of the port went on for a week.", "", "It ended."]])
    'The bombardment of the port went on for a week.\nIt ended.'
    """
    lines = [line.strip() for page in _bodies(pages) for line in page]
    width = median([len(line) for line in lines if line] or [0])
    known = set(re.findall(r"[\w-]+", " ".join(lines).lower()))
    blocks: list[str] = []
    fresh = True
    for line in lines:
        if line and not fresh:
            blocks[-1] = _joined(blocks[-1], line, known)
        elif line:
            blocks.append(line)
        fresh = not line or (len(line) < 0.8 * width and line[-1] in ".!?”’\"'")
    return "\n".join(blocks)


def _joined(before: str, line: str, known: set[str]) -> str:
    divided = re.search(r"([A-Za-z]+)-$", before)
    rest = re.match(r"[a-z]+", line)
    if not divided or not rest:
        return f"{before} {line}"
    hyphenated = f"{divided[1]}-{rest[0]}".lower() in known
    return before + line if hyphenated else before[:-1] + line


def _bodies(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without the first and last lines that most pages share but for numbers."""
    kept = [list(page) for page in pages]
    for end in (0, -1):
        shapes = Counter(re.sub(r"\d+", "0", page[end].strip()) for page in kept if page)
        repeated = {
            shape for shape, count in shapes.items() if count >= 3 and count * 2 > len(kept)
        }
        for page in kept:
            if page and re.sub(r"\d+", "0", page[end].strip()) in repeated:
                del page[end]
    return kept


READER = Reader("pdf", (".pdf",), articles)

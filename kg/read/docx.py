"""Word files: paragraphs and tables in the order of the page, with the file's title."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import DocumentError
from kg.read import encoding
from kg.read.article import Article, Reader, Source
from kg.read.extras import missing
from kg.read.header import headed
from kg.records import Rejection

if TYPE_CHECKING:
    from docx.table import Table

MAX_UNPACKED = 200_000_000
MAX_PARTS = 10_000
_BODY = "word/document.xml"
_TITLES = ("Title", "Heading 1")


def articles(source: Source) -> Iterator[Article | Rejection]:
    """The one article of a Word file.

    Its title is the first paragraph in the style Title or Heading 1, else the file's property.
    The dates of the file say when it was saved and not when it was published: they are not
    read. A header of lines such as `date: …` at the beginning is read as in a text file.

    Raises:
        DocumentError: no Word file, locked, too large when unpacked, or without text.
    """
    data = encoding.content(source)
    _check(data)
    try:
        import docx
        from docx.table import Table as Grid
    except ImportError as error:
        raise missing("python-docx", "a Word file") from error
    try:
        file = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, SyntaxError, OSError, zipfile.BadZipFile) as error:
        raise DocumentError(f"is not a readable Word file ({error}); save it again") from error
    lines: list[str] = []
    title = ""
    for block in file.iter_inner_content():
        if isinstance(block, Grid):
            lines += _rows(block)
            continue
        text = block.text.strip()
        if text and not title and block.style is not None and block.style.name in _TITLES:
            title = text
        if text:
            lines.append(text)
    if not lines:
        raise DocumentError("has no text; nothing to read")
    found = headed("\n".join(lines))
    yield Article(
        text=found.text,
        title=found.title or title or (file.core_properties.title or "").strip(),
        published=found.published,
        publisher=found.publisher,
        url=found.url,
        language=found.language,
    )


def _rows(table: Table) -> Iterator[str]:
    """Rows of a table, their cells with a bar between them; merged cells once."""
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        kept = [cell for index, cell in enumerate(cells) if cell and cell not in cells[:index]]
        if kept:
            yield " | ".join(kept)


def _check(data: bytes) -> None:
    """Passes a zip with a Word document in it that is no bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise DocumentError("is an old or locked Word file; save an open .docx") from error
        raise DocumentError(f"is not a Word file ({error}); save it as .docx") from error
    if _BODY not in {part.filename for part in parts}:
        raise DocumentError(f"is not a Word file (no {_BODY} in it); save it as .docx")
    # zipfile never unpacks more than the size that is declared here
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise DocumentError(
            f"unpacks to {size / 1_000_000:.0f} MB in {len(parts):,} parts (at most "
            f"{MAX_UNPACKED // 1_000_000} MB); save the text alone"
        )


READER = Reader("docx", (".docx",), articles)

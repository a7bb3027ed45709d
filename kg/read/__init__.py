"""Read: files, folders, feeds and stdin -> `Document` records, or `Rejection`s that say why not.

| part          | gives                                                       |
|---------------|-------------------------------------------------------------|
| `text.py`     | articles of .txt files, with or without header lines        |
| `markdown.py` | articles of .md files, markup taken off                     |
| `html.py`     | articles of saved web pages, without navigation and adverts |
| `pdf.py`      | articles of .pdf files, lines joined to paragraphs          |
| `docx.py`     | articles of Word files (extra `formats`)                    |
| `jsonl.py`    | articles of feeds, one JSON object per line, streamed       |
| `table.py`    | articles of CSV and TSV files, and rows of known data sets   |
| `rows.py`     | a row of a known data set as the text of an article         |
| `columns.py`  | which column or key holds which field of an article         |
| `feeds.py`    | entries of saved RSS and Atom feeds (extra `formats`)       |
| `mail.py`     | e-mails and mailboxes, with readable attachments            |
| `warc.py`     | pages of web archives (extra `formats`)                     |
| `fragments.py` | pieces of HTML as paragraphs                               |
| `extras.py`   | libraries that only some formats need                       |
| `inputs.py`   | the walk over paths, folders and stdin                      |
| `patience.py` | a time limit round each article                            |
| `versions.py` | copies and versions of one article told apart               |
| `article.py`  | what a reader is, and `Article` -> `Document`               |

Other packages add readers through the entry point group `kg.readers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.read import (
    docx,
    feeds,
    html,
    inputs,
    jsonl,
    mail,
    markdown,
    patience,
    pdf,
    table,
    text,
    warc,
)
from kg.read.article import Article, Defaults, Reader, Source
from kg.read.versions import distinct
from kg.records import Document, Rejection

__all__ = ["READERS", "Article", "Defaults", "Reader", "Source", "distinct", "documents"]

READERS: tuple[Reader, ...] = (
    text.READER,
    markdown.READER,
    html.READER,
    pdf.READER,
    docx.READER,
    jsonl.READER,
    table.READER,
    feeds.READER,
    mail.READER,
    mail.MAILBOX,
    warc.READER,
)


def documents(
    paths: Sequence[str], *, defaults: Defaults | None = None, seconds: float = 0
) -> Iterator[Document | Rejection]:
    """Documents of files, folders and stdin ("-"), in the order given, folders sorted.

    Args:
        paths: files, folders (read recursively) or "-".
        defaults: date, publisher and address of documents that do not give their own.
        seconds: that reading one article may take; 0 is no limit.

    Yields:
        One `Document` per article that can be read, one `Rejection` per input that cannot.

    Raises:
        SetupError: `defaults.url` is given for more than one document.
    """
    return inputs.documents(
        paths,
        readers=tuple(patience.patient(one, seconds) for one in (*READERS, *inputs.plugins())),
        defaults=defaults or Defaults(),
    )

"""CSV and TSV files: articles in columns, or rows of a known data set; read row by row."""

from __future__ import annotations

import codecs
import csv
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from kg.datasets import Dataset, recognised
from kg.errors import DocumentError
from kg.read import encoding
from kg.read.article import MAX_BYTES, Article, Reader, Source
from kg.read.columns import Names, names
from kg.read.rows import row
from kg.records import Rejection

log = logging.getLogger(__name__)

SEPARATORS = ",;\t|"
SAMPLE = 1_000_000


def articles(source: Source) -> Iterator[Article | Rejection]:
    """The articles of a table, one per row; a row at fault is a `Rejection`, the next is read.

    The header tells a known data set (`ontology/datasets/`); in any other table a column holds
    the text, one called so as a rule, or the one that `source.columns` names.

    Raises:
        DocumentError: the file cannot be read, or no column holds the text.
    """
    # a field of an article may be longer than what csv takes for one otherwise
    csv.field_size_limit(MAX_BYTES)
    with encoding.opened(source) as stream:
        yield from _rows(stream, source)


def _rows(stream: BinaryIO, source: Source) -> Iterator[Article | Rejection]:
    sample = stream.read(SAMPLE)
    if not sample.strip():
        raise DocumentError("is empty; nothing to read")
    # whole lines only: a sample may end within a character
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    written = encoding.decoded(whole)[1]
    if written not in ("utf-8", "utf-8-sig"):
        log.warning("%s: not UTF-8; read as %s", source.name, written)
    lines = _lines(sample, stream, written)
    first = next(lines, "")
    if not first:
        raise DocumentError("is empty; nothing to read")
    if not first.strip():
        raise DocumentError("begins with an empty line, not with a header; begin with the header")
    separator = max(SEPARATORS, key=first.count)
    table = csv.reader(_chained(first, lines), delimiter=separator)
    try:
        header = [name.strip() for name in next(table, [])]
    except csv.Error as error:
        raise DocumentError(
            f"has no header of a table ({error}); save it as CSV with a line for each row"
        ) from error
    known = None if source.columns else recognised(header)
    fields = names(source.columns) if known else _columns(header, names(source.columns))
    number = 1
    while True:
        part = f"line {table.line_num + 1}"
        try:
            cells = next(table, None)
        except csv.Error as error:
            number += 1
            yield Rejection(
                f"{source.name} {part}", f"is no row of a table ({error}); mend its quotation marks"
            )
            if "field larger" in str(error):
                return
            continue
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        try:
            yield replace(_article(header, cells, known, fields), part=part)
        except DocumentError as error:
            yield Rejection(f"{source.name} {part}", str(error))
    if number == 1:
        raise DocumentError("has a header and no rows; nothing to read")


def _article(header: list[str], cells: list[str], known: Dataset | None, fields: Names) -> Article:
    if len(cells) > len(header):
        raise DocumentError(
            f"has {len(cells)} cells where the header has {len(header)}; put quotation marks "
            "around cells that hold the separator"
        )
    values = dict(zip(header, cells, strict=False))
    if known:
        return row(known, values)
    found = {
        field: next((values[name].strip() for name in of if values.get(name, "").strip()), "")
        for field, of in fields.items()
    }
    if not found["text"]:
        raise DocumentError(f'has nothing in the column "{fields["text"][0]}"; nothing to read')
    return replace(Article(found["text"]), **found)  # type: ignore[arg-type]


def _columns(header: list[str], wanted: Names) -> Names:
    """For each field the columns of this table that may hold it.

    Raises:
        DocumentError: no column holds the text, or one that the user named is not there.
    """
    by_name = {name.casefold(): name for name in reversed(header)}
    found = {
        field: tuple(by_name[name.casefold()] for name in of if name.casefold() in by_name)
        for field, of in wanted.items()
    }
    there = ", ".join(header)[:300]
    for field, of in names(()).items():
        if wanted[field] != of and not found[field]:
            raise DocumentError(f'has no column "{wanted[field][0]}"; it has {there}')
    if not found["text"]:
        raise DocumentError(
            f"has no column of texts; name it: --columns text=COLUMN (it has {there})"
        )
    return found


def _chained(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _lines(sample: bytes, stream: BinaryIO, written: str) -> Iterator[str]:
    """The lines of a stream whose beginning was read already.

    Raises:
        DocumentError: a line of over 20 MB, or bytes that are not in the encoding.
    """
    decoder = codecs.getincrementaldecoder(written)()
    rest, data, place = "", sample, 0
    while True:
        try:
            rest += decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise DocumentError(
                f"is not {written} throughout (byte {place + error.start}); save it as UTF-8"
            ) from error
        place += len(data)
        pieces = rest.split("\n")
        rest = pieces.pop()
        yield from (f"{piece}\n" for piece in pieces)
        if len(rest) > MAX_BYTES:
            raise DocumentError(
                f"has a line of over {MAX_BYTES // 1_000_000} MB, which is no table; save it anew"
            )
        if not data:
            break
        data = stream.read(SAMPLE)
    if rest:
        yield rest


READER = Reader("table", (".csv", ".tsv"), articles)

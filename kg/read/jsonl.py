"""Feeds: one JSON object per line, read line by line whatever the size of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import DocumentError
from kg.read import encoding
from kg.read.article import MAX_BYTES, Article, Reader, Source
from kg.read.columns import Names, names
from kg.records import Rejection


def articles(source: Source) -> Iterator[Article | Rejection]:
    """Articles of a feed in order; a bad line is a `Rejection` and the next line is read.

    Raises:
        DocumentError: the file cannot be opened or has no line with anything in it.
    """
    number, seen = 0, False
    fields = names(source.columns)
    with encoding.opened(source) as stream:
        while line := stream.readline(MAX_BYTES + 1):
            number += 1
            if not line.strip():
                continue
            seen = True
            try:
                _whole(line, stream)
                yield record(line, number, fields)
            except DocumentError as error:
                yield Rejection(f"{source.name} line {number}", str(error))
    if not seen:
        raise DocumentError("is empty; nothing to read")


def record(line: bytes, number: int = 0, known: Names | None = None) -> Article:
    r"""The article of one line of a feed.

    >>> record(b'{"body": "The raid failed.", "date": "2031-05-09"}').published
    '2031-05-09'

    Raises:
        DocumentError: no JSON object, or no text in it.
    """
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(f"is not UTF-8 (byte {error.start}); save the feed as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"is not JSON ({error}); write one object per line") from error
    if not isinstance(values, dict):
        raise DocumentError("is not a JSON object; write one object per line")
    fields: dict[str, Any] = {
        field: _value(values, keys) for field, keys in (known or names(())).items()
    }
    if not fields["text"].strip():
        raise DocumentError(
            'has no text; give it as "text", "body" or "content", or name it: --columns text=KEY'
        )
    return Article(part=f"line {number}" if number else "", **fields)


def _value(values: dict[str, object], keys: tuple[str, ...]) -> str:
    for name in keys:
        value = values.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise DocumentError(
                f'"{name}" is not text ({json.dumps(value)[:40]}); write it in quotes'
            )
        return value
    return ""


def _whole(line: bytes, stream: BinaryIO) -> None:
    """Passes a line that was read to its end, and reads over the rest of a longer one."""
    if len(line) <= MAX_BYTES or line.endswith(b"\n"):
        return
    size = len(line)
    while more := stream.readline(MAX_BYTES):
        size += len(more)
        if more.endswith(b"\n"):
            break
    raise DocumentError(
        f"is {size / 1_000_000:.0f} MB long; at most {MAX_BYTES // 1_000_000} MB per article"
    )


READER = Reader("jsonl", (".jsonl", ".ndjson"), articles)

"""The walk over what the user names: files, folders, stdin."""

from __future__ import annotations

import io
import logging
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import DocumentError, SetupError
from kg.read.article import FAULTS, Article, Defaults, Reader, Source, document, reason
from kg.records import Document, Rejection

log = logging.getLogger(__name__)

_PROLOGUE = rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*"
_SIGNS = (
    (rb"%PDF-", ".pdf"),
    (_PROLOGUE + rb"<(rss|feed|rdf:rdf)\b", ".rss"),
    (_PROLOGUE + rb"<(!doctype html|html)", ".html"),
    (rb"\s*\{\s*\"", ".jsonl"),
    (rb"PK\x03\x04", ".docx"),
    (rb"WARC/\d", ".warc"),
    (rb"From \S+ .*\d\d:\d\d.*\n", ".mbox"),
    (rb"(?:(?:received|return-path|delivered-to|message-id|mime-version): )", ".eml"),
)


def documents(
    paths: Sequence[str], *, readers: Sequence[Reader], defaults: Defaults
) -> Iterator[Document | Rejection]:
    """Documents of all paths; see `kg.read.documents`."""
    if defaults.url and (len(paths) != 1 or Path(paths[0]).is_dir()):
        raise SetupError(
            "--url names one document; give it with one file, or put url: in each header"
        )
    count = 0
    for path in paths:
        for item in _at(path, readers):
            found = item if isinstance(item, Rejection) else _documents(*item, defaults)
            for one in [found] if isinstance(found, Rejection) else found:
                count += isinstance(one, Document)
                yield one
    log.info("read: %d documents", count)


def plugins() -> tuple[Reader, ...]:
    """Readers that other installed packages offer, sorted by name of their entry point.

    Raises:
        SetupError: an entry point cannot be loaded or is no `Reader`.
    """
    readers = []
    for point in sorted(entry_points(group="kg.readers"), key=lambda point: point.name):
        try:
            reader = point.load()
        except (ImportError, AttributeError) as error:
            raise SetupError(
                f"reader plug-in {point.value} cannot be loaded ({error}); remove or repair it"
            ) from error
        if not isinstance(reader, Reader):
            raise SetupError(
                f"reader plug-in {point.value} is no kg.read.Reader; remove or repair it"
            )
        readers.append(reader)
    return tuple(readers)


def _at(path: str, readers: Sequence[Reader]) -> Iterator[tuple[Source, Reader] | Rejection]:
    """Sources with their readers at a path the user named."""
    place = Path(path)
    if path == "-":
        stream = _peekable(sys.stdin.buffer)
        yield Source("-", "-", lambda: stream), _sniffed(stream.peek(512), readers)
    elif place.is_dir():
        yield from _inside(place, readers)
    elif re.match(r"https?://", path):
        yield Rejection(path, "is an address and nothing is fetched; save the page and give --url")
    elif not place.exists():
        yield Rejection(path, "does not exist; check the spelling")
    elif not place.is_file():
        yield Rejection(path, "is no regular file; use - to read from a pipe")
    else:
        reader = _by_suffix(place, readers)
        source = Source(path, place.name, partial(_opened, place))
        if reader is None:
            try:
                with source.open() as opened:
                    reader = _sniffed(opened.read(512), readers)
            except OSError as error:
                yield Rejection(path, f"cannot be read ({error.strerror}); check its rights")
                return
        yield source, reader


def _inside(folder: Path, readers: Sequence[Reader]) -> Iterator[tuple[Source, Reader] | Rejection]:
    """Sources of a folder, sorted by path; hidden things and stores of ours are left out."""
    skipped: Counter[str] = Counter()
    found = 0
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not Path(root, name, "kg-store.json").exists()
        )
        for name in sorted(name for name in files if not name.startswith(".")):
            place = Path(root, name)
            reader = _by_suffix(place, readers)
            if reader is None:
                skipped[place.suffix.lower() or "no suffix"] += 1
                continue
            found += 1
            yield Source(str(place), name, partial(_opened, place)), reader
    kinds = ", ".join(f"{suffix} {count}" for suffix, count in sorted(skipped.items()))
    others = f"{skipped.total()} file{'s' * (skipped.total() != 1)} of other kinds ({kinds})"
    if not found:
        known = " ".join(suffix for reader in readers for suffix in reader.suffixes)
        has = f"has no documents, only {others}" if skipped else "is an empty folder"
        yield Rejection(str(folder), f"{has}; documents end in {known}")
    elif skipped:
        log.warning("%s: skipped %s", folder, others)


def _documents(
    source: Source, reader: Reader, defaults: Defaults
) -> Iterator[Document | Rejection]:
    """Documents of one source."""
    articles = reader.articles(replace(source, columns=defaults.columns))
    while True:
        try:
            article = next(articles, None)
        except (DocumentError, *FAULTS) as error:
            yield Rejection(source.name, reason(error, reader.name))
            return
        if article is None:
            return
        yield article if isinstance(article, Rejection) else _document(article, source, defaults)


def _document(article: Article, source: Source, defaults: Defaults) -> Document | Rejection:
    try:
        made = document(article, file=source.file, defaults=defaults)
    except DocumentError as error:
        return Rejection(f"{source.name} {article.part}".rstrip(), str(error))
    letters = [char for char in made.text[:20_000] if char.isalpha()]
    if sum(char < "ɐ" for char in letters) * 2 < len(letters):
        log.warning("%s: most letters are not Latin; only English is read", source.name)
    return made


def _by_suffix(place: Path, readers: Sequence[Reader]) -> Reader | None:
    name = place.name.lower()
    return next((reader for reader in readers if name.endswith(reader.suffixes)), None)


def _sniffed(start: bytes, readers: Sequence[Reader]) -> Reader:
    """The reader for bytes without a telling name; plain text where nothing else fits."""
    suffix = next((ending for sign, ending in _SIGNS if re.match(sign, start, re.I)), ".txt")
    return next(reader for reader in readers if suffix in reader.suffixes)


def _opened(place: Path) -> BinaryIO:
    return place.open("rb")


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    if hasattr(stream, "peek"):
        return cast("io.BufferedReader", stream)
    return io.BufferedReader(io.BytesIO(stream.read()))

"""Bytes to text: UTF-8 first, then a few old encodings with a note; binary files are refused."""

from __future__ import annotations

import codecs
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from kg.errors import DocumentError
from kg.read.article import MAX_BYTES, Source

log = logging.getLogger(__name__)

OLD_ENCODINGS = ["cp1252", "cp1251", "koi8_r", "cp1256"]
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """The stream of a source.

    Raises:
        DocumentError: it cannot be opened, or not be read further.
    """
    try:
        with source.open() as stream:
            yield stream
    except OSError as error:
        raise DocumentError(
            f"cannot be read ({error.strerror or error}); check the file and its rights"
        ) from error


def content(source: Source) -> bytes:
    """All bytes of a source.

    Raises:
        DocumentError: empty, over 20 MB, or not readable.
    """
    with opened(source) as stream:
        data = stream.read(MAX_BYTES + 1)
    if not data:
        raise DocumentError("is empty; nothing to read")
    if len(data) > MAX_BYTES:
        raise DocumentError(
            f"is over {MAX_BYTES // 1_000_000} MB; "
            "split it into single articles, or give a .jsonl feed"
        )
    return data


def text(source: Source) -> str:
    """The text of a source; an encoding other than UTF-8 is noted in the log.

    Raises:
        DocumentError: as `content` and `decoded`.
    """
    characters, encoding = decoded(content(source))
    if encoding not in ("utf-8", "utf-8-sig"):
        log.warning("%s: not UTF-8; read as %s", source.name, encoding)
    return characters


def decoded(data: bytes) -> tuple[str, str]:
    r"""Text and the name of the encoding it was in.

    >>> decoded("Orsk – the port".encode())
    ('Orsk – the port', 'utf-8')

    Raises:
        DocumentError: the bytes are no text, or text in an unknown encoding.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff"), encoding
            except UnicodeDecodeError as error:
                raise _unknown(error.start) from error
    if is_binary(data):
        raise DocumentError("is binary, not text; give .txt, .md, .html, .pdf, .docx or .jsonl")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        guessed = _guessed(data)
        if guessed is None:
            raise _unknown(error.start) from error
        return guessed


def is_binary(data: bytes) -> bool:
    r"""Whether bytes have a NUL or more than one control character in a hundred.

    >>> is_binary(b"\x89PNG\r\n\x00"), is_binary(b"Orsk\r\n")
    (True, False)
    """
    if data.startswith(b"%PDF-") or b"\0" in data:
        return True
    sample = data[:65536]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 100


def _guessed(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=OLD_ENCODINGS).best()
    return None if best is None else (str(best).removeprefix("\ufeff"), best.encoding)


def _unknown(offset: int) -> DocumentError:
    return DocumentError(
        f"is in an unknown encoding (byte {offset} is not UTF-8); save it as UTF-8"
    )

"""E-mail: single messages (.eml) and mailboxes (.mbox), with attachments of readable kinds."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.errors import MessageError
from email.message import EmailMessage
from typing import BinaryIO, cast

from kg.errors import DocumentError
from kg.read import docx, encoding, html, markdown, pdf, text
from kg.read.article import FAULTS, MAX_BYTES, Article, Reader, Source, reason
from kg.read.fragments import paragraphs
from kg.records import Rejection

ATTACHED: tuple[Reader, ...] = (
    text.READER, markdown.READER, html.READER, pdf.READER, docx.READER,
)  # fmt: skip
MOST_PARTS = 200
DEEPEST = 5
_FIRST = re.compile(rb"From \S+.*\d\d:\d\d")


def messages(source: Source) -> Iterator[Article | Rejection]:
    """The articles of one message: its text, then what is attached.

    Raises:
        DocumentError: no message, or nothing in it that can be read.
    """
    yield from _articles(encoding.content(source), "")


def mailbox(source: Source) -> Iterator[Article | Rejection]:
    """The articles of all messages of a mailbox, read one by one whatever its size.

    Raises:
        DocumentError: the file cannot be opened, or does not begin as a mailbox does.
    """
    number = 0
    with encoding.opened(source) as stream:
        for number, data in enumerate(_split(stream), start=1):
            part = f"message {number}"
            try:
                if data is None:
                    raise DocumentError(f"is over {MAX_BYTES // 1_000_000} MB; save it alone")
                yield from _articles(data, part)
            except DocumentError as error:
                yield Rejection(f"{source.name} {part}", str(error))
    if not number:
        raise DocumentError('is no mailbox: no line begins with "From "; save it as .mbox or .eml')


def _split(stream: BinaryIO) -> Iterator[bytes | None]:
    """The messages of a mailbox, None for one that is too large."""
    lines: list[bytes] = []
    size, begun, blank = 0, False, True
    while line := stream.readline(MAX_BYTES):
        if blank and _FIRST.match(line):
            if begun:
                yield b"".join(lines) if size <= MAX_BYTES else None
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= MAX_BYTES:
                lines.append(re.sub(rb"^>(>*From )", rb"\1", line))
            else:
                lines.clear()
        blank = not line.strip()
    if begun:
        yield b"".join(lines) if size <= MAX_BYTES else None


@dataclass(slots=True)
class _Parts:
    """What a message is made of."""

    plain: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    seen: int = 0


def _articles(data: bytes, part: str) -> Iterator[Article | Rejection]:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = _Parts()
        _sort(message, parts, DEEPEST)
        head = _head(message, part)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise DocumentError(f"is not a readable e-mail ({error}); save it anew") from error
    if not message.keys():
        raise DocumentError("is no e-mail: it has no header lines; save the message itself")
    body = "\n".join(parts.plain).strip() or _page("\n".join(parts.pages))
    if body:
        yield replace(head, text=body)
    attached = list(_attached(parts.files, head))
    yield from attached
    if not body and not attached:
        raise DocumentError("has no text and no attachment that can be read; nothing to read")


def _sort(message: EmailMessage, parts: _Parts, depth: int) -> None:
    """Puts the parts of a message where they belong; what is nested too deep is left out."""
    parts.seen += 1
    if parts.seen > MOST_PARTS:
        raise DocumentError(f"has over {MOST_PARTS} parts; save the text alone")
    if message.is_multipart():
        if depth:
            for one in message.get_payload():
                _sort(cast("EmailMessage", one), parts, depth - 1)
        return
    name = message.get_filename() or ""
    kind = message.get_content_type()
    if message.get_content_disposition() == "attachment" or (name and kind != "text/html"):
        parts.files.append((name, _bytes(message)))
    elif kind == "text/plain":
        parts.plain.append(_plain(message))
    elif kind == "text/html":
        parts.pages.append(encoding.decoded(_bytes(message))[0])


def _bytes(message: EmailMessage) -> bytes:
    found = message.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _plain(message: EmailMessage) -> str:
    """The text of a part in its own character set, lines that were broken to fit joined."""
    data = _bytes(message)
    charset = message.get_content_charset() or "utf-8"
    try:
        found = data.decode(charset)
    except (LookupError, ValueError):
        found = encoding.decoded(data)[0] if data else ""
    lines = found.replace("\r\n", "\n")
    if (message.get_param("format") or "") == "flowed":
        lines = re.sub(r"(?<=[^\n-]) \n(?=[^\n>])", " ", lines)
    return re.sub(r"\n-- \n.*\Z", "\n", lines, flags=re.DOTALL)


def _page(markup: str) -> str:
    """The article of an HTML part, or all its words where no article stands out."""
    if not markup.strip():
        return ""
    try:
        return html.page(markup).text
    except DocumentError:
        return paragraphs(markup)


def _head(message: EmailMessage, part: str) -> Article:
    """Title, day, sender and address of a message; the address is RFC 2392's `mid:`."""
    sender = message["from"]
    names = [one.display_name or one.addr_spec for one in getattr(sender, "addresses", ())]
    key = str(message["message-id"] or "").strip().strip("<>").strip()
    return Article(
        text="",
        title=" ".join(str(message["subject"] or "").split()),
        published=" ".join(re.sub(r"\(.*?\)", "", str(message["date"] or "")).split()),
        publisher=names[0] if names else "",
        url=f"mid:{key}" if key else "",
        part=part,
    )


def _attached(files: list[tuple[str, bytes]], head: Article) -> Iterator[Article | Rejection]:
    """The articles of the attachments that a reader knows, with day and sender of the message."""
    for number, (name, data) in enumerate(files, start=1):
        reader = next((one for one in ATTACHED if name.lower().endswith(one.suffixes)), None)
        if reader is None or not data:
            continue
        part = f"{head.part} attachment {name}".strip()
        source = Source(name, name, lambda data=data: io.BytesIO(data))  # type: ignore[misc]
        try:
            for found in reader.articles(source):
                if isinstance(found, Article):
                    yield replace(
                        found,
                        title=found.title or name.rpartition(".")[0],
                        published=found.published or head.published,
                        publisher=found.publisher or head.publisher,
                        url=found.url or (head.url and f"{head.url}/{number}"),
                        part=part,
                    )
        except (DocumentError, *FAULTS) as error:
            yield Rejection(part, reason(error))


READER = Reader("mail", (".eml",), messages)
MAILBOX = Reader("mailbox", (".mbox", ".mbx"), mailbox)

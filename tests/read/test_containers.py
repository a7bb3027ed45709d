"""Word files, feeds, mails, mailboxes and web archives: what is read, and what is refused."""

from __future__ import annotations

import builtins
import contextlib
import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentError
from kg.read import documents, feeds, mail, warc
from kg.read import docx as word
from kg.read.article import Article, Reader, Source
from kg.read.fragments import paragraphs
from kg.records import Document, Rejection
from tests.read.test_read import PAGE, RAID, pdf

MAY_9 = date(2031, 5, 9)


def read(*paths: Path) -> list[Document | Rejection]:
    return list(documents([str(path) for path in paths]))


def documents_of(path: Path) -> list[Document]:
    found = read(path)
    assert [one for one in found if isinstance(one, Rejection)] == []
    return [one for one in found if isinstance(one, Document)]


def refusal(path: Path) -> str:
    (found,) = read(path)
    assert isinstance(found, Rejection), found
    return found.reason


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- Word -----------------------------------------------------------------------------------


def word_file(*lines: str, title: str = "", prop: str = "") -> bytes:
    made = docx.Document()
    if title:
        made.add_heading(title, 0)
    for line in lines:
        made.add_paragraph(line)
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Dead", "two dockers"
    made.core_properties.title = prop
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_word_file_gives_paragraphs_tables_and_title(tmp_path: Path) -> None:
    (found,) = documents_of(file(tmp_path, "a.docx", word_file(RAID, title="Port raided")))
    assert found.title == "Port raided"
    assert found.text == f"Port raided\n{RAID}\nDead | two dockers"
    assert found.published is None
    header = word_file("date: 2031-05-09", "publisher: Orsk Courier", RAID, prop="By property")
    (found,) = documents_of(file(tmp_path, "b.docx", header))
    assert (found.title, found.published, found.publisher) == (
        "By property", MAY_9, "Orsk Courier",
    )  # fmt: skip
    assert found.text.startswith("Veltrian troops")


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_word_files_that_are_none_are_refused(tmp_path: Path) -> None:
    body = {"word/document.xml": b"<w"}
    assert "is not a Word file" in refusal(file(tmp_path, "a.docx", b"PK\x03\x04 cut"))
    assert "no word/document.xml" in refusal(file(tmp_path, "b.docx", zipped(**{"x.xml": b"<x/>"})))
    assert "is not a readable Word file" in refusal(file(tmp_path, "c.docx", zipped(**body)))
    assert "old or locked" in refusal(file(tmp_path, "d.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600))
    bomb = zipped(**{"word/document.xml": b" " * 210_000_000})
    assert len(bomb) < 1_000_000
    assert "unpacks to 210 MB" in refusal(file(tmp_path, "e.docx", bomb))


def test_word_file_with_an_entity_bomb_ends(tmp_path: Path) -> None:
    good = io.BytesIO(word_file(RAID))
    bomb = io.BytesIO()
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bomb, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = content.decode().replace("Veltrian", "&l9;")
                head, _, rest = text.partition("?>")
                kind = f'<!DOCTYPE w [<!ENTITY l0 "ha">{entities}]>'
                content = f"{head}?>{kind}{rest}".encode()
            new.writestr(name, content)
    (found,) = read(file(tmp_path, "a.docx", bomb.getvalue()))
    assert isinstance(found, Rejection) or "haha" not in found.text


# --- feeds ----------------------------------------------------------------------------------

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Orsk Courier</title><language>en-gb</language>
<item><title>Port &amp;amp; quay raided</title><link>https://c.example/1</link>
<pubDate>Fri, 09 May 2031 21:30:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Veltrian troops <b>raided</b> the port.</p>
<script>alert(1)</script><p>Two died.</p>]]></content:encoded></item>
<item><title>No text</title><link>https://c.example/2</link></item>
<item><title>Bad day</title><pubDate>soon</pubDate><description>The port.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><title type="html">Port &lt;i&gt;raided&lt;/i&gt;</title><id>tag:w.example,2031:1</id>
<updated>2031-05-09T21:30:00Z</updated><summary>The port of Orsk was raided.</summary></entry>
</feed>"""


def test_entries_of_a_feed(tmp_path: Path) -> None:
    good, empty, undated = read(file(tmp_path, "feed.rss", RSS))
    assert isinstance(good, Document)
    assert (good.title, good.published, good.publisher, good.url) == (
        "Port & quay raided", MAY_9, "Orsk Courier", "https://c.example/1",
    )  # fmt: skip
    assert good.text == "Veltrian troops raided the port.\nTwo died."
    assert good.origin == "feed.rss entry 1"
    assert isinstance(empty, Rejection)
    assert empty.origin.endswith("feed.rss entry 2")
    assert isinstance(undated, Rejection)
    assert "YYYY-MM-DD" in undated.reason
    (atom,) = documents_of(file(tmp_path, "feed.xml", ATOM))
    assert (atom.title, atom.published, atom.url) == ("Port raided", MAY_9, "tag:w.example,2031:1")


def test_what_is_no_feed_is_refused(tmp_path: Path) -> None:
    assert "is no RSS or Atom feed" in refusal(file(tmp_path, "a.xml", "<map><x/></map>"))
    empty = "<rss version='2.0'><channel><title>x</title></channel></rss>"
    assert "has no entries" in refusal(file(tmp_path, "b.rss", empty))
    bomb = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + RSS.partition("?>")[2]
    assert "entities of its own" in refusal(file(tmp_path, "c.rss", bomb))
    (found,) = documents_of(file(tmp_path, "no-suffix", ATOM))
    assert found.publisher == "Wire"


@pytest.mark.parametrize("link", ["javascript:alert(1)", " Data:text/html,x", "vbscript:x"])
def test_a_program_is_no_address(tmp_path: Path, link: str) -> None:
    found = read(file(tmp_path, "a.rss", RSS.replace("https://c.example/1", link)))
    assert isinstance(found[0], Rejection)
    assert "is no address of a document" in found[0].reason


def test_a_feed_is_never_taken_for_an_address(tmp_path: Path) -> None:
    for content in ("http://127.0.0.1:9/feed", "file:///etc/passwd", "/etc/passwd"):
        assert "is no RSS or Atom feed" in refusal(file(tmp_path, "a.rss", content))


# --- mail -----------------------------------------------------------------------------------


def letter(body: str = RAID, html: str = "", **files: bytes) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Orsk Courier <desk@courier.example>"
    made["Subject"] = "Port raided – „again“"
    made["Date"] = "Fri, 09 May 2031 21:30:00 +0200 (CEST)"
    made["Message-ID"] = "<1@courier.example>"
    if body:
        made.set_content(body + "\n-- \nOrsk Courier, Quay 1")
    if html and body:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html")
    for name, data in files.items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def test_a_mail_gives_its_plain_text_and_attachments(tmp_path: Path) -> None:
    files = {"more.pdf": pdf(["Tarn was shelled too."]), "map.png": b"\x89PNG", "bad.pdf": b"x",
             "note.docx": word_file("Nobody slept.")}  # fmt: skip
    message = letter(html="<p>Another text altogether.</p>", **files)
    found = read(file(tmp_path, "a.eml", bytes(message)))
    body, more, bad, note = found
    assert isinstance(body, Document)
    assert (body.title, body.published, body.publisher, body.url) == (
        "Port raided – „again“", MAY_9, "Orsk Courier", "mid:1@courier.example",
    )  # fmt: skip
    assert body.text == RAID
    assert isinstance(more, Document)
    assert (more.text, more.title, more.published) == ("Tarn was shelled too.", "more", MAY_9)
    assert more.url == "mid:1@courier.example/1"
    assert isinstance(bad, Rejection)
    assert bad.origin == "attachment bad.pdf"
    assert isinstance(note, Document)
    assert note.text.startswith("Nobody slept.")


def test_a_mail_of_html_alone(tmp_path: Path) -> None:
    (page,) = documents_of(file(tmp_path, "a.eml", bytes(letter("", PAGE))))
    assert "third raid of the week." in page.text
    assert "newsletter" not in page.text
    short = letter("", "<table><tr><td>Orsk fell.</td></tr></table>")
    (found,) = documents_of(file(tmp_path, "b.eml", bytes(short)))
    assert found.text == "Orsk fell."


def test_lines_broken_to_fit_are_joined(tmp_path: Path) -> None:
    raw = (
        "From: a@b.example\nContent-Type: text/plain; format=flowed; charset=x-unknown\n\n"
        "The port of \nOrsk was \nraided.\n\nTwo died.\n"
    )
    (found,) = documents_of(file(tmp_path, "a.eml", raw))
    assert found.text == "The port of Orsk was raided.\n\nTwo died."
    assert found.publisher == "a@b.example"


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    first, second = letter(), letter("Tarn was shelled.\n>From Tarn people fled.")
    del second["Message-ID"]
    lines = b"From desk Fri May  9 21:30:00 2031\n"
    box = lines + bytes(first) + b"\n\n" + lines + bytes(second) + b"\n\n" + lines + b"no header\n"
    one, two, three = read(file(tmp_path, "a.mbox", box))
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.origin, two.origin) == ("a.mbox message 1", "a.mbox message 2")
    assert two.text == "Tarn was shelled.\nFrom Tarn people fled."
    assert isinstance(three, Rejection)
    assert three.origin.endswith("a.mbox message 3")
    assert "is no mailbox" in refusal(file(tmp_path, "b.mbox", "nothing\n"))


def test_mails_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    assert "no text and no attachment" in refusal(file(tmp_path, "a.eml", bytes(letter("x"))[:120]))
    assert "is no e-mail" in refusal(file(tmp_path, "b.eml", "Just a line\nand another\n"))
    many = letter(**{f"{number}.txt": b"x" for number in range(300)})
    assert "over 200 parts" in refusal(file(tmp_path, "c.eml", bytes(many)))


def test_mails_in_mails_end(tmp_path: Path) -> None:
    made = letter()
    for _ in range(40):
        outer = letter("Forwarded.")
        outer.make_mixed()
        outer.attach(made)
        made = outer
    found = read(file(tmp_path, "a.eml", bytes(made)))
    assert all(isinstance(one, Document) for one in found)


# --- web archives ---------------------------------------------------------------------------


def archive(zipped: bool, *pages: tuple[str, str, str, bytes]) -> bytes:
    """A WARC file made by hand: one answer per page, each record a member of its own."""
    records = [record("warcinfo", "", "application/warc-fields", b"software: test")]
    for address, status, kind, body in pages:
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode()
        records.append(
            record("response", address, "application/http;msgtype=response", head + body)
        )
    return b"".join(gzip.compress(one) if zipped else one for one in records)


def record(kind: str, address: str, content: str, block: bytes) -> bytes:
    lines = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Date: 2031-05-10T00:00:00Z"]
    lines += [f"WARC-Target-URI: {address}"] if address else []
    lines += [f"Content-Type: {content}", f"Content-Length: {len(block)}", "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_of_a_web_archive(tmp_path: Path, name: str) -> None:
    plain = PAGE.replace('<link rel="canonical" href="https://courier.example/port">', "")
    content = archive(
        name.endswith("gz"),
        ("https://c.example/a", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
        ("https://c.example/b?x=1", "200 OK", "text/html", plain.replace("third", "4th").encode()),
        ("https://c.example/gone", "404 Not Found", "text/html", PAGE.encode()),
        ("https://c.example/x.js", "200 OK", "text/javascript", b"alert(1)"),
        ("https://c.example/", "200 OK", "text/html", b"<html><body><nav>Home</nav></body></html>"),
        ("https://c.example/r.txt", "200 OK", "text/plain", RAID.encode()),
        ("https://c.example/big", "200 OK", "text/plain", b"A line.\n" * 3_000_000),
    )
    found = read(file(tmp_path, name, content))
    good = [one for one in found if isinstance(one, Document)]
    assert [one.url for one in good] == [
        "https://courier.example/port", "https://c.example/b?x=1", "https://c.example/r.txt",
    ]  # fmt: skip
    assert good[0].published == MAY_9
    reasons = [one.reason for one in found if isinstance(one, Rejection)]
    assert "over 20 MB" in reasons[0]
    assert reasons[1] == "has 1 of 5 pages without an article; left out"


def test_web_archives_that_are_broken_are_refused(tmp_path: Path) -> None:
    assert "is no whole WARC file" in refusal(file(tmp_path, "a.warc", b"hello\n"))
    assert "no page that was fetched" in refusal(file(tmp_path, "b.warc", archive(False)))
    whole = archive(True, ("https://c.example/", "200 OK", "text/plain", RAID.encode()))
    assert all(isinstance(one, Rejection) for one in read(file(tmp_path, "c.warc.gz", whole[:-40])))


# --- all of them ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "module", "content"),
    [
        (word.READER, "docx", word_file(RAID)),
        (feeds.READER, "feedparser", RSS.encode()),
        (warc.READER, "warcio.archiveiterator", archive(False)),
    ],
)
def test_a_missing_library_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, reader: Reader, module: str, content: bytes
) -> None:
    real: Callable[..., Any] = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == module:
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    source = Source("a", "a", lambda: io.BytesIO(content))
    with pytest.raises(DocumentError, match=r"pip install 'conflict-kg\[formats\]'"):
        list(reader.articles(source))


@pytest.mark.parametrize("reader", [word.READER, feeds.READER, mail.READER, mail.MAILBOX,
                                    warc.READER], ids=lambda reader: reader.name)  # fmt: skip
@given(data=st.binary(max_size=300))
def test_any_bytes_are_articles_or_a_reason(reader: Reader, data: bytes) -> None:
    for prefix in (b"", b"From a Fri 21:30:00\nFrom: b\n\n", b"WARC/1.0\r\n", b"<rss><item>"):
        source = Source("a", "a", lambda: io.BytesIO(prefix + data))  # noqa: B023
        with contextlib.suppress(DocumentError):
            found = list(reader.articles(source))
            assert all(isinstance(one, Article | Rejection) for one in found)


@given(st.text(st.characters(codec="utf-8")))
def test_pieces_of_html_lose_scripts_and_keep_lines_whole(text: str) -> None:
    found = paragraphs(text)
    assert found == "\n".join(line.strip() for line in found.split("\n"))

"""Every format and every bad input: what is read, what is refused, and that the rest is built."""

from __future__ import annotations

import io
import json
import logging
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from kg.errors import DocumentError, SetupError
from kg.read import Defaults, documents, jsonl
from kg.read.article import MAX_BYTES, Article, address, document, slug
from kg.read.dates import dateline, published
from kg.read.encoding import decoded
from kg.read.header import headed
from kg.records import Document, Rejection

RAID = "Veltrian troops raided the port of Orsk.\nThe mayor said two dockers were hurt."


def read(*paths: object, defaults: Defaults | None = None) -> list[Document | Rejection]:
    return list(documents([str(path) for path in paths], defaults=defaults))


def only(*paths: object, defaults: Defaults | None = None) -> Document:
    (found,) = read(*paths, defaults=defaults)
    assert isinstance(found, Document), found
    return found


def refused(*paths: object) -> Rejection:
    (found,) = read(*paths)
    assert isinstance(found, Rejection), found
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pdf(*pages: list[str], title: str = "") -> bytes:
    """A PDF with a text layer, made by hand."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(612, 792)
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 50 740 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if title:
        writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# --- plain text and headers ---------------------------------------------------------------


def test_text_is_kept_to_the_character(folder: Path) -> None:
    text = "  Two  spaces,\ttabs – “quotes” \u00a0 e\u0301 🚁\n\nand an end \n"
    assert only(written(folder, "orsk.txt", text)).text == text


def test_line_ends_become_newlines_and_the_byte_order_mark_goes(folder: Path) -> None:
    path = written(folder, "orsk.txt", b"\xef\xbb\xbfOne.\r\nTwo.\r\n")
    assert only(path).text == "One.\nTwo.\n"


HEADERS = [
    "title: Port raided\ndate: 2031-05-09\npublisher: Orsk Courier\nurl: https://c.example/1\n\n",
    '---\ntitle: "Port raided"\ndate: 9 May 2031\nlayout: post\nsource: Orsk Courier\n'
    "url: https://c.example/1\n---\n",
    "# title: Port raided | address: https://c.example/1 | date: 2031-05-09 | "
    "publisher: Orsk Courier\n\n",
    "Title: Port raided\r\nPublished: 2031-05-09T06:00:00+02:00\r\nSource: Orsk Courier\r\n"
    "URL: https://c.example/1\r\n",
]


@pytest.mark.parametrize("header", HEADERS)
def test_every_form_of_header(folder: Path, header: str) -> None:
    found = only(written(folder, "a.txt", header + RAID))
    assert (found.title, found.published, found.publisher, found.url, found.text) == (
        "Port raided",
        date(2031, 5, 9),
        "Orsk Courier",
        "https://c.example/1",
        RAID,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Update: the port is closed.\n" + RAID,
        "The mayor said: title and date are unknown.",
        "# A heading | with bars\n" + RAID,
        "---\nno end of this front matter\n",
        "title:no space after the colon\n",
    ],
)
def test_what_only_looks_like_a_header_stays_text(text: str) -> None:
    assert headed(text) == Article(text=text)


def test_title_without_header(folder: Path) -> None:
    assert only(written(folder, "a.txt", "Port raided\n\n" + RAID)).title == "Port raided"
    assert (
        only(written(folder, "port_of-orsk-2031-05-09.txt", RAID)).title
        == "Port of orsk 2031-05-09"
    )


# --- identity -------------------------------------------------------------------------------


def test_iri_is_slug_and_hash_of_address_or_text(folder: Path) -> None:
    by_text = only(written(folder, "a.txt", "title: Port raided\n\n" + RAID))
    by_url = only(
        written(folder, "b.txt", "title: Port raided\nurl: https://c.example/1\n\n" + RAID)
    )
    again = only(written(folder, "c.txt", "title: Port raided\nurl: https://c.example/1\n\nMore."))
    base = "https://w3id.org/conflict-kg/id/article/port-raided-"
    assert by_text.iri.startswith(base)
    assert len(by_text.iri) == len(base) + 12
    assert by_url.iri == again.iri != by_text.iri


@given(st.text())
def test_slug_is_always_a_path_segment(title: str) -> None:
    made = slug(title)
    assert 0 < len(made) <= 60
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_utf8_of_any_text_comes_back(text: str) -> None:
    article = Article(text=text)
    try:
        made = document(article, file="a.txt", defaults=Defaults())
    except DocumentError:
        assert not text.removeprefix("\ufeff").strip()
    else:
        assert made.text == text.removeprefix("\ufeff").replace("\r\n", "\n")


# --- dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "2031-05-09",
        "20310509",
        "2031-05-09T23:59:59-08:00",
        "9 May 2031",
        "May 9, 2031",
        "Fri, 09 May 2031 21:30:00 GMT",
        "Friday, May 9, 2031",
    ],
)
def test_full_dates_are_read(words: str) -> None:
    assert published(words) == date(2031, 5, 9)


@pytest.mark.parametrize(
    "words",
    [
        "soon",
        "yesterday",
        "May 2031",
        "2031",
        "2031-13-40",
        "31 June 2031",
        "05/09/2031",
        "1936080000",
    ],
)
def test_anything_less_than_a_full_date_is_refused_with_a_remedy(words: str) -> None:
    with pytest.raises(DocumentError, match="YYYY-MM-DD") as error:
        published(words)
    assert f'"{words}"' in str(error.value)


def test_date_of_header_then_dateline_then_option_then_file_name(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    option = Defaults(published=date(2031, 1, 3))
    caplog.set_level(logging.INFO)
    header = written(folder, "2031-01-04.txt", "date: 2031-01-01\n\n2 January 2031\n" + RAID)
    line = written(folder, "a-2031-01-04.txt", "Port raided\n\nThursday, January 2, 2031\n" + RAID)
    name = written(folder, "b-2031-01-04.txt", RAID)
    assert only(header, defaults=option).published == date(2031, 1, 1)
    assert only(line, defaults=option).published == date(2031, 1, 2)
    assert only(name, defaults=option).published == date(2031, 1, 3)
    assert not caplog.messages or "file name" not in caplog.text
    assert only(name).published == date(2031, 1, 4)
    assert "b-2031-01-04.txt: day of publication 2031-01-04 taken from the file name" in caplog.text
    assert only(written(folder, "c.txt", RAID)).published is None


def test_a_sentence_that_ends_in_a_date_is_no_dateline() -> None:
    assert dateline("It fell on 9 May 2031\n") == ""


# --- other formats --------------------------------------------------------------------------


def test_markdown_loses_its_markup(folder: Path) -> None:
    text = (
        "---\ndate: 2031-05-09\n---\n# Port raided\n\nTroops *raided* the\n[port](https://x.ex) "
        "of **Orsk**.\n\n> “Nobody slept,” she said.\n\n- one ferry\n- two tugs\n\n"
        "```\ncode\n```\n![map](m.png)\n"
    )
    found = only(written(folder, "a.md", text))
    assert found.title == "Port raided"
    assert found.text == (
        "Port raided\n\nTroops raided the port of Orsk.\n\n“Nobody slept,” she said.\n\n"
        "one ferry\n\ntwo tugs"
    )


PAGE = """<!doctype html><html lang="en"><head><title>Port raided | Orsk Courier</title>
<meta property="og:title" content="Port raided">
<meta property="og:site_name" content="Orsk Courier">
<meta property="article:published_time" content="2031-05-09T08:00:00+02:00">
<link rel="canonical" href="https://courier.example/port"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Port raided</h1>
<p>The port of Orsk was raided on Monday, the governor said, and two dockers were hurt in the
<b>third</b> raid of the week.</p><p>“We will rebuild,” said Mayor Ilse Brandt. The Veltrian
army denied any part in it and blamed the coastal guard.</p><script>alert(1)</script></article>
<footer>Subscribe to our newsletter</footer></body></html>"""


def test_web_page_gives_paragraphs_and_metadata(folder: Path) -> None:
    found = only(written(folder, "page.html", PAGE))
    assert (found.title, found.published, found.publisher, found.url) == (
        "Port raided",
        date(2031, 5, 9),
        "Orsk Courier",
        "https://courier.example/port",
    )
    lines = found.text.split("\n")
    assert any(line.endswith("third raid of the week.") for line in lines)
    assert any(line.startswith("“We will rebuild,”") for line in lines)
    assert not any(word in found.text for word in ("Sport", "newsletter", "alert"))


HEADS = {
    "JSON-LD": """<script type="application/ld+json">{"@context": "https://schema.org",
        "@type": "NewsArticle", "headline": "Port raided", "datePublished": "2031-05-09T08:00:00Z",
        "dateModified": "2031-06-01", "publisher": {"@type": "Organization",
        "name": "Orsk Courier"}}</script><link rel="canonical" href="https://c.example/port">""",
    "Open Graph": """<meta property="og:title" content="Port raided">
        <meta property="og:site_name" content="Orsk Courier">
        <meta property="og:url" content="https://c.example/port">
        <meta property="article:published_time" content="2031-05-09T08:00:00+02:00">
        <meta property="article:modified_time" content="2031-06-01">""",
    "Dublin Core": """<title>Port raided</title><meta name="DC.date" content="2031-05-09">
        <meta name="DC.publisher" content="Orsk Courier">
        <link rel="canonical" href="https://c.example/port">""",
    "plain names": """<title>Port raided - Orsk Courier</title>
        <meta name="pubdate" content="2031-05-09">
        <meta name="application-name" content="Orsk Courier"><link rel="canonical" href="/port">
        <meta property="og:url" content="https://c.example/port">""",
}


@pytest.mark.parametrize("name", HEADS)
def test_web_page_says_its_title_day_publisher_and_address_in_many_ways(
    folder: Path, name: str
) -> None:
    start, end = PAGE.index("<title>"), PAGE.index("</head>")
    found = only(written(folder, "page.html", PAGE[:start] + HEADS[name] + PAGE[end:]))
    assert (found.title, found.published, found.publisher, found.url) == (
        "Port raided",
        date(2031, 5, 9),
        "Orsk Courier",
        "https://c.example/port",
    )
    assert "newsletter" not in found.text


def test_pdf_lines_become_paragraphs(folder: Path) -> None:
    head = "Orsk Courier, page {}"
    content = pdf(
        [head.format(1), "The bombardment of the port of Orsk went on for a", "week, and the bom-",
         "bardment of Tarn began. Nobody was hurt.", "A second paragraph has a long-"],
        [head.format(2), "range gun in it. The long-range gun fired twice."],
        [head.format(3), "The end came on Monday."],
        title="Port shelled",
    )  # fmt: skip
    found = only(written(folder, "a.pdf", content))
    assert found.title == "Port shelled"
    assert "the bombardment of Tarn" in found.text
    assert "a long-range gun in it" in found.text
    assert "page" not in found.text


def test_feed_line_by_line(folder: Path) -> None:
    lines = [
        json.dumps(
            {"title": "One", "text": RAID, "published": "2031-05-09", "publisher": "Courier"}
        ),
        "",
        json.dumps(
            {"headline": "Two", "body": RAID + " More.", "source": {"id": None, "name": "Wire"}}
        ),
        '{"text": "broken"',
        '["no object"]',
        json.dumps({"title": "No text", "text": "  "}),
        json.dumps({"text": RAID, "date": "soon"}),
        json.dumps({"text": RAID, "date": 1936080000}),
        json.dumps({"text": RAID, "language": "ru"}),
        json.dumps({"content": RAID, "url": "https://w.example/3"}),
        '{"text": "half a pair \\ud83d"}',
        json.dumps({"text": RAID, "url": "w.example/3"}),
    ]
    found = read(written(folder, "feed.jsonl", "\n".join(lines)))
    good = [one for one in found if isinstance(one, Document)]
    bad = {one.origin.rsplit(" ", 1)[1]: one.reason for one in found if isinstance(one, Rejection)}
    assert [one.title for one in good][:2] == ["One", "Two"]
    assert [one.publisher for one in good] == ["Courier", "Wire", None]
    assert [one.origin for one in good] == [f"feed.jsonl line {number}" for number in (1, 3, 10)]
    assert set(bad) == {"4", "5", "6", "7", "8", "9", "11", "12"}
    assert bad["7"] == '"soon" is not a date; use YYYY-MM-DD'
    assert all(";" in reason or "remedy" in reason for reason in bad.values())


def test_a_50_mb_line_is_read_over(folder: Path) -> None:
    long = b'{"text": "' + b"x" * 50_000_000 + b'"}\n'
    good = json.dumps({"text": RAID}).encode() + b"\n"
    found = read(written(folder, "feed.jsonl", good + long + good.replace(b"two", b"ten")))
    assert [type(one) for one in found] == [Document, Rejection, Document]
    rejection = found[1]
    assert isinstance(rejection, Rejection)
    assert rejection.origin.endswith("feed.jsonl line 2")
    assert rejection.reason == "is 50 MB long; at most 20 MB per article"


def test_record_of_a_feed_needs_text() -> None:
    with pytest.raises(DocumentError, match="give it as"):
        jsonl.record(b'{"title": "x"}')


# --- encodings ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The café at the port of Orsk was hit – “terror”, Governor Müller said.", "cp1252"),
        ("Губернатор сообщил об атаке на порт. Пять человек погибли, двое ранены.", "cp1251"),
        ("The port was hit.", "utf-16"),
    ],
)
def test_old_encodings_are_read_and_noted(
    folder: Path, caplog: pytest.LogCaptureFixture, text: str, encoding: str
) -> None:
    found = only(written(folder, "a.txt", text.encode(encoding)))
    assert found.text == text
    assert f"a.txt: not UTF-8; read as {encoding}" in caplog.text


def test_text_in_another_script_is_noted(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    only(written(folder, "a.txt", "Губернатор сообщил об атаке на порт."))
    assert "a.txt: most letters are not Latin; only English is read" in caplog.text


@given(st.binary())
def test_any_bytes_are_text_or_a_document_error(data: bytes) -> None:
    fault = ""
    try:
        text, encoding = decoded(data)
    except DocumentError as error:
        fault = str(error)
    assert ";" in fault if fault else (isinstance(text, str) and encoding)


# --- bad input ------------------------------------------------------------------------------

BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n", "has no text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0", "is binary"),
    "noise.txt": (bytes(range(1, 32)) * 20, "is binary"),
    "report.txt": (b"%PDF-1.7 ...", "is binary"),
    "line.txt": (b"x" * 1_500_000, "has 1,500,000 characters of text"),
    "huge.txt": (b"A short line.\n" * 1_500_000, "is over 20 MB"),
    "mega.txt": (b"x" * 50_000_000, "is over 20 MB"),
    "half.txt": ("Orsk".encode("utf-16") + b"x", "is in an unknown encoding"),
    "date.txt": (b"date: soon\n\nThe port was hit.", '"soon" is not a date; use YYYY-MM-DD'),
    "url.txt": (b"url: port.html\n\nThe port was hit.", "is not a full address"),
    "russian.txt": (b"language: ru\n\nThe port was hit.", 'declared to be in "ru"'),
    "broken.pdf": (b"%PDF-1.4 nothing follows", "is not a readable PDF"),
    "false.pdf": (b"This is no PDF.", "is not a readable PDF"),
    "scan.pdf": (pdf([]), "has no text layer"),
    "menu.html": (
        b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "holds no article text",
    ),
    "empty.html": (b"", "is empty"),
    "empty.jsonl": (b"\n", "is empty"),
    "binary.jsonl": (b"\xff\xfe\x00\x01\n", "is not UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_names_file_fault_and_remedy_and_the_others_are_read(
    folder: Path, name: str
) -> None:
    content, fault = BAD[name]
    bad = written(folder, name, content)
    written(folder, "a.txt", RAID)
    written(folder, "z.txt", RAID + " More.")
    found = read(folder)
    (rejection,) = [one for one in found if isinstance(one, Rejection)]
    assert rejection.origin.startswith(str(bad))
    assert fault in rejection.reason
    assert ";" in rejection.reason, "no remedy"
    assert len(found) == 3


def test_unreadable_bom_file_is_refused(folder: Path) -> None:
    assert "UTF-8" in refused(written(folder, "a.txt", b"\xef\xbb\xbf\xff\xff")).reason


def test_missing_path_address_and_other_things(folder: Path) -> None:
    assert "does not exist" in refused(folder / "none.txt").reason
    assert "nothing is fetched" in refused("https://news.example/a").reason
    assert "is binary" in refused(written(folder, "picture", b"\x89PNG\0")).reason


def test_locked_pdf(folder: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(["Nobody may read this."])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "locked with a password" in refused(written(folder, "a.pdf", out.getvalue())).reason


def test_folder_without_documents(folder: Path) -> None:
    assert refused(folder).reason.startswith("is an empty folder; documents end in .txt")
    written(folder, "a.png", b"1")
    written(folder, "b.odt", b"1")
    assert (
        "has no documents, only 2 files of other kinds (.odt 1, .png 1)" in refused(folder).reason
    )


# --- folders and stdin ----------------------------------------------------------------------


def test_folder_is_read_recursively_in_order(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("b/2.txt", "a/1.md", "c.txt", "b/10.TXT"):
        written(folder, name, f"The port was hit {name}.")
    written(folder, ".git/x.txt", "hidden")
    written(folder, "kg-store/kg-store.json", "{}")
    written(folder, "kg-store/data/x.txt", "no article")
    written(folder, ".hidden.txt", "hidden")
    written(folder, "picture.png", b"1")
    origins = [one.origin for one in read(folder)]
    assert origins == ["c.txt", "1.md", "10.TXT", "2.txt"]
    assert "skipped 1 file of other kinds (.png 1)" in caplog.text


def test_a_file_without_suffix_is_recognised_by_its_first_bytes(folder: Path) -> None:
    assert only(written(folder, "page", PAGE)).publisher == "Orsk Courier"
    assert only(written(folder, "feed", json.dumps({"text": RAID}))).text == RAID
    assert only(written(folder, "note", RAID)).text == RAID


@pytest.mark.parametrize(
    ("content", "title"),
    [(RAID.encode(), "Veltrian troops raided the port of Orsk. The mayor said …"),
     (PAGE.encode(), "Port raided"),
     (json.dumps({"text": RAID, "title": "One"}).encode(), "One")],
)  # fmt: skip
def test_stdin(monkeypatch: pytest.MonkeyPatch, content: bytes, title: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    found = only("-")
    assert found.title == title
    assert found.origin.startswith("-")


def test_defaults_fill_gaps_only(folder: Path) -> None:
    given = Defaults(published=date(2031, 1, 1), publisher="Desk", url="https://d.example/1")
    bare = only(written(folder, "a.txt", RAID), defaults=given)
    assert (bare.published, bare.publisher, bare.url) == (
        date(2031, 1, 1),
        "Desk",
        "https://d.example/1",
    )
    full = only(written(folder, "b.txt", HEADERS[0] + RAID), defaults=given)
    assert (full.publisher, full.url) == ("Orsk Courier", "https://c.example/1")


def test_one_address_cannot_name_a_folder(folder: Path) -> None:
    with pytest.raises(SetupError, match="--url names one document"):
        read(folder, defaults=Defaults(url="https://d.example/1"))


def test_address_is_made_safe() -> None:
    assert address("https://c.example/a b<c>") == "https://c.example/a%20b%3Cc%3E"


def test_limits_are_the_documented_ones() -> None:
    assert MAX_BYTES == 20_000_000

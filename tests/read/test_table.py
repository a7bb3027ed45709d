"""Tables: columns as articles, and what is refused."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.datasets import datasets, namings, recognised
from kg.errors import DocumentError, SetupError
from kg.read import Defaults, documents, table
from kg.read.article import Article, Source
from kg.read.columns import columns
from kg.read.rows import rendered
from kg.records import Document, Rejection
from tests.read.test_read import RAID

TABLES = Path(__file__).parents[1] / "fixtures" / "tables"


def read(path: Path, given: str = "") -> list[Document | Rejection]:
    named = columns(given) if given else ()
    return list(documents([str(path)], defaults=Defaults(columns=named)))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path, given: str = "") -> str:
    (found,) = read(path, given)
    assert isinstance(found, Rejection), found
    return found.reason


ROW = '"{text}"{s}Port raided{s}2031-05-09{s}https://c.example/1\n'


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_columns_with_usual_names_need_no_mapping(tmp_path: Path, separator: str) -> None:
    header = separator.join(["Body", "Headline", "Date", "Link", "empty"])
    path = written(tmp_path, "a.csv", f"{header}\n{ROW.format(text=RAID, s=separator)}")
    (found,) = read(path)
    assert isinstance(found, Document)
    assert (found.title, found.published, found.url, found.text) == (
        "Port raided",
        date(2031, 5, 9),
        "https://c.example/1",
        RAID,
    )
    assert (found.origin, found.dataset) == ("a.csv line 2", "")


def test_columns_as_the_user_names_them(tmp_path: Path) -> None:
    path = written(tmp_path, "a.tsv", f'Story\tTopic\tsource\n"{RAID}"\tPort\tWire\n\n')
    assert "name it: --columns text=COLUMN (it has Story, Topic, source)" in refusal(path)
    (found,) = read(path, "text=story, title=Topic")
    assert isinstance(found, Document)
    assert (found.text, found.title, found.publisher) == (RAID, "Port", "Wire")
    assert 'has no column "x"; it has Story' in refusal(path, "text=x")
    feed = written(tmp_path, "a.jsonl", '{"story": "The port fell.", "text": "no", "h": "Port"}')
    (record,) = read(feed, "text=story,title=h")
    assert isinstance(record, Document)
    assert (record.text, record.title) == ("The port fell.", "Port")


@pytest.mark.parametrize("given", ["text", "body=text", "text=", "text=a,,title=b"])
def test_a_mapping_that_is_none_says_what_one_is(given: str) -> None:
    with pytest.raises(SetupError, match="FIELD=COLUMN; fields are text, title"):
        columns(given)


def test_a_row_at_fault_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    lines = ['text,date', f'"{RAID}",2031-05-09', '"",2031-05-09', '"Orsk fell.",soon',
             'Orsk, the port, fell.,2031-05-09', '"Orsk fell again.",2031-05-10']  # fmt: skip
    found = read(written(tmp_path, "a.csv", "\n".join(lines)))
    assert [type(one) for one in found] == [Document, Rejection, Rejection, Rejection, Document]
    origins = [one.origin.rpartition("a.csv ")[2] for one in found]
    assert origins == ["line 2", "line 4", "line 5", "line 6", "line 7"]
    assert "has 4 cells where the header has 2" in str(found[3])


def test_tables_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    assert "is empty" in refusal(written(tmp_path, "a.csv", ""))
    assert "is empty" in refusal(written(tmp_path, "f.csv", b"\xff\xfe"))
    assert "begins with an empty line" in refusal(written(tmp_path, "g.csv", "\ntext\na\n"))
    assert "a header and no rows" in refusal(written(tmp_path, "b.csv", "text,title\n"))
    assert "is binary" in refusal(written(tmp_path, "c.csv", b"\0\1\2"))
    long = b"text,title\n" + b"x" * 25_000_000
    assert "line of over 20 MB" in refusal(written(tmp_path, "d.csv", long))
    open_quote = b'text,title\n"' + b"A line.\n" * 3_000_000
    assert "field larger" in refusal(written(tmp_path, "e.csv", open_quote))
    late = b"text\n" + b"Orsk fell.\n" * 100_000 + b"\xff\xfe\n"
    assert read(written(tmp_path, "f.csv", late))[-1].origin == str(tmp_path / "f.csv")


def test_an_old_encoding_is_read_and_cut_between_characters(tmp_path: Path) -> None:
    content = "text\n" + "Häfen und Brücken fell – again.\n" * 60_000
    assert len(content.encode()) > table.SAMPLE
    found = read(written(tmp_path, "a.csv", content))
    assert len(found) == 60_000
    assert {one.text for one in found if isinstance(one, Document)} == {
        "Häfen und Brücken fell – again."
    }
    (document,) = read(written(tmp_path, "b.csv", "text\nThe café fell.\n".encode("cp1252")))
    assert isinstance(document, Document)
    assert document.text == "The café fell."


def test_rows_of_known_data_sets_are_articles() -> None:
    ged = read(TABLES / "ged.csv")
    first = ged[0]
    assert isinstance(first, Document)
    assert first.dataset == "ucdp-ged"
    assert first.title == "UCDP GED 9001: Government of Ukraine - Orsk Front, Sumy city, 2031-03-04"
    assert (first.published, first.url) == (date(2031, 3, 6), "urn:x-ucdp-ged:9001")
    assert (first.publisher, first.origin) == ("UCDP GED", "ged.csv line 2")
    cells = {one.column: first.text[one.span.start : one.span.end] for one in first.fields}
    assert cells["side_b"] == "Orsk Front"
    assert "\nbest: 6\nhigh: 9\nlow: 4" in first.text
    assert "adm_2" not in cells
    acled = read(TABLES / "acled.csv")[0]
    assert isinstance(acled, Document)
    assert (acled.dataset, acled.published) == ("acled", date(2031, 3, 5))
    assert acled.url == "urn:x-acled:ORD1"


def test_a_known_data_set_can_be_read_as_a_plain_table() -> None:
    found = read(TABLES / "acled.csv", "text=notes,published=event_date")[0]
    assert isinstance(found, Document)
    assert (found.dataset, found.published) == ("", date(2031, 3, 4))
    assert found.text.startswith("On 4 March 2031")


def test_a_row_without_its_key_is_refused(tmp_path: Path) -> None:
    header = (TABLES / "acled.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert '"event_id_cnty", which tells rows apart' in refusal(
        written(tmp_path, "a.csv", f"{header}\n,2031-03-04\n")
    )


def test_the_rules_of_data_sets_are_whole() -> None:
    for one in datasets():
        assert recognised(one.columns("header")) == one
        for use in (
            "publisher",
            "key",
            "class",
            "place",
            "latitude",
            "longitude",
            "first",
            "reach",
        ):
            assert one.of(use), (one.name, use)
        assert all(float(rule.words) > 0 for rule in one.of("reach"))
        plain = {(rule.column, rule.value) for rule in one.of("class") if not rule.words}
        assert {(rule.column, rule.value) for rule in one.of("class")} == plain
    assert namings()[-1].pattern.fullmatch("any name") is not None


@given(st.dictionaries(st.text(min_size=1), st.text(st.characters(codec="utf-8"))))
def test_the_text_of_a_row_holds_its_cells_where_they_are_said_to_stand(
    cells: dict[str, str],
) -> None:
    text, fields = rendered(cells)
    for one in fields:
        assert text[one.span.start : one.span.end].strip()
        assert text[: one.span.start].endswith(f"{one.column}: ")


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_reason(data: bytes) -> None:
    source = Source("a", "a", lambda: io.BytesIO(b"text,title\n" + data))
    try:
        found = list(table.articles(source))
    except DocumentError as error:
        found = [Rejection("a", str(error))]
    assert all(isinstance(one, Article | Rejection) for one in found)

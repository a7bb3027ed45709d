"""Sets on our own sentences and cues: loaders and scorers, on invented data, without a model."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bench.quality import actuality, dated, speakers
from bench.quality.records import Figure, Measured
from kg.extract.attributions import Attribution
from kg.extract.sayings import SAID
from kg.link.dates import Interval
from kg.records import Entity, Fact, Form, Frame, Link, Linked, Mention, Span, Term
from training.markup import Marked, plain

FEWEST = 120
"""Sentences that each part of a table has at least."""


def put(path: Path, *rows: str) -> Path:
    path.write_text("# a comment\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def figure(measured: Measured, name: str) -> Figure:
    return next(one for one in measured.figures if one.name == name)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


# ── actuality ───────────────────────────────────────────────────────────────────────────────


def event(anchor: Span, value: str, kind: str = "Shelling") -> Frame:
    return Frame(kind, anchor, anchor, (("actuality", Term(value)),), "events.verb.attack")


def test_marked_words_keep_their_place(tmp_path: Path) -> None:
    table = put(
        tmp_path / "actuality.tsv",
        "family\tsentence",
        'scope\tThey "{Actual:shelled}" it and {Planned/Possible:blow up} more.',
        "negation\tNobody was {Denied:killed}.",
    )
    first, second = actuality.rows(table)
    assert first.text == 'They "shelled" it and blow up more.'
    assert [first.text[m.span.start : m.span.end] for m in first.marks] == ["shelled", "blow up"]
    assert [mark.gold for mark in first.marks] == [("Actual",), ("Planned", "Possible")]
    assert (second.number, second.family) == (2, "negation")
    assert [actuality.part(row.number) for row in (first, second)] == ["open", "sealed"]


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("They shelled it.", "mark event words"),
        ("They {Actual:shelled} {it.", "mark event words"),
        ("They {Done:shelled} it.", "Done: no actuality"),
    ],
)
def test_a_bad_mark_is_told_with_its_place(tmp_path: Path, sentence: str, fault: str) -> None:
    table = put(tmp_path / "actuality.tsv", "family\tsentence", f"scope\t{sentence}")
    with pytest.raises(ValueError, match=f"sentence 1: .*{fault}"):
        list(actuality.rows(table))


def test_the_event_that_shares_most_answers() -> None:
    words = Span(10, 17)
    figures = Frame("CasualtyFigure", words, words, (), "figures")
    frames = (event(Span(0, 11), "Denied"), figures, event(Span(10, 16), "Possible"))
    assert actuality.found(frames, words) == "Possible"
    assert actuality.found(frames[:1], words) == "Denied"
    assert actuality.found((figures,), words) is None
    assert actuality.found(frames, Span(30, 34)) is None


def answers(*found: tuple[int, str, str | None]) -> list[actuality.Answer]:
    """Answers of invented rows: number, gold, found."""
    made = []
    for number, gold, got in found:
        text, marks = actuality.parsed(f"Word{number} {{{gold}:shelled}}")
        row = actuality.Row(number, "scope", text, marks)
        made.append(actuality.Answer(row, marks[0], got))
    return made


def test_accuracy_is_over_the_events_found_in_each_part() -> None:
    found = actuality.scored(
        answers(
            (1, "Actual", "Actual"),
            (3, "Denied/Possible", "Possible"),
            (5, "Denied", "Actual"),
            (7, "Denied", None),
            (2, "Planned", "Planned"),
            (4, "Planned", "Demanded"),
            (6, "Planned", None),
        )
    )
    assert figure(found, "open") == Figure("open", right=2, gold=3)
    assert figure(found, "open found") == Figure("open found", right=3, gold=4)
    assert figure(found, "sealed") == Figure("sealed", right=1, gold=2)
    assert figure(found, "sealed found") == Figure("sealed found", right=2, gold=3)
    assert figure(found, "open Actual") == Figure("open Actual", right=1, gold=1, found=2)
    assert figure(found, "open Possible") == Figure("open Possible", right=1, gold=1, found=1)
    assert set(found.confusions) == {
        ("Actual", "Actual", 1),
        ("Possible", "Possible", 1),
        ("Denied", "Actual", 1),
        ("Denied", "–", 1),
    }
    assert [error.kind for error in found.errors] == ["Denied read as Actual", "Denied not found"]
    assert found.errors[0].context == "scope: Word5 [[shelled]]"
    assert {*actuality.HEADLINES} <= {one.name for one in found.figures}


def test_the_sentences_of_the_table_are_many_and_of_all_sorts() -> None:
    rows = list(actuality.rows(actuality.TABLE))
    assert len({row.text for row in rows}) == len(rows)
    for name in actuality.PARTS:
        of_part = [row for row in rows if actuality.part(row.number) == name]
        golds = Counter(mark.gold[0] for row in of_part for mark in row.marks)
        assert len(of_part) >= FEWEST
        assert min(golds[value] for value in actuality.VALUES) >= 15


# ── dates ───────────────────────────────────────────────────────────────────────────────────

TUESDAY = "Rebels shelled Besh on Tuesday, the army said."
HEAD = "kind\tpublished\tsentence\tearliest\tlatest\tprecision"


def dates_row(gold: tuple[Interval, ...], number: int = 1) -> dated.Row:
    where = span(TUESDAY, "Tuesday")
    return dated.Row(number, "weekday", date(2031, 3, 5), TUESDAY, where, gold)


def time(text: str, words: str) -> Mention:
    return Mention(span(text, words), words, "Time", Form.NOMINAL, words, span(text, words))


def shelling(*times: tuple[str, str | Term | Mention]) -> tuple[Frame, Fact]:
    """An event at "shelled" as a frame with its time, and as the fact made of it."""
    where = span(TUESDAY, "shelled")
    frame = Frame("Shelling", where, where, (("time", time(TUESDAY, "on Tuesday")),), "x")
    roles = tuple((role, value) for role, value in times if not isinstance(value, Mention))
    return frame, Fact("iri", "Shelling", where, where, roles, "x", 0.8)


def test_rows_of_dates(tmp_path: Path) -> None:
    table = put(
        tmp_path / "dates.tsv",
        HEAD,
        "weekday\t2031-03-05\tIt fell {on Tuesday}.\t2031-03-04\t2031-03-04\tDay",
        "open end\t\tIt was held {until 2029}.\t-\t2029-12-31\tYear/Unknown",
        "calendar\t2031-03-05\tIt fell {during Ramadan}.\t\t\t",
    )
    first, second, third = dated.rows(table)
    assert first.published == date(2031, 3, 5)
    assert first.text[first.span.start : first.span.end] == "on Tuesday"
    assert first.gold == (Interval("2031-03-04", "2031-03-04", "Day"),)
    assert (second.published, second.gold[1]) == (None, Interval(None, "2029-12-31", "Unknown"))
    assert third.gold == ()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("weekday\t2031-03-05\tIt fell on Tuesday.\t\t\t", "mark one time"),
        ("weekday\t2031-03-05\tIt {fell} {on Tuesday}.\t\t\t", "mark one time"),
        ("weekday\t2031-03-05\tIt fell {today}.\t2031-03-05\t\tDay", "give earliest"),
        ("weekday\t2031-03-05\tIt fell {today}.\t2031-03-05\t2031-03-04\tDay", "is after"),
        ("weekday\t2031-03-05\tIt fell {today}.\t2031-03-05\t2031-03-05\tDays", "no precision"),
        ("weekday\tsoon\tIt fell {today}.\t2031-03-05\t2031-03-05\tDay", "soon"),
    ],
)
def test_a_bad_row_is_told_with_its_place(tmp_path: Path, row: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"sentence 1: .*{fault}"):
        list(dated.rows(put(tmp_path / "dates.tsv", HEAD, row)))


def test_the_fact_that_holds_the_words_answers() -> None:
    row = dates_row((Interval("2031-03-04", "2031-03-04", "Day"),))
    mentions = (time(TUESDAY, "on Tuesday"),)
    frame, fact = shelling(
        ("earliest", "2031-03-11"), ("latest", "2031-03-11"), ("timePrecision", Term("Day"))
    )
    found = dated.answered(row, mentions, (frame,), (fact,))
    assert found.interval == Interval("2031-03-11", "2031-03-11", "Day")
    assert (found.held, found.right, found.same_days) == (True, False, False)
    frame, fact = shelling(("timePrecision", Term("Unresolved")))
    assert dated.answered(row, mentions, (frame,), (fact,)).interval is None


def test_words_that_no_fact_holds_are_resolved_all_the_same() -> None:
    row = dates_row((Interval("2031-03-04", "2031-03-04", "Day"),))
    found = dated.answered(row, (time(TUESDAY, "on Tuesday"),), (), ())
    assert (found.right, found.held) == (True, False)
    assert dated.answered(row, (time(TUESDAY, "said"),), (), ()).mention is None


def test_an_open_end_is_no_date() -> None:
    _, fact = shelling(("latest", "2029-12-31"), ("timePrecision", Term("Year")))
    assert dated.interval(fact) == Interval(None, "2029-12-31", "Year")


def test_matches_are_exact_and_words_may_stay_words() -> None:
    day, week = (Interval("2031-03-04", "2031-03-04", name) for name in ("Day", "Week"))
    mention = time(TUESDAY, "on Tuesday")
    found = dated.scored(
        [
            dated.Answer(dates_row((day,)), mention, day, held=True),
            dated.Answer(dates_row((day, week), 3), mention, week),
            dated.Answer(dates_row((day,), 5), mention, week),
            dated.Answer(dates_row((day,), 7), None, None),
            dated.Answer(dates_row((), 9), None, None),
            dated.Answer(dates_row((), 11), mention, day),
            dated.Answer(dates_row((day,), 2), mention, None),
        ]
    )
    assert figure(found, "open") == Figure("open", right=3, gold=6)
    assert figure(found, "open same days") == Figure("open same days", right=4, gold=6)
    assert figure(found, "open found") == Figure("open found", right=3, gold=4)
    assert figure(found, "open in a fact") == Figure("open in a fact", right=1, gold=4)
    assert figure(found, "open left as words") == Figure("open left as words", right=1, gold=2)
    assert figure(found, "sealed") == Figure("sealed", right=0, gold=1)
    assert [error.kind for error in found.errors] == [
        "weekday other precision",
        "weekday not found",
        "weekday taken for a date",
    ]
    assert {*dated.HEADLINES} <= {one.name for one in found.figures}


def test_the_dates_of_the_table_are_many_and_of_all_sorts() -> None:
    rows = list(dated.rows(dated.TABLE))
    assert len({(row.published, row.text) for row in rows}) == len(rows)
    for name in dated.PARTS:
        of_part = [row for row in rows if dated.part(row.number) == name]
        assert len(of_part) >= FEWEST
        assert sum(not row.gold for row in of_part) >= 10
        precisions = {one.precision for row in of_part for one in row.gold}
        assert precisions == {*dated.PRECISIONS}


# ── speakers ────────────────────────────────────────────────────────────────────────────────

CORPUS_TEXT = (
    "[CON@q1 The bridge fell], [SRC@q1 [PER#ml Mila Lesko]] [CUE@q1 by=ml|said].\n"
    "[CON@q2 It stands], [PRO#ml she] [CUE@q2 by=ml|added] later; "
    "[CUE@q3 by=men|according to] two [NOM.Person#men men], [CON@q3 it burns].\n"
    "[PER#ml Lesko] [CUE@q4|wept]."
)


def marked() -> Marked:
    text, marks = plain(CORPUS_TEXT)
    header = (("title", "A bridge falls"), ("date", "2031-03-05"), ("publisher", "Harbour Wire"))
    return Marked("07-bridge", header, text, marks)


def claim(text: str, at: str, cue: str, claimant: str, extractor: str = "claims.indirect") -> Fact:
    where = span(text, at)
    mention = Mention(where, at, "Person", Form.PRONOUN, at, where)
    roles = (("claimant", Link(mention, claimant, "name", 1.0)), ("cue", cue))
    return Fact(f"{claimant}/{at}", "Claim", where, Span(0, len(text)), roles, extractor, 0.8)


def linked(*facts: Fact) -> Linked:
    people = (
        Entity("mila", "Person", "Mila Lesko"),
        Entity("army", "ArmedForce", "Army of Velm", ("Velmish army",)),
    )
    return Linked(people, (), facts)


def test_only_cues_whose_speaker_has_a_name_are_asked_for() -> None:
    one = marked()
    found = list(speakers.cues(one))
    assert [one.text[c.span.start : c.span.end] for c in found] == ["said", "added"]
    assert found[1].names == ("Mila Lesko", "Lesko")
    document = speakers.document(one)
    assert (document.published, document.publisher) == (date(2031, 3, 5), "Harbour Wire")
    assert document.text == one.text


def test_a_claim_stands_at_its_cue() -> None:
    text = marked().text
    right, own = claim(text, "said", "said", "mila"), claim(text, "added", "", "army", "claims.own")
    assert speakers.voiced((right, own), (), text, span(text, "said")) == (right,)
    assert speakers.voiced((right, own), (), text, span(text, "added")) == ()
    assert list(speakers.claimants((right,), linked(right))) == [("Mila Lesko",)]


def test_a_claim_that_stands_elsewhere_is_found_by_its_attribution() -> None:
    text = marked().text
    away = claim(text, "It stands", "added", "army")
    cue = span(text, "added")
    known = Attribution(cue, 1, SAID, (), span(text, "she"), (span(text, "It stands"),), "Indirect")
    assert speakers.voiced((away,), (known,), text, cue) == (away,)
    assert speakers.voiced((away,), (), text, cue) == ()
    assert speakers.voiced((away,), (known,), text, span(text, "said")) == ()


def test_accuracy_is_over_the_cues_found_and_over_all() -> None:
    one = marked()
    first, second = speakers.cues(one)
    found = speakers.scored(
        [
            speakers.Answer(one.text, first, (("M. Lesko",),)),
            speakers.Answer(one.text, first, (("Army of Velm", "Velmish army"),)),
            speakers.Answer(one.text, second, ()),
            speakers.Answer(one.text, second, (("Army of Velm",), ("Mila Lesko",))),
        ]
    )
    assert figure(found, "cues found") == Figure("cues found", right=3, gold=4)
    assert figure(found, "over cues found") == Figure("over cues found", right=2, gold=3)
    assert figure(found, "over all cues") == Figure("over all cues", right=2, gold=4)
    assert [error.kind for error in found.errors] == ["another speaker", "cue not found"]
    assert found.errors[0].words == "Mila Lesko ≠ Army of Velm"
    assert "[[added]]" in found.errors[1].context
    assert {*speakers.HEADLINES} <= {one.name for one in found.figures}


def test_texts_that_are_kept_back_are_needed(tmp_path: Path) -> None:
    assert speakers.missing(tmp_path, tmp_path).startswith("no text that is kept back")

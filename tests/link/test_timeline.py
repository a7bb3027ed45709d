"""Time expressions that lean on what was told before them."""

from __future__ import annotations

from datetime import date

import pytest

from kg.link.dates import Interval
from kg.link.timeline import Timeline
from kg.records import Extraction, Form, Frame, Mention, Span, Term

PUBLISHED = date(2031, 8, 20)


def _time(words: str, sentence: int, tense: str = "") -> Mention:
    span = Span(100 * sentence, 100 * sentence + len(words))
    return Mention(
        span, words, "Time", Form.NOMINAL, words.lower(), span, sentence=sentence, tense=tense
    )


def _interval(
    *times: Mention, actuality: str = "Actual", published: date | None = PUBLISHED
) -> Interval | None:
    """When the last of some times was, told of an event of that actuality."""
    last = times[-1]
    frame = Frame(
        "Shelling", last.span, last.span, (("actuality", Term(actuality)), ("time", last)), "t", 1.0
    )
    return Timeline(published, Extraction((), (frame,), times)).interval(frame, last)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("the day before", "2031-08-11", "2031-08-11"),
        ("two days later", "2031-08-14", "2031-08-14"),
        ("that night", "2031-08-12", "2031-08-13"),
        ("hours later", "2031-08-12", "2031-08-12"),
        ("by noon", None, "2031-08-12"),
        ("at 04:20", "2031-08-12T04:20:00", "2031-08-12T04:20:00"),
        ("two days later, at 04:20", "2031-08-14T04:20:00", "2031-08-14T04:20:00"),
        ("before dawn on the following day", "2031-08-13", "2031-08-13"),
        ("on the previous Sunday", "2031-08-10", "2031-08-10"),
        ("on Monday", "2031-08-18", "2031-08-18"),
        ("later that day", "2031-08-12", "2031-08-12"),
        ("later in the day", "2031-08-12", "2031-08-12"),
        ("the week after", "2031-08-18", "2031-08-24"),
        ("next week", "2031-08-25", "2031-08-31"),
    ],
)
def test_the_event_told_before_is_the_anchor(words: str, earliest: str | None, latest: str) -> None:
    found = _interval(_time("on 12 August", 0), _time(words, 1))
    assert found is not None
    assert (found.earliest, found.latest) == (earliest, latest)


def test_without_an_anchor_the_words_stay_words() -> None:
    assert _interval(_time("two days later", 0)) is None
    assert _interval(_time("two days later", 0), published=None) is None


def test_a_bare_hour_far_from_its_event_is_of_the_day_of_publication() -> None:
    found = _interval(_time("on 12 August", 0), _time("at noon", 9))
    assert found == Interval("2031-08-20", "2031-08-20", "Day")


def test_what_is_to_come_is_no_anchor_of_what_was() -> None:
    found = _interval(
        _time("on 12 August", 0), _time("on Friday", 1, "Future"), _time("the next day", 2, "Past")
    )
    assert found == Interval("2031-08-13", "2031-08-13", "Day")


def test_the_tense_of_the_words_goes_before_the_actuality_of_the_event() -> None:
    ordered = _interval(_time("on Friday", 0, "Past"), actuality="Planned")
    assert ordered == Interval("2031-08-15", "2031-08-15", "Day")
    could = _interval(_time("on Friday", 0, "Future"), actuality="Possible")
    assert could == Interval("2031-08-22", "2031-08-22", "Day")


def test_a_date_that_would_lie_a_year_off_is_the_one_near_publication() -> None:
    times = (_time("on 2 September", 0),)
    found = Timeline(PUBLISHED, Extraction((), (), times)).interval(None, times[0])
    assert found == Interval("2031-09-02", "2031-09-02", "Day")
    assert _interval(*times) == Interval("2030-09-02", "2030-09-02", "Day")

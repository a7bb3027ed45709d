"""Which mentions a pronoun can mean by where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.link.pronouns import _outer
from kg.records import Form, Mention, Span


def _mention(start: int, length: int, form: Form) -> Mention:
    span = Span(start, start + length)
    return Mention(span, "x", "Person", form, name="x", head=span)


MENTIONS = st.lists(
    st.builds(_mention, st.integers(0, 12), st.integers(1, 6), st.sampled_from(Form)), max_size=8
)


@given(MENTIONS)
def test_what_lies_within_another_phrase_is_left_out(mentions: list[Mention]) -> None:
    inner = {
        m.span
        for m in mentions
        for o in mentions
        if m.span != o.span and m.span.within(o.span) and o.form is not Form.PRONOUN
    }
    assert _outer(mentions) == [m for m in mentions if m.span not in inner]

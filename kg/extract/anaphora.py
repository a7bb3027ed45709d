"""The chains of a text: the span group `coreference` of a Doc, as ties of head words."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.records import Anaphor, Span


def anaphora(doc: Doc) -> tuple[Anaphor, ...]:
    """All phrases that an earlier one explains, in text order; none for other pipelines.

    A list ("A and B") explains, but nothing is said of what explains it.
    """
    group = doc.spans.get("coreference")
    if group is None:
        return ()
    heads = [_span(doc[at]) for at in group.attrs["heads"]]
    members = [tuple(_span(doc[at]) for at in listed) for listed in group.attrs["members"]]
    found = [
        Anaphor(heads[at], heads[earlier], score, members[earlier][1:])
        for at, (earlier, score) in enumerate(
            zip(group.attrs["antecedents"], group.attrs["scores"], strict=True)
        )
        if earlier >= 0 and heads[earlier] != heads[at] and not members[at]
    ]
    return tuple(sorted(found, key=lambda one: (one.head, one.antecedent)))


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))

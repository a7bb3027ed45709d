"""All extractors over one document, in the one order in which they build on each other."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extract.absences import absences
from kg.extract.allusions import allusions
from kg.extract.anaphora import anaphora
from kg.extract.answers import answers
from kg.extract.attributions import attributions
from kg.extract.claims import claims
from kg.extract.equipment import lots
from kg.extract.events import events, lost, told
from kg.extract.figures import figures
from kg.extract.phrases import NOMINAL, mention
from kg.extract.posts import positions
from kg.extract.relations import relations
from kg.extract.times import event_times, times
from kg.records import Extraction, Frame, Mention


def extraction(doc: Doc) -> Extraction:
    """Everything that a document says, unlinked.

    Args:
        doc: annotated with Universal Dependencies, tags, lemmas and names.

    Returns:
        Mentions and frames sorted by position; each event, figure, position, membership
        and control state is the content of at least one claim.
    """
    _remember_sentences(doc)
    counted = lots(doc)
    drafts = (*allusions(doc, events(doc, counted)), *absences(doc))
    kit = lost(counted, drafts)
    happenings = tuple(told(event) for event in drafts)
    numbers = figures(doc, happenings)
    states = (*positions(doc), *relations(doc))
    stated = (*happenings, *numbers, *states)
    said = answers(doc, claims(doc, stated, attributions(doc)), attributions(doc))
    frames = (*kit, *stated, *said)
    return Extraction(
        mentions=_mentions(doc, frames),
        frames=tuple(sorted(frames, key=lambda f: (f.anchor, f.evidence, f.kind))),
        times=event_times(doc),
        anaphora=anaphora(doc),
    )


def _remember_sentences(doc: Doc) -> None:
    """Lets `token.sent` and `span.sent` look the sentence up: spaCy searches from the first one."""
    sentence_of = [sent for sent in doc.sents for _ in sent]
    doc.user_token_hooks["sent"] = lambda token: sentence_of[token.i]
    doc.user_span_hooks["sent"] = lambda span: sentence_of[span.start]


def _mentions(doc: Doc, frames: Iterable[Frame]) -> tuple[Mention, ...]:
    found: dict[tuple[int, int], Mention] = {}
    days = [time.span for time in times(doc)]
    for token in doc:
        if token.pos_ in NOMINAL or token.ent_type_:
            one = mention(token)
            if one is not None and not any(one.span.within(day) for day in days):
                found.setdefault((one.span.start, one.span.end), one)
    for frame in frames:
        for _, value in frame.roles:
            if isinstance(value, Mention) and value.kind != "Time":
                found.setdefault((value.span.start, value.span.end), value)
    return tuple(found[key] for key in sorted(found))

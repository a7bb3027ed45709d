"""Attributions as the network reads them: the span group `quotes` of a Doc, put together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.tokens import Span as Slice

from kg.extract.contents import trimmed
from kg.records import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A cue with the words that it ties together.

    Attributes:
        cue: the words of saying.
        source: who says it, the longest stretch that the network gives; None where it gives none.
        content: stretches of text in order, without border punctuation.
        likely: whether the network rather than not takes the words for a cue.
    """

    cue: Slice
    source: Slice | None
    content: tuple[Span, ...]
    likely: bool


def readings(doc: Doc) -> tuple[Reading, ...]:
    """Likely cues, whose content may be unseen, and unsure ones; none for other pipelines."""
    grouped: defaultdict[str, defaultdict[str, list[Slice]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for span in doc.spans.get("quotes", ()):
        grouped[span.id_][span.label_].append(span)
    found = []
    for parts in grouped.values():
        spans = [trimmed(doc, s.start, s.end) for s in parts["CONTENT"]]
        content = tuple(span for span in spans if span is not None)
        cue = [*parts["CUE"], *parts["MAYBE"]][0]
        source = max(parts["SOURCE"], key=lambda s: (len(s), -s.start), default=None)
        found.append(Reading(cue, source, content, bool(parts["CUE"])))
    return tuple(sorted(found, key=lambda r: r.cue.start))

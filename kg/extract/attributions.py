"""Who said what: attributions with source, cue and content (the terms of PARC and PolNeAR).

A first pass reads the parse word by word (`proposed`), what it finds is held against the
network (`agreed`), and every direct quotation is given its speaker (`spoken`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract import cues
from kg.extract.agreed import agreed
from kg.extract.contents import runs
from kg.extract.cues import Cue, lemma, passive
from kg.extract.proposed import adjoined, governed, lines, nested, openings
from kg.extract.quotes import Quotation, quotations
from kg.extract.sayings import Saying, meaning_of
from kg.extract.sources import NOUNS, beside
from kg.extract.spoken import give_speakers
from kg.extract.views import views
from kg.extract.written import written
from kg.records import Span

QUOTING = ("quote", "cite")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One piece of content with the words that attribute it.

    Attributes:
        cue: characters of the cue ("has said", "according to"); of the opening mark for a
            quotation that follows another without a cue of its own.
        word: index of the cue's head token, -1 where there is no cue.
        meaning: the row of `cues.tsv` that applies.
        sources: token indices of the heads of who says it; several where two speak at once.
        source: characters of the whole source phrase, None where nobody is named.
        content: stretches of text, in order, half-open code points.
        form: "Direct", "Indirect" or "Mixed".
        medium: "Telegram", "statement", "" where none is named.
        relays: token indices of who passed it on ("quoted by Izvestia", "told Reuters").
        negated: whether the saying itself is denied ("did not say", "made no comment").
        quoted: whether somebody quoted directly says so of somebody else ("he told me …").
    """

    cue: Span
    word: int
    meaning: Cue
    sources: tuple[int, ...]
    source: Span | None
    content: tuple[Span, ...]
    form: str
    medium: str = ""
    relays: tuple[int, ...] = ()
    negated: bool = False
    quoted: bool = False

    def holds(self, span: Span) -> bool:
        """Whether the characters lie in the content."""
        return any(span.within(part) for part in self.content)


def attributions(doc: Doc) -> tuple[Attribution, ...]:
    """All attributions of a document in the order of their cues; none gives an empty tuple."""
    cached: tuple[Attribution, ...] | None = doc.user_data.get("kg_attributions")
    if cached is None:
        cached = tuple(_attributions(doc))
        doc.user_data["kg_attributions"] = cached
    return cached


def _attributions(doc: Doc) -> Iterator[Attribution]:
    quotes = quotations(doc)
    drafts = [*nested([*governed(doc), *adjoined(doc)]), *views(doc), *lines(doc), *openings(doc)]
    drafts = agreed(doc, drafts)
    drafts = [d for d in drafts if _confine(d, quotes)]
    _pass_on(drafts)
    give_speakers(doc, drafts, [q for q in quotes if q.speech])
    for draft in drafts:
        _complete(draft, quotes)
    seen: set[tuple[Span, tuple[Span, ...]]] = set()
    for draft in sorted(drafts, key=lambda d: (d.cue.start, d.cue.end)):
        spans = tuple(merged(draft.content, written(doc)))
        if spans and (draft.cue, spans) not in seen:
            seen.add((draft.cue, spans))
            yield _finished(doc, draft, spans)


def _pass_on(drafts: list[Saying]) -> None:
    """In "…, the army said, according to the Herald" the latter passes on the former's words."""
    for outer in drafts:
        if outer.meaning.pos != "ADP":
            continue
        for inner in drafts:
            gap = outer.cue.start - inner.cue.end
            if inner is outer or not 0 <= gap <= 60 or inner.source is None:
                continue
            if not any(part.end <= inner.cue.start for part in inner.content):
                continue
            if any(part.overlaps(outer.cue) for part in inner.content) or gap <= 2:
                inner.content = [p for p in inner.content if not p.overlaps(outer.cue)]
                named = Span(inner.source.idx, inner.source.idx + len(inner.source))
                outer.content += [inner.cue, named]


def _confine(draft: Saying, quotes: tuple[Quotation, ...]) -> bool:
    """Keep an attribution made within a quotation inside of it, and a writer's cue outside.

    Within direct speech only what is said by third parties counts: "I think" and "you know"
    are how the speaker speaks.
    """
    for quote in quotes:
        if draft.cue.within(quote.span):
            clipped = [_clip(span, quote.inner) for span in draft.content]
            draft.content = [span for span in clipped if span is not None]
            if quote.speech:
                draft.quoted = True
                speaker = draft.source
                return (
                    draft.meaning.kind == "speech"
                    and speaker is not None
                    and speaker.lower_ not in ("i", "we", "you", "me", "us", "my", "our", "your")
                )
        elif quote.speech and draft.source is not None:
            at = Span(draft.source.idx, draft.source.idx + 1)
            if at.within(quote.span):
                draft.source = beside(draft.word) if draft.word is not None else None
    return True


def _clip(span: Span, within: Span) -> Span | None:
    start, end = max(span.start, within.start), min(span.end, within.end)
    return Span(start, end) if start < end else None


def _complete(draft: Saying, quotes: tuple[Quotation, ...]) -> None:
    """Take in whole what a border of the content cuts through: a quoted word or phrase.

    Beside direct speech the writer's own words count only where they lead into it.
    """
    if draft.quotes:
        draft.content = [
            part
            for part in draft.content
            if any(part.overlaps(q.span) or 0 <= q.span.start - part.end <= 2 for q in draft.quotes)
        ]
    for quote in quotes:
        if draft.cue.overlaps(quote.span):
            continue
        for part in list(draft.content):
            if part.overlaps(quote.span) and not quote.span.within(part):
                draft.content.append(quote.span)


def merged(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """Spans in order, joined where they overlap or only white space lies between.

    >>> list(merged([Span(5, 9), Span(0, 4), Span(8, 12)], "abcd efghijkl"))
    [Span(start=0, end=12)]
    """
    current: Span | None = None
    for span in sorted(spans):
        if current is not None and not text[current.end : span.start].strip(" \n\r\t,"):
            current = Span(current.start, max(current.end, span.end))
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current


def _finished(doc: Doc, draft: Saying, spans: tuple[Span, ...]) -> Attribution:
    covered = [q for q in draft.quotes if any(q.span.within(s) for s in spans)]
    inside = covered or [q for q in quotations(doc) if any(q.span.within(s) for s in spans)]
    form = "Mixed" if inside else "Indirect"
    if (
        draft.verbatim
        or covered
        and sum(q.span.end - q.span.start for q in covered)
        >= 0.8 * sum(s.end - s.start for s in spans)
    ):
        form = "Direct"
    speaker = draft.source
    return Attribution(
        cue=draft.cue,
        word=draft.word.i if draft.word is not None else -1,
        meaning=meaning_of(draft),
        sources=_heads(speaker) if speaker is not None else (),
        source=_phrase(speaker, draft, spans) if speaker is not None else None,
        content=spans,
        form=form,
        medium=_medium(draft.word, speaker) if draft.word is not None else "",
        relays=tuple(_relays(draft.word)) if draft.word is not None else (),
        negated=draft.word is not None and cues.negated(draft.word),
        quoted=draft.quoted,
    )


def _heads(speaker: Token) -> tuple[int, ...]:
    found = [speaker]
    for head in found:
        found.extend(c for c in head.children if c.dep_ == "conj" and c.pos_ in NOUNS)
    return tuple(sorted(t.i for t in found))


def _phrase(speaker: Token, draft: Saying, spans: tuple[Span, ...]) -> Span | None:
    """Characters of the whole source phrase, without cue, content and preposition."""
    doc = speaker.doc
    kept = []
    for token in sorted(speaker.subtree, key=lambda t: t.i):
        at = Span(token.idx, token.idx + len(token))
        if at.within(draft.cue) or any(at.within(s) for s in spans):
            continue
        if token.head == speaker and token.dep_ in ("case", "punct") and token.lower_ != "'s":
            if token.i < speaker.i or token.dep_ == "punct" and token.i == speaker.right_edge.i:
                continue
        kept.append(token.i)
    for span in runs(doc, kept):
        if span.start <= speaker.idx < span.end:
            return span
    return Span(speaker.idx, speaker.idx + len(speaker))


def _medium(word: Token, speaker: Token | None) -> str:
    """The platform, or else the form, that "on Telegram", "in a statement" names."""
    phrases = [c for c in word.children if c.dep_.startswith(("obl", "nsubj", "advmod", "nmod"))]
    if speaker is not None and speaker.head.dep_ == "nsubj":
        phrases.append(speaker.head)
    if word.dep_ in ("acl", "acl:relcl"):
        phrases.append(word.head)
    form = ""
    for phrase in phrases:
        for token in sorted(phrase.subtree, key=lambda t: t.i):
            kind, name = cues.media().get(lemma(token), cues.media().get(token.lower_, ("", "")))
            if kind == "platform" and token.pos_ == "PROPN" and phrase.dep_ != "nsubj":
                return name
            if kind == "form" and not form and token in (phrase, phrase.head):
                form = name
    return form


def _relays(word: Token) -> Iterator[int]:
    """Who passed it on: "quoted by the Herald", and whom it was told, for the linker to judge."""
    agent_of = [word] if passive(word) and lemma(word) in QUOTING else []
    if word.head.pos_ == "VERB" and lemma(word.head) in QUOTING and passive(word.head):
        agent_of.append(word.head)
    for child in word.children:
        if child.dep_ == "nsubj":
            agent_of += [c for c in child.children if c.dep_ == "acl" and lemma(c) in QUOTING]
        if child.dep_ in ("obj", "iobj") and lemma(word) == "tell" and child.pos_ == "PROPN":
            yield child.i
    for verb in agent_of:
        for child in verb.children:
            if child.dep_.startswith("obl") and any(c.lower_ == "by" for c in child.children):
                yield child.i

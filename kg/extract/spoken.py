"""Who speaks the direct quotations of a document, by the punctuation between cue and quotation.

Where the parse does not say who speaks, the verb of saying beside a quotation does; a bare
quotation goes on with the speaker before it, and an answer follows a question.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from kg.extract import cues
from kg.extract.cues import finite, group, lemma, meanings, passive, sentence
from kg.extract.lexicon import ACTORS
from kg.extract.phrases import mention
from kg.extract.quotes import Quotation, paragraphs
from kg.extract.sayings import ASKED, SAID, Saying
from kg.extract.sources import beside, source, top
from kg.extract.written import written
from kg.records import Span

SIGNATURE = re.compile(r"[ \t]*\n?[ \t]*([―—–]|--|- )[ \t]*(?=[A-Z@])")
TO_WHICH = re.compile(r"[\s,]*to which\b")


def give_speakers(doc: Doc, drafts: list[Saying], speech: list[Quotation]) -> None:
    """Attach each quotation that is speech to an attribution, or make one for it."""
    bounds = paragraphs(written(doc))
    for number, quote in enumerate(speech):
        if TO_WHICH.match(written(doc), quote.span.end):
            drafts.append(_question(drafts, quote))
            continue
        before = speech[number - 1] if number else None
        after = speech[number + 1] if number + 1 < len(speech) else None
        draft = _overlapping(drafts, quote) or _neighbour(doc, drafts, quote, before, after)
        if draft is None and before is not None:
            draft = _previous(doc, drafts, quote, before, bounds)
        if draft is None:
            draft = _signed(doc, quote)
        if draft is not None:
            draft.quotes.append(quote)
            draft.content.append(quote.span)
            if draft not in drafts:
                drafts.append(draft)


def _question(drafts: list[Saying], quote: Quotation) -> Saying:
    """ "…?" to which he said: the question is the latest asker's."""
    for draft in drafts:
        draft.content = [part for part in draft.content if not part.overlaps(quote.span)]
    askers = [
        d for d in drafts if d.cue.start < quote.span.start and d.word is not None
        and lemma(d.word) == "ask"
    ]  # fmt: skip
    asker = max(askers, key=lambda d: d.cue.start).source if askers else None
    mark = Span(quote.span.start, quote.inner.start)
    return Saying(mark, None, ASKED, asker, [quote.span], [quote])


def _overlapping(drafts: list[Saying], quote: Quotation) -> Saying | None:
    """The attribution from outside the quotation whose content the parse put into it."""
    found = [
        d
        for d in drafts
        if not d.cue.overlaps(quote.span)
        and d.meaning.kind != "hedge"
        and any(part.overlaps(quote.inner) for part in d.content)
    ]
    direct = [d for d in found if "clause" in d.meaning.contents or d.word is None]
    chosen = direct or found
    return min(chosen, key=lambda d: _distance(d.cue, quote.span), default=None)


def _distance(one: Span, other: Span) -> int:
    return max(other.start - one.end, one.start - other.end, 0)


def _neighbour(
    doc: Doc,
    drafts: list[Saying],
    quote: Quotation,
    before: Quotation | None,
    after: Quotation | None,
) -> Saying | None:
    """An attribution whose cue stands beside the quotation in the same sentence."""
    text = written(doc)
    lead = text[: quote.span.start].rstrip()
    floor = before.span.end if before else 0
    ceiling = after.span.start if after else len(text)
    colon = lead.endswith(":")
    verb = None
    if colon or lead.endswith((",", "that", "—", "–")) or lead[-1:].isalpha():
        verb = _verb_before(doc, quote, floor)
    if verb is None or not colon:
        tail = text[quote.inner.end - 1 : quote.span.end + 2]
        if re.search(r"[,?!…—–*]", tail) or tail[-1:].islower():
            verb = _verb_after(doc, quote, ceiling) or verb
    if verb is None and colon:
        verb = _verb_of_lead(doc, quote)
    if verb is None:
        return None
    for draft in drafts:
        if draft.word is not None and draft.word.i == verb.i:
            return draft
    rows = [m for m in meanings(verb) if "clause" in m.contents]
    speaker = source(verb) or beside(verb)
    if speaker is not None and quote.span.start <= speaker.idx < quote.span.end:
        speaker = beside(verb)
    return Saying(group(verb), verb, rows[0] if rows else SAID, speaker, [])


def _verb_before(doc: Doc, quote: Quotation, floor: int) -> Token | None:
    at = doc.char_span(quote.span.start, quote.span.end, alignment_mode="expand")
    if at is None:
        return None
    for index in range(at.start - 1, max(at.start - 40, -1), -1):
        token = doc[index]
        if token.idx < floor or token.text in (".", "!", "?", ";"):
            return None
        if token.is_space and "\n" in token.text and index < at.start - 1:
            return None
        if _says(token):
            return token
    return None


def _verb_after(doc: Doc, quote: Quotation, ceiling: int) -> Token | None:
    at = doc.char_span(quote.span.start, quote.span.end, alignment_mode="expand")
    if at is None:
        return None
    for index in range(at.end, min(at.end + 25, len(doc))):
        token = doc[index]
        if token.idx >= ceiling or token.text in (".", "!", "?", ";", ":"):
            return None
        if token.is_space and "\n" in token.text:
            return None
        if _says(token) or index - at.end < 4 and _acts(token):
            return token
    return None


def _verb_of_lead(doc: Doc, quote: Quotation) -> Token | None:
    """The finite verb of the clause before a colon, where an actor is its subject.

    "The ministry brought joyful tidings: “…”" is the ministry's word, whatever its verb.
    """
    at = doc.char_span(quote.span.start, quote.span.end, alignment_mode="expand")
    if at is None or at.start < 2 or doc[at.start - 1].text != ":":
        return None
    first, _ = sentence(doc[at.start - 2])
    for token in reversed(doc[first : at.start - 1]):
        if token.pos_ != "VERB" or not finite(token) or token.dep_ in ("advcl", "acl:relcl"):
            continue
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        who = mention(subject) if subject is not None else None
        return token if who is not None and who.kind in ACTORS and not passive(token) else None
    return None


def _says(token: Token) -> bool:
    """Whether the word can introduce direct speech, even where the tagger missed the verb."""
    if token.tag_ in ("VB",) and token.dep_ != "xcomp":
        return False
    if any("clause" in m.contents and m.kind in ("speech", "thought") for m in meanings(token)):
        return token.pos_ == "VERB"
    known = cues.lexicon().get((lemma(token), "VERB"), ())
    spelled = token.lower_ in ("said", "says", "added", "wrote", "posted", "told", "asked")
    return spelled or token.pos_ in ("ADJ", "AUX") and any(m.kind == "speech" for m in known)


def _acts(token: Token) -> bool:
    """Any other verb right beside a quotation: "…," he grinned."""
    if token.pos_ != "VERB" or token.tag_ not in ("VBD", "VBZ"):
        return False
    doc = token.doc
    near = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
    return any(t.pos_ in ("PROPN", "PRON") for t in near)


def _previous(
    doc: Doc,
    drafts: list[Saying],
    quote: Quotation,
    before: Quotation,
    bounds: list[tuple[int, int]],
) -> Saying | None:
    """The speaker before goes on, or, after a question, the one who is asked answers."""
    speaking = next((d for d in drafts if before in d.quotes), None)
    if speaking is None:
        return None
    here, there = (_paragraph(bounds, q.span.start) for q in (quote, before))
    lead = written(doc)[bounds[here][0] : quote.span.start].rstrip()
    fresh = not lead or lead.endswith((".", "!", "?", "”", "’", '"', "'", "''"))
    near = here == there or here == there + 1 and not lead
    if not near or not fresh or _other_cue(drafts, before, quote, speaking):
        return None
    asked = written(doc)[: before.inner.end].rstrip().endswith("?")
    if not asked or quote.reopened:
        return speaking
    mark = Span(quote.span.start, quote.inner.start)
    earlier = [d for d in drafts if d.quotes and d.source is not None and d is not speaking]
    earlier = [d for d in earlier if d.cue.start < speaking.cue.start and not _same(d, speaking)]
    answering = max(earlier, key=lambda d: d.cue.start, default=None)
    if answering is None:
        return speaking if here == there else None
    return Saying(mark, None, SAID, answering.source, [])


def _same(one: Saying, other: Saying) -> bool:
    if one.source is None or other.source is None:
        return one.source is other.source
    return one.source.lower_ == other.source.lower_


def _other_cue(drafts: list[Saying], before: Quotation, quote: Quotation, speaking: Saying) -> bool:
    """Whether somebody else is made to speak between the two quotations."""
    between = Span(before.span.end, quote.span.start)
    return any(
        d is not speaking and d.cue.within(between) and d.meaning.kind == "speech" and d.word
        and d.word.tag_ != "VBG" and d.word.head != speaking.word
        for d in drafts
    )  # fmt: skip


def _paragraph(bounds: list[tuple[int, int]], at: int) -> int:
    return next((n for n, (start, end) in enumerate(bounds) if start <= at < end), -1)


def _signed(doc: Doc, quote: Quotation) -> Saying | None:
    """ "…" – Ana Petru, mayor."""
    match = SIGNATURE.match(written(doc), quote.span.end)
    if match is None:
        return None
    name = doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
    if name is None or name[0].pos_ not in ("PROPN", "NOUN"):
        return None
    mark = Span(match.start(1), match.end(1))
    return Saying(mark, None, SAID, top(name[0]), [])

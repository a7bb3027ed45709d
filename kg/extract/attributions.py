"""Who said what: attributions with source, cue and content (the terms of PARC and PolNeAR).

A first pass reads the parse word by word: a verb, noun or adjective of `cues.tsv` with the
construction that its row names. A second pass gives every direct quotation its speaker,
by the punctuation between quotation and cue where the parse does not say, and lets a bare
quotation go on with the speaker before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kg.extract import cues
from kg.extract.contents import clause, content, infinitive, runs
from kg.extract.cues import Cue, group, lemma, meanings, passive
from kg.extract.phrases import noun_class
from kg.extract.quotes import Quotation, paragraphs, quotations
from kg.extract.readings import Reading, readings
from kg.extract.sources import LIGHT, NOUNS, inverted, source, top
from kg.records import Span

SAID = Cue("", "", "speech", "Assertion", "Certain", "Affirmed", False, frozenset({"clause"}))
ASKED = Cue("", "", "speech", "Assertion", "Unstated", "Affirmed", False, frozenset({"clause"}))
ATTITUDE = Cue("", "", "stance", "Opinion", "Unstated", "Affirmed", False, frozenset())
"""What a cue means that only the network knows: it ties words to somebody and claims nothing."""
SIGNATURE = re.compile(r"[ \t]*\n?[ \t]*([―—–]|--|- )[ \t]*(?=[A-Z@])")
TO_WHICH = re.compile(r"[\s,]*to which\b")
SPEAKER_LINE = re.compile(r"(?:[A-Z][\w'’.-]* ){0,4}[A-Z][\w'’.-]*(?=:\s)")
OPINION = ("view", "opinion", "word", "eye", "judgment", "judgement", "estimation", "telling")
SILENCE = ("comment", "respond", "answer", "discuss", "say", "speak", "elaborate", "reply",
           "confirm", "specify", "provide", "disclose", "identify")  # fmt: skip
QUOTING = ("quote", "cite")
UTTERANCES = ("comment", "mention", "statement", "response", "reference", "word", "remark")


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


@dataclass(slots=True)
class _Draft:
    """An attribution while its quotations are still being found."""

    cue: Span
    word: Token | None
    meaning: Cue
    source: Token | None
    content: list[Span]
    quotes: list[Quotation] = field(default_factory=list)
    quoted: bool = False


def attributions(doc: Doc) -> tuple[Attribution, ...]:
    """All attributions of a document in the order of their cues; none gives an empty tuple."""
    cached: tuple[Attribution, ...] | None = doc.user_data.get("kg_attributions")
    if cached is None:
        cached = tuple(_attributions(doc))
        doc.user_data["kg_attributions"] = cached
    return cached


def _attributions(doc: Doc) -> Iterator[Attribution]:
    quotes = quotations(doc)
    drafts = [*_nested([*_governed(doc), *_adjoined(doc)]), *_lines(doc), *_openings(doc)]
    drafts = _informed(doc, drafts)
    drafts = [d for d in drafts if _confine(d, quotes)]
    _pass_on(drafts)
    _give_speakers(doc, drafts, [q for q in quotes if q.speech])
    for draft in drafts:
        _complete(draft, quotes)
    seen: set[tuple[Span, tuple[Span, ...]]] = set()
    for draft in sorted(drafts, key=lambda d: (d.cue.start, d.cue.end)):
        spans = tuple(merged(draft.content, doc.text))
        if spans and (draft.cue, spans) not in seen:
            seen.add((draft.cue, spans))
            yield _finished(doc, draft, spans)


def _informed(doc: Doc, drafts: list[_Draft]) -> list[_Draft]:
    """What grammar and network agree on, and what the network alone is sure of.

    A cue of the grammar counts where the network finds it at least possible; what it says is
    bounded by the parse where the two see much the same, by the network otherwise. A pipeline
    that reads no attributions leaves the grammar alone.
    """
    if "quotes" not in doc.spans:
        return drafts
    found: list[_Draft] = []
    speech = [quote.span for quote in quotations(doc) if quote.speech]
    read = [(r, Span(r.cue.start_char, r.cue.end_char)) for r in readings(doc)]
    for draft in drafts:
        same = [(r, cue) for r, cue in read if draft.cue.overlaps(cue)]
        if not same:
            # Speakers' lines, silence, figures that somebody puts on something, and what is said
            # within speech the network does not know.
            within = any(draft.cue.within(quote) for quote in speech)
            silent = draft.word is None or _meaning(draft).act == "NoComment"
            if within or silent or _puts_at(draft):
                found.append(draft)
            continue
        reading, cue = max(same, key=lambda pair: pair[0].likely)
        if reading.likely and not cue.within(draft.cue):
            draft.cue = cue
        # A statement that follows "she said:" over paragraphs is longer than the network sees.
        apart = "\n" in doc.text[draft.cue.end : draft.content[0].start]
        if reading.likely and not apart and not _alike(draft.content, reading.content):
            draft.content = _asked(draft, list(reading.content), speech, doc.text)
        draft.source = _speaker(draft, reading)
        found.append(draft)
    for reading, cue in read:
        if reading.likely and not any(draft.cue.overlaps(cue) for draft in found):
            word = reading.cue.root
            meaning = (*meanings(word), ATTITUDE)[0]
            speaker = top(reading.source.root) if reading.source is not None else None
            found.append(_Draft(cue, word, meaning, speaker, list(reading.content)))
    return found


def _puts_at(draft: _Draft) -> bool:
    """Whether it is a figure that is attributed: "puts the number of dead at four"."""
    if draft.word is None or "at" not in draft.meaning.contents:
        return False
    words = (t for t in draft.word.subtree if t.like_num)
    return any(part.start <= t.idx < part.end for t in words for part in draft.content)


def _speaker(draft: _Draft, reading: Reading) -> Token | None:
    """Who speaks: the network's speaker where the grammar of a verb sees none.

    A noun without an owner ("amid fears that …") is nobody's, whoever stands near.
    """
    noun = draft.word is not None and draft.word.pos_ == "NOUN"
    if draft.source is not None or reading.source is None or noun:
        return draft.source
    return top(reading.source.root)


def _asked(draft: _Draft, content: list[Span], speech: list[Span], text: str) -> list[Span]:
    """What is asked ends with the first quoted question: the answer is another's."""
    if draft.word is None or lemma(draft.word) != "ask":
        return content
    for quote in speech:
        if any(quote.overlaps(part) for part in content) and "?" in text[quote.end - 2 : quote.end]:
            return [part for part in content if part.start < quote.end]
    return content


def _alike(one: Iterable[Span], other: Iterable[Span]) -> bool:
    """Whether two contents share at least half of the characters that either has.

    >>> _alike([Span(0, 10)], [Span(4, 10)]), _alike([Span(0, 10)], [Span(6, 20)])
    (True, False)
    """
    mine, theirs = ({at for s in spans for at in range(s.start, s.end)} for spans in (one, other))
    return 2 * len(mine & theirs) >= len(mine | theirs)


def _governed(doc: Doc) -> Iterator[_Draft]:
    """Cues that govern their content: verbs, nouns, predicative adjectives."""
    for token in doc:
        if token.pos_ not in ("VERB", "NOUN", "ADJ"):
            continue
        if token.pos_ == "ADJ" and token.dep_ == "amod":
            continue
        if (silence := _silence(token)) is not None:
            yield silence
            continue
        for cue in meanings(token):
            if cue.kind == "hedge" and "raise" not in cue.contents:
                continue
            found = content(token, cue)
            if found is None or not found[0]:
                continue
            speaker = source(token) if cue.kind != "hedge" else None
            if _plausible(token, cue, speaker, found[0]):
                words = [*found[1], *_light(token)]
                yield _Draft(group(token, *words), token, cue, speaker, list(found[0]))
                break


def _silence(noun: Token) -> _Draft | None:
    """ "made no comment", "gave no statement on it": the speaker says that nothing is said."""
    if noun.pos_ != "NOUN" or lemma(noun) not in UTTERANCES or not cues.negated(noun):
        return None
    words = _light(noun)
    if not words or any(c.dep_ in ("nmod", "acl") and c.i > noun.i for c in noun.children):
        return None
    rows = meanings(noun)
    spans = runs(noun.doc, sorted(t.i for t in noun.subtree))
    cue = group(words[0], noun)
    return _Draft(cue, noun, rows[0] if rows else SAID, source(noun), list(spans))


def _light(noun: Token) -> list[Token]:
    """The verb that carries a noun of saying: "made" of "made no mention of"."""
    verb = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "obj" or lemma(verb) not in LIGHT or verb.i > noun.i:
        return []
    return [verb, *(c for c in verb.children if c.dep_.startswith("aux") and c.i < verb.i)]


def _plausible(token: Token, cue: Cue, speaker: Token | None, spans: tuple[Span, ...]) -> bool:
    """Whether the construction attributes: "the weather report of Monday" does not."""
    if token.pos_ == "NOUN" and speaker is None:
        start = spans[0].start
        return cue.kind in ("speech", "thought") and token.doc.text.startswith("that ", start)
    if cue.kind in ("stance", "thought") and not passive(token):
        return not (infinitive(token) or any(c.tag_ == "MD" for c in token.children))
    return True


def _nested(drafts: list[_Draft]) -> Iterator[_Draft]:
    """Leave out what a speaker is said to think, want or find likely: it colours the content."""
    for draft in drafts:
        if draft.meaning.kind in ("stance", "thought", "hedge") and any(
            other.meaning.kind in ("speech", "thought")
            and draft.cue.start != other.cue.start
            and any(draft.cue.within(part) for part in other.content)
            for other in drafts
        ):
            continue
        yield draft


def _adjoined(doc: Doc) -> Iterator[_Draft]:
    """Cues that stand beside their content: "according to", "in the view of", "reportedly"."""
    for token in doc:
        if token.lower_ in ("according", "per") and (spoken := _prepositional(token)) is not None:
            yield spoken
        elif token.pos_ == "ADV" and (rows := meanings(token)) and "adverb" in rows[0].contents:
            kept = sorted({t.i for t in clause(token.head).subtree} - {token.i})
            if spans := runs(doc, kept):
                yield _Draft(group(token), token, rows[0], None, list(spans))


def _prepositional(token: Token) -> _Draft | None:
    doc = token.doc
    cue = meanings_of_preposition(token)
    last = token
    if token.lower_ == "according":
        if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
            return None
        last = doc[token.i + 1]
    if cue is None or last.i + 1 >= len(doc):
        return None
    speaker = token.head if token.head.i > last.i else None
    if speaker is None:
        speaker = next((c for c in last.children if c.i > last.i), None) or next(
            (c for c in token.children if c.i > last.i and c.pos_ in NOUNS), None
        )
    if speaker is None:
        near = doc[last.i + 1 : last.i + 8]
        speaker = next((t for t in near if t.pos_ in ("NOUN", "PROPN")), None)
    if speaker is None or token.lower_ == "per" and speaker.pos_ != "PROPN":
        return None
    phrase = _source_tokens(speaker, token.i, last.i)
    top_of_clause = clause(speaker.head if speaker.head.i not in phrase else speaker)
    if _ends_sentence(phrase, token):
        while top_of_clause.dep_ == "conj" and top_of_clause.head.pos_ in ("VERB", "AUX"):
            top_of_clause = top_of_clause.head
    inside = {t.i for t in top_of_clause.subtree}
    left_out = {*phrase, token.i, last.i}
    kept = sorted(i for i in inside if i not in left_out)
    spans = runs(doc, kept)
    span = Span(token.idx, last.idx + len(last))
    return _Draft(span, token, cue, _possessor(speaker), list(spans)) if spans else None


def _possessor(noun: Token) -> Token:
    """Whose knowledge it is: "our information" and "its data" are ours and its."""
    whose = [c for c in noun.children if c.dep_ == "nmod:poss" and c.pos_ == "PRON"]
    things = noun.pos_ == "NOUN" and noun_class(noun) == ""
    return whose[0] if whose and things else noun


def _ends_sentence(phrase: set[int], cue: Token) -> bool:
    """Whether a source after a comma closes the sentence: then it speaks for all its clauses."""
    after = cue.doc[max(phrase) + 1 : cue.sent.end]
    return cue.i > 0 and cue.nbor(-1).text == "," and all(t.is_punct or t.is_space for t in after)


def _pass_on(drafts: list[_Draft]) -> None:
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


def meanings_of_preposition(token: Token) -> Cue | None:
    """The row of "according" or "per", whatever the tagger takes it for."""
    rows = cues.lexicon().get((token.lower_, "ADP"), ())
    return rows[0] if rows else None


def _source_tokens(speaker: Token, first: int, last: int) -> set[int]:
    """Tokens of the source behind "according to", up to a comma that starts something else."""
    tokens = {first, last}
    for token in sorted(speaker.subtree, key=lambda t: t.i):
        if token.i <= last:
            continue
        if token.text == "," and token.i + 1 < len(token.doc):
            following = token.doc[token.i + 1]
            while following.head.i in {t.i for t in speaker.subtree} and following != speaker:
                if following.head == speaker:
                    break
                following = following.head
            if following.dep_ not in ("appos", "conj", "flat", "nmod", "acl:relcl", "acl"):
                break
        tokens.add(token.i)
    return tokens


def _lines(doc: Doc) -> Iterator[_Draft]:
    """Paragraphs that open with who speaks: "PETRU: …" in a transcript, "Petru: …" in a title."""
    opened = [
        (name, end)
        for start, end in paragraphs(doc.text)
        if (name := SPEAKER_LINE.match(doc.text, start, end)) is not None
    ]
    labels = [name.group() for name, _ in opened]
    for name, end in opened:
        said = doc.char_span(name.start(), name.end(), alignment_mode="expand")
        words = doc.text[name.end() + 1 : end]
        if said is None or not words.strip():
            continue
        transcript = name.group().isupper() and labels.count(name.group()) > 1
        if transcript or said[-1].ent_type_ in ("PER", "ORG", "LOC", "NORP"):
            begin = name.end() + 1 + len(words) - len(words.lstrip())
            colon = Span(name.end(), name.end() + 1)
            yield _Draft(colon, None, SAID, said.root, [Span(begin, end)])


def _openings(doc: Doc) -> Iterator[_Draft]:
    """ "The minister said:" ends a paragraph: what follows it unquoted is the minister's."""
    blocks = paragraphs(doc.text)
    leads = [at for at, (_, end) in enumerate(blocks[:-1]) if doc.text[end - 1] == ":"]
    for number, at in enumerate(leads):
        end = blocks[at][1]
        last = doc.char_span(end - 1, end, alignment_mode="expand")
        begin = blocks[at + 1][0]
        if last is None or last.start == 0 or doc.text[begin] in "\"'“‘«„":
            continue
        cue = doc[last.start - 1]
        found = [m for m in meanings(cue) if m.kind == "speech"] if cue.pos_ == "VERB" else []
        speaker = source(cue) if found else None
        if speaker is not None:
            until = blocks[leads[number + 1]][0] if number + 1 < len(leads) else len(doc.text)
            here = Span(cue.idx, cue.idx + len(cue))
            yield _Draft(here, cue, found[0], speaker, [Span(begin, until)])


def _confine(draft: _Draft, quotes: tuple[Quotation, ...]) -> bool:
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
                draft.source = _beside(draft.word) if draft.word is not None else None
    return True


def _clip(span: Span, within: Span) -> Span | None:
    start, end = max(span.start, within.start), min(span.end, within.end)
    return Span(start, end) if start < end else None


def _beside(verb: Token) -> Token | None:
    """The name or pronoun right behind or before a verb."""
    if (behind := inverted(verb)) is not None:
        return behind
    doc = verb.doc
    for at in (verb.i - 1, verb.i - 2):
        if at >= 0 and doc[at].pos_ in ("PROPN", "PRON", "NOUN"):
            return top(doc[at])
    if verb.i + 1 < len(doc) and doc[verb.i + 1].pos_ in ("PROPN", "PRON"):
        return top(doc[verb.i + 1])
    return None


def _give_speakers(doc: Doc, drafts: list[_Draft], speech: list[Quotation]) -> None:
    """Attach each quotation that is speech to an attribution, or make one for it."""
    bounds = paragraphs(doc.text)
    for number, quote in enumerate(speech):
        if TO_WHICH.match(doc.text, quote.span.end):
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


def _question(drafts: list[_Draft], quote: Quotation) -> _Draft:
    """ "…?" to which he said: the question is the latest asker's."""
    for draft in drafts:
        draft.content = [part for part in draft.content if not part.overlaps(quote.span)]
    askers = [
        d for d in drafts if d.cue.start < quote.span.start and d.word is not None
        and lemma(d.word) == "ask"
    ]  # fmt: skip
    asker = max(askers, key=lambda d: d.cue.start).source if askers else None
    mark = Span(quote.span.start, quote.inner.start)
    return _Draft(mark, None, ASKED, asker, [quote.span], [quote])


def _overlapping(drafts: list[_Draft], quote: Quotation) -> _Draft | None:
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
    drafts: list[_Draft],
    quote: Quotation,
    before: Quotation | None,
    after: Quotation | None,
) -> _Draft | None:
    """An attribution whose cue stands beside the quotation in the same sentence."""
    text = doc.text
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
    if verb is None:
        return None
    for draft in drafts:
        if draft.word is not None and draft.word.i == verb.i:
            return draft
    rows = [m for m in meanings(verb) if "clause" in m.contents]
    speaker = source(verb) or _beside(verb)
    if speaker is not None and quote.span.start <= speaker.idx < quote.span.end:
        speaker = _beside(verb)
    return _Draft(group(verb), verb, rows[0] if rows else SAID, speaker, [])


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
    drafts: list[_Draft],
    quote: Quotation,
    before: Quotation,
    bounds: list[tuple[int, int]],
) -> _Draft | None:
    """The speaker before goes on, or, after a question, the one who is asked answers."""
    speaking = next((d for d in drafts if before in d.quotes), None)
    if speaking is None:
        return None
    here, there = (_paragraph(bounds, q.span.start) for q in (quote, before))
    lead = doc.text[bounds[here][0] : quote.span.start].rstrip()
    fresh = not lead or lead.endswith((".", "!", "?", "”", "’", '"', "'", "''"))
    near = here == there or here == there + 1 and not lead
    if not near or not fresh or _other_cue(drafts, before, quote, speaking):
        return None
    asked = doc.text[: before.inner.end].rstrip().endswith("?")
    if not asked or quote.reopened:
        return speaking
    mark = Span(quote.span.start, quote.inner.start)
    earlier = [d for d in drafts if d.quotes and d.source is not None and d is not speaking]
    earlier = [d for d in earlier if d.cue.start < speaking.cue.start and not _same(d, speaking)]
    answering = max(earlier, key=lambda d: d.cue.start, default=None)
    if answering is None:
        return speaking if here == there else None
    return _Draft(mark, None, SAID, answering.source, [])


def _same(one: _Draft, other: _Draft) -> bool:
    if one.source is None or other.source is None:
        return one.source is other.source
    return one.source.lower_ == other.source.lower_


def _other_cue(drafts: list[_Draft], before: Quotation, quote: Quotation, speaking: _Draft) -> bool:
    """Whether somebody else is made to speak between the two quotations."""
    between = Span(before.span.end, quote.span.start)
    return any(
        d is not speaking and d.cue.within(between) and d.meaning.kind == "speech" and d.word
        and d.word.tag_ != "VBG" and d.word.head != speaking.word
        for d in drafts
    )  # fmt: skip


def _paragraph(bounds: list[tuple[int, int]], at: int) -> int:
    return next((n for n, (start, end) in enumerate(bounds) if start <= at < end), -1)


def _signed(doc: Doc, quote: Quotation) -> _Draft | None:
    """ "…" – Ana Petru, mayor."""
    match = SIGNATURE.match(doc.text, quote.span.end)
    if match is None:
        return None
    name = doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
    if name is None or name[0].pos_ not in ("PROPN", "NOUN"):
        return None
    mark = Span(match.start(1), match.end(1))
    return _Draft(mark, None, SAID, top(name[0]), [])


def _complete(draft: _Draft, quotes: tuple[Quotation, ...]) -> None:
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


def _finished(doc: Doc, draft: _Draft, spans: tuple[Span, ...]) -> Attribution:
    covered = [q for q in draft.quotes if any(q.span.within(s) for s in spans)]
    inside = covered or [q for q in quotations(doc) if any(q.span.within(s) for s in spans)]
    form = "Mixed" if inside else "Indirect"
    if covered and sum(q.span.end - q.span.start for q in covered) >= 0.8 * sum(
        s.end - s.start for s in spans
    ):
        form = "Direct"
    speaker = draft.source
    return Attribution(
        cue=draft.cue,
        word=draft.word.i if draft.word is not None else -1,
        meaning=_meaning(draft),
        sources=_heads(speaker) if speaker is not None else (),
        source=_phrase(speaker, draft, spans) if speaker is not None else None,
        content=spans,
        form=form,
        medium=_medium(draft.word, speaker) if draft.word is not None else "",
        relays=tuple(_relays(draft.word)) if draft.word is not None else (),
        negated=draft.word is not None and cues.negated(draft.word),
        quoted=draft.quoted,
    )


def _meaning(draft: _Draft) -> Cue:
    """The row, with the silence of "declined to comment" and "made no mention of" seen."""
    word, cue = draft.word, draft.meaning
    if word is None:
        return cue
    if word.pos_ == "VERB" and cue.lemma in ("decline", "refuse"):
        if any(c.dep_ in ("xcomp", "advcl") and lemma(c) in SILENCE for c in word.children):
            return replace(cue, act="NoComment", certainty="Unstated", polarity="Affirmed")
    if word.pos_ == "NOUN" and cue.lemma in UTTERANCES and cues.negated(word):
        return replace(cue, act="NoComment", certainty="Unstated", polarity="Affirmed")
    return cue


def _heads(speaker: Token) -> tuple[int, ...]:
    found = [speaker]
    for head in found:
        found.extend(c for c in head.children if c.dep_ == "conj" and c.pos_ in NOUNS)
    return tuple(sorted(t.i for t in found))


def _phrase(speaker: Token, draft: _Draft, spans: tuple[Span, ...]) -> Span | None:
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

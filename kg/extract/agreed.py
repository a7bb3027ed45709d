"""What grammar and network agree on: which cues attribute, and how far what they attribute goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from kg.extract.cues import finite, lemma, meanings, passive
from kg.extract.drafts import nominal, verbal
from kg.extract.lexicon import ACTORS
from kg.extract.phrases import mention
from kg.extract.quotes import quotations
from kg.extract.readings import Reading, readings
from kg.extract.sayings import ATTITUDE, Saying, meaning_of
from kg.extract.sources import dateline, source, top
from kg.extract.views import viewed
from kg.extract.written import written
from kg.records import Form, Span

BORDER = len("that ")
"""By so many characters two contents may always differ."""
PASSING_ON = ("quote", "cite")
"""Behind these the grammar knows who speaks: "quotes Petru as saying"."""


def agreed(doc: Doc, drafts: list[Saying]) -> list[Saying]:
    """What grammar and network agree on, and what the network alone is sure of.

    A cue of the grammar counts where the network finds it at least possible; what it says is
    bounded by the parse where the two see nearly the same, by the network otherwise. A pipeline
    that reads no attributions leaves the grammar alone.
    """
    if "quotes" not in doc.spans:
        return drafts
    drafts = [draft for draft in drafts if not _withholds(draft.word)]
    found: list[Saying] = []
    quotes = [quote.span for quote in quotations(doc)]
    speech = [quote.span for quote in quotations(doc) if quote.speech]
    read = [(r, Span(r.cue.start_char, r.cue.end_char)) for r in readings(doc)]
    for draft in drafts:
        same = [(r, cue) for r, cue in read if draft.cue.overlaps(cue)]
        if not same:
            # Speakers' lines, silence, figures that somebody puts on something, and what is said
            # within speech the network does not know.
            within = any(draft.cue.within(quote) for quote in speech)
            silent = draft.word is None or meaning_of(draft).act == "NoComment"
            if within or silent or _puts_at(draft) or plain(draft) or viewed(draft):
                found.append(draft)
            continue
        reading, cue = max(same, key=lambda pair: pair[0].likely)
        if reading.likely and not cue.within(draft.cue):
            draft.cue = cue
        # A statement that follows "she said:" over paragraphs is longer than the network sees.
        apart = "\n" in written(doc)[draft.cue.end : draft.content[0].start]
        unlike = bool(reading.content) and not _alike(draft.content, reading.content)
        if reading.likely and not apart and unlike:
            draft.content = _asked(draft, list(reading.content), speech, written(doc))
        draft.source = _speaker(draft, reading)
        found.append(draft)
    for reading, cue in read:
        known = any(draft.cue.overlaps(cue) for draft in found)
        if reading.likely and reading.content and not known:
            word = reading.cue.root
            if not meanings(word) and word.pos_ == "VERB" and verbal(word) is not None:
                continue  # "sanctioned a minister" is done, not said
            if _withholds(word) or _acts_on(word, reading.content, quotes):
                continue
            speaker = _read(word, reading)
            if speaker is None and word.pos_ == "VERB" and not passive(word):
                speaker = source(word)
            meaning = (*meanings(word), ATTITUDE)[0]
            found.append(Saying(cue, word, meaning, speaker, list(reading.content)))
    return [draft for draft in found if not _speechless(draft.source)]


def _speechless(source: Token | None) -> bool:
    """Whether what is taken for a speaker is arms or an event: "two car bombs claimed lives"."""
    if source is None or source.pos_ != "NOUN":
        return False
    who = mention(source)
    if who is None:
        return nominal(source) is not None
    return who.kind == "EquipmentType"


def _withholds(verb: Token | None) -> bool:
    """Whether a verb of denial keeps something from somebody: "deny the rebels a haven"."""
    if verb is None or verb.pos_ != "VERB" or all(m.act != "Denial" for m in meanings(verb)):
        return False
    given = [c for c in verb.children if c.dep_ in ("iobj", "obj", "nsubj:pass")]
    given += [c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "NOUN"]
    # "denied the enemy access" can be parsed as the enemy's access, without its 's
    given += [
        c
        for one in given
        for c in one.children
        if c.dep_ == "nmod:poss" and c.pos_ == "NOUN" and all(w.dep_ != "case" for w in c.children)
    ]
    kept = [c for c in given if c.dep_ != "nsubj:pass"]
    return len(given) > 1 and bool(kept) and not any(c.dep_ == "ccomp" for c in verb.children)


def _acts_on(verb: Token, content: Iterable[Span], quotes: Iterable[Span]) -> bool:
    """Whether a verb that introduces clauses alone has a thing as object: "maintain a policy"."""
    rows = meanings(verb)
    if verb.pos_ != "VERB" or not rows or any(m.contents != {"clause"} for m in rows):
        return False
    thing = next((c for c in verb.children if c.dep_ == "obj" and c.pos_ == "NOUN"), None)
    if thing is None or any(c.dep_ in ("ccomp", "parataxis") for c in verb.children):
        return False
    end = thing.right_edge.idx + len(thing.right_edge)
    inside = Span(thing.left_edge.idx, end)
    return all(part.within(inside) for part in content) and not any(
        quote.overlaps(inside) for quote in quotes
    )


def plain(draft: Saying) -> bool:
    """Whether somebody plainly says so in the main clause: "the army has denied it".

    What the grammar alone proposes is seldom right; it is where an actor is the subject of a
    verb that does nothing but attribute (`plain` in the lexicon).
    """
    verb, speaker = draft.word, draft.source
    if verb is None or verb.pos_ != "VERB" or speaker is None or not draft.meaning.plain:
        return False
    top_ = verb
    while top_.dep_ == "conj":
        top_ = top_.head
    if top_.dep_ not in ("root", "parataxis") or not finite(verb) or speaker.dep_ != "nsubj":
        return False
    who = mention(speaker)
    return who is not None and (who.kind in ACTORS or who.form is Form.NAME)


def _puts_at(draft: Saying) -> bool:
    """Whether it is a figure that is attributed: "puts the number of dead at four"."""
    if draft.word is None or "at" not in draft.meaning.contents:
        return False
    words = (t for t in draft.word.subtree if t.like_num)
    return any(part.start <= t.idx < part.end for t in words for part in draft.content)


def _speaker(draft: Saying, reading: Reading) -> Token | None:
    """Who speaks: the network's speaker where the grammar sees none, or only shares one.

    The subject of the verb itself is the grammar's to tell; one that the verb takes over from
    another ("said it would leave and warned …", "the letter urging …") is less sure than what
    the network reads. A noun without an owner ("amid fears that …") is nobody's, whoever stands
    near, unless a verb belongs to the cue ("announced in a statement").
    """
    word, own = draft.word, draft.source
    if word is None or reading.source is None:
        return own
    if own is None:
        carried = word.pos_ != "NOUN" or reading.cue.root.pos_ == "VERB"
        return _read(word, reading) if carried else None
    unsure = word.pos_ == "VERB" and own.head != word and _borrows(word)
    seen = any(part.start <= own.i < part.end for part in reading.sources)
    if not reading.likely or not unsure or seen:
        return own
    return _read(word, reading) or own


def _borrows(verb: Token) -> bool:
    """Whether the verb has its subject from a clause where two may be meant."""
    first = verb
    while first.dep_ == "conj":
        first = first.head
    if first != verb:
        return first.dep_ == "ccomp"
    return lemma(verb.head) not in PASSING_ON


def _read(word: Token | None, reading: Reading) -> Token | None:
    """The network's speaker, unless it is who is told or where it was written."""
    if reading.source is None:
        return None
    speaker = top(reading.source.root)
    told = word is not None and speaker.head == word and speaker.dep_ == "nsubj:pass"
    return None if told or dateline(speaker) else speaker


def _asked(draft: Saying, content: list[Span], speech: list[Span], text: str) -> list[Span]:
    """What is asked ends with the first quoted question: the answer is another's."""
    if draft.word is None or lemma(draft.word) != "ask":
        return content
    for quote in speech:
        if any(quote.overlaps(part) for part in content) and "?" in text[quote.end - 2 : quote.end]:
            return [part for part in content if part.start < quote.end]
    return content


def _alike(one: Iterable[Span], other: Sequence[Span]) -> bool:
    """Whether two contents differ at their borders alone, or the first has a further stretch.

    >>> _alike([Span(0, 20)], [Span(5, 20)]), _alike([Span(0, 20)], [Span(6, 20)])
    (True, False)
    >>> _alike([Span(0, 20), Span(30, 50)], [Span(0, 20)])
    True
    """
    shared = [span for span in one if any(span.overlaps(part) for part in other)]
    mine, theirs = (
        {at for s in spans for at in range(s.start, s.end)} for spans in (shared, other)
    )
    return len(mine ^ theirs) <= BORDER or 10 * len(mine & theirs) >= 9 * len(mine | theirs)

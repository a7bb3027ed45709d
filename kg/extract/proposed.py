"""What the parse proposes as attributions: cues that govern their content or stand beside it.

A verb, noun or adjective of `cues.tsv` with the construction that its row names, "according
to", adverbs that report, paragraphs that open with who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract import cues
from kg.extract.contents import clause, content, infinitive, runs
from kg.extract.cues import Cue, finite, group, lemma, meanings, passive
from kg.extract.phrases import noun_class
from kg.extract.quotes import paragraphs
from kg.extract.sayings import SAID, UTTERANCES, Saying
from kg.extract.sources import LIGHT, NOUNS, source
from kg.extract.written import written
from kg.records import Span

LINE = 120
"""A headline that opens with who speaks is not longer than so many characters."""
SPEAKER_LINE = re.compile(r"(?:[A-Z][\w'’.-]* ){0,4}[A-Z][\w'’.-]*(?=:\s)")


def governed(doc: Doc) -> Iterator[Saying]:
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
                yield Saying(group(token, *words), token, cue, speaker, list(found[0]))
                break


def _silence(noun: Token) -> Saying | None:
    """ "made no comment", "gave no statement on it": the speaker says that nothing is said."""
    if noun.pos_ != "NOUN" or lemma(noun) not in UTTERANCES or not cues.negated(noun):
        return None
    words = _light(noun)
    if not words or any(c.dep_ in ("nmod", "acl") and c.i > noun.i for c in noun.children):
        return None
    rows = meanings(noun)
    spans = runs(noun.doc, sorted(t.i for t in noun.subtree))
    cue = group(words[0], noun)
    return Saying(cue, noun, rows[0] if rows else SAID, source(noun), list(spans))


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
        return cue.kind in ("speech", "thought") and written(token.doc).startswith("that ", start)
    if cue.kind in ("stance", "thought") and not passive(token):
        return not (infinitive(token) or any(c.tag_ == "MD" for c in token.children))
    return True


def nested(drafts: list[Saying]) -> Iterator[Saying]:
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


def adjoined(doc: Doc) -> Iterator[Saying]:
    """Cues that stand beside their content: "according to", "in the view of", "reportedly"."""
    for token in doc:
        if token.lower_ in ("according", "per") and (spoken := _prepositional(token)) is not None:
            yield spoken
        elif token.pos_ == "ADV" and (rows := meanings(token)) and "adverb" in rows[0].contents:
            kept = sorted({t.i for t in clause(token.head).subtree} - {token.i})
            if spans := runs(doc, kept):
                yield Saying(group(token), token, rows[0], None, list(spans))


def _prepositional(token: Token) -> Saying | None:
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
    left_out = {*phrase, token.i, last.i, *_going_on(top_of_clause, last.i)}
    kept = sorted(i for i in inside if i not in left_out)
    spans = runs(doc, kept)
    span = Span(token.idx, last.idx + len(last))
    return Saying(span, token, cue, _possessor(speaker), list(spans)) if spans else None


def _going_on(top: Token, cue: int) -> set[int]:
    """What a sentence goes on with behind "according to X": a clause of its own after ";"."""
    return {
        token.i
        for child in top.children
        if child.dep_ in ("parataxis", "conj") and child.left_edge.i > cue and finite(child)
        and any(t.text == ";" for t in top.doc[cue : child.left_edge.i + 1])
        for token in child.subtree
    }  # fmt: skip


def _possessor(noun: Token) -> Token:
    """Whose knowledge it is: "our information" and "its data" are ours and its."""
    whose = [c for c in noun.children if c.dep_ == "nmod:poss" and c.pos_ == "PRON"]
    things = noun.pos_ == "NOUN" and noun_class(noun) == ""
    return whose[0] if whose and things else noun


def _ends_sentence(phrase: set[int], cue: Token) -> bool:
    """Whether a source after a comma closes the sentence: then it speaks for all its clauses."""
    after = cue.doc[max(phrase) + 1 : cue.sent.end]
    return cue.i > 0 and cue.nbor(-1).text == "," and all(t.is_punct or t.is_space for t in after)


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


def lines(doc: Doc) -> Iterator[Saying]:
    """Paragraphs that open with who speaks: "PETRU: …" in a transcript, "Petru: …" in a title."""
    opened = [
        (name, end)
        for start, end in paragraphs(written(doc))
        if (name := SPEAKER_LINE.match(written(doc), start, end)) is not None
    ]
    labels = [name.group() for name, _ in opened]
    for name, end in opened:
        said = doc.char_span(name.start(), name.end(), alignment_mode="expand")
        words = written(doc)[name.end() + 1 : end]
        if said is None or not words.strip():
            continue
        transcript = name.group().isupper() and labels.count(name.group()) > 1
        if name.start() == 0 and not transcript and name.group().isupper() and len(words) > LINE:
            continue  # a dateline: "DHULI: Three people died on Sunday …"
        if transcript or said[-1].ent_type_ in ("PER", "ORG", "LOC", "NORP"):
            begin = name.end() + 1 + len(words) - len(words.lstrip())
            colon = Span(name.end(), name.end() + 1)
            yield Saying(colon, None, SAID, said.root, [Span(begin, end)], verbatim=True)


def openings(doc: Doc) -> Iterator[Saying]:
    """ "The minister said:" ends a paragraph: what follows it unquoted is the minister's."""
    blocks = paragraphs(written(doc))
    leads = [at for at, (_, end) in enumerate(blocks[:-1]) if written(doc)[end - 1] == ":"]
    for number, at in enumerate(leads):
        end = blocks[at][1]
        last = doc.char_span(end - 1, end, alignment_mode="expand")
        begin = blocks[at + 1][0]
        if last is None or last.start == 0 or written(doc)[begin] in "\"'“‘«„":
            continue
        cue = doc[last.start - 1]
        found = [m for m in meanings(cue) if m.kind == "speech"] if cue.pos_ == "VERB" else []
        speaker = source(cue) if found else None
        if speaker is not None:
            until = blocks[leads[number + 1]][0] if number + 1 < len(leads) else len(written(doc))
            here = Span(cue.idx, cue.idx + len(cue))
            yield Saying(here, cue, found[0], speaker, [Span(begin, until)], verbatim=True)

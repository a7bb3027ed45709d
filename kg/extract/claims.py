"""Who asserts each fact: one claim per attribution, and one per sentence in the article's voice.

A frame belongs to the innermost attribution whose content holds its anchor; whoever is
around that one passed it on. Frames that differ in polarity or certainty are told apart in
claims of their own. Nothing is left without a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract import cues
from kg.extract.attributions import Attribution
from kg.extract.contents import clause
from kg.extract.cues import meanings
from kg.extract.lexicon import ACTORS, PLACES, actuality_words
from kg.extract.phrases import NOMINAL, mention
from kg.extract.quotes import Quotation, quotations
from kg.extract.scope import ahead, ended
from kg.extract.times import time_of
from kg.extract.voices import PASSING_ON, Voice, voice
from kg.extract.written import written
from kg.records import Form, Frame, Mention, Span, Term, Value

ABOUT = ACTORS | PLACES | {"EquipmentType"}
STRENGTH = ("Certain", "Probable", "Possible")
CLAIMING = ("speech", "thought", "evidence")
"""Kinds of cues whose content the speaker asserts; of a stance only the speaker has it."""
DENIED = "Denied"


Colour = tuple[str, str]
"""Polarity and certainty of a claim."""


def claims(
    doc: Doc, frames: Sequence[Frame], attributions: Sequence[Attribution]
) -> tuple[Frame, ...]:
    """Claim frames that hold all the frames given.

    Args:
        doc: the parsed document.
        frames: events, figures, positions, memberships, control states.
        attributions: what `attributions(doc)` found.

    Returns:
        Claims sorted by anchor; without a role "claimant" it is the article's own voice. An
        attribution whose source is known and whose content holds no frame gives a claim too,
        with the role "about" for whom and what the content names; so does what somebody
        wants, plans or decides, whose facts stay the article's own.
    """
    claiming = [a for a in attributions if a.meaning.kind in CLAIMING]
    stances = [a for a in attributions if a.meaning.kind == "stance"]
    hedging = [a for a in attributions if a.meaning.kind == "hedge"]
    held: defaultdict[int, list[Frame]] = defaultdict(list)
    own: defaultdict[int, list[Frame]] = defaultdict(list)
    for frame in frames:
        index = _innermost(claiming, frame.anchor)
        if index is not None:
            held[index].append(frame)
        else:
            own[_sentence_of(doc, frame.anchor)].append(frame)
    used: set[Span] = set()
    found: list[Frame] = []
    for index, attribution in enumerate(claiming):
        found.extend(_attributed(doc, attribution, held[index], claiming, used))
    for attribution in stances:
        found.extend(_attributed(doc, attribution, (), claiming, used))
    for start in sorted(own):
        found.extend(_unattributed(doc, own[start], hedging, used))
    return tuple(sorted(found, key=lambda f: (f.anchor, f.evidence)))


def _innermost(attributions: Sequence[Attribution], anchor: Span) -> int | None:
    """Index of the attribution with the least content around the anchor."""
    fitting = [
        (sum(s.end - s.start for s in a.content), a.cue.start, number)
        for number, a in enumerate(attributions)
        if a.holds(anchor)
    ]
    return min(fitting)[2] if fitting else None


def _attributed(
    doc: Doc,
    attribution: Attribution,
    frames: Sequence[Frame],
    others: Sequence[Attribution],
    used: set[Span],
) -> Iterator[Frame]:
    speaker = voice(doc, attribution, others)
    groups: dict[Colour, list[Frame]] = {}
    for frame in frames:
        groups.setdefault(_colour(doc, frame, attribution), []).append(frame)
    about: tuple[Mention, ...] = ()
    if not frames:
        if not speaker.claimants or _passes_on(attribution, others):
            return
        about = _about(doc, attribution)
        groups[_bare_colour(attribution)] = []
    for number, (colour, group) in enumerate(groups.items()):
        for place, claimant in enumerate(speaker.claimants or (None,)):
            shared = len(speaker.claimants) > 1
            first = [claimant.span] if shared and claimant is not None else [attribution.cue]
            if number:
                first = []
            anchor = _free([*first, *(f.anchor for f in group), attribution.cue,
                            *attribution.content], used)  # fmt: skip
            if anchor is None or place and not shared:
                continue
            used.add(anchor)
            yield Frame(
                kind="Claim",
                anchor=anchor,
                evidence=_evidence(doc, attribution),
                roles=tuple(_roles(doc, attribution, speaker, claimant, colour, group, about)),
                extractor=_extractor(attribution),
                confidence=_confidence(attribution, bool(group)),
            )


def _passes_on(attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether somebody only quotes what another one is then said to say."""
    return attribution.meaning.lemma in PASSING_ON and any(
        other is not attribution
        and (attribution.holds(other.cue) or other.word == attribution.word)
        for other in others
    )


def _extractor(attribution: Attribution) -> str:
    return "claims.turn" if attribution.word < 0 else f"claims.{attribution.form.lower()}"


def _free(candidates: Sequence[Span], used: set[Span]) -> Span | None:
    return next((span for span in candidates if span not in used), None)


def _roles(
    doc: Doc,
    attribution: Attribution,
    speaker: Voice,
    claimant: Mention | None,
    colour: Colour,
    frames: Sequence[Frame],
    about: Sequence[Mention],
) -> Iterator[tuple[str, Value]]:
    if claimant is not None:
        yield "claimant", claimant
    for relay in speaker.relays:
        if relay != claimant:
            yield "reportedBy", relay
    for frame in frames:
        yield "content", frame
    for mentioned in about:
        yield "about", mentioned
    yield "polarity", Term(colour[0])
    yield "certainty", Term(colour[1])
    act = _act(attribution)
    if act == "Assertion" and frames and all(ahead(doc, frame) for frame in frames):
        act = "Prediction"
    yield "speechAct", Term(act)
    yield "quoteForm", Term(attribution.form)
    cue = written(doc)[attribution.cue.start : attribution.cue.end]
    if attribution.word >= 0:
        yield "cue", cue
    if quote := _quote(doc, attribution):
        yield "quote", quote
    if speaker.medium:
        yield "medium", speaker.medium
    if attribution.word >= 0 and doc[attribution.word].pos_ == "VERB":
        when = time_of(doc[attribution.word])
        if when is not None and not attribution.holds(when.span):
            yield "claimTime", when


def _unattributed(
    doc: Doc, frames: Sequence[Frame], hedges: Sequence[Attribution], used: set[Span]
) -> Iterator[Frame]:
    """The article's own claims of one sentence, one for each polarity and certainty."""
    groups: dict[tuple[Colour, str], list[Frame]] = {}
    for frame in frames:
        hedge = _innermost(hedges, frame.anchor)
        cue = hedges[hedge].cue if hedge is not None else None
        word = written(doc)[cue.start : cue.end] if cue is not None else ""
        colour = _colour(doc, frame, hedges[hedge] if hedge is not None else None)
        groups.setdefault((colour, word), []).append(frame)
    for (colour, word), group in groups.items():
        anchor = _free([f.anchor for f in group] + [f.evidence for f in group], used)
        if anchor is None:
            anchor = next(s for s in _narrowing(group[0].evidence) if s not in used)
        used.add(anchor)
        yield Frame(
            kind="Claim",
            anchor=anchor,
            evidence=_sentences(doc, min(f.anchor.start for f in group), group[-1].anchor.end),
            roles=(
                *(("content", frame) for frame in group),
                ("polarity", Term(colour[0])),
                ("certainty", Term(colour[1])),
                ("speechAct", Term("Assertion")),
                ("quoteForm", Term("Indirect")),
                ("cue", word),
            ),
            extractor="claims.own",
            confidence=min(f.confidence for f in group),
        )


def _narrowing(span: Span) -> Iterator[Span]:
    """Ever shorter pieces of a span, for an anchor that nothing else has."""
    for end in range(span.end, span.start, -1):
        yield Span(span.start, end)
    for start in range(span.start + 1, span.end):
        yield Span(start, span.end)


def _act(attribution: Attribution) -> str:
    """The speech act; "did not say", "would not confirm" is no comment."""
    if attribution.negated and attribution.meaning.act == "Assertion":
        return "NoComment" if attribution.meaning.kind == "speech" else "Assertion"
    return attribution.meaning.act


def _bare_colour(attribution: Attribution) -> Colour:
    negative = attribution.negated != (attribution.meaning.polarity == "Negated")
    certainty = "Unstated" if _act(attribution) == "NoComment" else attribution.meaning.certainty
    return ("Negated" if negative else "Affirmed", certainty)


def _colour(doc: Doc, frame: Frame, attribution: Attribution | None) -> Colour:
    """Polarity and certainty with which a frame is asserted."""
    polarity, certainty = _bare_colour(attribution) if attribution else ("Affirmed", "Certain")
    if attribution is not None and _act(attribution) == "Demand" and ended(doc, frame.anchor):
        polarity = "Affirmed" if polarity == "Negated" else "Negated"
    actuality = _actuality(frame)
    if actuality == DENIED:
        polarity = "Negated"
    if certainty in STRENGTH:
        weakest = STRENGTH.index(certainty)
        if actuality == "Possible" or attribution is not None and _unsure(doc, attribution):
            weakest = 2
        for hedge in _hedges(doc, frame.anchor, attribution):
            weakest = max(weakest, STRENGTH.index(hedge))
        certainty = STRENGTH[weakest]
    return polarity, certainty


def _unsure(doc: Doc, attribution: Attribution) -> bool:
    """Whether the source itself is called uncertain: "unconfirmed reports"."""
    words = actuality_words()
    nouns = [doc[at] for at in attribution.sources]
    if attribution.word >= 0:
        nouns.append(doc[attribution.word])
        nouns.extend(c for c in doc[attribution.word].children if c.dep_ == "nsubj")
    around = doc.char_span(attribution.cue.start, attribution.cue.end, alignment_mode="expand")
    if around is not None:
        nouns.extend(t.head for t in around)
    return any(
        words.get((child.lower_, "ADJ", "self")) == "Possible"
        for noun in nouns
        if noun.pos_ == "NOUN"
        for child in noun.children
        if child.dep_ == "amod"
    )


def _actuality(frame: Frame) -> str:
    """The actuality of an event, or of the event that a figure counts."""
    for value in frame.values("actuality"):
        if isinstance(value, Term):
            return value.name
    for value in frame.values("event"):
        if isinstance(value, Frame):
            return _actuality(value)
    return ""


def _hedges(doc: Doc, anchor: Span, attribution: Attribution | None) -> Iterator[str]:
    """Certainties of the hedges in whose scope the anchor stands, inside the attribution."""
    at = doc.char_span(anchor.start, anchor.end, alignment_mode="expand")
    if at is None:
        return
    node = at.root
    top = clause(node)
    if attribution is not None and attribution.word >= 0:
        cue = doc[attribution.word]
        yield from (found for child in cue.children for found in _hedge(child, cue, top))
    for step in range(8):
        if attribution is not None and node.i == attribution.word:
            return
        for word in (*node.children, *([node] if step else [])):
            yield from _hedge(word, node, top)
        if node.dep_ == "acl" and node.tag_ == "VBN" or node.dep_ == "appos":
            return
        if node.dep_ in ("acl:relcl", "parataxis", "root", "ROOT") or node.head.i == node.i:
            return
        if node.dep_ == "advcl" and node.tag_ not in ("VBG", "VBN"):
            return
        node = node.head


def _hedge(word: Token, node: Token, top: Token) -> Iterator[str]:
    """What one word beside or above the anchor says about certainty."""
    for cue in meanings(word):
        if cue.certainty not in STRENGTH:
            continue
        if word.i != node.i and cue.kind == "hedge" and cue.pos in ("AUX", "ADV", "ADJ", "VERB"):
            if word.dep_ in ("aux", "advmod", "amod", "xcomp") and word.dep_ != "xcomp":
                yield cue.certainty
        elif word.i == node.i and cue.kind in ("hedge", "thought") and word.pos_ in ("VERB", "ADJ"):
            if word != top or any(c.dep_ in ("xcomp", "ccomp") for c in word.children):
                yield cue.certainty


def _about(doc: Doc, attribution: Attribution) -> tuple[Mention, ...]:
    """The actors, places and equipment that the content names, pronouns apart."""
    found: list[Mention] = []
    for part in attribution.content:
        inside = doc.char_span(part.start, part.end, alignment_mode="contract")
        for token in inside or ():
            if token.pos_ not in NOMINAL and not token.ent_type_:
                continue
            named = mention(token)
            if named is None or named.form is Form.PRONOUN or named.kind not in ABOUT:
                continue
            if named.span.within(part):
                found.append(named)
    unique = tuple(dict.fromkeys(found))
    return tuple(
        m for m in unique if not any(m.span.within(o.span) and m.span != o.span for o in unique)
    )


def _quote(doc: Doc, attribution: Attribution) -> str:
    """The words between quotation marks in the content, several joined by a blank."""
    inside: list[Quotation] = [
        q for q in quotations(doc) if any(q.span.within(part) for part in attribution.content)
    ]
    return " ".join(written(doc)[q.inner.start : q.inner.end].strip() for q in inside)


def _evidence(doc: Doc, attribution: Attribution) -> Span:
    spans = [attribution.cue, *attribution.content]
    if attribution.source is not None and attribution.word >= 0:
        spans.append(attribution.source)
    return _sentences(doc, min(s.start for s in spans), max(s.end for s in spans))


def _sentences(doc: Doc, start: int, end: int) -> Span:
    """Characters of the sentences that hold the characters, without blanks at the borders."""
    inside = doc.char_span(start, end, alignment_mode="expand")
    if inside is None or not len(inside):
        return Span(start, end)
    first, _ = cues.sentence(inside[0])
    _, last = cues.sentence(inside[-1])
    text = doc[first:last].text
    begin = doc[first].idx + len(text) - len(text.lstrip())
    return Span(begin, doc[first].idx + len(text.rstrip()))


def _sentence_of(doc: Doc, anchor: Span) -> int:
    at = doc.char_span(anchor.start, anchor.end, alignment_mode="expand")
    return cues.sentence(at[0])[0] if at is not None and len(at) else anchor.start


def _confidence(attribution: Attribution, content: bool) -> float:
    if attribution.word < 0:
        return 0.6
    sure = {"Direct": 0.95, "Mixed": 0.9, "Indirect": 0.85}[attribution.form]
    if attribution.source is None:
        sure -= 0.1
    return round(sure - (0.0 if content else 0.1) - (0.1 if attribution.quoted else 0.0), 2)

"""Coreference: raw text in, chains out, against OntoGUM's dev documents and our own held-out texts.

OntoGUM marks as OntoNotes does: a mention is the whole phrase, what is mentioned once is none, a
predicate or an apposition is none of its own. A mention counts with exactly its characters. Genres
with non-commercial terms are only measured. Scores are those of `conll`, summed over documents.

Our own corpus marks actors, places and equipment without their determiners, so a mention stands for
its head word there, and chains are held against each other on the words that are marked; what is
mentioned once is left out on both sides. What the facts take a pronoun or noun of a named thing for
is told apart: precision and recall of the links of `kg.link`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Token

from bench.quality import own
from bench.quality.conll import Chain, Ratio, Scores, scores
from bench.quality.reading import Reading, language, read
from bench.quality.records import Error, Figure, Measured, absent
from bench.quality.speakers import document
from training import markup
from training.chains import GUM_DEV, ONTOGUM, THINGS, Chained, Chars, ontogum
from training.markup import Mark, Marked

NAME = "coref"
TITLE = "coreference, CoNLL F1 on raw text: OntoGUM dev, and the held-out tenth of training/corpus"
ALL, NEWS, OWN = "CoNLL", "CoNLL, news", "CoNLL, own corpus, marked heads"
HEADLINES = (ALL, NEWS, "mentions", OWN)
GOALS = {ALL: 55.0}
PEERS = {
    ALL: "a rule system 39.7, SpanBERT trained on OntoNotes 64.6, both with gold tokens on "
    "OntoGUM's test part (Zhu et al. 2021)"
}
ABOUT = 60
NAMED = frozenset({"PER", "ORG", "LOC", "FAC", "UNIT"})


@dataclass(frozen=True, slots=True)
class Linked:
    """A marked pronoun or noun: whether the facts take it for another mention, and rightly so."""

    sort: str
    found: bool
    right: bool


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, ONTOGUM, GUM_DEV) or own.missing(data)


def measure(data: Path) -> Measured:
    """CoNLL F1 over all documents and by genre, its three parts, mentions, our own corpus."""
    genres: defaultdict[str, Scores] = defaultdict(Scores)
    errors: list[Error] = []
    for one in ontogum(data):
        if one.held:
            found = tuple(chains(language()(one.text)))
            genres[one.genre] += scores(several(one.chains), several(found))
            errors += faults(one, found)
    total = sum(genres.values(), Scores())
    ours, linked = Scores(), []
    for mine in markup.texts():
        if markup.held(mine.name):
            reading = read(document(mine))
            ours += marked_heads(mine, reading.doc)
            linked += links(mine, reading)
    figures = (
        *(_mean(f"CoNLL, {genre}", genres[genre]) for genre in sorted(genres)),
        *parts(total),
        _ratio("mentions, news", genres["news"].mentions),
        _mean(OWN, ours),
        *(_links(name, linked) for name in ("pronouns", "nouns")),
        _mean(ALL, total),
    )
    return Measured(figures, tuple(errors))


def parts(total: Scores) -> Iterator[Figure]:
    """The three scores whose mean is CoNLL F1, and the mentions."""
    yield _ratio("MUC", total.muc)
    yield _ratio("B³", total.b3)
    yield _ratio("CEAF φ4", total.ceaf)
    yield _ratio("mentions", total.mentions)


def _ratio(name: str, ratio: Ratio) -> Figure:
    whole = (round(n) for n in (ratio.hits, ratio.gold, ratio.found, ratio.met))
    right, gold, found, hit = whole
    return Figure(name, right, gold, found, hit, given=ratio.f1)


def _mean(name: str, found: Scores) -> Figure:
    return Figure(name, round(found.mentions.hits), round(found.mentions.gold), given=found.conll)


def several(found: Iterable[Sequence[Chars]]) -> list[Chain]:
    """The chains of two mentions or more."""
    return [frozenset(chain) for chain in found if len(set(chain)) > 1]


def chains(doc: Doc) -> Iterator[tuple[Chars, ...]]:
    """The chains that the pipeline finds, as characters of whole phrases."""
    found: defaultdict[str, list[Chars]] = defaultdict(list)
    for span in doc.spans.get("coreference", ()):
        found[span.id_].append((span.start_char, span.end_char))
    yield from (tuple(chain) for chain in found.values())


def marked_heads(one: Marked, doc: Doc) -> Scores:
    """Scores of a text of our own corpus over the head words that are marked."""
    gold: defaultdict[str, list[Chars]] = defaultdict(list)
    for mark, head in marks(one, doc):
        gold[mark.thing].append(head)
    marked = {head for chain in gold.values() for head in chain}
    group = doc.spans["coreference"]
    found: defaultdict[str, list[Chars]] = defaultdict(list)
    for span, at in zip(group, group.attrs["heads"], strict=True):
        if (head := _chars(doc[at])) in marked:
            found[span.id_].append(head)
    return scores(several(gold.values()), several(found.values()))


def marks(one: Marked, doc: Doc) -> Iterator[tuple[Mark, Chars]]:
    """The marks of things with their head words."""
    for mark in one.marks:
        if mark.thing and mark.kind in THINGS:
            span = doc.char_span(mark.start, mark.end, alignment_mode="expand")
            if span is not None:
                yield mark, _chars(span.root)


def links(one: Marked, reading: Reading) -> Iterator[Linked]:
    """For each marked pronoun and noun whose thing has a name: what the facts take it for."""
    named = {mark.thing for mark in one.marks if mark.kind in NAMED}
    thing_at = {head: mark.thing for mark, head in marks(one, reading.doc)}
    antecedents = {
        (link.mention.head.start, link.mention.head.end): link.antecedent
        for link in reading.coreferent.values()
    }
    for mark, head in marks(one, reading.doc):
        if mark.kind in ("PRO", "NOM") and mark.thing in named:
            meant = antecedents.get(head)
            thing = thing_at.get((meant.head.start, meant.head.end)) if meant else None
            sort = "pronouns" if mark.kind == "PRO" else "nouns"
            yield Linked(sort, meant is not None, thing == mark.thing)


def _links(sort: str, every: Sequence[Linked]) -> Figure:
    these = [one for one in every if one.sort == sort]
    right = sum(one.right for one in these)
    return Figure(
        f"{sort} of named things, for facts", right, len(these), sum(m.found for m in these)
    )


def _chars(word: Token) -> Chars:
    return word.idx, word.idx + len(word)


def faults(one: Chained, found: Iterable[Sequence[Chars]]) -> Iterator[Error]:
    """Mentions that are missed, too much, or in a chain with none of their own before them."""
    chain_of = {span: number for number, chain in enumerate(one.chains) for span in chain}
    told: set[Chars] = set()
    for chain in found:
        told.update(chain)
        for at, span in enumerate(chain):
            words = one.text[span[0] : span[1]]
            if span not in chain_of:
                yield Error("too much", words, _context(one, span, chain[:at]))
            elif at and chain_of[span] not in {chain_of.get(other) for other in chain[:at]}:
                yield Error("other chain", words, _context(one, span, chain[:at]))
    for span in sorted(chain_of.keys() - told):
        yield Error("missed", one.text[span[0] : span[1]], _context(one, span, ()))


def _context(one: Chained, span: Chars, before: Sequence[Chars]) -> str:
    left, right = one.text[: span[0]][-ABOUT:], one.text[span[1] :][:ABOUT]
    words = " ".join(f"{left}[[{one.text[span[0] : span[1]]}]]{right}".split())
    last = f" ← {one.text[before[-1][0] : before[-1][1]]}" if before else ""
    return f"{one.name}: {words}{last}"

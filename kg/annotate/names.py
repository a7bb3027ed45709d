"""`kg_names`: names made coherent over one document."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.ontology import folder, rows

TYPES = ("PER", "ORG", "LOC", "NORP", "EVENT", "MISC")
_EDGE = frozenset(("the", "a", "an", "'s", "’s", *"'’,.-–—\"“”‘():;"))


def titles() -> frozenset[str]:
    """Words before a person's name that are no part of it, in lower case."""
    return frozenset(row["word"] for row in rows("lexicon/titles.tsv"))


@cache
def great_cities(least: int = 300_000) -> frozenset[str]:
    """Names of the settlements with so many people or more, from the gazetteer."""
    path = folder() / "places/gazetteer.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as places:
        rows = places.execute("SELECT name FROM place WHERE population >= ?", (least,))
        return frozenset(str(name) for (name,) in rows)


class Names:
    """Trims spans, knows demonyms and countries, gives one name one type.

    Rules, in order:
    1. Determiners, possessives, quotation marks and titles leave the edges of a span; web addresses
       and handles are no names.
    2. A capitalised word of the demonym lexicon is NORP unless it is part of a longer name; a
       country of several words is whole; a country is LOC where the network saw a person, a
       people, an event or something else, a great city where it saw the latter three.
       Bodies of `actors.tsv` are ORG where the network saw no name.
    3. A name goes on to the word that heads it ("Kelmar Police") and has the type of that word
       (`ontology/lexicon/name_heads.tsv`), and to the number of a force ("CTF 50"); "US" before
       dollars is no place.
    4. A name goes on over a hyphen; a proper noun coordinated with a place is a place.
    5. A single word that is the last word of a person's full name in the same text is that person.
    6. A name that has one type in at least two thirds of its places has it everywhere, and is found
       again where the network saw no name; so has the abbreviation in brackets after a name.
    """

    def __init__(self) -> None:
        lexicon = list(rows("lexicon/demonyms.tsv"))
        self._titles = titles()
        self._demonyms = frozenset(row["word"] for row in lexicon)
        aliases = {row["alias"] for row in rows("lexicon/country_aliases.tsv")}
        countries = {row["label"] for row in lexicon if row["iso2"]} | aliases
        self._countries = frozenset(countries) - self._demonyms
        self._short = frozenset(aliases)
        heads = list(rows("lexicon/name_heads.tsv"))
        self._heads = {row["word"]: row["type"] for row in heads}
        self._sure = {row["word"] for row in heads if row["sure"] == "yes"}
        self._dotted: set[str] = set()
        self._actors: dict[str, list[list[str]]] = defaultdict(list)
        for row in rows("actors.tsv"):
            for name in (row["label"], *filter(None, row["aliases"].split("|"))):
                words = name.removeprefix("the ").split()
                if len(words) == 1 and name.isupper() and "." in name:
                    self._dotted.add(name)
                if words[0][0].isupper() and len(name) > 3:
                    self._actors[words[0]].append(words)
        self._long = defaultdict(list)
        for name in sorted(self._countries, key=lambda n: (-len(n), n)):
            if " " in name:
                self._long[name.split()[0]].append(name.split())

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with coherent `ents`."""
        spans = [s for e in doc.ents if (s := trimmed(e, self._titles)) is not None]
        spans = self._long_countries(doc, spans)
        spans = self._acting(doc, self._known(doc, spans))
        spans = _coordinated(doc, _hyphenated(doc, spans))
        spans = _numbered(doc, self._headed(doc, spans))
        spans = _abbreviated(doc, _agreed(doc, spans))
        doc.set_ents(sorted(spans, key=lambda s: s.start))
        return doc

    def _long_countries(self, doc: Doc, spans: list[Span]) -> list[Span]:
        """Countries of several words are whole, unless they are part of a longer name."""
        found = []
        for token in doc:
            for words in self._long.get(token.text, ()):
                piece = doc[token.i : token.i + len(words)]
                if [t.text for t in piece] == words:
                    found.append(Span(doc, piece.start, piece.end, label="LOC"))
                    break
        for whole in found:
            over = [s for s in spans if s.start < whole.end and whole.start < s.end]
            if all(whole.start <= s.start and s.end <= whole.end for s in over):
                spans = [s for s in spans if s not in over] + [whole]
        return sorted(spans, key=lambda s: s.start)

    def _acting(self, doc: Doc, spans: list[Span]) -> list[Span]:
        """Bodies of `actors.tsv` are found where the network saw no name: "Pentagon" of a post."""
        taken = {i for s in spans for i in range(s.start, s.end)}
        found = list(spans)
        for token in doc:
            if token.i in taken or token.pos_ != "PROPN":
                continue
            for words in sorted(self._actors.get(token.text, ()), key=lambda w: (-len(w), w)):
                piece = doc[token.i : token.i + len(words)]
                if [t.text for t in piece] == words and not taken & set(
                    range(piece.start, piece.end)
                ):
                    found.append(Span(doc, piece.start, piece.end, label="ORG"))
                    taken.update(range(piece.start, piece.end))
                    break
        return sorted(found, key=lambda s: s.start)

    def _headed(self, doc: Doc, spans: list[Span]) -> list[Span]:
        """Names that go on to a word such as "Police" or "Bridge", and have its type."""
        taken = {i for s in spans for i in range(s.start, s.end)}
        result = []
        for span in spans:
            end, label, at = span.end, span.label_, span.end
            while at < min(len(doc), span.end + 4) and at not in taken and doc[at].is_title:
                if doc[at].pos_ != "PROPN" or doc[at].is_sent_start:
                    break
                at += 1
                if doc[at - 1].lower_ in self._heads:
                    end = at
            last = doc[end - 1].lower_
            grown = end > span.end
            if grown or (label in {"ORG", "LOC", "MISC", "EVENT"} and end - span.start > 1):
                if last in self._sure or (grown and last in self._heads):
                    label = self._heads[last]
            result.append(Span(doc, span.start, end, label=label))
        return result

    def _known(self, doc: Doc, spans: list[Span]) -> list[Span]:
        result = []
        taken: set[int] = set()
        for span in spans:
            label = span.label_
            if span.text in self._demonyms and label != "NORP":
                # "Roman" may be a man, "Rakhine" a state: only an adjective overrules a place.
                if label in {"EVENT", "MISC"} or (label != "PER" and _attributive(span.root)):
                    label = "NORP"
            elif (
                label == "LOC"
                and len(span) == 1
                and span.root.tag_ == "JJ"
                and span.root.dep_ == "amod"
            ):
                label = "NORP"
            elif (
                span.text in self._short
                or (span.text in self._countries and label in {"PER", "NORP", "MISC", "EVENT"})
                or label in {"NORP", "MISC", "EVENT"}
                and span.text in great_cities()
            ):
                label = "LOC"
            if span.text in self._dotted and span.text not in self._short:
                label = "ORG"  # the "U.N. agency" is of no place
            if label == "LOC" and span.end < len(doc) and _money(doc[span.end]):
                continue
            result.append(Span(doc, span.start, span.end, label=label))
            taken.update(range(span.start, span.end))
        at = 0
        while at < len(doc):
            for size in (2, 1):
                piece = doc[at : at + size]
                if (
                    len(piece) == size
                    and piece.text in self._demonyms
                    and not taken & set(range(at, at + size))
                ):
                    if doc[at].text[0].isupper() and piece.root.pos_ in {"ADJ", "NOUN", "PROPN"}:
                        result.append(Span(doc, at, at + size, label="NORP"))
                        at += size - 1
                        break
            at += 1
        return sorted(result, key=lambda s: s.start)


def _numbered(doc: Doc, spans: list[Span]) -> list[Span]:
    """Bodies with the number after them that is of their name: "CTF 50", "Task Force 153"."""
    taken = {i for s in spans for i in range(s.start, s.end)}
    result = []
    for span in spans:
        end, last = span.end, span[-1]
        body = span.label_ in ("ORG", "MISC") and (last.text.isupper() or last.text == "Force")
        if body and len(last) > 1 and end < len(doc) and end not in taken:
            number = doc[end]
            named = number.text.isdigit() and len(number) <= 3 and number.head.i < end
            if named and number.head.i >= span.start and not number.is_sent_start:
                end += 1
        result.append(Span(doc, span.start, end, label=span.label_ if end == span.end else "ORG"))
    return result


def trimmed(span: Span, titles: frozenset[str]) -> Span | None:
    """The span without what does not belong at its edges, None where nothing of a name is left."""
    start, end = span.start, span.end
    doc = span.doc
    while start < end and (doc[start].lower_ in _EDGE or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].lower_ in _EDGE or doc[end - 1].is_space):
        end -= 1
    while span.label_ == "LOC" and start < end and doc[start].is_lower and _common(doc[start]):
        start += 1  # "port of Hodeidah" is at Hodeidah
    start = _past_backer(doc, start, end)
    person = span.label_ == "PER"
    while person and start < end and doc[start].lower_ in titles and doc[start].text[0].isupper():
        start += 1
    if start >= end or any(_address(token) for token in doc[start:end]):
        return None
    if end - start == 1 and _rank(doc[start]):
        return None
    return Span(doc, start, end, label=span.label_)


def _past_backer(doc: Doc, start: int, end: int) -> int:
    """Where a name begins behind who stands behind it: "Volya" of "Kestria-backed Volya"."""
    for at in range(start + 1, end - 2):
        joined = doc[at].text == "-" and not doc[at].whitespace_ and not doc[at - 1].whitespace_
        if joined and doc[at + 1].is_lower and doc[at + 1].text.endswith(("ed", "led", "run")):
            return at + 2 if doc[at + 2].text[0].isupper() else start
    return start


def _rank(token: Token) -> bool:
    """Whether a word is a shortened rank before a person's name: "Spc. Omar Keita"."""
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    short = token.text.endswith(".") and 3 <= len(token) <= 6 and token.text[:-1].isalpha()
    return short and token.text.istitle() and after.ent_type_ == "PER" and token.ent_type_ != "PER"


def _common(token: Token) -> bool:
    return token.pos_ in {"NOUN", "ADJ", "ADP", "DET"}


def _money(token: Token) -> bool:
    return token.text == "$" or token.lower_ in {"dollar", "dollars"}


def _abbreviated(doc: Doc, spans: list[Span]) -> list[Span]:
    """An abbreviation in brackets after a name has the name's type, there and everywhere."""
    same: dict[str, str] = {}
    for span in spans:
        if len(span) > 1 and span.end + 2 < len(doc) and doc[span.end].text == "(":
            short = doc[span.end + 1]
            if doc[span.end + 2].text == ")" and short.text.isupper() and len(short) > 1:
                if short.text[0] == span.text[0].upper() or len(span) >= len(short):
                    same.setdefault(short.text, span.label_)
    alone = {s.start for s in spans if s.text in same}
    taken = {i for s in spans for i in range(s.start, s.end)} - alone
    found = []
    for span in spans:
        if span.start in alone:
            continue
        end = span.end
        # "Dolsk NPP" is one plant, once "NPP" is known.
        if end < len(doc) and end not in taken and span.label_ == same.get(doc[end].text):
            taken.add(end)
            end += 1
        found.append(Span(doc, span.start, end, label=span.label_))
    for token in doc:
        if token.text in same and token.i not in taken:
            found.append(Span(doc, token.i, token.i + 1, label=same[token.text]))
    return sorted(found, key=lambda s: s.start)


def _attributive(token: Token) -> bool:
    return token.pos_ == "ADJ" or token.tag_ == "NNPS" or token.dep_ == "amod"


def _address(token: Token) -> bool:
    return bool(token.like_url or token.like_email or token.text.startswith(("@", "#", "http")))


def _hyphenated(doc: Doc, spans: list[Span]) -> list[Span]:
    """A capitalised word joined to a name by a hyphen is part of it: "Malo-Yarsk"."""
    free = {t.i for t in doc} - {i for s in spans for i in range(s.start, s.end)}
    result: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if result and span.start < result[-1].end:
            continue
        end = span.end
        while end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_:
            following = doc[end + 1]
            if (
                doc[end - 1].whitespace_
                or not following.text[0].isupper()
                or following.pos_ != "PROPN"
            ):
                break
            if following.i not in free and following.ent_type_ != span.label_:
                break
            end = following.i + 1
        result.append(Span(doc, span.start, end, label=span.label_))
    return result


def _coordinated(doc: Doc, spans: list[Span]) -> list[Span]:
    """A proper noun coordinated with a place is a place, where the network saw no name."""
    labels = {i: s.label_ for s in spans for i in range(s.start, s.end)}
    result = list(spans)
    for token in doc:
        if token.i in labels or token.pos_ != "PROPN" or not token.text[0].isupper():
            continue
        listed = token.dep_ == "conj" and labels.get(token.head.i) == "LOC"
        if listed and not any(
            c.dep_ in ("compound", "flat", "amod", "appos") for c in token.children
        ):
            result.append(Span(doc, token.i, token.i + 1, label="LOC"))
            labels[token.i] = "LOC"
    return sorted(result, key=lambda s: s.start)


def _agreed(doc: Doc, spans: list[Span]) -> list[Span]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        votes[span.text][span.label_] += 1
    surnames = {s[-1].text for s in spans if s.label_ == "PER" and len(s) > 1}
    decided: dict[str, str] = {}
    for text, counts in votes.items():
        label, most = min(counts.items(), key=lambda item: (-item[1], TYPES.index(item[0])))
        if text in surnames and counts["LOC"] < 2:
            decided[text] = "PER"
        elif most * 3 >= counts.total() * 2:
            decided[text] = label
    result = [Span(doc, s.start, s.end, label=decided.get(s.text, s.label_)) for s in spans]
    taken = {i for s in result for i in range(s.start, s.end)}
    sure = {
        t: k
        for t, k in decided.items()
        if votes[t].total() >= 2 or (k == "PER" and t in surnames) or " " in t
    }
    heads: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for text, label in sorted(sure.items()):
        first = next(s for s in spans if s.text == text)
        words = [t.text for t in first]
        heads[words[0]].append((words, label))
    for surname in sorted(surnames - set(sure)):
        heads[surname].append(([surname], "PER"))
    for token in doc:
        if (
            token.i in taken
            or not token.text[0].isupper()
            or token.pos_ not in {"PROPN", "NOUN", "ADJ"}
        ):
            continue
        for words, label in sorted(heads.get(token.text, ()), key=lambda c: -len(c[0])):
            piece = doc[token.i : token.i + len(words)]
            if [t.text for t in piece] == words and not taken & set(range(piece.start, piece.end)):
                nearby = doc[piece.end].text if piece.end < len(doc) else ""
                if len(words) == 1 and (nearby[:1].isupper() or token.pos_ != "PROPN"):
                    continue
                result.append(Span(doc, piece.start, piece.end, label=label))
                taken.update(range(piece.start, piece.end))
                break
    return result


@Language.factory("kg_names", requires=["doc.ents", "token.pos"], assigns=["doc.ents"])
def names(nlp: Language, name: str) -> Names:
    """Coherent names as a pipeline component."""
    return Names()

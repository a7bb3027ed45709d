"""`kg_terms`: terms and names of one document as one coherent set of spans."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate.names import titles, trimmed

NAMED = {"UNIT": "ORG", "FACILITY": "LOC"}
"""Terms that are names as well where they are written as one, and the type of that name."""


class Terms:
    """Trims the terms and settles where terms and names overlap.

    Rules, in order:
    1. Determiners, possessives and punctuation leave the edges of a term.
    2. A unit or facility whose first and last words are written as names ("155th Marine Brigade",
       "Kerch Bridge") is a name, whole; names within it are none of their own. Of one that is only
       described the proper noun before it is a place: "Orin" of "Orin dam".
    3. A border that cuts through a name moves so that the name is inside.
    4. Of terms that overlap the longer stays.
    """

    def __init__(self) -> None:
        self._titles = titles()

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with coherent `ents` and `spans["terms"]`."""
        found = [t for s in doc.spans["terms"] if (t := trimmed(s, self._titles)) is not None]
        kept: list[Span] = []
        for term in sorted(found, key=lambda s: (s.start - s.end, s.start)):
            whole = _whole(doc, term)
            if not any(whole.start < k.end and k.start < whole.end for k in kept):
                kept.append(whole)
        doc.spans["terms"] = sorted(kept, key=lambda s: s.start)
        named = [
            Span(doc, t.start, t.end, label=NAMED[t.label_])
            for t in kept
            if t.label_ in NAMED and _written_as_name(t)
        ]
        named += [before for t in kept if (before := _place_before(doc, t)) is not None]
        rest = [e for e in doc.ents if not any(e.start < n.end and n.start < e.end for n in named)]
        doc.set_ents(sorted([*rest, *named], key=lambda s: s.start))
        return doc


def _whole(doc: Doc, term: Span) -> Span:
    """The term with all words of the names that its borders cut."""
    start, end = term.start, term.end
    for name in doc.ents:
        if name.start < start < name.end:
            start = name.start
        if name.start < end < name.end:
            end = name.end
    return Span(doc, start, end, label=term.label_)


def _written_as_name(term: Span) -> bool:
    return all(word.text[0].isupper() or word.text[0].isdigit() for word in (term[0], term[-1]))


def _place_before(doc: Doc, term: Span) -> Span | None:
    """The proper nouns that begin a described facility, where no name is known there."""
    end = term.start
    while end < term.end and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
        end += 1
    if term.label_ != "FACILITY" or _written_as_name(term) or not term.start < end < term.end:
        return None
    taken = any(e.start < term.end and term.start < e.end for e in doc.ents)
    return None if taken else Span(doc, term.start, end, label="LOC")


@Language.factory("kg_terms", requires=["doc.ents", "doc.spans"], assigns=["doc.ents", "doc.spans"])
def terms(nlp: Language, name: str) -> Terms:
    """Coherent terms as a pipeline component."""
    return Terms()

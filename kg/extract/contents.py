"""What is attributed: the stretches of text that a cue governs in the parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.extract.cues import Cue, passive
from kg.extract.sources import inverted
from kg.records import Span

TRIMMED = frozenset([*",;.:—–-―…)([]", "--", "..."])
ORDER = ("clause", "inf", "as", "to", "raise", "ing")
RIGHT = ("xcomp", "ccomp", "advcl", "acl", "obl", "parataxis", "dep", "nmod")

Found = tuple[tuple[Span, ...], tuple[Token, ...]]
"""Stretches of content, and the words that belong to the cue besides its head."""


def content(token: Token, cue: Cue) -> Found | None:
    """The content that a word governs in one of its meanings, None if it governs none.

    Of several constructions the more specific one is taken: a clause before an infinitive,
    a preposition, and an object last.
    """
    for name in ORDER:
        if name in cue.contents and (found := BY_NAME[name](token)) is not None:
            return found
    for name in sorted(cue.contents - set(BY_NAME)):
        if (found := _prepositional(token, name)) is not None:
            return found
    if "obj" in cue.contents:
        return _object(token)
    return None


def region(heads: Iterable[Token], without: Iterable[Token] = ()) -> tuple[Span, ...]:
    """Runs of characters under the heads, without some subtrees and without border punctuation."""
    words = list(heads)
    out = {t.i for word in without for t in word.subtree}
    kept = sorted({t.i for word in words for t in word.subtree} - out)
    return runs(words[0].doc, kept)


def runs(doc: Doc, indices: list[int]) -> tuple[Span, ...]:
    """Character spans of runs of neighbouring tokens, trimmed at both ends."""
    found: list[Span] = []
    run: list[int] = []
    for index in [*indices, -1]:
        if run and index != run[-1] + 1:
            if (span := trimmed(doc, run[0], run[-1] + 1)) is not None:
                found.append(span)
            run = []
        run.append(index)
    return tuple(found)


def trimmed(doc: Doc, start: int, end: int) -> Span | None:
    """Characters of tokens [start, end) without punctuation and white space at the borders."""
    while start < end and (doc[start].text in TRIMMED or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text in TRIMMED or doc[end - 1].is_space):
        end -= 1
    if start >= end or all(t.is_punct for t in doc[start:end]):
        return None
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def _children(token: Token, *deps: str) -> Iterator[Token]:
    return (c for c in token.children if c.dep_ in deps)


def _first(token: Token, *deps: str) -> Token | None:
    return next(_children(token, *deps), None)


def infinitive(verb: Token) -> bool:
    """Whether the verb, or the predicate with its copula, is marked by "to"."""
    return any(c.lower_ == "to" and c.dep_ == "mark" for c in verb.children)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in verb.children)


def _clause(token: Token) -> Found | None:
    if token.pos_ == "NOUN":
        return _noun_clause(token)
    clauses = [c for c in _children(token, "ccomp") if not _gerund(c) and not _bare_to(c)]
    if passive(token):
        clauses += _children(token, "csubj:pass", "csubj")
    if not clauses:
        clauses = [
            c
            for c in _children(token, "xcomp", "advcl", "parataxis", "dep", "obj")
            if c.i > token.i and c.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and _complement(token, c)
        ]
    if clauses:
        return region(clauses, [c for c in clauses if token in c.subtree]), ()
    return _interposed(token)


def _gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" and not _has_subject(verb) and not _first(verb, "aux")


def _bare_to(verb: Token) -> bool:
    return infinitive(verb) and not _has_subject(verb)


def _complement(token: Token, clause: Token) -> bool:
    """Whether a clause with another label is the complement of a word of saying."""
    start = clause.left_edge
    if start.lower_ == "that":
        return _has_subject(clause) and clause.dep_ != "acl:relcl"
    if clause.dep_ == "parataxis":
        between = clause.doc[token.i + 1 : start.i + 1]
        colon = any(t.text == ":" for t in between) or start.text == ":"
        return colon or start.i == token.i + 1 and _has_subject(clause)
    return clause.dep_ in ("xcomp", "dep") and _has_subject(clause) and start.i == token.i + 1


def _noun_clause(noun: Token) -> Found | None:
    for clause in _children(noun, "acl", "acl:relcl", "ccomp", "appos", "advcl"):
        if clause.i < noun.i or clause.left_edge.lower_ not in ("that", "whether", "if", "how"):
            continue
        subjects = [c for c in clause.children if c.dep_.startswith(("nsubj", "expl", "csubj"))]
        if any(c.i != clause.left_edge.i for c in subjects):
            return region([clause]), ()
    return None


def _interposed(verb: Token) -> Found | None:
    """The clause that "…, he said, …", "…, said the mayor" or "as he put it" stands in."""
    head = verb.head
    if head.i == verb.i or verb.tag_ == "VBG" or infinitive(verb):
        return None
    behind = inverted(verb)
    has_as = any(c.lower_ == "as" and c.dep_ in ("mark", "advmod", "case") for c in verb.children)
    allowed = ("parataxis", "dep", "ccomp", "appos", "discourse") if not behind else (
        "parataxis", "dep", "ccomp", "conj", "advcl", "amod", "acl", "acl:relcl", "appos",
    )  # fmt: skip
    if verb.dep_ == "ccomp" and head.dep_ == "ccomp":
        return None
    if not (has_as and verb.dep_ in ("advcl", "parataxis") or verb.dep_ in allowed):
        return None
    if behind is None and not _has_subject(verb) or passive(verb) and not has_as:
        return None
    if any(c.dep_ in ("obj", "ccomp", "xcomp") and c != behind for c in verb.children):
        return None
    edges = (verb.left_edge.i - 1, verb.right_edge.i + 1)
    doc = verb.doc
    bordered = any(
        0 <= e < len(doc) and (doc[e].is_punct or doc[e].is_space) for e in edges
    ) or any(e < verb.sent.start or e >= verb.sent.end for e in edges)
    bordered = bordered or doc[verb.left_edge.i].is_punct
    if not bordered:
        return None
    left_out = [verb]
    if verb.dep_ == "amod" and behind is not None:
        left_out, head = [behind], behind.head if behind.head.i != behind.i else behind
    spans = region([head], left_out)
    return (spans, ()) if spans else None


def _infinitive(token: Token) -> Found | None:
    """"vowed to leave"; "is expected to leave" has its subject in the content."""
    for child in _children(token, "xcomp", "advcl", "ccomp", "acl", "csubj"):
        if child.i > token.i and infinitive(child) and not _has_subject(child):
            if token.pos_ == "VERB" and passive(token):
                subject = _first(token, "nsubj:pass")
                return region([*([subject] if subject else []), child]), ()
            if child.dep_ == "advcl" and child.left_edge.i != token.i + 1:
                continue
            if _first(token, "obj", "iobj") is None or token.pos_ != "VERB":
                return region([child]), ()
    return None


def _object_infinitive(token: Token) -> Found | None:
    """"urged them to leave"; "were urged to leave"."""
    if passive(token):
        return _infinitive(token)
    whom = _first(token, "obj", "iobj")
    for child in _children(token, "xcomp", "ccomp", "advcl", "acl"):
        if child.i < token.i or not infinitive(child):
            continue
        if _has_subject(child):
            return region([child]), ()
        if whom is not None and whom.i < child.i and child.left_edge.i == whom.right_edge.i + 1:
            return region([whom, child]), ()
    if whom is not None:
        for child in _children(whom, "acl"):
            if infinitive(child):
                return region([whom]), ()
    return None


def _predicative(token: Token) -> Found | None:
    """"described it as a crime", "called him a liar"; "was hailed as a success"."""
    whom = _first(token, "nsubj:pass") if passive(token) else _first(token, "obj", "iobj")
    for child in token.children:
        if child.i < token.i or child == whom:
            continue
        plain = child.dep_ in ("xcomp", "obj") and whom is not None and whom.i < child.i
        if (plain and not infinitive(child)) or (
            child.dep_ in RIGHT and child.left_edge.lower_ == "as"
        ):
            return region([*([whom] if whom else []), child]), ()
    return None


def _raised(token: Token) -> Found | None:
    """"appears to have left", "is likely to fall": subject and infinitive."""
    subject = _first(token, "nsubj", "nsubj:pass", "nsubj:outer")
    for child in _children(token, "xcomp", "csubj", "ccomp", "advcl"):
        if child.i > token.i and infinitive(child):
            return region([*([subject] if subject else []), child]), ()
    return None


def _gerundive(token: Token) -> Found | None:
    for child in _children(token, "xcomp", "ccomp", "advcl", "obj"):
        if child.i > token.i and child.tag_ == "VBG" and child.left_edge.i == token.i + 1:
            return region([child]), ()
    return None


def _prepositional(token: Token, preposition: str) -> Found | None:
    """"warned of an attack", "accused them of shelling": what the preposition introduces."""
    for child in _children(token, *RIGHT, "obl:agent", "iobj", "advmod"):
        if child.i < token.i:
            continue
        mark = next((c for c in child.children if c.dep_ in ("case", "mark", "advmod")), None)
        if mark is None or mark.lower_ != preposition or mark.i != child.left_edge.i:
            continue
        if token.pos_ == "NOUN" and mark.i != token.i + 1:
            continue
        whom = _first(token, "nsubj:pass") if passive(token) else _first(token, "obj", "iobj")
        if whom is not None and preposition in ("of", "for", "with", "against"):
            return region([whom, child]), ()
        adjacent = mark.i == token.i + 1 or (
            mark.i == token.i + 2 and token.doc[token.i + 1].dep_ in ("compound:prt", "advmod")
        )
        if adjacent or whom is not None:
            return region([child], [mark]), (mark,) if adjacent else ()
    return None


def _object(token: Token) -> Found | None:
    """"reported heavy losses"; "heavy losses were reported"."""
    whom = _first(token, "nsubj:pass") if passive(token) else _first(token, "obj")
    if whom is None or whom.pos_ in ("PRON", "DET") and whom.lower_ not in ("this", "that"):
        return None
    return region([whom]), ()


BY_NAME = {
    "clause": _clause,
    "inf": _object_infinitive,
    "as": _predicative,
    "to": _infinitive,
    "raise": _raised,
    "ing": _gerundive,
    "obj": _object,
    "adverb": lambda token: None,
    "main": lambda token: None,
}

"""What is attributed: the stretches of text that a cue governs in the parse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract.cues import Cue, lemma, meanings, passive, sentence
from kg.extract.lexicon import event_words
from kg.extract.sources import inverted
from kg.records import Span

TRIMMED = frozenset([*",;.:—–-―…)([]", "--", "..."])
COMPLEMENTIZERS = ("that", "whether", "if", "how", "why", "what", "who", "when", "where")
CLAUSAL = ("root", "ROOT", "ccomp", "advcl", "parataxis", "acl:relcl", "csubj")
ORDER = ("clause", "obj+inf", "as", "inf", "raise", "ing", "responsible")
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
    if "obj" in cue.contents and not (cue.kind == "evidence" and passive(token)):
        return _object(token)
    return None


def region(heads: Sequence[Token], without: Iterable[Token] = ()) -> tuple[Span, ...]:
    """Runs of characters under the heads, without some subtrees and without border punctuation."""
    words = heads
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
        further = [t for c in clauses for t in c.subtree if _goes_on(t)]
        return region(clauses, [*(c for c in clauses if token in c.subtree), *further]), ()
    return _interposed(token) or _following(token)


def _goes_on(verb: Token) -> bool:
    """Whether the participle adds more by the same speaker: "said it was over, adding: …"."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.doc[verb.i - 1].text != ",":
        return False
    return any(cue.kind == "speech" and "clause" in cue.contents for cue in meanings(verb)) and any(
        c.dep_ in ("ccomp", "parataxis", "obj") for c in verb.children
    )


def _gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" and not _has_subject(verb) and not _first(verb, "aux")


def _bare_to(verb: Token) -> bool:
    return infinitive(verb) and not _has_subject(verb)


def _complement(token: Token, clause: Token) -> bool:
    """Whether a clause with another label is the complement of a word of saying."""
    start = clause.left_edge
    if start.lower_ in ("if", "whether", "how", "why") and start.i == token.i + 1:
        return True
    if start.lower_ == "that":
        return _has_subject(clause) and clause.dep_ != "acl:relcl"
    if clause.dep_ == "parataxis":
        between = clause.doc[token.i + 1 : start.i + 1]
        colon = any(t.text == ":" for t in between) or start.text == ":"
        return colon or start.i == token.i + 1 and _has_subject(clause)
    return clause.dep_ in ("xcomp", "dep") and _has_subject(clause) and start.i == token.i + 1


def _following(verb: Token) -> Found | None:
    """What follows a finite verb of saying where the parse hides the clause.

    From "that", "whether" or a question word a few words on, otherwise right behind the verb;
    to the end of the sentence.
    """
    if verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBG", "VBN"):
        return None
    if "obj" in {d for cue in meanings(verb) for d in cue.contents}:
        return None
    doc, (_, end) = verb.doc, sentence(verb)
    start = None
    for index in range(verb.i + 1, min(verb.i + 7, end)):
        if doc[index].lower_ in COMPLEMENTIZERS:
            start = index
            break
        if doc[index].text in (",", ";", ":") or doc[index].pos_ == "VERB":
            break
    if start is None and passive(verb) or verb.i + 2 >= end:
        return None
    following = doc[verb.i + 1]
    if start is None and following.pos_ in ("PROPN", "NOUN", "PRON", "DET", "NUM", "ADJ"):
        start = verb.i + 1
    if start is None or not any(_finite(t) for t in doc[start:end]):
        return None
    span = trimmed(doc, start, end)
    return ((span,), ()) if span else None


def _finite(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.pos_ in ("VERB", "AUX")


def _noun_clause(noun: Token) -> Found | None:
    for clause in _children(noun, "acl", "acl:relcl", "ccomp", "appos", "advcl"):
        if clause.i < noun.i or clause.left_edge.lower_ not in ("that", "whether", "if", "how"):
            continue
        subjects = [c for c in clause.children if c.dep_.startswith(("nsubj", "expl", "csubj"))]
        if any(c.i != clause.left_edge.i for c in subjects):
            return region([clause]), ()
    return _copular(noun)


def _copular(noun: Token) -> Found | None:
    """ "the theory is that …"."""
    said = noun.head
    if noun.dep_ not in ("nsubj", "nsubj:outer") or noun.i > said.i:
        return None
    mark = next((c for c in _children(said, "mark") if c.lower_ == "that"), None)
    copula = next((c for c in _children(said, "cop") if noun.i < c.i), None)
    if mark is None or copula is None or mark.i < copula.i:
        return None
    kept = sorted(t.i for t in said.subtree if t.i >= mark.i)
    return runs(noun.doc, kept), ()


def _interposed(verb: Token) -> Found | None:
    """The clause that "…, he said, …", "…, said the mayor" or "as he put it" stands in."""
    head = verb.head
    if head.i == verb.i or verb.tag_ == "VBG" or infinitive(verb):
        return None
    behind = inverted(verb)
    has_as = any(c.lower_ == "as" and c.dep_ in ("mark", "advmod", "case") for c in verb.children)
    if verb.dep_ == "ccomp" and head.dep_ == "ccomp" or verb.dep_ in ("acl:relcl", "xcomp"):
        return None
    if behind is None and not _has_subject(verb) or passive(verb) and not has_as:
        return None
    if any(c.dep_ in ("obj", "ccomp", "xcomp") and c != behind for c in verb.children):
        return None
    first, last = _insertion(verb, behind)
    doc, (start, end) = verb.doc, sentence(verb)
    before = first == start or doc[first - 1].is_punct or doc[first - 1].lower_ == "as"
    after = last + 1 >= end or doc[last + 1].is_punct or doc[last + 1].is_space
    if not before or not after or first == start and last + 1 >= end:
        return None
    if verb.dep_ in ("advcl", "conj") and not (has_as or behind is not None):
        if first == start or doc[first - 1].text != "," or last + 1 >= end:
            return None
    top = clause(head)
    kept = {t.i for t in top.subtree} - set(range(first, last + 1))
    if top.i in range(first, last + 1) or not kept:
        return None
    spans = runs(doc, sorted(kept))
    return (spans, ()) if spans else None


def _insertion(verb: Token, behind: Token | None) -> tuple[int, int]:
    """First and last token of "he said on Friday", "said the mayor, a former judge"."""
    inside = {verb.i}
    for child in verb.children:
        near = child.dep_.startswith(("nsubj", "aux", "advmod", "obl", "mark", "dep")) or (
            child.dep_ in ("case", "flat", "compound:prt", "iobj")
        )
        if near or child == behind:
            inside |= {t.i for t in child.subtree}
    if behind is not None:
        inside |= {t.i for t in behind.subtree if t.i >= verb.i}
    run = sorted(inside)
    first = last = verb.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return (first, last) if run else (verb.i, verb.i)


def clause(token: Token) -> Token:
    """The verb or predicate of the clause that the token stands in."""
    node = token
    while node.head.i != node.i and node.dep_ not in CLAUSAL:
        if node.dep_ == "conj" and node.pos_ in ("VERB", "AUX") and _has_subject(node):
            break
        node = node.head
    return node


def _infinitive(token: Token) -> Found | None:
    """ "vowed to leave"; "is expected to leave" has its subject in the content."""
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
    """ "urged them to leave"; "were urged to leave"."""
    if passive(token):
        return _infinitive(token)
    whom = _first(token, "obj", "iobj")
    if whom is not None and (lemma(whom), whom.pos_) in event_words():
        return None  # "pressed an offensive to retake the city"
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
    """ "described it as a crime", "called him a liar"; "was hailed as a success"."""
    if passive(token):
        whom = _first(token, "nsubj:pass")
    else:
        deps = ("obj", "iobj", "xcomp", "ccomp", "dep")
        whom = next((c for c in _children(token, *deps) if c.i > token.i), None)
    for child in token.children:
        if child.i < token.i or child == whom:
            continue
        plain = child.dep_ in ("xcomp", "obj", "ccomp", "dep") and whom is not None
        if (plain and not infinitive(child)) or (
            child.dep_ in RIGHT and child.left_edge.lower_ == "as"
        ):
            return region([*([whom] if whom is not None else []), child]), ()
    return None


def _raised(token: Token) -> Found | None:
    """ "appears to have left", "is likely to fall": subject and infinitive."""
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
    """ "warned of an attack", "accused them of shelling": what the preposition introduces."""
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


def _responsible(token: Token) -> Found | None:
    """ "held the army responsible for the raid", "is held accountable"."""
    whom = _first(token, "nsubj:pass") if passive(token) else _first(token, "obj")
    if whom is None:
        return None
    for child in (*_children(token, "xcomp", "obj", "dep"), *_children(whom, "amod", "acl")):
        if child.lower_ in ("responsible", "accountable"):
            return region([whom, child, *_children(token, "obl")]), ()
    return None


def _object(token: Token) -> Found | None:
    """ "reported heavy losses"; "heavy losses were reported"."""
    whom = _first(token, "nsubj:pass") if passive(token) else _first(token, "obj")
    pointing = ("this", "that", "it", "both", "these", "all")
    if whom is None or whom.pos_ in ("PRON", "DET") and whom.lower_ not in pointing:
        return None
    return region([whom]), ()


BY_NAME: dict[str, Callable[[Token], Found | None]] = {
    "clause": _clause,
    "obj+inf": _object_infinitive,
    "as": _predicative,
    "inf": _infinitive,
    "raise": _raised,
    "ing": _gerundive,
    "obj": _object,
    "responsible": _responsible,
    "adverb": lambda token: None,
    "main": lambda token: None,
}

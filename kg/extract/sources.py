"""Who is quoted: the subject, agent, owner or inverted subject of a word that attributes."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.cues import lemma, lexicon, meanings, media, misread, passive
from kg.extract.written import written

LIGHT = frozenset(
    "make issue release provide give have express voice raise repeat deliver publish send file "
    "post offer reiterate put share add sound utter lodge level direct extend write record read "
    "pen hold harbor harbour see face carry".split()
)
ADDRESSING = ("tell", "inform", "assure", "remind", "ask", "urge", "warn", "notify")
"""Verbs behind which those who are spoken to stand, not the speaker."""
FURTHER = ("add", "continue", "note", "stress", "emphasize", "emphasise")
NOUNS = ("NOUN", "PROPN", "PRON", "NUM", "X", "SYM")


def source(cue: Token) -> Token | None:
    """The head of the phrase that names who speaks, None where nobody is named."""
    if cue.pos_ == "NOUN":
        return owner(cue)
    return _of_verb(cue, 0)


def _of_verb(verb: Token, depth: int) -> Token | None:
    if depth > 5:
        return None
    if passive(verb):
        return _agent(verb)
    if (own := _subject(verb)) is not None:
        return own
    if (behind := inverted(verb)) is not None:
        return behind
    governor = verb.head
    if governor.i == verb.i:
        return None
    if verb.dep_ == "acl" or verb.dep_ == "amod" and governor.i < verb.i:
        return communicator(governor)
    if verb.dep_ == "acl:relcl":
        return governor if governor.pos_ in NOUNS else None
    if verb.dep_ == "ccomp" and verb.tag_ not in ("VBG", "VBN", "VB"):
        return None
    if verb.dep_ == "parataxis" and verb.tag_ not in ("VBG", "VBN"):
        return None
    if governor.dep_ == "ccomp" and verb.dep_ == "advcl" and lemma(verb) in FURTHER:
        return _of_verb(governor.head, depth + 1)
    return _shared(verb, governor, depth)


def _subject(verb: Token) -> Token | None:
    """The subject; of two, by a slip of the parse, the name, or the one that is no number."""
    deps = ("nsubj", "nsubj:outer", *(("nsubj:pass",) if misread(verb) else ()))
    found = [
        child
        for child in verb.children
        if child.dep_ in deps
        and child.pos_ in (*NOUNS, "DET", "ADJ")
        and child.lower_ != "there"
        and not dateline(child)
    ]
    named = [child for child in found if child.ent_type_ in ("PER", "ORG")]
    words = [child for child in found if child.pos_ != "NUM"]
    return communicator((named or words or found)[0]) if found else None


def dateline(word: Token) -> bool:
    """Whether the word is where a report was written: "WARSAW, Nov 23 (BBW) - …", "DHULI: …"."""
    if not word.text.isupper() or len(word) < 3:
        return False
    doc, first = word.doc, word.i
    while first > 0 and "\n" not in written(doc)[doc[first - 1].idx : doc[first].idx]:
        first -= 1
        if not (doc[first].text.isupper() or doc[first].text in ("/", ",")):
            return False
    for token in doc[word.i + 1 : word.i + 12]:
        if token.text in ("—", "–", "-", "--", ":"):
            return True
        if token.pos_ in ("VERB", "AUX") or "\n" in token.text:
            return False
    return False


def _shared(verb: Token, governor: Token, depth: int) -> Token | None:
    """The subject that a verb without one shares with a verb above it."""
    if depth > 5:
        return None
    if lemma(governor) in ("quote", "cite") and verb.i > governor.i:
        quoted = ("nsubj:pass",) if passive(governor) else ("obj",)
        for child in governor.children:
            if child.dep_ in quoted:
                return communicator(child)
        if passive(governor) and governor.dep_ in ("acl", "acl:relcl"):
            return communicator(governor.head)
    if verb.dep_ == "xcomp" and "obj+inf" in _constructions(governor):
        for child in governor.children:
            if child.dep_ in ("obj", "iobj") and child.i < verb.i:
                return child
    for child in governor.children:
        if child.dep_ == "nsubj:pass" and child.i != verb.i:
            return communicator(child)
    if (own := _subject(governor)) is not None:
        return own
    if governor.pos_ in NOUNS and governor.i < verb.i and verb.dep_ in ("advcl", "dep", "acl"):
        return communicator(governor)
    if governor.pos_ in NOUNS and governor.dep_ in ("root", "ROOT"):
        return None
    if passive(governor) and verb.dep_ == "conj":
        return _agent(governor)
    if (behind := inverted(governor)) is not None:
        return behind
    if governor.dep_ in ("acl", "acl:relcl"):
        return communicator(governor.head)
    if governor.head.i == governor.i or governor.dep_ == "ccomp" and governor.tag_ not in (
        "VBG", "VB",
    ):  # fmt: skip
        return None
    return _shared(governor, governor.head, depth + 1)


def _constructions(verb: Token) -> frozenset[str]:
    return frozenset(name for cue in meanings(verb) for name in cue.contents)


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_.startswith("obl") and any(
            c.dep_ == "case" and c.lower_ == "by" for c in child.children
        ):
            return child
    return None


def inverted(verb: Token) -> Token | None:
    """The subject behind its verb: "… , said the mayor", "… , posted Ana Petru"."""
    doc, at = verb.doc, verb.i + 1
    before = doc[verb.i - 1] if verb.i else None
    if before is None or not (before.is_quote or before.text in (",", "”", "’", "''", "?", "!")):
        return None
    if at >= len(doc) or verb.tag_ in ("VBG", "VB"):
        return None
    addressed = lemma(verb) in ADDRESSING
    for child in verb.children:
        led = any(c.dep_ == "case" and c.i < child.i for c in child.children)
        if addressed and child.dep_ != "nsubj" or led:
            continue
        if child.i > verb.i and child.left_edge.i == at and child.pos_ in ("NOUN", "PROPN", "PRON"):
            if child.dep_ in ("nsubj", "obj", "obl", "flat", "dep", "xcomp", "ccomp", "iobj",
                              "obl:unmarked", "nsubj:pass", "obl:agent"):  # fmt: skip
                return child
    head = verb.head
    if head.i > verb.i and head.pos_ in ("PROPN", "NOUN") and head.left_edge.i <= at:
        return head
    if doc[at].pos_ == "PROPN" and not addressed:
        return top(doc[at])
    return None


def top(token: Token) -> Token:
    """The head of the name that the token is a part of."""
    while token.dep_ in ("flat", "compound", "nmod:desc", "amod") and token.head.pos_ == "PROPN":
        token = token.head
    return token


def communicator(noun: Token) -> Token:
    """The owner of a statement that "says" something; any other noun is the speaker itself.

    "The governor's posts stated" is said by the governor.
    """
    if noun.pos_ == "NOUN" and utterance(noun):
        found = owner(noun)
        if found is not None and found.dep_ not in ("amod", "compound", "nmod:desc"):
            return found
    return noun


def utterance(noun: Token) -> bool:
    """Whether the noun names something said, written or shown, and not who says it."""
    return lemma(noun) in media() or (lemma(noun), "NOUN") in lexicon()


def owner(noun: Token) -> Token | None:
    """Whose claim, warning or statement it is: possessor, demonym, "by"/"from"/"of", subject."""
    for child in noun.children:
        if child.dep_ == "nmod:poss" or child.dep_ == "det" and child.lower_ in (
            "his", "her", "their", "its", "my", "our",
        ):  # fmt: skip
            return child
    for child in noun.children:
        if child.dep_ in ("nmod", "obl", "obl:agent", "nmod:agent"):
            prepositions = [c.lower_ for c in child.children if c.dep_ == "case"]
            if prepositions and prepositions[0] in ("by", "from"):
                return child
        if child.dep_ == "acl" and child.tag_ == "VBN" and (agent := _agent(child)) is not None:
            return agent
    governor = noun.head
    if noun.dep_ in ("obj", "obl", "conj") and governor.pos_ == "VERB":
        if lemma(governor) in LIGHT and (noun.dep_ == "obj"):
            return _of_verb(governor, 1)
    for child in noun.children:
        named = child.pos_ == "PROPN" or child.ent_type_ in ("NORP", "LOC", "ORG", "PER")
        if child.dep_ in ("amod", "compound", "nmod:desc") and named and child.i < noun.i:
            return child
    return None


def beside(verb: Token) -> Token | None:
    """The name or pronoun right behind or before a verb."""
    if (behind := inverted(verb)) is not None:
        return behind
    doc = verb.doc
    for at in (verb.i - 1, verb.i - 2):
        if at >= 0 and doc[at].pos_ in ("PROPN", "PRON", "NOUN") and not _timed(doc[at]):
            return top(doc[at])
    if verb.i + 1 < len(doc) and doc[verb.i + 1].pos_ in ("PROPN", "PRON"):
        return top(doc[verb.i + 1])
    return None


def _timed(word: Token) -> bool:
    """Whether the word says when: "she said Thursday night"."""
    return any(word in term for term in word.doc.spans.get("terms", ()) if term.label_ == "DATE")

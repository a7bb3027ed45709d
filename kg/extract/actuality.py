"""Whether an event is told as done, possible, planned, demanded or denied.

The walk goes from the event word up through the clauses that govern it; the outermost
operator wins: in "may seek to seize" the seizure is possible, in "denied planning to seize"
it is denied. Reporting verbs do not change it: who says so is the claim's business.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from kg import ontology
from kg.extract import lexicon
from kg.extract.phrases import case, head
from kg.records import Term

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "no", "without", "hardly"})
GOVERNING = frozenset({"of", "for", "about", "over", "to", "against", "on"})
BEFORE = frozenset({"before", "until", "once", "till"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
COMPLEMENTS = frozenset({"xcomp", "ccomp", "csubj", "csubj:pass"})


@cache
def _reporting() -> frozenset[str]:
    return frozenset(r["lemma"] for r in ontology.rows("lexicon/cues.tsv") if r["pos"] == "VERB")


def actuality(token: Token) -> Term:
    """The actuality of the event that a verb or noun names: one of the five ck: terms."""
    value = _own(token) or "Actual"
    node = token
    for _ in range(8):
        if node.dep_ == "conj" and node.pos_ == node.head.pos_ and not _independent(node):
            node = node.head
            value = _own(node) or value
            continue
        governor = node.head
        if governor.i == node.i:
            break
        effect = _effect(node, governor)
        if effect == "Presupposed":
            return Term(value)
        if effect == "stop":
            if value == "Actual" and any(
                c.lower_ in BEFORE and c.dep_ == "mark" for c in node.children
            ):
                return actuality(governor)
            break
        if effect:
            value = effect
        negated = _own(governor)
        if negated and _transparent(node, governor, bool(effect)):
            value = negated
        if node.dep_ == "ccomp" and not effect and governor.lemma_ in _reporting():
            break
        node = governor
    return Term(value)


def _own(token: Token) -> str:
    """What the word's own auxiliaries, adverbs, adjectives and determiners say."""
    words = lexicon.actuality_words()
    found = ""
    for child in token.children:
        lemma = child.lemma_.lower()
        if child.lower_ in NEGATIONS and child.dep_ in ("advmod", "det", "neg", "cc:preconj"):
            if lemma == "no" and child.dep_ == "advmod":
                continue
            return "Denied" if found != "Possible" else found
        if child.dep_ == "mark" and child.lower_ in CONDITIONS:
            return "Possible"
        if child.dep_ in ("aux", "advmod", "amod", "det"):
            for key in (lemma, child.lower_):
                hit = words.get((key, child.pos_, "self"))
                if hit and (child.dep_ != "aux" or child.tag_ == "MD"):
                    found = found or hit
    return found or _hedged_beside(token)


def _hedged_beside(token: Token) -> str:
    """A hedging participle just before a reduced clause: "one suspected downed by a missile"."""
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    if before is None or before.tag_ != "VBN" or token.tag_ != "VBN":
        return ""
    return lexicon.actuality_words().get((before.lemma_.lower(), "VERB", "self"), "")


def _independent(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubj:pass", "aux") for c in verb.children)


def _effect(node: Token, governor: Token) -> str:
    """What the governor makes of the event under it: an actuality, "" or "stop"."""
    dep = node.dep_
    if (before := _noun_before(node)) is not None:
        hit = lexicon.actuality_words().get((before.lemma_.lower(), "NOUN", "complement"))
        if hit:
            return hit
    complement = lexicon.actuality_words().get(
        (governor.lemma_.lower(), _pos(governor), "complement"), ""
    )
    if dep in COMPLEMENTS:
        return complement
    if dep == "advcl":
        purpose = _infinitive(node)
        if complement and (purpose or _gerund(node)):
            return complement
        return "Planned" if purpose else "stop"
    if dep == "acl":
        if any(c.dep_ == "mark" and c.lower_ in ("to", "that") for c in node.children):
            return complement or ("Planned" if _infinitive(node) else "stop")
        if complement and any(c.dep_ == "nsubj" for c in node.children):
            return complement
        return complement if case_like(node) else "stop"
    if dep in ("acl:relcl", "parataxis", "appos", "list", "dislocated"):
        return "stop"
    if dep.startswith("nmod"):
        if case(node) in GOVERNING:
            if head(governor).i == node.i:
                return ""
            return complement or "stop"
        return "stop"
    if (
        dep in ("obj", "nsubj:pass")
        or dep == "obl"
        and case(node) in ("for", "to", "about", "of", "against")
    ):
        return complement
    if dep == "nsubj":
        if governor.pos_ == "ADJ":
            return complement
        return "" if "self" in lexicon.light_verbs().get(governor.lemma_, ()) else "stop"
    return "stop" if dep.startswith("obl") else ""


def _noun_before(node: Token) -> Token | None:
    """The noun just before the preposition of a phrase, wherever the phrase was attached."""
    preposition = next((c for c in node.children if c.dep_ == "case"), None)
    if (
        preposition is None
        or preposition.i <= node.sent.start
        or not node.dep_.startswith(("nmod", "obl"))
    ):
        return None
    before = node.doc[preposition.i - 1]
    governs = preposition.lower_ in GOVERNING and before.pos_ == "NOUN"
    return before if governs else None


def case_like(node: Token) -> bool:
    """Whether a gerund hangs on its noun by a preposition: "threat of attacking"."""
    return any(c.dep_ in ("mark", "case") and c.lower_ in ("of", "for") for c in node.children)


def _gerund(node: Token) -> bool:
    return any(c.dep_ in ("mark", "case") and c.lower_ in ("about", "over", "of", "from", "against")
               for c in node.children)  # fmt: skip


def _infinitive(node: Token) -> bool:
    """Whether the clause is a bare infinitive: "to capture", not "that it may be to capture"."""
    marks = {c.lower_ for c in node.children if c.dep_ == "mark"}
    return (
        "to" in marks
        and "that" not in marks
        and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in node.children)
    )


def _pos(token: Token) -> str:
    return "VERB" if token.pos_ == "AUX" else "NOUN" if token.pos_ == "PROPN" else str(token.pos_)


def _transparent(node: Token, governor: Token, effect: bool) -> bool:
    """Whether the governor's own negation and modality reach down to the event."""
    if effect or node.dep_ == "xcomp":
        return True
    if node.dep_ == "ccomp":
        return governor.lemma_ not in _reporting()
    if node.dep_.startswith("nmod") and head(governor).i == node.i:
        return True
    light = lexicon.light_verbs().get(governor.lemma_, ())
    if node.dep_ in ("obj", "nsubj:pass"):
        return bool(set(light) - {"self"}) or governor.lemma_ in ("see", "have", "make", "be")
    return node.dep_ == "nsubj" and "self" in light

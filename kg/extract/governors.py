"""What a governor makes of the event that it governs: complements, purposes, phrases, subjects.

`effect(node, governor)` is a value of `actuality.tsv`, "" where the governor says nothing and
"stop" where what stands above no longer bears on the event.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import lexicon
from kg.extract.conditionals import PAST
from kg.extract.moods import mood
from kg.extract.phrases import RELATIVE, case, head
from kg.extract.polarity import SUBJECTS, led_by, preposition

COMPLEMENTS = frozenset({"xcomp", "ccomp", "csubj", "csubj:pass"})
ASIDE = frozenset({"acl:relcl", "advcl:relcl", "parataxis", "appos", "list", "dislocated"})
GOVERNING = frozenset({"of", "for", "about", "over", "to", "against", "on", "toward", "towards"})
OF_GERUND = GOVERNING | {"from", "at", "in", "into"}


def governed(node: Token, governor: Token) -> str:
    """What the governor makes of the event under it: a value of actuality.tsv, "" or "stop"."""
    dep = node.dep_
    if dep.startswith(("nmod", "obl")) and (before := _noun_before(node)) is not None:
        hit = _word(before, node, nominal=True, bare=case(node) in GOVERNING)
        if hit and hit != "Through":
            return hit
    if dep in COMPLEMENTS or dep in ("advcl", "acl") and node.pos_ in ("VERB", "AUX", "ADJ"):
        return _clausal(node, governor)
    if dep in ASIDE:
        return _content(node, governor)
    if dep in ("xcomp", "obj") and governor.lemma_ in ("remain", "become"):
        return named(node, governor) or "stop"
    if dep.startswith("nmod") or dep == "acl":
        return _in_phrase(node, governor)
    if dep in ("nsubj", "nsubj:pass", "obj") and governor.pos_ == "VERB":
        plain = _word(governor, node, nominal=True) not in ("Denied", "Averted")
        if plain and (hit := _predicated(governor)):
            return hit
    if dep in ("obj", "iobj", "nsubj:pass"):
        return _word(governor, node, nominal=True) or ("" if _brought(node, governor) else "stop")
    if dep == "nsubj":
        return _told(node, governor)
    if dep.startswith("obl") or dep == "advcl":
        return _oblique(node, governor)
    return ""


def _clausal(node: Token, governor: Token) -> str:
    """Clauses: complements, purposes, relatives of a noun."""
    hit = _word(governor, node, nominal=False)
    purpose = _purpose(node)
    if node.dep_ in COMPLEMENTS:
        if hit:
            return hit
        if governor.lemma_ == "be" and purpose:
            return _appointed(node, governor)
        return ""
    if node.dep_ == "advcl":
        if purpose and any(t.lower_ in ("order", "as") for t in node.doc[node.i - 3 : node.i]):
            return "Planned"
        if hit and (infinitive(node) or _gerund(node)):
            reason = any(c.lower_ == "for" and c.dep_ == "mark" for c in node.children)
            return "stop" if reason and not purpose and hit != "Presupposed" else hit
        if purpose and any(c.lower_ == "too" for c in governor.children):
            return "Denied"
        if purpose:
            return "Planned"
        return "" if infinitive(node) or _outcome(node, governor) else "stop"
    if any(c.dep_ == "mark" and c.lower_ in ("to", "that") for c in node.children):
        if purpose and hit in ("", "Presupposed"):
            return "Planned"
        return "" if hit == "Through" else hit or "stop"
    if hit and any(c.dep_ in SUBJECTS for c in node.children):
        return hit
    return hit if _gerund(node) and hit else "stop"


def _outcome(node: Token, governor: Token) -> bool:
    """ "would attack, killing thousands": a participle tells what comes of it."""
    alone = all(c.dep_ not in ("mark", "case", "aux", *SUBJECTS) for c in node.children)
    return node.tag_ == "VBG" and alone and governor.i < node.i


def _content(node: Token, governor: Token) -> str:
    """ "the story that it has seized the town" may be taken for a relative clause."""
    marked = any(c.lower_ == "that" for c in node.children)
    subject = any(c.dep_ in SUBJECTS and c.lower_ not in RELATIVE for c in node.children)
    if node.dep_ != "acl:relcl" or not (marked and subject):
        return "stop"
    whole = any(c.dep_ == "obj" and c.lower_ != "that" for c in node.children)
    hit = _word(governor, node, nominal=False) if whole else ""
    return "" if hit == "Through" else hit or "stop"


def _appointed(node: Token, governor: Token) -> str:
    """ "is to attack" is a plan; "the order is to attack" what its subject says."""
    subject = next((c for c in governor.children if c.dep_ in SUBJECTS), None)
    if subject is not None and subject.pos_ == "NOUN":
        return _word(subject, node, nominal=False) or "Planned"
    return "Planned"


def named(node: Token, predicate: Token) -> str:
    """What the subject calls the event: "our goal is the liberation of the town"."""
    for child in predicate.children:
        if child.dep_ in SUBJECTS and child.pos_ == "NOUN" and child.i < node.i:
            hit = _word(child, node, nominal=True)
            return hit if hit in ("Possible", "Planned", "Demanded") else ""
    return ""


def _in_phrase(node: Token, governor: Token) -> str:
    """A noun or gerund in a noun phrase: "threat of attack", "reports of an attack"."""
    if head(governor).i == node.i:
        return ""
    hit = _word(governor, node, nominal=True, bare=case(node) in GOVERNING or _gerund(node))
    return "" if hit == "Through" else hit or "stop"


def _told(node: Token, governor: Token) -> str:
    """An event as a subject: of what happens, of what is said of it, of what it would cause."""
    if governor.pos_ in ("ADJ", "NOUN", "PROPN"):
        hit = _word(governor, node, nominal=True)
        if hit in ("", "Through"):
            return "" if _new(node) else "stop"
        return "stop" if hit == "Presupposed" else hit
    if hit := _subjected(governor):
        return hit
    hit = _word(governor, node, nominal=True)
    if hit in ("Planned", "Presupposed") or _headline(governor):
        return hit or "stop"
    if "self" in light(governor) or governor.lemma_ == "be":
        return ""
    supposed = led_by(governor, "would") and mood(governor) == "Possible"
    return "" if supposed or _new(node) and mood(governor) in ("Possible", "Planned") else "stop"


def _headline(verb: Token) -> bool:
    """Whether a participle stands without its auxiliary: "Attack on Tarvo averted"."""
    bare = all(c.dep_ not in ("obj", "aux", "aux:pass", "ccomp", "xcomp") for c in verb.children)
    return bare and verb.tag_ in PAST and bool(_word(verb, verb, nominal=True))


def _subjected(verb: Token) -> str:
    """What a verb says of the event that is its subject: "the deal fell through"."""
    words = lexicon.actuality_words()
    near = [c.lower_ for c in verb.children if c.dep_ in ("compound:prt", "advmod", "obj")]
    keys = [*(f"{verb.lemma_} {word}" for word in near), verb.lemma_]
    return next(filter(None, (words.get((key, "VERB", "subject"), "") for key in keys)), "")


def _predicated(verb: Token) -> str:
    """ "turned out to be baseless", "was dismissed as fiction"."""
    words = lexicon.actuality_words()
    for child in verb.children:
        if child.dep_ in ("xcomp", "obl") and child.pos_ in ("ADJ", "NOUN"):
            if child.dep_ == "xcomp" or case(child) == "as":
                hit = words.get((child.lemma_.lower(), child.pos_, "complement"), "")
                if hit in ("Denied", "Possible") and child.pos_ == "NOUN" or hit == "Denied":
                    return hit
    return ""


def _oblique(node: Token, governor: Token) -> str:
    """A noun in a prepositional phrase of a verb: "called for a truce", "warned of attacks"."""
    hit = preposition_of(node)
    if hit in ("Possible", "Denied"):
        return "stop"
    hit = _word(governor, node, nominal=True, bare=False)
    if not hit and (case(node) in GOVERNING or case(node) == "with"):
        hit = _word(governor, node, nominal=True)
        if not hit and case(node) in ("of", "about", "over"):
            hit = _extraposed(node, governor)
    return hit or "stop"


def _extraposed(node: Token, governor: Token) -> str:
    """ "Fears grow of an attack": the phrase belongs to the subject's noun."""
    for child in governor.children:
        if child.dep_ in SUBJECTS and child.pos_ == "NOUN" and child.i < node.i:
            return _word(child, node, nominal=True)
    return ""


def preposition_of(node: Token) -> str:
    """What the node's own preposition says of it."""
    return next((hit for c in node.children if c.dep_ in ("case", "mark")
                 and (hit := preposition(c))), "")  # fmt: skip


def _word(governor: Token, node: Token, *, nominal: bool, bare: bool = True) -> str:
    """What `actuality.tsv` says of a governor: with its particle, with a preposition, alone."""
    words = lexicon.actuality_words()
    lemma, pos = governor.lemma_.lower(), _pos(governor)
    near = [c for c in governor.children if c.dep_ in ("compound:prt", "advmod", "xcomp")]
    keys = [f"{lemma} {c.lower_}" for c in near if abs(c.i - governor.i) < 4]
    prep = case(node) or next((c.lower_ for c in node.children if c.dep_ == "mark"), "")
    if prep and prep != "that":
        keys.append(f"{lemma} {prep}")
    if node.dep_ == "nsubj:pass":
        keys += [f"{lemma} {case(c)}" for c in governor.children if c.dep_ == "obl"]
    if bare:
        keys.append(lemma)
    if nominal:
        scopes: tuple[str, ...] = ("noun", "complement")
    else:
        scopes = ("infinitive", "complement") if infinitive(node) else ("clause", "complement")
        if (infinitive(node) or node.tag_ == "VBN") and _others(governor, node):
            scopes = ("others", *scopes)
    if lemma == "have" and not nominal and (hit := _obliged(governor, node)):
        return hit
    if governor.dep_ == "acl" and governor.tag_ == "VBN" and prep:  # "a man accused of murder"
        key = f"{governor.lower_} {prep}"
        if hit := next(filter(None, (words.get((key, "ADJ", s), "") for s in scopes)), ""):
            return hit
    found = (words.get((key, pos, scope), "") for key in keys for scope in scopes)
    return next(filter(None, found), "")


def _others(governor: Token, node: Token) -> bool:
    """Whether somebody else is to do it: "wants the troops to withdraw"."""
    doers = [
        c for c in governor.children
        if c.dep_ in ("obj", "iobj") and governor.i < c.i < node.i
        and (c.lemma_.lower(), c.pos_) not in lexicon.event_words()  # "pressed an attack to …"
    ]  # fmt: skip
    return bool(doers) or any(c.dep_ in SUBJECTS for c in node.children)


def _obliged(governor: Token, node: Token) -> str:
    """ "have to withdraw" is a demand, "had to withdraw" a fact, "have yet to" neither."""
    if not infinitive(node) or any(c.dep_ == "obj" for c in governor.children):
        return ""
    if any(c.lower_ == "yet" for c in (*governor.children, *node.children)):
        return "Denied"
    return "Actual" if governor.tag_ in PAST else "Demanded"


def _noun_before(node: Token) -> Token | None:
    """The noun just before the preposition of a phrase, wherever the phrase was attached."""
    preposition = next((c for c in node.children if c.dep_ == "case"), None)
    if preposition is None or preposition.i <= node.sent.start:
        return None
    before = node.doc[preposition.i - 1]
    return before if before.pos_ == "NOUN" and before.i != node.i else None


def _gerund(node: Token) -> bool:
    return any(c.dep_ in ("mark", "case") and c.lower_ in OF_GERUND for c in node.children)


def infinitive(node: Token) -> bool:
    """Whether the clause is a bare infinitive: "to capture", not "that it may be to capture"."""
    marks = {c.lower_ for c in node.children if c.dep_ == "mark"}
    return "to" in marks and "that" not in marks and not any(
        c.dep_ == "aux" and c.tag_ == "MD" for c in node.children
    )  # fmt: skip


def _purpose(node: Token) -> bool:
    """Whether an infinitive looks ahead: "to attack", not "reported to have attacked"."""
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in node.children)
    return infinitive(node) and not perfect


def _pos(token: Token) -> str:
    return "VERB" if token.pos_ == "AUX" else "NOUN" if token.pos_ == "PROPN" else str(token.pos_)


def light(verb: Token) -> tuple[str, ...]:
    """What the verb does with an event noun, by itself or with what completes it."""
    known = lexicon.light_verbs()
    near = [c for c in verb.children if c.dep_ in ("compound:prt", "obj", "advmod", "xcomp")]
    whole = next((known[k] for c in near if (k := f"{verb.lemma_} {c.lower_}") in known), ())
    return whole or known.get(verb.lemma_, ())


def _brought(node: Token, governor: Token) -> bool:
    """Whether the verb makes its object happen: a light verb, or a new thing under a modal."""
    if set(light(governor)) - {"self", "with"}:
        return True
    if governor.lemma_ in ("see", "have", "make", "be", "announce"):
        return True
    return _new(node)


def _new(noun: Token) -> bool:
    """Whether the noun brings in a happening that was not told before."""
    words = {c.lower_ for c in noun.children if c.dep_ in ("det", "nmod:poss", "amod")}
    if words & {"a", "an", "another", "any", "new", "fresh", "further", "no", "more"}:
        return True
    owned = any(c.dep_ in ("det", "nmod:poss") for c in noun.children)
    return not owned and noun.tag_ in ("NNS", "NN")

"""What became of the people that a number counts, and the word that says so.

Each reading gives the outcome (a term of the ontology, or "-" for a word like "casualties"
that covers more than one) with its word, or None.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.counts import lemma_of, outcomes, sort_of
from kg.extract.phrases import antecedent, case, noun_class, plural
from kg.extract.quantities import Quantity

MIXED = "-"


def fate(doc: Doc, number: Quantity, noun: Token | None, core: Token) -> tuple[str, Token] | None:
    """What became of those counted and the word that says it."""
    host = noun if noun is not None else core
    known: object = True
    if noun is not None:
        known = sort_of(noun) or names_outcome(noun)
        if not known and noun_class(noun) not in ("", "Person", "PopulationGroup"):
            return None
        own = _by_noun(noun)
        if own is not None:
            return own
    found = (
        _relative(doc, number)
        or _beside(doc, number, noun)
        or _right_after(doc, number)
        or _above(host)
        or _toll(core, noun)
    )
    if found is None or number.measure == "article" and found[1].pos_ == "NOUN":
        return None
    if noun is not None and not known and found[0] not in ("Killed", "Wounded"):
        return None
    return found


def _relative(doc: Doc, number: Quantity) -> tuple[str, Token] | None:
    """As in "Several of whom were captured", "two of which …": the verb after the pronoun."""
    if number.last + 1 >= len(doc) or doc[number.last].lower_ != "of":
        return None
    pronoun = doc[number.last + 1]
    if pronoun.lower_ not in ("whom", "which"):
        return None
    passive = False
    for token in doc[pronoun.i + 1 : min(pronoun.i + 6, pronoun.sent.end)]:
        if token.pos_ == "AUX":
            passive = passive or token.lemma_ in ("be", "get")
        elif token.pos_ == "VERB":
            use = "object" if passive else "subject"
            found = outcomes(use).get(lemma_of(token), "")
            return (found, token) if found not in ("", MIXED) else None
        elif token.pos_ == "ADJ" and token.lower_ in outcomes("adjective"):
            return outcomes("adjective")[token.lower_], token
        elif token.pos_ not in ("ADV", "PART"):
            return None
    return None


def _right_after(doc: Doc, number: Quantity) -> tuple[str, Token] | None:
    """As in "Injured 50": the verb right before the number, where the parse has lost it."""
    if number.first <= doc[number.core].sent.start:
        return None
    before = doc[number.first - 1]
    if before.dep_ == "amod" or lemma_of(before) not in outcomes("object"):
        return None
    listed = before.tag_ == "NNS" and before.i > 0 and doc[before.i - 1].text in (",", "and")
    if before.pos_ != "VERB" and not listed:
        return None
    outcome = outcomes("object")[lemma_of(before)]
    passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in before.children)
    reduced = before.dep_ == "acl" and before.tag_ == "VBN"
    if outcome == MIXED or passive or reduced:
        return None
    return _shared_verb(before, outcome), before


def names_outcome(noun: Token) -> bool:
    """Whether the noun itself says what became of those counted: "deaths", "prisoners"."""
    lemma = lemma_of(noun)
    return any(lemma in outcomes(use) or noun.lower_ in outcomes(use) for use in ("noun", "held"))


def _by_noun(noun: Token) -> tuple[str, Token] | None:
    """As in "12 deaths", "30 casualties", "took 12 prisoners"."""
    for word in (lemma_of(noun), noun.lower_):
        if word in outcomes("noun"):
            return outcomes("noun")[word], noun
        if word in outcomes("held"):
            verb = noun.head
            direct = noun.dep_ in ("obj", "nsubj:pass")
            if direct and lemma_of(verb) in outcomes("hold"):
                return outcomes("held")[word], noun
    return None


def _beside(doc: Doc, number: Quantity, noun: Token | None) -> tuple[str, Token] | None:
    """As in "28 wounded", "20 wounded soldiers", "12 people dead", "two others injured"."""
    if noun is not None:
        for child in noun.children:
            if child.dep_ not in ("amod", "acl", "advmod", "xcomp", "nmod:unmarked"):
                continue
            if any(t.is_punct or t.pos_ == "NUM" for t in doc[noun.i + 1 : child.i]):
                continue
            if found := _participle(child):
                return found, child
    after = noun.i + 1 if noun is not None and noun.i >= number.last else number.last
    while after < len(doc) and (
        doc[after].lower_ in ("more", "others", "other") or doc[after].tag_ == "RB"
    ):
        after += 1
    if (
        after + 1 < len(doc)
        and doc[after].tag_ == "VBN"
        and doc[after + 1].lower_ in outcomes("adjective")
    ):
        after += 1
    if (
        after < len(doc)
        and doc[after].sent == doc[number.first].sent
        and (found := _participle(doc[after]))
    ):
        token = doc[after]
        modifier = (
            noun is None and token.pos_ == "ADJ" and token.dep_ == "amod" and token.head.i > token.i
        )
        if modifier and not any(t.is_punct for t in doc[token.i + 1 : token.head.i]):
            return None
        return found, token
    return None


def _participle(token: Token) -> str:
    """The outcome that an adjective or a participle without an object gives, "" for none."""
    if token.lower_ in outcomes("adjective") and token.pos_ in ("ADJ", "VERB", "NOUN", "ADV"):
        if any(c.dep_ == "obj" for c in token.children):
            return ""
        if token.pos_ == "NOUN" and token.lower_ not in ("dead", "wounded", "injured", "missing"):
            return ""
        return outcomes("adjective")[token.lower_]
    if token.tag_ in ("VBN", "VBD") and token.dep_ not in ("aux", "aux:pass"):
        found = outcomes("object").get(lemma_of(token), "")
        if found and not any(c.dep_ in ("obj", "aux") for c in token.children):
            return found if found != MIXED else ""
    return ""


def _above(host: Token) -> tuple[str, Token] | None:
    """The verb or noun that governs those counted: "killed 30", "30 died", "deaths of 30"."""
    node = antecedent(host)
    for _ in range(5):
        above = node.head
        if above.i == node.i:
            return None
        if (
            node.dep_.startswith("nmod")
            and case(node) == "of"
            and above.pos_ in ("NOUN", "NUM", "PROPN")
        ):
            for word in (lemma_of(above), above.lower_):
                if word in outcomes("of"):
                    return outcomes("of")[word], above
            node = above
            continue
        if node.dep_ in ("conj", "appos", "nummod", "compound") and above.pos_ in (
            "NOUN",
            "PROPN",
            "NUM",
        ):
            if node.dep_ == "appos" and above.i > node.i:
                return None
            node = above
            continue
        if above.pos_ in ("VERB", "ADJ", "AUX", "NOUN"):
            return _by_verb(above, node, host)
        return None
    return None


def _by_verb(verb: Token, node: Token, host: Token) -> tuple[str, Token] | None:
    lemma = lemma_of(verb)
    below = node.dep_ in ("obj", "nsubj:pass", "iobj", "ccomp")
    headline = node.dep_ == "nsubj" and not any(
        c.dep_ in ("obj", "ccomp", "xcomp") for c in verb.children
    )
    if verb.pos_ in ("ADJ", "NOUN"):
        word = outcomes("adjective").get(verb.lower_)
        return (word, verb) if word and node.dep_.startswith("nsubj") else None
    for child in verb.children:
        if child.dep_ in (
            "xcomp",
            "advmod",
            "amod",
            "obj",
            "ccomp",
            "obl",
            "dep",
            "compound:prt",
            "nsubj",
        ):
            word = outcomes("adjective").get(child.lower_)
            if word and child.i != node.i and child.i > verb.i and (below or node.dep_ == "nsubj"):
                return word, child
    if (below or headline and verb.tag_ in ("VBN", "VBD")) and lemma in outcomes("object"):
        outcome = outcomes("object")[lemma]
        if outcome == MIXED or lemma == "gun" and not _has(verb, "down"):
            return None
        return _shared_verb(verb, outcome), verb
    if node.dep_ == "nsubj":
        for child in verb.children:
            word = outcomes("carried").get(f"{lemma} {lemma_of(child)}")
            if word and child.dep_ == "obj":
                return word, verb
    if node.dep_.startswith("nsubj") and lemma in outcomes("subject"):
        outcome = outcomes("subject")[lemma]
        return (outcome, verb) if outcome != MIXED else None
    if below and lemma_of(node) in ("life", "live") and lemma in outcomes("object+lives"):
        return outcomes("object+lives")[lemma], verb
    if below and lemma in outcomes("loss") and sort_of(host) not in ("", "anyone"):
        return outcomes("loss")[lemma], verb
    if below and lemma in ("force", "compel", "drive", "prompt", "cause"):
        for child in verb.children:
            if child.dep_ in ("xcomp", "ccomp", "advcl") and (
                lemma_of(child) in outcomes("flight") or lemma_of(child) == "flee"
            ):
                return "Displaced", child
    return None


def _shared_verb(verb: Token, outcome: str) -> str:
    """As in "Killed or wounded 300" says neither how many of the one nor of the other."""
    others = [c for c in verb.children if c.dep_ == "conj"]
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        others.append(verb.head)
    for other in others:
        second = outcomes("object").get(lemma_of(other), outcome)
        own = any(
            c.dep_ in ("obj", "nsubj:pass", "nsubj")
            for c in (verb if verb.dep_ == "conj" else other).children
        )
        first_has = any(c.dep_ == "obj" for c in (other if verb.dep_ == "conj" else verb).children)
        if (
            second not in (outcome, MIXED)
            and abs(other.i - verb.i) == 2
            and not (own and first_has)
        ):
            return MIXED
    return outcome


def _has(verb: Token, word: str) -> bool:
    return any(c.lower_ == word for c in verb.children)


def _toll(core: Token, noun: Token | None) -> tuple[str, Token] | None:
    """As in "The death toll rose to 12", "the number of wounded stands at 40", "a toll of 12"."""
    if noun is not None and sort_of(noun) not in ("anyone", ""):
        return None
    doc = core.doc
    node = noun if noun is not None else core
    if case(node) == "from":
        return None
    for above in (node.head, node.head.head):
        if above.sent != node.sent:
            continue
        for candidate in (above, *above.children):
            if candidate.pos_ not in ("NOUN", "VERB", "ADJ") or candidate.i == node.i:
                continue
            those = candidate.lower_ in ("dead", "wounded", "injured", "missing", "killed")
            if (
                those
                and candidate.i > 0
                and doc[candidate.i - 1].lower_ in ("the", "of")
                and (candidate.i < above.i and above.pos_ == "VERB")
            ):
                return outcomes("toll")[candidate.lower_], candidate
            if (
                candidate.dep_ not in ("nsubj", "obj", "nsubj:pass", "root")
                and candidate.i != node.head.i
            ):
                continue
            outcome = _toll_outcome(candidate) or _valued(candidate, node)
            if outcome:
                return outcome, candidate
    return None


def _valued(noun: Token, number: Token) -> str:
    """As in "put the deaths at nine": the plural that a verb sets at a number."""
    lemma = lemma_of(noun)
    if noun.dep_ != "obj" or number.head.i != noun.head.i or not number.dep_.startswith("obl"):
        return ""
    return outcomes("toll").get(lemma, "") if plural(noun) and case(number) == "at" else ""


def _toll_outcome(noun: Token) -> str:
    lemma = lemma_of(noun)
    tolls = outcomes("toll")
    if lemma == "toll":
        words = [t.lower_ for t in noun.children] + [lemma_of(t) for t in noun.children]
        return next((tolls[w] for w in words if w in tolls), tolls["toll"])
    if lemma in ("number", "total", "count", "tally", "figure"):
        for child in noun.subtree:
            for word in (child.lower_, lemma_of(child)):
                if child.i > noun.i and word in tolls:
                    return tolls[word]
        return next((tolls[w] for t in noun.children if (w := lemma_of(t)) in tolls), "")
    if lemma in ("fatality", "casualty", "loss") and noun.dep_ in ("nsubj", "nsubj:pass"):
        return tolls[lemma]
    if noun.lower_ in ("dead", "wounded", "injured") and noun.dep_ in ("nsubj", "nsubj:pass"):
        return tolls[noun.lower_]
    return ""

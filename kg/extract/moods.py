"""What a clause or noun phrase says of its own reality: negation, modality, condition, question.

`mood(token)` reads only the word's own dependents: auxiliaries, adverbs, determiners, the
subject ("nobody was hurt"), the clause's conjunction ("if", "until") and its form ("Withdraw!",
"Did they fire?"). What governs the clause is `kg.extract.actuality`'s business.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from kg import ontology
from kg.extract import lexicon
from kg.extract.phrases import case

NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "nowhere"})
NOBODY = frozenset({"nobody", "none", "nothing", "neither", "no-one"})
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl")
PAST = ("VBD", "VBN")
PRESENT = ("VBP", "VBZ", "VB")
ANYBODY = frozenset({"anyone", "anybody", "anything", "whoever", "whatever", "whichever"})
FREQUENCY = frozenset({"each", "every"})


def mood(token: Token) -> str:
    """What the word's own dependents make of it: an actuality, or "" where they say nothing."""
    modal = _modal(token) or _hedged(token) or _appointed(token)
    if contrary(token):
        return "Actual" if _denied(token) else "Denied"
    if _conditional(token) or _alternative(token) or _seeming(token):
        return "Possible"
    if _denied(token):
        return _not(token, modal)
    if token.pos_ in ("NOUN", "PROPN") and all(c.dep_ != "cop" for c in token.children):
        return modal
    if not modal and _subjunctive(token):
        return "Demanded"
    if modal in ("", "Actual") and imperative(token):
        return "Possible" if _open_condition(token) else "Demanded"
    if modal in ("Possible", "Planned", "Would") and (_impossible(token) or _too_late(token)):
        return "Denied"
    if modal in ("Planned", "Would", "Possible") and asked(token):
        return "Possible"
    if modal == "Would":
        modal = "Possible" if hypothetical(token) or not _reported(token) else "Planned"
    if modal == "Planned" and hypothetical(token):
        return "Possible"
    if modal in ("", "Actual") and (asked(token) or _free(token)):
        return "Possible"
    return modal


def _not(token: Token, modal: str) -> str:
    """Negation over modality: "could not hit", but "may not have hit", "would not have hit"."""
    if modal == "Denied":
        return "Actual"
    if modal in ("Possible", "Would") and token.pos_ not in ("NOUN", "PROPN"):
        words = {c.lower_ for c in token.children if c.tag_ == "MD"}
        if not words or "might" in words or "may" in words and _perfect(token):
            return "Possible"
    return "Denied"


# -- modality ------------------------------------------------------------------------------


def _modal(token: Token) -> str:
    """The modality of auxiliaries, adverbs, adjectives and determiners."""
    words = lexicon.actuality_words()
    found = ""
    for child in token.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            found = _auxiliary(token, child) or found
        elif child.dep_ in ("advmod", "amod", "det"):
            for key in (child.lemma_.lower(), child.lower_):
                hit = words.get((key, child.pos_, "self"))
                if hit and not (hit == "Denied" and child.pos_ == "DET"):
                    found = found or hit
    return found


def _auxiliary(verb: Token, modal: Token) -> str:
    hit = lexicon.actuality_words().get((modal.lemma_.lower(), "AUX", "self"), "")
    if modal.lower_ in ("'d", "’d"):
        hit = "Would"
    if hit == "Would" and any(
        c.lower_ in FREQUENCY for c in verb.subtree if c.dep_ == "det" and c.head.head == verb
    ):
        return "Actual"  # "would raid the delta each dry season"
    if hit == "Demanded" and _perfect(verb):
        return "Possible" if modal.lower_ == "must" else "Denied"
    return "Denied" if hit == "Would" and _perfect(verb) else hit


def _perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def _appointed(verb: Token) -> str:
    """ "is to attack", "is due to begin": what is fixed for a time to come."""
    if verb.pos_ in ("NOUN", "PROPN") or verb.dep_ == "xcomp":
        return ""
    for child in verb.children:
        due = child.lower_ == "due" and child.dep_ in ("mark", "case", "aux", "advmod")
        if due and verb.tag_ == "VB":
            return "Planned"
        if child.lower_ == "to" and child.dep_ == "mark" and child.i > verb.sent.start:
            before = child.doc[child.i - 1]
            if before.lemma_ == "be" and before.head == verb and before.dep_ in ("aux", "cop"):
                return "Planned"
    return ""


def _hedged(token: Token) -> str:
    """A participle that hedges or plans: "one suspected downed", "talks planned for Monday"."""
    words = lexicon.actuality_words()
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    if before is not None and before.tag_ == "VBN" == token.tag_:
        return words.get((before.lemma_.lower(), "VERB", "self"), "")
    if token.pos_ not in ("NOUN", "PROPN"):
        return ""
    for child in token.children:
        plain = child.dep_ == "amod" and child.tag_ == "VBN"
        plain = plain or child.dep_ == "acl" and child.tag_ in PAST
        if plain and (hit := participle(child)):
            return hit
    return ""


def participle(verb: Token) -> str:
    """What a participle says of its noun: "a planned summit", "talks called off"."""
    words = lexicon.actuality_words()
    near = [c for c in verb.children if c.dep_ in ("compound:prt", "advmod")]
    near += [c for noun in verb.children if noun.dep_ == "obl" for c in noun.children]
    for word in near:
        for scope in ("noun", "complement"):
            if hit := words.get((f"{verb.lemma_} {word.lower_}", "VERB", scope)):
                return "Denied" if hit == "Averted" else "" if hit == "Presupposed" else hit
    for pos, scope in (("ADJ", "self"), ("VERB", "self"), ("VERB", "noun"), ("VERB", "complement")):
        hit = words.get((verb.lower_ if pos == "ADJ" else verb.lemma_.lower(), pos, scope), "")
        if hit:
            return "Denied" if hit == "Averted" else "" if hit == "Presupposed" else hit
    return ""


# -- negation ------------------------------------------------------------------------------


def _denied(token: Token) -> bool:
    """Whether the word is negated by itself, its subject, object or agent."""
    for child in token.children:
        if child.lower_ in NOT and child.dep_ in ("advmod", "det", "neg", "cc:preconj"):
            if not _contrast(token, child):
                return True
        if child.lower_ == "nor" and child.dep_ == "cc":
            return True
        if _no(child) and child.i < token.i and token.pos_ in ("NOUN", "PROPN"):
            return True
        if token.pos_ in ("VERB", "AUX", "ADJ") and child.dep_ in (*SUBJECTS, "obj", "obl:agent"):
            if negative(child):
                return True
        if child.dep_ == "obl" and negative(child):
            inverted = any(c.dep_ == "aux" and child.i < c.i < token.i for c in token.children)
            if case(child) == "by" or inverted and child.i < token.i:
                return True
        if child.dep_ in ("case", "mark", "cc") and preposition(child) == "Denied":
            return True
    return False


def _no(word: Token) -> bool:
    return word.lower_ in ("no", "neither") and word.dep_ in ("det", "advmod", "cc:preconj")


def _contrast(token: Token, word: Token) -> bool:
    """ "not only", "hit not the barracks but the bakery": the happening itself is not denied."""
    if word.lower_ != "not" or word.i + 1 >= len(word.doc):
        return False
    if word.doc[word.i + 1].lower_ in ("only", "just", "merely"):
        return True
    behind = [t.lower_ for t in word.doc[word.i : token.sent.end]]
    return word.i > token.i and token.pos_ == "VERB" and "but" in behind


def _alternative(verb: Token) -> bool:
    """ "Either the rebels shelled it or the army did"."""
    return any(c.lower_ == "either" and c.dep_ in ("cc:preconj", "advmod", "cc", "mark")
               for c in verb.children)  # fmt: skip


def _seeming(verb: Token) -> bool:
    """ "The army, it seems, shelled it"."""
    return any(
        c.dep_ == "parataxis" and c.lemma_ in ("seem", "appear") and _first(c, "it")
        for c in verb.children
    )


def _too_late(verb: Token) -> bool:
    """ "before they could blow up the bridge", "could have withdrawn but stayed"."""
    words = {c.lower_ for c in verb.children if c.dep_ in ("mark", "aux")}
    missed = _perfect(verb) and any(c.dep_ == "conj" and _first(c, "but") for c in verb.children)
    return "could" in words and ("before" in words or missed)


def negative(noun: Token) -> bool:
    """Whether a noun phrase speaks of none: "nobody", "no village", "not a single rocket"."""
    if noun.lower_ in NOBODY or noun.lower_ == "one" and _first(noun, "no"):
        return True
    other = any(c.lower_ == "but" for word in noun.children for c in word.children)
    return any(_no(c) or c.lower_ == "not" and c.i < noun.i and not other for c in noun.children)


def _first(noun: Token, word: str) -> bool:
    return any(c.lower_ == word and c.i < noun.i for c in noun.children)


def preposition(word: Token) -> str:
    """What a preposition or conjunction says of what follows it: "without", "instead of"."""
    whole = " ".join([word.lower_, *(c.lower_ for c in word.children if c.dep_ == "fixed")])
    words = lexicon.actuality_words()
    if hit := words.get((whole, "ADP", "complement")):
        return hit
    before = word.doc[word.i - 1] if word.i else word
    if word.lower_ in ("of", "from", "as", "than", "that") and before.i < word.i:
        return words.get((f"{before.lower_} {word.lower_}", "ADP", "complement"), "")
    return words.get((word.lower_, "ADP", "complement"), "")


# -- conditions ----------------------------------------------------------------------------


def _marks(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("mark", "case", "advmod") and c.i < verb.i]


def _conditional(verb: Token) -> bool:
    """Whether the word stands under "if", "whether", "in case" or an inverted "should"."""
    marked = any(
        preposition(c) == "Possible" for c in verb.children if c.dep_ in ("mark", "case", "advmod")
    )
    return marked or _inverted(verb, "should") or _inverted(verb, "were")


def _inverted(verb: Token, word: str) -> bool:
    """ "Should they attack, …", "Had it not hit a tree, …": an auxiliary before the subject."""
    if any(t.text == "?" for t in verb.sent[-2:]):
        return False
    first = next((c for c in verb.children if c.lower_ == word and c.dep_ in ("aux", "cop")), None)
    if first is None and word == "were" and verb.dep_ in ("xcomp", "ccomp"):
        return _were(verb.head)
    if first is None:
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    return subject is not None and first.i < subject.i < verb.i


def contrary(verb: Token) -> bool:
    """Whether a condition is contrary to fact: "had it hit", "if they had fired", "as if"."""
    if verb.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return False
    marks = [c.lower_ for c in _marks(verb)]
    if "if" in marks and "as" in marks:
        return True
    had = any(c.dep_ == "aux" and c.lower_ in ("had", "'d") for c in verb.children)
    if _inverted(verb, "had"):
        return True
    if had and verb.dep_ == "ccomp" and verb.head.lemma_ == "wish":
        return True
    return "if" in marks and had and verb.dep_ in ("advcl", "root", "parataxis")


def _were(verb: Token) -> bool:
    """ "Were they to attack": the copula itself heads the condition."""
    return verb.lower_ == "were" and any(c.dep_ == "nsubj" and c.i > verb.i for c in verb.children)


def _condition(verb: Token) -> Token | None:
    """The condition that a main clause depends on."""
    for child in verb.children:
        if child.dep_ in ("advcl", "obl") and child.i != verb.i and _conditional(child):
            return child
        if child.dep_ == "advcl" and (contrary(child) or _were(child)):
            return child
    return None


def _open_condition(verb: Token) -> bool:
    return (found := _condition(verb)) is not None and not contrary(found)


def hypothetical(verb: Token) -> bool:
    """Whether what a clause foretells depends on an open condition or on anybody doing a thing."""
    if _open_condition(verb):
        return True
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            words = {child.lower_, *(c.lower_ for c in child.children if c.dep_ == "det")}
            if words & ANYBODY or words & {"any"}:
                return True
    return False


def _impossible(verb: Token) -> bool:
    """ "would have struck", had things been otherwise: the other half of a contrary condition."""
    if not _perfect(verb):
        return False
    condition = _condition(verb)
    return condition is not None and contrary(condition)


def _free(verb: Token) -> bool:
    """ "whoever fires", "any nation that bombs": nobody is said to have done it."""
    if verb.dep_ not in ("acl:relcl", "nsubj", "csubj", "acl", "obj", "advcl:relcl"):
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
        return any(c.lower_ in ANYBODY for c in subjects) and verb.tag_ in PRESENT
    host = verb.head
    words = {host.lower_, *(c.lower_ for c in host.children if c.dep_ == "det")}
    words |= {c.lower_ for c in verb.children if c.dep_ in SUBJECTS}
    return bool(words & (ANYBODY | {"any"})) and verb.tag_ in PRESENT


# -- questions, orders, reports ------------------------------------------------------------


def asked(verb: Token) -> bool:
    """Whether the clause asks whether it is so: "Did they shell it?"; "when" takes it as so."""
    if verb.dep_ not in ("root", "ccomp", "conj", "parataxis", "appos") or verb.pos_ == "NOUN":
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    first = next((c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")), None)
    if subject is None or first is None or first.i > subject.i:
        return False
    rest = verb.doc[verb.i : verb.sent.end]
    if any(c.tag_ in ("WRB", "WP", "WDT") and c.i < first.i for c in verb.children):
        return False
    before = verb.doc[first.i - 1] if first.i > verb.sent.start else None
    start = before is None or before.is_punct or before.lower_ in ("and", "or", "but")
    return start and any(t.text == "?" for t in rest)


def imperative(verb: Token) -> bool:
    """Whether the verb commands: a bare form without subject, alone or beside another one."""
    if verb.pos_ != "VERB" or verb.tag_ not in ("VB", "VBP"):
        return False
    if any(c.dep_ in (*SUBJECTS, "aux", "aux:pass", "mark") for c in verb.children):
        return False
    if verb.dep_ == "conj":
        return verb.head.tag_ in ("VB", "VBP") and imperative(verb.head)
    if verb.dep_ not in ("root", "ccomp", "parataxis"):
        return False
    before = verb.doc[verb.left_edge.i - 1] if verb.left_edge.i > verb.sent.start else None
    first = next(t for t in verb.subtree if not t.is_punct)
    start = first.i == verb.i or first.lower_ in ("please", "now", "then")
    closed = any(t.text[0] in ".!;:,”\"'" for t in verb.sent[-3:])  # a headline commands nobody
    return start and closed and (before is None or before.is_punct)


def _subjunctive(verb: Token) -> bool:
    """ "insists that officers be exchanged": a clause with "that" and a bare form."""
    if verb.dep_ not in ("ccomp", "acl", "csubj", "conj") or not _first(verb, "that"):
        return False
    if not any(c.dep_ in SUBJECTS for c in verb.children):
        return False
    forms = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    if not forms:
        return verb.tag_ == "VB"
    return forms[0].lower_ == "be"


@cache
def reporting() -> frozenset[str]:
    """Verbs of saying, thinking and showing."""
    return frozenset(r["lemma"] for r in ontology.rows("lexicon/cues.tsv") if r["pos"] == "VERB")


def _reported(verb: Token) -> bool:
    """Whether the clause is what somebody said: "said that it would withdraw" is a plan."""
    node = verb
    while node.dep_ in ("conj", "xcomp") and node.head.i != node.i:
        node = node.head
    if node.dep_ in ("ccomp", "acl") and node.head.i != node.i:
        governor = node.head
        return governor.lemma_ in reporting() or governor.pos_ == "NOUN"
    return any(c.dep_ == "parataxis" and c.lemma_ in reporting() for c in node.children)

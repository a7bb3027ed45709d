"""Whether an event is told as done, possible, planned, demanded or denied.

The walk goes from the event word up through the clauses that govern it. What each word says
of itself (`kg.extract.moods`) and what its governor makes of it (`actuality.tsv`) is laid over
what was found below: in "may seek to seize" the seizure is possible, in "denied planning to
seize" it is denied, in "did not fail to seize" it is done. Reporting verbs do not change it:
who says so is the claim's business.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.falsities import untrue
from kg.extract.governors import governed, light, named
from kg.extract.moods import mood
from kg.extract.polarity import SUBJECTS, negative
from kg.extract.sentences import asked, imperative, reporting
from kg.records import Term

LATER = frozenset(
    "before until till once when after whenever while following pending upon by ahead".split()
)
ENDS = frozenset({"before", "until", "till"})
FUTURE = frozenset({"Planned", "Possible", "Demanded"})
STEPS = 10
LAID = {
    ("Possible", "Denied"): "Possible",
    ("Possible", "Demanded"): "Demanded",
    ("Planned", "Denied"): "Denied",
    ("Planned", "Demanded"): "Demanded",
    ("Planned", "Possible"): "Possible",
    ("Demanded", "Denied"): "Denied",
    ("Denied", "Denied"): "Possible",
    ("Averted", "Denied"): "Actual",
    ("Averted", "Actual"): "Denied",
    ("Averted", "Possible"): "Denied",
    ("Averted", "Demanded"): "Denied",
    ("Actual", "Possible"): "Possible",
    ("Actual", "Planned"): "Planned",
    ("Actual", "Demanded"): "Demanded",
    ("Actual", "Denied"): "Denied",
}


def actuality(token: Token) -> Term:
    """The actuality of the event that a verb or noun names: one of the five ck: terms."""
    value = mood(token) or "Actual"
    if token.pos_ == "NOUN" and any(c.dep_ == "cop" for c in token.children) and value == "Actual":
        value = named(token, token) or value
    node = token
    for _ in range(STEPS):
        if _whether(node):
            break
        governor = node.head
        if governor.i == node.i:
            break
        if node.dep_ in SUBJECTS and untrue(governor):
            return Term("Actual" if value == "Denied" else "Denied")
        if node.dep_ == "conj":
            value = _coordinated(node, value)
            node = governor
            continue
        effect = governed(node, governor)
        if effect == "Presupposed":
            break
        if effect == "Attested":
            value = "Possible" if _unattested(governor) else value
            break
        if effect == "Untold":
            return Term("Untold")
        if effect == "stop":
            value = _aside(node, governor, value)
            break
        if effect in ("Planned", "Possible") and _in_vain(governor):
            effect = "Averted"
        if effect == "Averted" and value == "Planned" and node.i == token.i:
            value = "Actual"  # "the planned evacuation was called off"; a foiled plot stays a plan
        value = _laid(effect, value, node, governor)
        if node.dep_ == "ccomp" and effect in ("", "Actual") and _reports(governor):
            if _denying(governor) or _unsure(governor):
                value = "Possible"
            break
        node = governor
    return Term("Actual" if value in ("Averted", "Through") else value)


def _laid(effect: str, value: str, node: Token, governor: Token) -> str:
    """The value after the governor's effect, and after the governor's own mood where it reaches."""
    own = mood(governor)
    reaches = _reaches(node, governor, effect)
    if effect in ("Denied", "Averted", "Demanded") and own == "Denied" and reaches:
        if effect == "Averted":
            return "Actual" if value == "Actual" else value
        return "Possible" if effect == "Denied" else "Denied"
    if effect == "Foreseen":
        past = _past(node) or any(c.lemma_ == "have" and c.dep_ == "aux" for c in node.children)
        effect = "" if value == "Actual" and past else "Possible"
    if effect == "Averted" and value == "Planned" and node.pos_ == "NOUN":
        effect = ""
    if effect not in ("", "Through"):
        value = LAID.get((effect, value), "Denied" if effect == "Averted" else effect)
    if (
        own == "Planned"
        and node.dep_ in ("nsubj", "nsubj:pass")
        and not (effect or light(governor))
    ):
        own = "Possible"  # "a strike on the pool will poison the lake"
    return _over(own, value) if own and reaches else value


def _over(own: str, value: str) -> str:
    """A word's own mood over the value of what it governs."""
    if (own, value) in (("Denied", "Denied"), ("Demanded", "Possible")):
        return value
    return LAID.get((own, value), own)


def _unsure(verb: Token) -> bool:
    """Whether what is said comes from a doubtful source: "unconfirmed reports say"."""
    return any(c.dep_ == "nsubj" and mood(c) == "Possible" for c in verb.children)


def _unattested(word: Token) -> bool:
    """Whether a confirmation is denied: "could not confirm", "declined to confirm"."""
    if mood(word) == "Denied":
        return True
    inner = word.dep_ in ("xcomp", "acl", "obj") and word.head.i != word.i
    return inner and (
        mood(word.head) == "Denied" or governed(word, word.head) in ("Averted", "Denied")
    )


def _coordinated(node: Token, value: str) -> str:
    """What a coordinated word takes over from the first: auxiliaries and negation it lacks."""
    first = node.head
    if node.pos_ != first.pos_ and "VERB" in (node.pos_, first.pos_):
        return value
    if any(c.dep_ in (*SUBJECTS, "aux") for c in node.children):
        return value
    finite = node.tag_ in ("VBD", "VBZ") and first.tag_ not in ("VBD", "VBZ")
    own = "" if finite else mood(first)
    joined = next((c.lower_ for c in node.children if c.dep_ == "cc"), "")
    if joined == "nor" or own == "Denied" and (joined == "but" or _object_denied(first)):
        return value
    return _over(own, value) if own else value


def _object_denied(verb: Token) -> bool:
    return any(c.dep_ == "obj" and negative(c) for c in verb.children)


def _aside(node: Token, governor: Token, value: str) -> str:
    """What a time that has not come says: "until they withdraw", "after the liberation"."""
    words = {c.lower_ for c in node.children if c.dep_ in ("mark", "case", "advmod")}
    if value != "Actual" or words.isdisjoint(LATER):
        return value
    if node.dep_ == "advcl" and node.pos_ in ("VERB", "AUX") and _past(node):
        return value
    if node.dep_.startswith(("nmod", "advcl", "obl")):
        above = actuality(governor).name
        if above == "Denied" and words & ENDS:
            ahead = any(c.tag_ == "MD" for c in governor.children)
            return "Possible" if ahead and not _past(governor) else value
        return "Possible" if above in FUTURE or imperative(governor) else value
    return value


def _whether(node: Token) -> bool:
    if node.dep_ == "ccomp" and any(
        c.tag_ in ("WRB", "WP") and c.i < node.i for c in node.children
    ):
        return True  # "forgot how they had shelled it" takes it as so
    if node.dep_ == "ccomp" and asked(node):
        return True
    words = {c.lower_ for c in node.children if c.dep_ == "mark"}
    return "whether" in words or "if" in words and node.dep_ == "ccomp"


def _past(node: Token) -> bool:
    """Whether a clause is told as past: "warned that they had mined the road"."""
    if node.pos_ not in ("VERB", "AUX", "ADJ"):
        return False
    forms = [c.tag_ for c in node.children if c.dep_ in ("aux", "aux:pass", "cop")]
    return "MD" not in forms and (node.tag_ == "VBD" or "VBD" in forms)


def _reports(verb: Token) -> bool:
    return verb.lemma_ in reporting()


def _denying(verb: Token) -> bool:
    return mood(verb) == "Denied"


def _in_vain(verb: Token) -> bool:
    """ "hoped to seize the palace but failed", "tried in vain"."""
    if verb.pos_ != "VERB":
        return False
    failed = any(c.dep_ == "conj" and c.lemma_ == "fail" for c in verb.children)
    words = {c.lower_ for c in verb.children if c.dep_ in ("advmod", "obl")}
    return failed or bool(words & {"unsuccessfully", "vainly", "vain"})


def _reaches(node: Token, governor: Token, effect: str) -> bool:
    """Whether the governor's own negation and modality reach down to the event."""
    if effect or node.dep_ == "xcomp":
        return True
    if node.dep_ == "ccomp":
        return not _reports(governor)
    if node.dep_.startswith("nmod"):
        return True
    if node.dep_ in ("obj", "nsubj:pass"):
        return True
    return node.dep_ in ("nsubj", "advcl")

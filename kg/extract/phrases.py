"""Noun phrases and clauses of a Universal Dependencies parse.

`mention(token)` is the one way in which extractors turn a word into a `Mention`:
equal tokens give equal mentions, so frames that share a participant share its value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from kg.extract import lexicon
from kg.extract.quotes import quotations
from kg.records import Form, Mention, Span

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
ELIDED_REACH = 30
PREMODIFIERS = frozenset(
    "amod compound flat nmod:desc nmod:unmarked nmod:poss flat:name compound:prt".split()
)
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PERSONAL = {
    "he": ("Masc", "Sing"), "him": ("Masc", "Sing"), "his": ("Masc", "Sing"),
    "himself": ("Masc", "Sing"), "she": ("Fem", "Sing"), "her": ("Fem", "Sing"),
    "hers": ("Fem", "Sing"), "herself": ("Fem", "Sing"), "it": ("Neut", "Sing"),
    "its": ("Neut", "Sing"), "itself": ("Neut", "Sing"), "they": ("", "Plur"),
    "them": ("", "Plur"), "their": ("", "Plur"), "themselves": ("", "Plur"),
    "we": ("", "Plur"), "us": ("", "Plur"), "our": ("", "Plur"), "i": ("", "Sing"),
    "me": ("", "Sing"), "my": ("", "Sing"), "myself": ("", "Sing"),
}  # fmt: skip
PERSONAL_ENDINGS = ("ist", "eer", "ian", "man", "woman", "person", "ee", "date", "crat", "arch")
COUNTS = {word: n for n, word in enumerate(
    "two three four five six seven eight nine ten".split(), start=2)}  # fmt: skip
CLASS_OF_TERM = {
    "UNIT": "MilitaryUnit", "FACILITY": "Facility", "GROUP": "PopulationGroup", "POST": "Person",
    "WEAPON": "EquipmentType", "VEHICLE": "EquipmentType", "PLATFORM": "EquipmentType",
}  # fmt: skip
KIND_OF_LABEL = {"PER": "Person", "LOC": "Place", "ORG": "Organisation", "NORP": "PopulationGroup"}


def span(*tokens: Token) -> Span:
    """Characters from the first to the last of the tokens."""
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return Span(first.idx, last.idx + len(last))


def sentence_index(token: Token) -> int:
    """Index of the token's sentence in its document."""
    data = token.doc.user_data
    if "kg_sentences" not in data:
        data["kg_sentences"] = [n for n, sent in enumerate(token.doc.sents) for _ in sent]
    return int(data["kg_sentences"][token.i])


def case(token: Token) -> str:
    """The preposition of a phrase in lower case ("in front of" as its first word), "" if none."""
    found = [child for child in token.children if child.dep_ == "case" and child.i < token.i]
    if not found and token.pos_ == "PROPN":  # "of" may hang on another word of a name
        words = [c for c in token.children if c.dep_ in ("compound", "flat")]
        words = [c for c in words if c.i < token.i or c.dep_ == "flat"]
        hung = [c for word in words for c in word.children if c.dep_ == "case"]
        found = [c for c in hung if c.i < token.i]
    return found[0].lower_ if found else ""


def name_span(token: Token) -> Slice | None:
    """The named entity that the token is part of."""
    if not token.ent_type_:
        return None
    start, end = token.i, token.i + 1
    while start > 0 and token.doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(token.doc) and token.doc[end].ent_iob_ == "I":
        end += 1
    return Slice(token.doc, start, end, label=token.ent_type_)


def compound_lemmas(token: Token) -> Iterator[str]:
    """The lemmas of a noun with its premodifiers, longest phrase first, up to four words.

    "fuel depots" gives "fuel depot", "depot".
    """
    left = token.i
    sent_start = token.sent.start
    while left > sent_start and token.i - left < 3 and _premodifies(token.doc[left - 1]):
        left -= 1
    for start in range(left, token.i + 1):
        words = [t.lower_ for t in token.doc[start : token.i]]
        lasts = [token.lemma_.lower(), token.lower_]
        if token.i == sent_start and token.lower_.endswith("s"):
            lasts.append(token.lower_[:-1])  # a plain plural, capitalised at the start
        for last in dict.fromkeys(lasts):
            yield " ".join([*words, last]).replace(" - ", "-")


def _premodifies(word: Token) -> bool:
    """Whether a word before a noun can belong to its compound."""
    if word.text == "-" and not word.whitespace_:
        return True
    return word.dep_ not in ("det", "case", "punct", "cc", "nsubj", "root") and word.pos_ in (
        "NOUN", "PROPN", "ADJ", "ADP", "ADV", "VERB", "PUNCT",
    )  # fmt: skip


def noun_class(token: Token) -> str:
    """The ontology class that the common noun names, "" where the lexicon knows none."""
    known: dict[int, str] = token.doc.user_data.setdefault("kg_noun_classes", {})
    if token.i not in known:
        known[token.i] = _noun_class(token)
    return known[token.i]


def _noun_class(token: Token) -> str:
    for phrase in compound_lemmas(token):
        if classes := lexicon.nouns().get(phrase):
            if phrase in lexicon.individuals() and not plural(token) and _countable(token):
                return "Person"
            if classes[0] == "Person" and plural(token):
                return "PopulationGroup"
            return classes[0]
        if phrase in lexicon.equipment_names() and len(phrase) > 2:
            return "EquipmentType"
    kind = _termed(token)
    return "PopulationGroup" if kind == "Person" and plural(token) else kind


def _termed(token: Token) -> str:
    """The class of the term that the network sees and the word heads, "" where there is none."""
    data = token.doc.user_data
    if "kg_termed" not in data:
        data["kg_termed"] = {
            term.root.i: CLASS_OF_TERM[term.label_]
            for term in token.doc.spans.get("terms", ())
            if term.label_ in CLASS_OF_TERM and not term.root.ent_type_
        }
    return str(data["kg_termed"].get(token.i, ""))


def _countable(token: Token) -> bool:
    """Whether a singular noun stands for one person: it has a determiner, or is a title."""
    return any(c.dep_ in ("det", "nmod:poss", "nummod") for c in token.children) or (
        token.dep_ in ("appos", "nmod:desc", "root")
    )


def plural(token: Token) -> bool:
    """Whether the noun or pronoun is a plural."""
    return "Plur" in token.morph.get("Number", []) or token.tag_ in ("NNS", "NNPS")


def head(token: Token) -> Token:
    """The noun that a phrase is about: "hundreds of fighters" is about the fighters."""
    for _ in range(4):
        names = {token.lemma_.lower(), token.lower_, f"{case(token)} {token.lower_}"}
        measure = names & _measures()
        if not measure and token.pos_ not in ("NUM", "SYM"):
            return token
        inner = [c for c in token.children
                 if c.dep_.startswith(("nmod", "obl")) and case(c) == "of"]  # fmt: skip
        if not inner or name_span(token) is not None:
            return token
        token = inner[0]
    return token


@cache
def _measures() -> frozenset[str]:
    return frozenset(k for k, classes in lexicon.nouns().items() if classes == ("Measure",))


def coordinated(token: Token) -> tuple[Token, ...]:
    """The token and all that is coordinated with it, in text order."""
    found = [token]
    verbs = [v.i for v in token.head.children if v.dep_ == "conj" and v.pos_ == "VERB"]
    for child in token.children:
        if child.dep_ == "conj" and not any(token.i < verb < child.i for verb in verbs):
            found.extend(coordinated(child))
    return tuple(sorted(found, key=lambda t: t.i))


def fillers(token: Token) -> tuple[Token, ...]:
    """The words that a phrase stands for: coordinated parts, and names behind a class noun.

    "the villages of A, B and C" and "two villages – A and B" stand for their names.
    """
    found: list[Token] = []
    for part in coordinated(antecedent(token)):
        part = antecedent(head(part))
        found.extend(_names_of(part) or _split(part) or _examples(part) or (part,))
    return tuple(dict.fromkeys(found))


def _examples(token: Token) -> tuple[Token, ...]:
    """What a general noun is said to be: "targets such as refineries and depots"."""
    if noun_class(token) != "Area":
        return ()
    for child in token.children:
        if child.dep_.startswith("nmod") and case(child) == "such":
            return coordinated(child)
    return ()


def _split(token: Token) -> tuple[Token, ...]:
    """The names in "Belgorod and Kursk region", which is two places and not one."""
    named: dict[int, Token] = {}
    for child in token.children:
        if child.dep_ == "compound" and child.ent_type_ == "LOC":
            for part in coordinated(child):
                if (name := name_span(part)) is not None:
                    named[name.start] = part
    if len(named) < 2 or all(t.dep_ != "cc" for t in token.doc[min(named) : token.i]):
        return ()
    return tuple(named[at] for at in sorted(named))


def _listed(token: Token) -> tuple[Token, ...]:
    """As many names after a dash or colon as the noun counts: "two villages in X – A and B"."""
    numbers = [c.lower_ for c in token.children if c.dep_ == "nummod"]
    if not numbers or numbers[0] not in COUNTS:
        return ()
    rest = token.doc[token.i : token.sent.end]
    mark = next((t for t in rest if t.text in ("–", "—", ":", "-") and t.whitespace_), None)
    if mark is None:
        return ()
    found: dict[int, Token] = {}
    for other in token.doc[mark.i : token.sent.end]:
        if other.ent_type_ == "LOC" and (name := name_span(other)) is not None:
            found.setdefault(name.start, name.root)
    return tuple(found.values()) if len(found) == COUNTS[numbers[0]] else ()


def _names_of(token: Token) -> tuple[Token, ...]:
    """Names that a place or person noun introduces: "town of X", "villages – X and Y".

    Of a noun for several people two names at least: "peasants X and Y", "two guards, X and Y".
    """
    kind = noun_class(token) if name_span(token) is None else ""
    people = kind == "PopulationGroup" and plural(token)
    if kind not in lexicon.PLACES | {"Person"} and not people:
        return ()
    place = kind in lexicon.PLACES
    for child in token.children:
        if child.i < token.i or name_span(child) is None:
            continue
        of = place and child.dep_.startswith("nmod") and case(child) == "of"
        if of or child.dep_ in ("appos", "flat", "nmod:desc", "compound") and not case(child):
            label = child.ent_type_
            if label == "LOC" if place else label == "PER":
                names = tuple(t for t in coordinated(child) if name_span(t) is not None)
                return names if not people or _several(names) else ()
    return _listed(token) if place and plural(token) else ()


def _several(names: tuple[Token, ...]) -> bool:
    """Whether the names are of two people at least."""
    return len(names) > 1 and all(name.ent_type_ == "PER" for name in names)


def antecedent(token: Token) -> Token:
    """The noun behind a relative pronoun, otherwise the token itself."""
    if token.lower_ not in RELATIVE or token.pos_ not in ("PRON", "DET", "SCONJ"):
        return token
    node = token
    for _ in range(6):
        node = node.head
        if node.dep_ == "acl:relcl" and node.head.i < token.i:
            return node.head
        if node.head.i == node.i:
            break
    return token


def mention(token: Token) -> Mention | None:
    """The mention that the noun phrase headed by the token makes.

    Args:
        token: the head of a noun phrase, a name, a pronoun; a relative pronoun stands for
            its antecedent, a measure noun ("hundreds of …") for what is measured.

    Returns:
        The mention, or None where the phrase names no actor, place or equipment.
    """
    token = antecedent(head(antecedent(token)))
    cache = token.doc.user_data.setdefault("kg_mentions", {})
    if token.i not in cache:
        cache[token.i] = _mention(token)
    found: Mention | None = cache[token.i]
    return found


def _mention(token: Token) -> Mention | None:
    if not any(ch.isalnum() for ch in token.text):
        return None
    if token.lower_ in PERSONAL and token.pos_ in ("PRON", "DET"):
        return _pronoun(token)
    if token.pos_ == "NUM":
        apposed = [c for c in token.children if c.dep_ == "appos" and c.ent_type_ == "PER"]
        counts = token.dep_ in ("obj", "nsubj", "nsubj:pass", "conj", "obl:agent")
        counted = apposed[0] if apposed else _elided(token) if counts else None
        return mention(counted) if counted is not None else None
    if token.pos_ == "ADJ" and _is_demonym(token):
        if token.ent_type_ not in ("", "NORP") and token.lower_ not in lexicon.national():
            return None  # "Western Command", "Palestinian Islamic Jihad": a word of a name
        return _build(token, token.doc[token.i : token.i + 1], "State", Form.NAME, "")
    if token.pos_ == "PRON" or token.pos_ not in NOMINAL and not _nominalised(token):
        return None
    named = name_span(token)
    owner = _owning_noun(token, named)
    if owner is not None:
        return mention(owner)
    common = named is not None and len(named) == 1 and noun_class(token) and not _surname(token)
    if named is not None and token.ent_type_ in KIND_OF_LABEL and not common:
        return _name(token, named)
    return _nominal(token)


def _surname(token: Token) -> bool:
    """Whether a word that could be a common noun ends a person's full name in the text: "Cook"."""
    data = token.doc.user_data
    if "kg_surnames" not in data:
        people = [name for name in token.doc.ents if name.label_ == "PER" and len(name) > 1]
        data["kg_surnames"] = {trimmed(name)[-1].text for name in people}
    return token.ent_type_ == "PER" and token.text in data["kg_surnames"]


def _elided(number: Token) -> Token | None:
    """What a bare number counts: "sent drones; the defences destroyed five"."""
    before = number.doc[max(0, number.i - ELIDED_REACH) : number.i]
    for token in reversed(before):
        if token.pos_ == "NOUN" and plural(token) and token.dep_ not in ("compound", "conj"):
            kind = noun_class(head(token)) or noun_class(token)
            if kind == "EquipmentType":
                return token
            inner = [t for t in token.lefts if t.dep_ == "compound"]
            if inner and noun_class(inner[0]) == "EquipmentType":
                return inner[0]
    return None


def _nominalised(token: Token) -> bool:
    return token.pos_ == "ADJ" and any(c.dep_ == "det" for c in token.children)


def _pronoun(token: Token) -> Mention:
    gender, number = PERSONAL[token.lower_]
    kind = {"Masc": "Person", "Fem": "Person"}.get(gender, "Actor")
    return _build(token, token.doc[token.i : token.i + 1], kind, Form.PRONOUN, token.lower_,
                  number=number, gender=gender)  # fmt: skip


def _owning_noun(token: Token, named: Slice | None) -> Token | None:
    """The class noun that a name only modifies: "Kursk" of "Kursk region"."""
    if named is None or named.label_ not in ("LOC", "ORG", "PER", "MISC"):
        return None
    root = named.root
    outer = root.head
    beside = named.doc[named.end] if named.end < len(named.doc) else None
    if (
        beside is not None
        and beside.dep_ == "compound"
        and noun_class(beside) in ("Region", "Settlement")
    ):
        return beside if root.dep_ == "compound" else None
    if root.dep_ not in ("compound", "amod", "nmod:desc", "nmod:unmarked", "flat", "nmod"):
        return None
    if case(root) or outer.i == root.i or name_span(outer) == named:
        return None
    if len(_split(outer)) > 1:
        return None
    kind = noun_class(outer)
    named_kinds = lexicon.PLACES | {"MilitaryUnit"}
    if outer.i < named.start or outer.i - named.end > 3:
        return None
    return outer if kind in named_kinds and outer.pos_ in ("NOUN", "PROPN") else None


def _name(token: Token, named: Slice) -> Mention | None:
    kind = KIND_OF_LABEL[token.ent_type_]
    root = named.root
    own = _class_of_name(named)
    ground = lexicon.PLACES - lexicon.FACILITIES
    if (
        own
        and (kind != "Person" or own == "MilitaryUnit")
        and not (kind == "Organisation" and own in ground)
    ):
        kind = own
    elif kind == "Place":
        kind = _introduced(named.doc).get(named.start) or _class_beside(root) or kind
    number = "Plur" if kind == "PopulationGroup" and plural(root) else "Sing"
    whole = _numbered(trimmed(named)) if kind == "MilitaryUnit" else trimmed(named)
    return _build(root, whole, kind, Form.NAME, "", number=number)


def _numbered(unit: Slice) -> Slice:
    """A unit's name with the number before it: "the 4th" Artillery Brigade."""
    start = unit.start
    while start > unit.sent.start:
        before = unit.doc[start - 1]
        if not (
            before.lower_[:1].isdigit()
            or before.dep_ == "amod"
            and before.tag_ == "JJ"
            and before.lower_.endswith("th")
        ):
            break
        start -= 1
    return unit.doc[start : unit.end]


def _introduced(doc: Doc) -> dict[int, str]:
    """Class of each place name that a place noun introduces, by the name's first token."""
    if "kg_introduced" not in doc.user_data:
        found: dict[int, str] = {}
        for noun in doc:
            if noun.pos_ == "NOUN":
                for name in _names_of(noun):
                    if (named := name_span(name)) is not None and named.label_ == "LOC":
                        found[named.start] = noun_class(noun)
        doc.user_data["kg_introduced"] = found
    introduced: dict[int, str] = doc.user_data["kg_introduced"]
    return introduced


def _class_of_name(named: Slice) -> str:
    last = named[-1]
    if last.pos_ in ("NOUN", "PROPN"):
        for size in range(min(4, len(named)), 0, -1):
            phrase = " ".join(t.lower_ for t in named[-size:])
            if (classes := lexicon.nouns().get(phrase)) and (size > 1 or len(named) > 1):
                return classes[0] if classes[0] not in ("Person", "Measure") else ""
        for word in named:
            if word.lower_ in ("ministry", "department", "council", "parliament"):
                return "GovernmentBody"
    return ""


def _class_beside(root: Token) -> str:
    """Class from "the town of X", "town X", or "X, the town around …"."""
    beside = [root.head] if root.dep_ in ("nmod", "appos", "flat", "compound", "nmod:desc") else []
    if root.dep_ == "conj":
        return _class_beside(root.head)
    if root.dep_ == "appos" and root.head.dep_.startswith("nmod"):
        beside.append(root.head.head)
    beside += [c for c in root.children if c.dep_ in ("appos", "nmod:desc", "compound")]
    for noun in beside:
        if noun.dep_ != "appos" and root.dep_ == "nmod" and case(root) != "of":
            continue
        kind = noun_class(noun) if name_span(noun) is None else ""
        if kind in lexicon.PLACES - lexicon.FACILITIES and kind not in ("Area", "BorderSection"):
            return kind
    return ""


def trimmed(named: Slice) -> Slice:
    """A name without leading determiner and trailing possessive or punctuation."""
    start, end = named.start, named.end
    while start < end - 1 and named.doc[start].pos_ in ("DET", "PUNCT"):
        start += 1
    while end > start + 1 and (
        named.doc[end - 1].pos_ in ("PUNCT", "PART") or named.doc[end - 1].lower_ in ("'s", "’s")
    ):
        end -= 1
    return named.doc[start:end]


def _titled(token: Token) -> Token | None:
    """The name that follows its class noun at once: "the newspaper Izvestia"."""
    beside = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    named = name_span(beside) if beside is not None else None
    if named is None or named.label_ not in ("PER", "ORG") or token.ent_type_:
        return None
    root = named.root
    joined = root.head.i == token.i and root.dep_ in ("appos", "flat", "compound", "nmod:desc")
    return root if joined or token.head.i == root.i and token.dep_ != "nmod:poss" else None


def _nominal(token: Token) -> Mention | None:
    kind = noun_class(token)
    if kind in lexicon.ACTORS and (behind := _titled(token)) is not None:
        found = mention(behind)
        if found is not None and found.kind == "Organisation" and kind != "Person":
            found = replace(found, kind=kind)
        return found
    if (before := _appellation(token)) is not None:
        found = mention(before)
        return replace(found, kind=kind) if found and found.kind == "Organisation" else found
    phrase = noun_phrase(token)
    if kind == "Measure" and token.lemma_.lower() == "member":  # "six service members"
        kind = "PopulationGroup" if plural(token) else "Person"
    if kind in ("", "Measure"):
        kind = _by_position(token) if token.pos_ == "PROPN" else ""
        if not kind:
            return None
        return _build(token, phrase, kind, Form.NAME, "", number="Sing")
    proper = [t for t in phrase if t.i != token.i and t.pos_ == "PROPN" and not _is_demonym(t)]
    numbered = [t for t in phrase if t.pos_ == "NUM" or t.lower_[:1].isdigit()]
    named = bool(proper) and kind in lexicon.PLACES | {"MilitaryUnit", "EquipmentType"}
    named = named or kind == "MilitaryUnit" and bool(numbered)
    named = (
        named
        or kind in ("GovernmentBody", "Organisation")
        and token.pos_ == "PROPN"
        and bool(proper)
    )
    qualifier = "" if named else qualifier_of(token)
    name = phrase.text if named else _lemmatised(phrase)
    return _build(token, phrase, kind, Form.NAME if named else Form.NOMINAL, name,
                  number="Plur" if plural(token) else "Sing", qualifier=qualifier)  # fmt: skip


def _appellation(token: Token) -> Token | None:
    """The name before a noun that adds nothing to it: "the Hezbollah movement"."""
    if token.lower_ not in lexicon.appellations() or token.ent_type_:
        return None
    if any(c.lower_ in ("a", "an", "another") for c in token.children):
        return None
    for child in token.children:
        named = name_span(child) if child.i < token.i and child.dep_ != "nmod:poss" else None
        if named is not None and named.label_ == "ORG" and not case(child):
            before = named.doc[named.start - 1].text if named.start > token.sent.start else ""
            return named.root if before not in ("-", "–") else None
    return None


def described(token: Token, kind: str) -> Mention:
    """A mention of the given class for a noun that the lexicon does not know."""
    phrase = noun_phrase(token)
    number = "Plur" if plural(token) else "Sing"
    return _build(
        token, phrase, kind, Form.NOMINAL, _lemmatised(phrase),
        number=number, qualifier=qualifier_of(token),
    )  # fmt: skip


def personal(noun: Token) -> bool:
    """Whether a common noun that the lexicon does not know is of a person by its form or clause.

    "a former candidate", "the murderers", "a recluse who lived there".
    """
    if noun.pos_ != "NOUN" or noun_class(noun):
        return False
    relative = (c for c in noun.children if c.dep_ == "acl:relcl")
    if any(t.lower_ in ("who", "whom", "whose") for clause in relative for t in clause.children):
        return True
    return noun.lemma_.lower().endswith(PERSONAL_ENDINGS)


def _by_position(token: Token) -> str:
    if token.lower_ in lexicon.calendar():
        return ""
    if token.dep_ in ("obl", "nmod") and case(token) in ("in", "at", "near", "from", "outside"):
        return "Place"
    if token.dep_ in ("nsubj", "obl:agent", "nmod:poss"):
        return "Actor"
    return ""


def _is_demonym(token: Token) -> bool:
    return token.ent_type_ == "NORP" or token.lower_ in lexicon.demonyms()


def qualifier_of(token: Token) -> str:
    """Demonym or named owner that modifies a noun: "Russian army", "Ukraine's general staff"."""
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked", "nmod"):
            if child.dep_ == "nmod" and case(child) not in ("of", "from"):
                continue
            if child.i < token.i and _is_demonym(child):
                return str(child.text)
            named = name_span(child)
            if named is not None and (
                child.dep_ != "nmod" or named.label_ in ("LOC", "NORP", "ORG")
            ):
                return str(trimmed(named).text)
            if child.dep_ == "nmod" and child.pos_ == "PROPN":
                return str(child.text)
    return ""


def _lemmatised(phrase: Slice) -> str:
    words = [t.lower_ for t in phrase[:-1]] + [phrase[-1].lemma_.lower()]
    return " ".join(words)


def noun_phrase(token: Token) -> Slice:
    """The noun with its adjectives, compounds and "of"-part of a title; no determiner or number."""
    start = token.i
    lefts = sorted((c for c in token.children if c.i < token.i), key=lambda c: -c.i)
    for child in lefts:
        if child.dep_ not in PREMODIFIERS and not _joins(child):
            break
        if child.dep_ == "nmod:poss" or child.pos_ in ("DET", "PRON") or _measuring(child):
            break
        if _held(child) and noun_class(token) in lexicon.PLACES:
            break
        start = child.left_edge.i
    if start == token.i and token.dep_ == "compound" and start > token.sent.start:
        before = name_span(token.doc[start - 1])
        start = before.start if before is not None else start
    end = token.i + 1
    for child in sorted(token.rights, key=lambda c: c.i):
        follows = child.left_edge.i == end
        if follows and (child.dep_ == "flat" or child.dep_ == "nummod" and child.pos_ == "NUM"):
            end = child.i + 1
        elif follows and _title_part(token, child):
            end = child.right_edge.i + 1
            break
        else:
            break
    while start < token.i and (
        token.doc[start].pos_ in ("DET", "PUNCT", "NUM", "CCONJ", "ADP")
        or token.doc[start].lower_ in _measures()
    ):
        if token.doc[start].lower_ in _measures():
            start += 1
            continue
        if (
            token.doc[start].tag_ == "JJ"
            or token.doc[start].lower_[:1].isdigit()
            and (token.doc[start].lower_[-2:] in ("th", "st", "nd", "rd"))
        ):
            break
        start += 1
    return token.doc[start:end]


def _measuring(child: Token) -> bool:
    """Whether a modifier gives a measure: "43-year-old" woman, "two-storey" building."""
    return child.pos_ in ("ADJ", "NOUN") and any(t.dep_ == "nummod" for t in child.subtree)


def _held(child: Token) -> bool:
    """Whether a modifier is a participle joined to its agent: "rebel-held" town."""
    joined = child.i > 0 and child.nbor(-1).text in ("-", "–")
    return joined and child.dep_ == "amod" and child.tag_ == "VBN"


def _joins(child: Token) -> bool:
    return child.dep_ == "punct" and child.text in ("-", "–")


def _title_part(token: Token, child: Token) -> bool:
    """ "of Defence" of "Ministry of Defence", "of the Council" of "head of the Council"."""
    if not child.dep_.startswith("nmod") or case(child) != "of":
        return False
    if any(c.dep_ in ("acl:relcl", "acl", "conj", "appos") for c in child.children):
        return False
    kind = noun_class(token)
    return token.lemma_.lower() in lexicon.posts() or (
        kind in ("GovernmentBody", "Organisation") and token.pos_ == "PROPN"
    )


def _build(
    token: Token,
    phrase: Slice,
    kind: str,
    form: Form,
    name: str,
    *,
    number: str = "",
    gender: str = "",
    qualifier: str = "",
) -> Mention:
    where = Span(phrase.start_char, phrase.end_char)
    return Mention(
        span=where,
        text=phrase.text,
        kind=kind,
        form=form,
        name=name or phrase.text,
        head=span(token),
        number=number,
        gender=gender,
        sentence=sentence_index(token),
        subject=token.dep_ in ("nsubj", "nsubj:pass"),
        quote=quote_index(token),
        qualifier=qualifier,
        definite=any(
            c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those")
            for c in token.children
        ),
        owner=next(
            (span(c) for c in token.children if c.dep_ == "nmod:poss" and c.pos_ == "PRON"), None
        ),
    )


def quote_index(token: Token) -> int:
    """Index of the direct quotation that the token stands in, -1 outside."""
    data = token.doc.user_data
    if "kg_quotes" not in data:
        data["kg_quotes"] = quotations(token.doc)
    for number, quote in enumerate(data["kg_quotes"]):
        if quote.span.start <= token.idx < quote.span.end:
            return number
    return -1

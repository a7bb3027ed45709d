"""Amounts of equipment in a text: "two Ka-52 helicopters", "47 drones", "an FPV drone".

The types and designations are `ontology/equipment.tsv`, the verbs and nouns round them
`ontology/lexicon/equipment_uses.tsv`. A name that is an ordinary word as well ("Patriot")
counts only beside an equipment noun. A designation that the catalogue lacks is equipment
where the language pipeline reads a weapon, vehicle or platform.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract import lexicon
from kg.extract.actuality import actuality
from kg.extract.clauses import subject
from kg.extract.phrases import case, mention, plural, quote_index, sentence_index, span
from kg.extract.quantities import Quantity, counted, measures, quantities
from kg.records import Form, Frame, Mention, Span, Term, Value

LONGEST = 7
SEEN = frozenset({"WEAPON", "VEHICLE", "PLATFORM"})
"""Terms of the language pipeline that are equipment, known to the catalogue or not."""
CONDITIONS = ("Destroyed", "Damaged", "Captured", "Abandoned", "InUse")
_DESIGNATION = re.compile(
    r"[A-Z][A-Za-z]{0,9}-\d+[\w-]*|[A-Z]{1,4}\d+[\w-]*|\d{1,3}[A-Z]{1,3}\d+[\w-]*"
)


@dataclass(frozen=True, slots=True)
class _Name:
    """Tokens [start, end) that name equipment; `sure` is False for an ordinary word."""

    start: int
    end: int
    type: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """One noun phrase that names equipment: its name from `start` to its head word."""

    start: int
    head: Token


@cache
def _catalogue() -> tuple[frozenset[str], dict[str, bool]]:
    """Type phrases in lower case; designations with whether they are sure by themselves."""
    types: set[str] = set()
    names: dict[str, bool] = {}
    for row in ontology.rows("equipment.tsv"):
        unsure = set(row["match"].split("|"))
        for name in (row["label"], *filter(None, row["aliases"].split("|"))):
            if all(re.search(r"[A-Z0-9]", word) for word in re.split(r"[ /]", name)):
                for variant in (name, re.sub(r"^([A-Za-z]{2,})-(?=\d)", r"\1 ", name)):
                    names.setdefault(_bare(variant), name not in unsure)
            else:
                types.add(_spaced(name))
    return frozenset(types), names


@lru_cache(maxsize=65536)
def _begins(word: str, apart: bool) -> bool:
    """Whether a name of equipment can begin with a word: the quick answer for most words.

    Args:
        word: text of a token.
        apart: whether a blank follows; then the name has to have one there, too, or to end.
    """
    types, names = _beginnings()
    spaced, bare = _spaced(word), _bare(word)
    if apart and spaced and bare:
        return spaced + " " in types or bare + " " in names
    return spaced in types or bare in names


@cache
def _beginnings() -> tuple[frozenset[str], frozenset[str]]:
    """All that type phrases and designations begin with, a blank behind those that are whole."""
    types, names = _catalogue()
    return (
        frozenset(form[:n] for one in types for form in _forms(one) for n in range(len(form) + 1)),
        frozenset(form[:n] for one in names for form in _forms(one) for n in range(len(form) + 1)),
    )


def _forms(phrase: str) -> Iterator[str]:
    """All phrases whose `_singulars` the phrase is among, a blank behind each."""
    yield phrase + " "
    yield phrase + "s "
    yield phrase + "es "
    if phrase.endswith("y"):
        yield phrase[:-1] + "ies "
    if phrase.endswith("man"):
        yield phrase[:-3] + "men "


def _bare(name: str) -> str:
    """A designation without hyphens and quotes: "Ka-52" and "Ka52" are the same.

    >>> _bare("Ka-52 'Alligator'")
    'Ka52 Alligator'
    """
    return re.sub(r"\s+", " ", re.sub(r"[-–‑'‘’\"“”]", "", name)).strip()


def _spaced(phrase: str) -> str:
    """A type phrase in lower case with hyphens as spaces.

    >>> _spaced("Anti-tank missile")
    'anti tank missile'
    """
    return re.sub(r"[\s\-–‑]+", " ", phrase.replace("’", "'").lower()).strip()


def _singulars(phrase: str) -> Iterator[str]:
    """The phrase and what it would be in the singular."""
    yield phrase
    if phrase.endswith("ies"):
        yield phrase[:-3] + "y"
    if phrase.endswith("es"):
        yield phrase[:-2]
    if phrase.endswith("s"):
        yield phrase[:-1]
    if phrase.endswith("men"):
        yield phrase[:-3] + "man"


@cache
def _uses(use: str) -> dict[str, frozenset[str]]:
    """Words of one use with the particles that they need ("" for none)."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in ontology.rows("lexicon/equipment_uses.tsv"):
        if row["use"] == use:
            found[row["word"]].add(row["particle"])
    return {word: frozenset(particles) for word, particles in found.items()}


def lots(doc: Doc) -> tuple[Frame, ...]:
    """All EquipmentLot frames of a document in text order.

    The roles are equipmentType (a Mention), lower and upper where a number is given,
    operator and condition where the text says them. The anchor is the name of the
    equipment, or the number where it stands for equipment named before ("destroyed five").
    The evidence is the phrase from the number to the head noun.
    """
    return tuple(item.frame for item in amounts(doc))


@dataclass(frozen=True, slots=True)
class Amount:
    """A lot with the words it was read from; `head` carries it in the parse."""

    frame: Frame
    head: Token
    quantity: Quantity | None


def amounts(doc: Doc) -> tuple[Amount, ...]:
    """All lots of a document in text order, with head word and quantity."""
    data = doc.user_data
    if "kg_amounts" not in data:
        numbers = quantities(doc)
        counts = _counts(doc, numbers)
        named = [
            _amount(group, counts.get(group.head.i) or _before(doc, group, numbers))
            for group in _groups(doc)
            if _counts_as_lot(group)
        ]
        named = [a for a in named if a.quantity is None or a.quantity.upper != 0]
        elided = _elided(doc, numbers, named)
        data["kg_amounts"] = tuple(
            sorted(
                (*named, *elided), key=lambda item: (item.frame.anchor.start, item.frame.anchor.end)
            )
        )
    found: tuple[Amount, ...] = data["kg_amounts"]
    return found


def _counts(doc: Doc, numbers: Sequence[Quantity]) -> dict[int, Quantity]:
    """Index of the counted noun -> its quantity; the nearest number wins."""
    found: dict[int, Quantity] = {}
    for number in numbers:
        if number.measure not in ("count", "article"):
            continue
        noun = counted(doc, number)
        if noun is not None and (noun.i not in found or found[noun.i].measure == "article"):
            found[noun.i] = number
    return found


def _before(doc: Doc, group: _Group, numbers: Sequence[Quantity]) -> Quantity | None:
    """The number that stands before the name with nothing but modifiers between."""
    for number in numbers:
        between = doc[number.last : group.start]
        if (
            number.last > group.start
            or number.measure not in ("count", "article")
            or len(between) > 3
        ):
            continue
        if all(t.pos_ in ("ADJ", "VERB", "NOUN", "PROPN") or t.text in "-–" for t in between):
            if all(t.pos_ != "VERB" or t.tag_ in ("VBN", "VBG") for t in between):
                return number
    return None


def _names(doc: Doc) -> Iterator[_Name]:
    """Names of equipment in text order, the longest at each place."""
    types, names = _catalogue()
    seen = {t.start: t.end for t in doc.spans.get("terms", ()) if t.label_ in SEEN}
    at = 0
    while at < len(doc):
        found = _longest(doc, at, types, names)
        if found is None and at in seen:
            unknown = doc[at : seen[at]]
            inner = range(at + 1, seen[at])
            if any(_DESIGNATION.fullmatch(t.text) for t in unknown) and all(
                _longest(doc, i, types, names) is None for i in inner
            ):
                found = _Name(at, seen[at], type=unknown[-1].text.islower(), sure=True)
        if found is None:
            at += 1
        else:
            yield found
            at = found.end


def _longest(doc: Doc, at: int, types: frozenset[str], names: dict[str, bool]) -> _Name | None:
    first = doc[at]
    if not _begins(first.text, bool(first.whitespace_)):
        return None
    sent_end = doc[at].sent.end
    for end in range(min(at + LONGEST, sent_end), at, -1):
        last = doc[end - 1]
        if last.is_punct or last.is_space:
            continue
        text = doc[at:end].text
        if len(text) < 2:
            continue
        for name in _singulars(_bare(text)) if not text.islower() else ():
            if name in names and (name == _bare(text) or text.endswith("s")):
                return _Name(at, end, type=False, sure=names[name])
        if last.pos_ in ("NOUN", "PROPN", "X") or last.tag_ in ("NN", "NNS", "NNP", "NNPS"):
            if any(phrase in types for phrase in _singulars(_spaced(text))):
                return _Name(at, end, type=True, sure=True)
    return None


def _groups(doc: Doc) -> Iterator[_Group]:
    """Noun phrases of equipment: a designation and the type after it are one."""
    found = list(_names(doc))
    proven: set[str] = set()
    pending: list[tuple[_Group, str]] = []
    at = 0
    while at < len(found):
        name = found[at]
        end = at + 1
        while end < len(found) and _joined(doc, found[end - 1], found[end]):
            end += 1
        last = found[end - 1]
        text = _bare(doc[name.start : name.end].text)
        sure = any(part.sure for part in found[at:end])
        if sure:
            proven.update(_unsure_part(doc, name))
        start = _with_designation(doc, name.start) if last.type else name.start
        pending.append((_Group(start, _head(doc, last)), "" if sure else text.removesuffix("s")))
        at = end
    for group, unsure in pending:
        if not unsure or unsure in proven:
            yield group


def _unsure_part(doc: Doc, name: _Name) -> Iterator[str]:
    """Ordinary words that the name proves to be equipment here: "Patriot" of "Patriot battery"."""
    names = _catalogue()[1]
    for end in range(name.start + 1, name.end + 1):
        text = _bare(doc[name.start : end].text)
        for form in (text, text.removesuffix("s")):
            if names.get(form) is False:
                yield form


def _joined(doc: Doc, first: _Name, second: _Name) -> bool:
    """Whether a type or name follows in the same noun phrase ("T-72 battle tanks")."""
    between = doc[first.end : second.start]
    if len(between) > 2 or doc[first.start].sent != doc[second.start].sent:
        return False
    if first.type and not second.type:
        return False
    plural_first = first.type and plural(doc[first.end - 1])
    words = all(t.pos_ in ("ADJ", "NOUN", "PROPN") or t.text in "-–'\"‘’“”" for t in between)
    return words and not plural_first


def _with_designation(doc: Doc, start: int) -> int:
    """The start moved over an unknown designation or proper name before the type."""
    while start > doc[start].sent.start:
        before = doc[start - 1]
        if before.text in ("-", "'", "‘", "’") and start - 2 >= doc[start].sent.start:
            if before.whitespace_ or not _proper(doc[start - 2]):
                break
            start -= 2
            continue
        if not _proper(before):
            break
        start -= 1
    return start


def _proper(token: Token) -> bool:
    if _DESIGNATION.fullmatch(token.text):
        return True
    known = token.lower_ in lexicon.demonyms() or token.ent_type_ in ("LOC", "NORP", "ORG", "PER")
    if token.is_sent_start:
        return False
    return token.pos_ == "PROPN" and token.text[:1].isupper() and not known


def _head(doc: Doc, name: _Name) -> Token:
    """The word of a name that carries it in the parse: its last one as a rule."""
    last = doc[name.end - 1]
    root = doc[name.start : name.end].root
    return (
        root if root.pos_ in ("NOUN", "PROPN") and root.i > last.i - 2 and not name.type else last
    )


def _outer(head: Token) -> Token | None:
    """The noun that the equipment word only modifies ("attacks" of "drone attacks")."""
    above = head.head
    modifies = head.dep_ in (
        "compound",
        "amod",
        "nmod:desc",
        "nmod:unmarked",
        "nmod:poss",
        "flat",
        "nmod",
    )
    if modifies and above.i > head.i and above.pos_ in ("NOUN", "PROPN") and not case(head):
        return above
    following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if (
        following is not None
        and following.i < head.sent.end
        and _lemma(following) in _uses("attack")
    ):
        if following.pos_ == "NOUN" and not plural(head):
            return following
    return None


def _lemma(token: Token) -> str:
    return (token.lemma_ or token.text).lower()


def _counts_as_lot(group: _Group) -> bool:
    """Whether the phrase stands for equipment, not for its crew, its maker or a think tank."""
    head = group.head
    if group.start > head.sent.start and head.doc[group.start - 1].lower_ in _uses("not"):
        return False
    if (
        head.ent_type_ in ("PER", "LOC", "ORG")
        and head.pos_ == "PROPN"
        and not _DESIGNATION.search(head.text)
    ):
        return False
    outer = _outer(head)
    if outer is None:
        return True
    return _lemma(outer) in _uses("attack") or outer.lower_ in _uses("attack")


def _amount(group: _Group, number: Quantity | None) -> Amount:
    head = group.head
    outer = _outer(head)
    if outer is not None:
        number = None
    if number is not None and number.measure == "article" and plural(head):
        number = None
    named = _mention(group)
    roles: list[tuple[str, Value]] = [("equipmentType", named)]
    start = named.span.start
    if number is not None:
        roles.extend(_interval(number))
        start = min(start, number.span.start)
    roles.extend(_circumstances(head, outer, group.start))
    frame = Frame(
        kind="EquipmentLot",
        anchor=named.span,
        evidence=Span(start, max(head.idx + len(head), named.span.end)),
        roles=tuple(roles),
        extractor="equipment.lots",
        confidence=0.85 if number is not None else 0.75,
    )
    return Amount(frame, head, number)


def _interval(number: Quantity) -> Iterator[tuple[str, Value]]:
    if number.lower is not None:
        yield "lower", number.lower
    if number.upper is not None:
        yield "upper", number.upper


def _mention(group: _Group) -> Mention:
    """The mention of the type: the name with its designation, in the singular."""
    head = group.head
    doc = head.doc
    found = mention(head)
    words = doc[group.start : head.i + 1]
    last = _lemma(head) if head.lower_.endswith("s") and not head.text.isupper() else head.text
    if head.text[:1].isupper() and not head.is_sent_start and last.islower():
        last = head.text.removesuffix("s")
    name = (words[:-1].text_with_ws + last) if len(words) > 1 else last
    proper = any(t.pos_ == "PROPN" or _DESIGNATION.fullmatch(t.text) for t in words)
    built = Mention(
        span=Span(words.start_char, words.end_char),
        text=words.text,
        kind="EquipmentType",
        form=Form.NAME if proper else Form.NOMINAL,
        name=name if proper else " ".join(w if w.isupper() else w.lower() for w in name.split()),
        head=span(head),
        number="Plur" if plural(head) else "Sing",
        sentence=sentence_index(head),
        subject=head.dep_ in ("nsubj", "nsubj:pass"),
        quote=quote_index(head),
    )
    if found is None or found.kind != "EquipmentType" or found.head != built.head:
        return built
    return replace(built, qualifier=found.qualifier)


def _circumstances(head: Token, outer: Token | None, start: int) -> Iterator[tuple[str, Value]]:
    """Operator and condition, from what stands round the head or the noun it modifies."""
    node = _measured(outer if outer is not None else head)
    operator = (
        _owner(head, start)
        or _owner(node, start)
        or (_user(node) if node.i != head.i or outer is None else None)
    )
    if operator is not None:
        yield "operator", operator
    condition = "" if outer is not None else _condition(head, node)
    if condition:
        yield "condition", Term(condition)


def _measured(node: Token) -> Token:
    """The outermost noun of "three waves of drones", the first of coordinated nouns."""
    groups = measures("group")
    for _ in range(4):
        above = node.head
        if node.dep_.startswith("nmod") and (case(node) == "of" or above.pos_ == "NUM"):
            if (_lemma(above),) in groups or above.pos_ == "NUM" or _lemma(above) in (
                "dozen", "hundred", "thousand", "couple", "pair", "most", "several",
            ) or above.lower_ in ("dozens", "hundreds", "thousands", "scores"):  # fmt: skip
                node = above
                continue
        if node.dep_ == "conj" and above.pos_ in ("NOUN", "PROPN"):
            node = above
            continue
        break
    return node


def _owner(noun: Token, start: int = -1) -> Mention | None:
    """Who it belongs to: possessor, demonym, "of"-phrase; words from `start` are the name."""
    for child in noun.children:
        if start <= child.i < noun.i and start >= 0:
            continue
        before = child.dep_ in (
            "nmod:poss",
            "amod",
            "compound",
            "nmod:desc",
            "nmod:unmarked",
            "nmod",
        )
        if before and child.i < noun.i and not case(child):
            found = mention(child)
            if found is not None and (found.kind in lexicon.ACTORS or found.form is Form.NAME):
                if found.kind in lexicon.ACTORS | {"Place", "Country"}:
                    return found
        if (
            child.i > noun.i
            and child.dep_.startswith("nmod")
            and case(child) in ("of", "from", "by")
        ):
            found = mention(child)
            if found is not None and found.kind in lexicon.ACTORS:
                return found
            if found is not None and found.kind in ("Place", "Country"):
                if case(child) == "of" and found.form is Form.NAME:
                    return found
    return None


def _verb(node: Token) -> tuple[Token, bool] | None:
    """The verb whose object the noun is, or the participle after it; True for an object."""
    above = node.head
    if above.pos_ == "VERB" and node.dep_ in ("obj", "nsubj:pass", "obl:agent", "obl", "nsubj"):
        return above, node.dep_ in ("obj", "nsubj:pass")
    for child in node.children:
        if child.dep_ in ("acl", "acl:relcl") and child.pos_ == "VERB":
            passive = child.tag_ == "VBN" or any(
                c.dep_ in ("nsubj:pass", "aux:pass") for c in child.children
            )
            return child, passive
    return None


def _user(node: Token) -> Mention | None:
    """The subject of "launched", "lost", or who is "backed by" it."""
    found = _verb(node)
    if found is None:
        return None
    verb, affected = found
    lemma = _lemma(verb)
    if affected and (lemma in _uses("operator") or lemma in _uses("loser")):
        return _agent(verb, node)
    if lemma in _uses("escort") and case(node) in ("by", "with"):
        return _agent(verb, node)
    return None


def _agent(verb: Token, node: Token) -> Mention | None:
    by = next((c for c in verb.children if c.dep_ == "obl:agent" and c.i != node.i), None)
    who = by
    if who is None:
        argument = subject(verb)
        who = argument.token if argument is not None and argument.token.i != node.i else None
    found = mention(who) if who is not None else None
    if found is None or found.kind not in lexicon.ACTORS | {"Place", "Country", "Region"}:
        return None
    return found


def _condition(head: Token, node: Token) -> str:
    """What the text says became of it."""
    for condition in CONDITIONS:
        words = _uses(condition)
        for child in head.children:
            if child.i < head.i and child.dep_ in ("amod", "compound") and child.lower_ in words:
                return condition
    verbs = []
    found = _verb(node)
    if found is not None and not _split_off(found[0]):
        verbs.append(found)
    for child in (*node.children, *head.children):
        participle = child.dep_ in ("acl", "acl:relcl") and child.tag_ == "VBN"
        if participle and not _split_off(child):
            verbs.append((child, True))
    for verb, affected in verbs:
        other = any(c.dep_ == "obj" and c.i not in (node.i, head.i) for c in verb.children)
        affected = affected and not (other and node.dep_ != "obj")
        condition = _of_verb(verb)
        crash = (
            not affected
            and node.dep_ == "nsubj"
            and _lemma(verb) in ("crash", "sink", "burn", "explode")
        )
        if condition and (affected or crash) and actuality(verb).name == "Actual":
            return condition
    return ""


def _split_off(participle: Token) -> bool:
    """Whether a number between says that only some are meant: "three boats, one sunk by"."""
    host = participle.head
    return any(
        c.dep_ == "appos" and c.pos_ == "NUM" and host.i < c.i < participle.i for c in host.children
    )


def _of_verb(verb: Token) -> str:
    lemma = _lemma(verb)
    near = {c.lower_ for c in verb.children if c.dep_ in ("compound:prt", "advmod", "xcomp")}
    if verb.i + 1 < len(verb.doc):
        near.add(verb.doc[verb.i + 1].lower_)
    for condition in CONDITIONS:
        particles = _uses(condition).get(lemma, _uses(condition).get(verb.lower_, frozenset()))
        if any(particle == "" or particle in near for particle in particles):
            return condition
    return ""


def _elided(doc: Doc, numbers: Sequence[Quantity], named: Sequence[Amount]) -> Iterator[Amount]:
    """Numbers that stand for equipment named before: "… drones, with at least five shot down"."""
    for number in numbers:
        core = doc[number.core]
        if number.measure != "count" or counted(doc, number) is not None:
            continue
        before = [a for a in named if a.head.i < number.first and _near(a.head, core)]
        if not before or core.dep_ in ("nummod", "compound") and core.head.pos_ != "VERB":
            continue
        verb = _undoing(core)
        if verb is None:
            continue
        condition = _of_verb(verb)
        source = next((a for a in reversed(before) if a.head.head.i != verb.i), None)
        if source is None:
            continue
        if any(_person(token) for token in doc[source.head.i + 1 : number.first]):
            continue
        kind = source.frame.values("equipmentType")
        roles: list[tuple[str, Value]] = [("equipmentType", kind[0]), *_interval(number)]
        roles.extend(("operator", value) for value in source.frame.values("operator"))
        if actuality(verb).name == "Actual":
            roles.append(("condition", Term(condition)))
        frame = Frame(
            "EquipmentLot", number.span, number.span, tuple(roles), "equipment.elided", 0.65
        )
        yield Amount(frame, core, number)


def _undoing(core: Token) -> Token | None:
    """The verb that says what became of those a number stands for.

    It governs the number, or is a participle after it: "one suspected downed by …".
    """
    verbs = [core.head] if core.head.pos_ == "VERB" and core.dep_ not in ("advmod", "nsubj") else []
    hosts = (core, core.head) if core.dep_ == "appos" else (core,)
    for host in hosts:
        verbs.extend(c for c in host.children if c.dep_.startswith("acl") and c.i > core.i)
    for verb in verbs:
        if _of_verb(verb) in ("Destroyed", "Damaged", "Captured"):
            return verb
    return None


def _near(head: Token, core: Token) -> bool:
    return 0 <= sentence_index(core) - sentence_index(head) <= 0


def _person(token: Token) -> bool:
    if token.pos_ != "NOUN":
        return False
    found = mention(token)
    return found is not None and found.kind == "PopulationGroup"

"""Events from verbs and nouns, with their roles.

A word of `events.tsv` whose arguments fit one of its readings is an event; its frame
(`frames.tsv`) says which syntactic slot fills which role. The instrument refines a general
class: an attack with drones is a `DroneAttack` (`refinements.tsv`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract import lexicon
from kg.extract.actuality import actuality
from kg.extract.clauses import Argument, arguments, clause, noun_arguments, purposes
from kg.extract.cues import meanings
from kg.extract.drafts import Draft, bearers, by_arms, idiom, nominal, slots_of, verbal
from kg.extract.effects import effect
from kg.extract.happenings import CAST, SEEN, Seen, agreed, sights
from kg.extract.lexicon import ACTORS, FACILITIES, FORCES, PEOPLE, PLACES, broader
from kg.extract.phrases import case, described, fillers, head, mention, personal, plural, span
from kg.extract.polarity import negative
from kg.extract.quantities import quantities
from kg.extract.responsibility import responsible
from kg.extract.times import time_of, times
from kg.records import Form, Frame, Mention, Span, Term, Value

ATTACKS = frozenset(
    "Attack Incursion GroundAttack Clash Shelling AirStrike DroneAttack MissileStrike Bombing "
    "CyberAttack CeasefireViolation".split()
)
ACTOR_ROLES = frozenset({"initiator", "victim", "moved", "operator", "beneficiary"})
PLACE_ROLES = frozenset({"place", "origin", "destination"})
AIMED = {
    "attack": frozenset({"on", "against"}),
    "leave": frozenset({"from", "to"}),
    "harm": frozenset({"of"}),
    "take": frozenset({"of"}),
    "damage": frozenset({"of", "to"}),
}
LOSSES = frozenset({"EquipmentLoss", "Interception"})
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
PERSONAL = frozenset({"harm", "suffer", "free", "attack", "take", "damage", "yield"})
"""Frames of verbs whose agents and victims are people."""
SEATED = frozenset({"GovernmentBody", "Organisation", "MediaOutlet"})
CALLS = frozenset({"visit", "meet"})
BROKEN = frozenset({"attack", "cut", "give"})
"""Frames of verbs whose object noun is no event of its own: "violated the truce"."""


def events(doc: Doc, lots: Sequence[Frame] = ()) -> tuple[Frame, ...]:
    """All events of a document in text order.

    Args:
        doc: annotated with Universal Dependencies, tags and names.
        lots: the document's EquipmentLot frames; a role that names one holds the frame.

    Returns:
        Frames with the roles of the ontology contract, "actuality" and "time". The
        anchor is the event word, the evidence its clause.
    """
    lot_at = {offset: lot for lot in lots for offset in range(lot.evidence.start, lot.evidence.end)}
    sight = sights(doc)
    drafts: dict[int, Draft] = {}
    for token in doc:
        read = verbal(token) if token.pos_ == "VERB" else nominal(token)
        draft = agreed(token, read, sight)
        if draft is not None:
            drafts[token.i] = draft
    for draft in drafts.values():
        _fill(draft, lot_at, drafts)
        if (one := sight.words.get(draft.token.i)) is not None:
            draft.sure = one.sure >= SEEN
            _complete(draft, one, lot_at, drafts)
    for draft in drafts.values():
        _inherit(draft, drafts)
    for draft in drafts.values():
        effect(draft, drafts, ATTACKS)
    absorbed = {inner for draft in drafts.values() for inner in _absorb(draft, drafts)}
    kept = _kept([d for i, d in drafts.items() if i not in absorbed])
    damage = [d for d in map(_damage, kept) if d is not None]
    frames = {draft.token.i: _frame(draft) for draft in kept}
    related = _relations(kept)
    found = [_related(frames, draft.token.i, related[draft.token.i]) for draft in kept]
    found += [_frame(draft) for draft in damage]
    return tuple(sorted(found, key=lambda f: (f.anchor, f.kind)))


def _kept(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that tell of an event; a bare noun that takes one up again tells of no other."""
    kept: list[Draft] = []
    for draft in drafts:
        if _substantial(draft) or _bare(draft) and not _anaphoric(draft, kept):
            if actuality(draft.token).name != "Untold":
                kept.append(draft)
    return kept


def _bare(draft: Draft) -> bool:
    """Whether a noun without participants can mean nothing but such an event."""
    token = draft.token
    return draft.word.pos == "NOUN" and draft.word.object == "any" and token.pos_ == "NOUN"


def _anaphoric(draft: Draft, kept: Sequence[Draft]) -> bool:
    definite = {"the", "this", "that", "these", "those", "its", "their", "his", "such", "both"}
    if definite.isdisjoint(c.lower_ for c in draft.token.children):
        return False
    return any(d.kind == draft.kind or d.kind in ATTACKS and draft.kind in ATTACKS for d in kept)


def _inherit(draft: Draft, drafts: dict[int, Draft]) -> None:
    """Who acts in what an event consists of: "X's strikes have involved shelling of Y"."""
    noun = draft.token
    while noun.dep_ == "conj":
        noun = noun.head
    if draft.has("initiator"):
        return
    if case(noun) == "including" and (whole := drafts.get(noun.head.i)) is not None:
        draft.roles.extend(r for r in whole.roles if r[0] == "initiator")
        return
    if noun.dep_ != "obj":
        return
    if lexicon.light_verbs().get(noun.head.lemma_) != ("self",):
        return
    whole = next(
        (drafts[c.i] for c in noun.head.children if c.dep_ == "nsubj" and c.i in drafts), None
    )
    if whole is not None:
        draft.roles.extend(r for r in whole.roles if r[0] == "initiator")


def _damage(draft: Draft) -> Draft | None:
    """What one verb did to things that are no equipment: "destroyed two tanks and a depot"."""
    if draft.kind not in LOSSES:
        return None
    sites = [r for r in draft.roles if r[0] == "target" and not isinstance(r[1], Frame)]
    if not sites:
        return None
    draft.roles = [r for r in draft.roles if r not in sites]
    other = [r for r in draft.roles if r[0] in ("initiator", "instrument", "place")]
    return Draft(draft.token, draft.word, "Damage", [*other, *sites], tokens=draft.tokens)


def _fill(draft: Draft, lot_at: dict[int, Frame], drafts: dict[int, Draft]) -> None:
    token = draft.token
    verb = token.pos_ == "VERB"
    slots = slots_of(token, draft.word) if verb else list(noun_arguments(token))
    if draft.word.pos == "NOUN":
        slots.extend(_carried(draft))
    own = idiom(token, draft.word) if verb else None
    for word in filter(None, (token, draft.carrier, own)):
        slots.extend(purposes(word))
    if own is not None:
        slots.extend(a for a in noun_arguments(own) if a.slot not in ("mod", "poss"))
        if own.i in drafts and (draft.word.frame in BROKEN or drafts[own.i].kind == draft.kind):
            draft.others.append(("self", own))
    if " of " in draft.word.lemma:  # "an exchange of fire near Tarvo"
        inner = [c for c in token.children if c.dep_.startswith("nmod") and case(c) == "of"]
        slots.extend(slot for noun in inner for slot in noun_arguments(noun))
    if (author := responsible(_host(token))) is not None and author.token.i != token.i:
        slots = [a for a in slots if a.token.i != author.token.i and a.slot != "mod"]
        slots.append(Argument("=initiator", author.token))
        draft.disowned = author.denied
    if draft.word.pos == "ADJ":
        slots.extend(Argument("obj", noun) for noun in bearers(token))
    for slot in slots:
        for part in (*fillers(slot.token), *_included(slot.token)):
            if part.i != token.i:
                _assign(draft, slot, part, lot_at, drafts)
    if not draft.has("place", "destination"):
        for slot, child in tuple(_nested_places(draft)):
            for part in fillers(child):
                _assign(draft, slot, part, lot_at, drafts)
    for _, value, part in tuple(draft.roles):
        if isinstance(value, Mention):
            _accompanied(draft, part, lot_at)
    if draft.word.frame == "move" and not draft.has("moved", "origin"):
        _intransitive(draft)
    others = {part.i for s in slots if s.slot == "with" for part in fillers(s.token)}
    if (
        draft.word.frame == "meet"
        and {t.i for r, _, t in draft.roles if r == "initiator"} <= others
    ):
        draft.roles = [("target" if r == "initiator" else r, v, t) for r, v, t in draft.roles]
    _refine(draft)
    _of_people(draft)
    _repeat_place(draft)


def _of_people(draft: Draft) -> None:
    """ "The capture of General Meren", "of 12 soldiers" is none of ground."""
    targets = [value for role, value, _ in draft.roles if role == "target"]
    people = [v for v in targets if isinstance(v, Mention) and v.kind in PEOPLE | FORCES]
    if draft.kind == "TerritoryCaptured" and draft.word.pos == "NOUN" and targets:
        if len(people) == len(targets):
            draft.kind = "Capture"
            draft.roles = [("victim" if r == "target" else r, v, t) for r, v, t in draft.roles]


def _complete(
    draft: Draft, sight: Seen, lot_at: dict[int, Frame], drafts: dict[int, Draft]
) -> None:
    """Fills roles that the grammar leaves empty with those that the network is sure of."""
    filled = {role for role, _, _ in draft.roles}
    placed = {part.i for _, _, part in draft.roles}
    for role, at, share in sight.roles:
        if share < CAST or role == "place" or role in filled or at in placed:
            continue
        if draft.word.frame == "forfeit":
            continue  # who loses a town is not who takes it
        part = draft.token.doc[at]
        if not (role in ACTOR_ROLES and _tells(part, draft.token)):
            _assign(draft, Argument(f"={role}", part, direct=False), part, lot_at, drafts)


def _tells(part: Token, event: Token) -> bool:
    """Whether somebody only tells of an event: "the office recorded 798 killings"."""
    verb = part.head
    if part.dep_ != "nsubj" or verb.i == event.i or not verb.is_ancestor(event):
        return False
    return any("obj" in cue.contents for cue in meanings(verb))


def _included(noun: Token) -> Iterator[Token]:
    """Named people of a group: "twelve people, including Eva Forest and Ana Ruiz"."""
    for child in noun.children:
        if case(child) == "including":
            for part in fillers(child):
                found = mention(part)
                if found is not None and found.kind == "Person" and found.form is Form.NAME:
                    yield part


def _accompanied(draft: Draft, part: Token, lot_at: dict[int, Frame]) -> None:
    """Arms of a participant: "fighters backed by tanks"."""
    for verb in part.children:
        if verb.dep_ == "acl" and "with" in lexicon.light_verbs().get(verb.lemma_, ()):
            for slot in arguments(verb):
                for kit in fillers(slot.token) if slot.slot in ("agent", "by", "with") else ():
                    found = mention(kit)
                    if found is not None and found.kind == "EquipmentType":
                        draft.add("instrument", lot_at.get(kit.idx, found), kit)


def _intransitive(draft: Draft) -> None:
    """ "Residents evacuated": who moves is the subject."""
    for at, (role, value, part) in enumerate(draft.roles):
        if role == "initiator" and isinstance(value, Mention) and value.kind in PEOPLE | {"Actor"}:
            draft.roles[at] = ("moved", value, part)


def _host(noun: Token) -> Token:
    """The outer measure noun: "waves" of "waves of attacks"."""
    while noun.dep_.startswith("nmod") and (head(noun.head).i == noun.i or _phase(noun)):
        noun = noun.head
    return noun


def _phase(noun: Token) -> bool:
    """Whether a noun is governed by a phase of what it names: "the next round of talks"."""
    key = (noun.head.lemma_.lower(), "NOUN", "complement")
    return case(noun) == "of" and lexicon.actuality_words().get(key) == "Through"


def _light(verb: Token) -> tuple[str, ...]:
    """What the verb does with an event noun, by itself or with its particle."""
    prt = next((c.lower_ for c in verb.children if c.dep_ == "compound:prt"), "")
    whole = lexicon.light_verbs().get(f"{verb.lemma_} {prt}".strip())
    return whole or lexicon.light_verbs().get(verb.lemma_, ())


def _carried(draft: Draft) -> Iterator[Argument]:
    """Participants of the verb that carries an event noun: "X carried out an attack on Y"."""
    for verb in draft.token.children:
        if verb.dep_ == "acl:relcl" and "self" in _light(verb):
            draft.carrier = verb
            yield from (a for a in arguments(verb) if a.slot not in ("subj", "obj"))
            break
    noun = _host(draft.token)
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    verb = noun.head
    if verb.pos_ != "VERB" and not (noun.dep_ == "root" or verb.i == noun.i):
        return
    if verb.i == noun.i:
        return
    carried = _light(verb)
    if carried == ("visitor",):
        if noun.dep_ == "obl" and case(noun) in ("on", "for") and draft.word.frame in CALLS:
            yield from (
                Argument("=initiator", a.token) for a in arguments(verb) if a.slot == "subj"
            )
            yield from (a for a in arguments(verb) if a.slot in ("in", "to"))
        return
    if not carried:
        return
    role = next((r for r in carried if r not in ("self", "with")), "self")
    if noun.dep_ == "nsubj":
        if "self" not in carried:
            return
        slots = [a for a in arguments(verb) if a.slot not in ("subj", "obj")]
    else:
        if noun.dep_ not in ("obj", "nsubj:pass", "obl") or role == "self":
            return
        if noun.dep_ == "obl" and case(noun) not in (
            ("under",) if role == "target" else ("in", "with")
        ):
            return
        slots = [a for a in arguments(verb) if a.slot != "obj"]
        slots = [Argument(f"={role}", a.token, a.direct) if a.slot in ("subj", "agent") else a
                 for a in slots if head(a.token).i != draft.token.i]  # fmt: skip
        if verb.dep_ in ("acl", "acl:relcl") and noun.dep_ == "nsubj:pass":
            slots = [a for a in slots if a.slot != "subj"]
    draft.carrier = verb
    yield from slots


def _nested_places(draft: Draft) -> Iterator[tuple[Argument, Token]]:
    """Phrases that hang on a participant but say where it was: "hit a depot near X"."""
    roles = lexicon.frame_roles()
    for _, _, part in tuple(draft.roles):
        inner = [c for c in part.children if c.dep_ == "nmod" and case(c) == "of"]
        for child in [*part.children, *(c for i in inner for c in i.children)]:
            prep = case(child) if child.dep_ == "nmod" and child.i > part.i else ""
            if prep and prep not in ("of", "by", "from", "to"):
                if roles.get((draft.word.frame, prep)) in ("place", "destination"):
                    yield Argument(prep, child, direct=False), child


def _assign(
    draft: Draft, slot: Argument, part: Token, lot_at: dict[int, Frame], drafts: dict[int, Draft]
) -> None:
    role = (
        slot.slot[1:]
        if slot.slot.startswith("=")
        else lexicon.frame_roles().get((draft.word.frame, slot.slot), "")
    )
    if slot.slot == "for" and draft.word.pos == "VERB":
        return
    if part.i in drafts and part.i != draft.token.i:
        _relate(draft, slot.slot, part)
        return
    found = mention(part) or _person(draft, role, part)
    if found is not None and _dated(part):
        return
    if found is None or not role or found.name in REFLEXIVES:
        if slot.slot == "mod":
            draft.tokens.append(part)
        return
    if draft.token.i - draft.phrase < part.i < draft.token.i and found.kind != "EquipmentType":
        return
    if slot.slot == "mod" and role == "initiator" and found.kind in PLACES:
        role = role if lexicon.is_country(found.name) else "place"
    if role == "place" and _housed(slot, found, draft):
        role = "target"
    role = _role_for(role, found, draft)
    value: Value = found
    if found.kind == "EquipmentType":
        counted = part.pos_ == "NUM"
        lot = None if counted else lot_at.get(part.idx)
        value = lot or (_lot(found, part) if role == "target" or counted else found)
    if role:
        draft.add(role, value, part)
        draft.tokens.append(part)


def _housed(slot: Argument, found: Mention, draft: Draft) -> bool:
    """Whether a bomb went off at the seat of a body: "outside the embassy"."""
    near = slot.slot in ("at", "inside", "outside") or slot.token.lower_ == "front"
    return near and draft.kind == "Bombing" and found.kind in SEATED and not draft.has("target")


def _person(draft: Draft, role: str, part: Token) -> Mention | None:
    """A person whom the lexicon does not know, from what is done to them: "freed a candidate"."""
    if draft.word.pos != "VERB" or draft.word.frame not in PERSONAL or part.pos_ != "NOUN":
        return None
    if role not in ("initiator", "victim", "moved") or not personal(part):
        return None
    return described(part, "PopulationGroup" if plural(part) else "Person")


def _dated(part: Token) -> bool:
    """Whether the word belongs to a time expression: "Saturday's attack"."""
    return any(t.span.start <= part.idx < t.span.end for t in times(part.doc))


def _lot(found: Mention, part: Token) -> Frame:
    """An amount of equipment that no noun phrase counts: a bare number, or no number at all."""
    roles: list[tuple[str, Value]] = [("equipmentType", found)]
    where = found.head
    if part.pos_ == "NUM":
        where = span(part)
        for quantity in quantities(part.doc):
            if quantity.span.start <= part.idx < quantity.span.end:
                where = quantity.span
                roles += [("lower", quantity.lower)] if quantity.lower is not None else []
                roles += [("upper", quantity.upper)] if quantity.upper is not None else []
    return Frame("EquipmentLot", where, where, tuple(roles), "events.lot", 0.7)


def _role_for(role: str, found: Mention, draft: Draft) -> str:
    """The role that a participant of this class can really play, "" where it plays none."""
    kind = found.kind
    if kind == "EquipmentType":
        if role in ("initiator", "by"):
            return "instrument"
        if draft.word.frame == "leave" and role == "origin":
            return "moved"
        if role == "beneficiary":
            return "moved"
        return "" if role in PLACE_ROLES or role == "victim" else role
    if role in PLACE_ROLES:
        if draft.word.frame == "leave" and role == "origin" and kind in ACTORS:
            return "initiator"  # "the troops were withdrawn"
        return role if kind in PLACES else ""
    if role == "victim":
        return role if kind in PEOPLE or kind in ACTORS else ""
    if role == "moved" and kind in PLACES:
        return "origin" if draft.kind in ("Evacuation", "Displacement", "Expulsion") else ""
    if role in ACTOR_ROLES:
        if kind in ACTORS or kind == "Place" or kind in ("Country", "Region", "Settlement"):
            if kind in PLACES and found.form is not Form.NAME:
                return "place" if kind != "Country" else role
            return role
        return "place" if kind in FACILITIES and role != "initiator" else ""
    if role == "instrument":
        return ""
    if role == "about" and kind in ACTORS:
        return "initiator"  # "met the envoy": both sides
    if role == "target" and draft.kind == "Clash" and kind in ACTORS:
        return "initiator"
    if role == "target" and draft.kind in LOSSES and kind not in PLACES:
        return ""
    if role == "target" and draft.kind == "Damage" and kind in ACTORS:
        return ""
    return role


def _relate(draft: Draft, slot: str, part: Token) -> None:
    if slot in ("by", "agent", "from", "subj", "after", "following", "=initiator"):
        draft.others.append(("causedBy", part))
    elif slot in ("in", "during", "amid"):
        draft.others.append(("subEventOf", part))
    elif slot == "with":
        draft.others.append(("with", part))
    elif slot in ("mod", "obj", "of"):
        draft.others.append((slot, part))


def _refine(draft: Draft) -> None:
    words = [t.lemma_.lower() for t in draft.tokens if t.pos_ in ("NOUN", "ADJ", "PROPN")]
    for role, value, token in draft.roles:
        if role == "instrument":
            words.extend(_equipment_words(value, token))
    for general, instrument, refined in lexicon.refinements():
        if draft.kind == general and instrument in words:
            draft.kind = refined
            return


def _equipment_words(value: Value, token: Token) -> tuple[str, ...]:
    named = value if isinstance(value, Mention) else None
    if isinstance(value, Frame):
        named = next((v for v in value.values("equipmentType") if isinstance(v, Mention)), None)
    return (token.lemma_.lower(), *(broader(named.name) if named is not None else ()))


def _repeat_place(draft: Draft) -> None:
    """A target that is a place is where it happened as well."""
    if draft.has("place"):
        return
    for role, value, token in tuple(draft.roles):
        if role == "target" and isinstance(value, Mention) and value.kind in PLACES:
            if draft.kind in ATTACKS or draft.word.frame in ("take", "damage", "fall", "visit"):
                draft.add("place", value, token)


def _absorb(draft: Draft, drafts: dict[int, Draft]) -> Iterator[int]:
    """Event nouns that only name the means of another event: "pummelled it with drone attacks"."""
    for relation, part in draft.others:
        inner = drafts.get(part.i)
        if inner is None:
            continue
        if relation == "self":
            yield part.i
            continue
        means = relation == "with" or relation == "causedBy" and part.dep_ == "nsubj"
        if means and inner.kind in ATTACKS and draft.kind in ATTACKS:
            if draft.kind in ("Attack", "GroundAttack"):
                draft.kind = inner.kind
            for role, value, token in inner.roles:
                if role in ("instrument", "initiator"):
                    draft.add(role, value, token)
            yield part.i


def _substantial(draft: Draft) -> bool:
    """Whether the event says enough to be one: bare and generic nouns do not."""
    token = draft.token
    if draft.kind == "EquipmentLoss":
        return any(role == "target" and isinstance(v, Frame) for role, v, _ in draft.roles)
    if token.pos_ == "VERB":
        frame = draft.word.frame
        if draft.word.object == "open" or by_arms(draft.word, slots_of(token, draft.word)):
            return True
        if _idiom(draft):
            return True
        if frame == "yield":
            return draft.has("victim")
        if frame == "give":
            return draft.has("beneficiary") and (
                draft.word.particle != "with" or draft.has("moved")
            )
        if frame == "receive":
            return draft.has("initiator")
        if frame == "free":
            return draft.has("moved")
        if frame in ("harm", "suffer"):
            return draft.has("victim") or _counted(token)
        by_case = any(c.dep_ in ("mark", "case") for c in token.children)
        if frame == "take" and token.dep_ == "acl" and token.tag_ == "VBG" and not by_case:
            return draft.has("initiator")
        if frame in ("destroy", "lose", "intercept", "damage", "take", "fall"):
            return draft.has("target", "place") and (frame != "fall" or draft.has("initiator"))
        if frame in ("move", "go"):
            origin = draft.kind == "Evacuation" and draft.has("origin")
            return draft.has("moved") or origin or frame == "go" and _counted(token)
        if frame == "clash":
            return len(draft.roles) > (0 if draft.sure else 1) or any(
                isinstance(v, Mention) and v.kind in FORCES for _, v, _ in draft.roles
            )
        if frame == "leave":
            return draft.has("initiator", "moved", "origin", "destination", "place")
        if frame == "launch":
            return draft.has("instrument")
        return draft.has("initiator", "target", "place", "instrument")
    specific = draft.has("initiator", "target", "place", "victim", "moved", "origin", "destination")
    if specific or draft.word.pos == "ADJ" or _aimed(draft):
        return True
    if any(c.dep_ == "nummod" for c in token.children) or draft.kind == "Alert":
        return True
    if draft.carrier is not None and draft.carrier.dep_ == "acl:relcl":
        return time_of(draft.carrier) is not None
    told = token.dep_ in ("nsubj", "nsubj:pass") and token.head.dep_ in ("root", "ccomp", "conj")
    return told and time_of(token.head) is not None and actuality(token).name != "Denied"


def _idiom(draft: Draft) -> bool:
    """Whether the verb is whole with its own object: "opened fire", "fire was exchanged"."""
    particle = draft.word.particle
    return bool(particle) and any(
        particle in (slot.token.lower_, slot.token.lemma_)
        for slot in slots_of(draft.token, draft.word)
        if slot.slot == "obj"
    )


def _aimed(draft: Draft) -> bool:
    """Whether a noun has the phrase that its frame asks for, be it of an unknown sort."""
    wanted = AIMED.get(draft.word.frame, frozenset())
    return any(c.dep_.startswith("nmod") and case(c) in wanted for c in draft.token.children)


def _counted(verb: Token) -> bool:
    """Whether the verb says of how many, or that of nobody: "four labourers died"."""
    if any(c.pos_ == "NUM" and c.dep_ == "nummod" for c in verb.children):
        return True
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass", "obj")]
    return any(
        noun.pos_ == "NUM"
        or negative(noun)
        or lexicon.nouns().get(noun.lower_) == ("Measure",)  # "scores died"
        or any(c.dep_ == "nummod" for c in noun.children)
        for noun in subjects
    )


def _frame(draft: Draft) -> Frame:
    token = draft.token
    evidence = clause(draft.carrier if draft.carrier is not None else token)
    roles: list[tuple[str, Value]] = [
        (role, value) for role, value, _ in sorted(draft.roles, key=lambda r: (r[2].i, r[0]))
    ]
    roles.append(("actuality", Term("Denied") if draft.disowned else actuality(token)))
    if (
        draft.kind in LOSSES
        and draft.word.frame != "lose"
        and (condition := lexicon.conditions().get(token.lemma_.lower()))
    ):
        roles.append(("condition", Term(condition)))
    carrier = draft.carrier or (token.head if token.dep_.startswith("nsubj") else None)
    when = time_of(token) or (time_of(carrier) if carrier is not None else None)
    if when is not None:
        roles.append(("time", when))
    starts = [evidence.start, *(t.idx for t in draft.tokens)]
    ends = [evidence.end, *(t.idx + len(t) for t in draft.tokens)]
    full = draft.has("initiator", "operator") and draft.has("target", "place", "victim", "moved")
    return Frame(
        kind=draft.kind,
        anchor=span(token),
        evidence=Span(min(starts), max(ends)),
        roles=tuple(roles),
        extractor=f"events.{draft.word.pos.lower()}.{draft.word.frame}",
        confidence=0.85 if full else 0.7,
    )


def lost(lots: Sequence[Frame], happenings: Sequence[Frame]) -> tuple[Frame, ...]:
    """The lots with what the events say of them: whose they were and what became of them.

    Args:
        lots: EquipmentLot frames of the document.
        happenings: its events; an EquipmentLoss or Interception names the loser in the
            role "operator" and the lot as "target".

    Returns:
        The lots in order, and those that only the events know, each once.
    """
    found = {lot.key: lot for lot in lots}
    for event in happenings:
        if event.kind not in LOSSES:
            continue
        actual = Term("Actual") in event.values("actuality")
        condition = next((v for v in event.values("condition") if actual), None)
        for lot in event.values("target"):
            if isinstance(lot, Frame):
                lot = found.get(lot.key, lot)
                extra = [("operator", v) for v in event.values("operator")]
                extra += [("condition", condition)] if condition is not None else []
                known = {role for role, _ in lot.roles}
                roles = lot.roles + tuple((r, v) for r, v in extra if r not in known)
                found[lot.key] = Frame(lot.kind, lot.anchor, lot.evidence, roles, lot.extractor,
                                       lot.confidence)  # fmt: skip
    return tuple(sorted(found.values(), key=lambda f: f.anchor))


def told(event: Frame) -> Frame:
    """The event without what its lots hold: "operator" and "condition" are theirs."""
    roles = tuple((r, v) for r, v in event.roles if r not in ("operator", "condition"))
    return Frame(event.kind, event.anchor, event.evidence, roles, event.extractor, event.confidence)


def _relations(drafts: Sequence[Draft]) -> dict[int, list[tuple[str, int]]]:
    """Which events of the document each comes of or belongs to; none comes of itself in the end."""
    found: dict[int, list[tuple[str, int]]] = {draft.token.i: [] for draft in drafts}

    def leads(start: int, end: int) -> bool:
        return start == end or any(leads(other, end) for _, other in found[start])

    for draft in drafts:
        for relation, part in draft.others:
            if relation in ("causedBy", "subEventOf") and part.i in found:
                if not leads(part.i, draft.token.i):
                    found[draft.token.i].append((relation, part.i))
    return found


def _related(frames: dict[int, Frame], at: int, others: Sequence[tuple[str, int]]) -> Frame:
    """The event with its links to other events of the document."""
    own = frames[at]
    links = tuple((relation, frames[other]) for relation, other in others)
    return Frame(
        own.kind, own.anchor, own.evidence, own.roles + links, own.extractor, own.confidence
    )

"""Who belongs to what by the build of a noun phrase: "troops of the 3rd Brigade"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import clause
from kg.extract.lexicon import ACTORS, FORCES, PEOPLE
from kg.extract.phrases import case, coordinated, mention, span
from kg.records import Form, Frame, Mention, Span

BODIES = ACTORS - {"Person", "PopulationGroup"}
SOME = frozenset({"including", "especially", "notably", "particularly"})


def belonging(token: Token) -> Iterator[Frame]:
    """Membership frames of a noun, one for each construction that it stands in."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return
    for part in (_from_body, _part_of_unit, _country_of_body):
        yield from part(token)
    yield from _among(token)


def _from_body(noun: Token) -> Iterator[Frame]:
    """ "soldiers from the 3rd Battalion", "a chief in Abel Battery": people of a force."""
    for child in noun.children:
        if child.dep_.startswith("nmod") and case(child) in ("from", "of", "in", "with"):
            people, body = mention(noun), mention(child)
            if people is None or body is None or people.form is Form.NAME:
                continue
            some = people.number == "Plur" or case(child) != "of"  # a commander of it has a post
            if some and people.kind in PEOPLE and body.kind in FORCES and body.form is Form.NAME:
                yield _membership(noun, [people], body)


def _part_of_unit(noun: Token) -> Iterator[Frame]:
    """ "3rd Battalion, 21st Artillery Regiment": a unit after its own, the larger one."""
    if noun.dep_ not in ("appos", "conj", "flat", "nmod:desc") or noun.head.i > noun.i:
        return
    if any(c.dep_ == "cc" for c in noun.children):
        return
    unit, larger = mention(noun.head), mention(noun)
    if unit is None or larger is None or unit.span.overlaps(larger.span):
        return
    numbered = unit.text[:1].isdigit() and larger.text[:1].isdigit()
    if unit.kind == larger.kind == "MilitaryUnit" and numbered:
        yield _membership(noun, [unit], larger)


def _country_of_body(noun: Token) -> Iterator[Frame]:
    """ "Lebanon's Hezbollah movement": a body with a name of its own, and whose it is."""
    owner = next((c for c in noun.children if c.dep_ == "nmod:poss"), None)
    if owner is None or owner.ent_type_ != "LOC":
        return
    body, country = mention(noun), mention(owner)
    if body is None or country is None or body.kind not in BODIES:
        return
    if body.form is Form.NAME and noun.ent_type_ == "ORG" and country.kind in ("Place", "Country"):
        yield _membership(noun, [body], country)


def _among(noun: Token) -> Iterator[Frame]:
    """ "its backers, notably Dorvia", "rebel groups, including Fajr": named members of a group."""
    for child in noun.children:
        first = next((c for c in child.children if c.dep_ in ("case", "advmod", "mark")), None)
        if child.i < noun.i or first is None or first.lower_ not in SOME:
            continue
        before = [one for one in coordinated(noun) if one.i < first.i]
        group = mention(before[-1])
        members = [m for one in coordinated(child) if (m := mention(one)) is not None]
        members = [m for m in members if m.form is Form.NAME and m.kind not in ("Time", "Area")]
        if group is not None and members and group.kind in BODIES | {"PopulationGroup"}:
            yield _membership(child, members, group)


def _membership(anchor: Token, members: list[Mention], body: Mention) -> Frame:
    where = clause(anchor)
    spans = [body.span, *(member.span for member in members)]
    evidence = Span(
        min([where.start, *(s.start for s in spans)]), max([where.end, *(s.end for s in spans)])
    )
    roles = (*(("member", member) for member in members), ("of", body))
    return Frame("Membership", span(anchor), evidence, roles, "relations.belonging", 0.8)

"""Names, days and voices for rows that are printed: who says it, where, in what words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kg import ontology
from kg.errors import QueryError
from kg.network.things import CK, Select, entities, is_a, labels, local, normalised
from kg.records import Entity

_AT_ONCE = 500
_PREFIXES = f"PREFIX ck: <{CK}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


@dataclass(frozen=True, slots=True)
class Account:
    """One event or figure, as it is printed; "" where unknown.

    Attributes:
        label, kind, actuality, day: name, class, actuality, first day as YYYY-MM-DD.
        words: a figure's words with its unit.
        article: IRI of the article.
        speakers: names of those who claim it, sorted.
    """

    label: str = ""
    kind: str = ""
    actuality: str = ""
    day: str = ""
    words: str = ""
    article: str = ""
    speakers: tuple[str, ...] = ()


def accounts(select: Select, facts: Iterable[str]) -> Mapping[str, Account]:
    """What is known of each event or figure; all of them are keys."""
    wanted = sorted(set(facts))
    names: defaultdict[str, set[str]] = defaultdict(set)
    found = {iri: Account() for iri in wanted}
    for fact, name in _asked(
        select,
        "SELECT DISTINCT ?x ?name WHERE {{ VALUES ?x {{ {} }} "
        "?claim ck:content ?x ; ck:claimant/rdfs:label ?name }} ORDER BY ?x ?name",
        wanted,
    ):
        names[fact or ""].add(name or "")
    for row in reversed(
        _asked(
            select,
            "SELECT ?x ?label ?kind ?actuality ?day ?said ?unit ?article WHERE {{ "
            "VALUES ?x {{ {} }} ?x a ?kind OPTIONAL {{ ?x rdfs:label ?label }} "
            "OPTIONAL {{ ?x ck:actuality ?actuality }} OPTIONAL {{ ?x ck:earliest ?day }} "
            "OPTIONAL {{ ?x ck:figureText ?said }} OPTIONAL {{ ?x ck:unit ?unit }} "
            "OPTIONAL {{ ?x ck:evidence/ck:inArticle ?article }}"
            f' FILTER(STRSTARTS(STR(?kind), "{CK}")) }}}}'
            " ORDER BY ?x ?label ?kind ?actuality ?day ?said ?unit ?article",
            wanted,
        )
    ):
        fact, label, kind, actuality, day, said, unit, article = (value or "" for value in row)
        found[fact] = Account(
            label,
            local(kind),
            local(actuality),
            day[:10],
            _words(said, unit),
            article,
            tuple(sorted(names[fact])),
        )
    return found


def _words(said: str, unit: str) -> str:
    if not said or unit in said:
        return said
    return f"{said} {unit}{'s' if len(unit) > 2 else ''}"


def voices(select: Select, claims: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The names of the claimants of each claim, sorted."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for claim, name in _asked(
        select,
        "SELECT DISTINCT ?x ?name WHERE {{ VALUES ?x {{ {} }} ?x ck:claimant/rdfs:label ?name }} "
        "ORDER BY ?x ?name",
        sorted(set(claims)),
    ):
        found[claim or ""].append(name or "")
    return {claim: tuple(names) for claim, names in found.items()}


def _asked(select: Select, query: str, iris: Sequence[str]) -> list[tuple[str | None, ...]]:
    """Rows of a query over many IRIs, some hundred at once, in the order of the IRIs."""
    return [row for part in _parts(iris) for row in select(_PREFIXES + query.format(part)).rows]


def _parts(iris: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(iris), _AT_ONCE):
        yield " ".join(f"<{iri}>" for iri in iris[start : start + _AT_ONCE])


class Distance(Protocol):
    """A row about how far a place is from a facility."""

    @property
    def facility(self) -> str:
        """IRI of the facility."""

    @property
    def place(self) -> str:
        """IRI of the place."""

    @property
    def distance_km(self) -> float:
        """Kilometres."""


R = TypeVar("R", bound=Distance)


def chosen(
    select: Select,
    rows: Iterable[R],
    *,
    name: str | None,
    kind: str | None,
    within_km: float | None,
    of_interest: Sequence[Entity] | None,
) -> tuple[tuple[R, ...], Mapping[str, str]]:
    """The rows that are asked for, and the names of their facilities and places.

    Args:
        select: asks the dataset.
        rows: distances.
        name: IRI of a facility, or words of its name ("Velm", "velm npp"); None for all.
        kind: a class of facilities ("Hospital"); those below it count. None for all.
        within_km: leave out what is farther away.
        of_interest: facilities that the dataset may not describe; None where it does.

    Raises:
        QueryError: the ontology has no such class of facilities.
    """
    wanted = _facilities(select, name, kind, of_interest)
    kept = tuple(
        row
        for row in rows
        if (wanted is None or row.facility in wanted)
        and (within_km is None or row.distance_km <= within_km)
    )
    names = dict(labels(select, (iri for row in kept for iri in (row.facility, row.place) if iri)))
    return kept, names | {one.iri: one.label for one in of_interest or ()}


def _facilities(
    select: Select, name: str | None, kind: str | None, of_interest: Sequence[Entity] | None
) -> frozenset[str] | None:
    """IRIs of the facilities asked for, None if any will do."""
    if name is None and kind is None:
        return None
    if kind is not None and kind not in ontology.kinds("Facility"):
        raise QueryError(
            f'no class of facilities "{kind}"; there is {", ".join(ontology.kinds("Facility"))}'
        )
    if of_interest is None:
        rows = [
            (plant or "", local(found or ""), label or "")
            for plant, found, label in select(_COMPUTED).rows
        ]
    else:
        rows = [(one.iri, one.kind, " ".join((one.label, *one.names))) for one in of_interest]
        rows += [
            (one.iri, one.kind, " ".join((one.label, *one.values("altLabel"))))
            for one in entities(select, "Facility")
        ]
    fitting = [row for row in rows if kind is None or is_a(row[1], kind)]
    if name is None:
        return frozenset(plant for plant, _, _ in fitting)
    words = set(normalised(name).split())
    exact = frozenset(plant for plant, _, _ in fitting if plant == name)
    return exact or frozenset(
        plant for plant, _, label in fitting if words <= set(normalised(label).split())
    )


_COMPUTED = (
    f"{_PREFIXES} PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "SELECT DISTINCT ?plant ?kind ?name WHERE { VALUES ?family { ck:Proximity ck:Approach } "
    "?near a ?family ; ck:facility ?plant . ?plant a ?kind ; rdfs:label|skos:altLabel ?name "
    f'FILTER(STRSTARTS(STR(?kind), "{CK}")) }}'
)
"""The facilities of the derived graph, with their classes and names."""

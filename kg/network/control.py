"""Who holds a place over time, and who says so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from kg.network.claims import record
from kg.network.disputes import Hold, disputes, holdings
from kg.network.things import CK, Select, kept, local, normalised

ROWS = f"""PREFIX ck: <{CK}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?holding ?place ?pname ?day ?who ?wname ?polarity ?contested ?claim ?speaker ?exact
       ?article ?title ?basis ?certainty WHERE {{
  ?holding a ck:Holding ; ck:place ?place ; ck:controller ?who ; ck:day ?day ;
    ck:polarity ?polarity ; ck:contested ?contested ; ck:claim ?claim .
  ?holding <http://www.w3.org/ns/prov#wasDerivedFrom> ?fact .
  ?claim ck:content ?fact ; ck:claimant ?by ; ck:evidence ?span .
  ?span ck:exact ?exact ; ck:inArticle ?article .
  OPTIONAL {{ ?by rdfs:label ?speaker }}
  OPTIONAL {{ ?claim ck:certainty ?certainty }}
  OPTIONAL {{ ?article dcterms:title ?title }}
  OPTIONAL {{ ?place rdfs:label ?pname }}
  OPTIONAL {{ ?who rdfs:label ?wname }}
  OPTIONAL {{ ?fact a ?basis FILTER(STRSTARTS(STR(?basis), "{CK}")) }}
}} ORDER BY ?place ?day ?holding ?claim ?wname ?speaker ?exact ?title ?basis ?certainty"""


@dataclass(frozen=True, slots=True)
class Holding:
    """Who is said to hold a place, or not to, from one day on.

    Attributes:
        place: canonical IRI.
        controllers: canonical IRIs, sorted.
        day: since when, else the day it was said.
        polarity: Affirmed or Negated.
        claims, contents: IRIs of the claims and of what they assert, sorted.
        contested: whether one of the claims is in a control dispute about it.
    """

    place: str
    controllers: tuple[str, ...]
    day: date
    polarity: str
    claims: tuple[str, ...]
    contents: tuple[str, ...]
    contested: bool


def control(select: Select) -> tuple[Holding, ...]:
    """All that is said about who holds which place, by place, day and holder.

    One row for each place, day and holder, however many say so; the rows of a place in order
    are its history as it was told. A capture counts from the day it is dated to, a state that
    is only said to last from the day it was said. One dated to several days counts from the last.
    """
    return kept(select, "control", lambda: _control(select))


def _control(select: Select) -> tuple[Holding, ...]:
    contested = {
        (claim, content)
        for dispute in disputes(select)
        if dispute.kind == "ControlDispute"
        for finding in dispute.findings
        for claim, content in zip(finding.claims, finding.contents, strict=True)
    }
    groups: defaultdict[tuple[str, date, tuple[str, ...], str], list[Hold]] = defaultdict(list)
    for one in holdings(record(select)):
        polarity = "Negated" if one.assertion.negated else "Affirmed"
        groups[one.place, one.by, tuple(sorted(one.holder)), polarity].append(one)
    return tuple(
        Holding(
            place,
            holder,
            day,
            polarity,
            tuple(sorted({one.assertion.claim.iri for one in group})),
            tuple(sorted({one.assertion.content.iri for one in group})),
            any((one.assertion.claim.iri, one.assertion.content.iri) in contested for one in group),
        )
        for (place, day, holder, polarity), group in sorted(groups.items())
    )


@dataclass(frozen=True, slots=True)
class ControlClaim:
    """One voice about who holds a place, with names to print.

    Attributes:
        place, place_label: IRI and name.
        day: since when, else the day it was said, as YYYY-MM-DD.
        holder, holder_label: IRIs and names of those said to hold it, joined by ", ".
        polarity: Affirmed, or Negated where the speaker denies it.
        contested: whether somebody contradicts it.
        basis: the class of what is said: Control, TerritoryCaptured, TerritoryRecaptured.
        speaker, certainty: who says so, and how surely.
        sentence: the words of the claim.
        claim, article, title: where.
    """

    place: str
    place_label: str
    day: str
    holder: str
    holder_label: str
    polarity: str
    contested: bool
    basis: str
    speaker: str
    certainty: str
    sentence: str
    claim: str
    article: str
    title: str


def history(select: Select, place: str | None = None) -> tuple[ControlClaim, ...]:
    """Who says that a place is held by whom, by place, day and speaker, from the derived graph.

    Args:
        select: asks the dataset.
        place: IRI, or words of a name; places inside of it count. None for all places.
    """
    wanted = None if place is None else _places(select, place)
    rows: dict[tuple[str, str], ControlClaim] = {}
    for found in select(ROWS).rows:
        holding, where, pname, day, who, wname, polarity, contested, claim, *rest = (
            value or "" for value in found
        )
        speaker, exact, article, title, basis, certainty = rest
        if wanted is not None and where not in wanted:
            continue
        name = wname or local(who)
        before = rows.get((holding, claim))
        if before is not None:
            if who not in before.holder.split(", "):
                who, name = f"{before.holder}, {who}", f"{before.holder_label}, {name}"
            else:
                continue
        rows[holding, claim] = ControlClaim(
            place=where,
            place_label=pname or local(where),
            day=day,
            holder=who,
            holder_label=name,
            polarity=local(polarity),
            contested=contested in ("true", "1"),
            basis=local(basis),
            speaker=speaker,
            certainty=local(certainty),
            sentence=exact,
            claim=claim,
            article=article,
            title=title,
        )
    return tuple(
        sorted(rows.values(), key=lambda row: (row.place_label, row.day, row.speaker, row.claim))
    )


def _places(select: Select, name: str) -> frozenset[str]:
    """Places whose name contains all the words, and those inside of them."""
    words = set(normalised(name).split())
    rows = select(
        f"PREFIX ck: <{CK}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT DISTINCT ?place ?name ?around WHERE { ?holding a ck:Holding ; ck:place ?place . "
        "?place ck:locatedIn* ?around . ?around rdfs:label|skos:altLabel ?name }"
    ).rows
    exact = frozenset(place for place, _, around in rows if place and name in (place, around))
    return exact or frozenset(
        place for place, label, _ in rows if place and words <= set(normalised(label or "").split())
    )

"""The dataset in the formats of other programs; equal data gives equal bytes.

| format  | holds                                                                        |
|---------|------------------------------------------------------------------------------|
| nquads  | everything, one statement per line                                           |
| trig    | everything, readable, by graph                                               |
| turtle  | the union of all graphs                                                      |
| jsonld  | everything, JSON-LD 1.1 in expanded form                                     |
| geojson | places with a point, and the events there, for a map (RFC 7946)              |
| csv     | a zip of tables: articles, claims, events, figures, lots, positions, places, actors |

GraphML and GEXF are written by `kg.network.graphfiles` from the two tables of `network`;
RDF 1.2, Neo4j's files and PLOVER records by `reified`, `neo4j` and `plover`. What each format
cannot carry is said in `kg.formats`.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from typing import Final

import pyoxigraph

from kg import ontology
from kg.errors import QueryError
from kg.records import Table
from kg.store.contract import Store
from kg.store.functions import point
from kg.vocab import PREFIXES

Select = Callable[[str], Table]

FORMATS: Final = (
    "nquads", "trig", "turtle", "jsonld", "geojson", "csv", "nquads12", "turtle12", "neo4j",
    "plover",
)  # fmt: skip
NETWORK_FORMATS: Final = ("graphml", "gexf")

_CK: Final = "https://w3id.org/conflict-kg/ontology#"


def exported(store: Store, form: str) -> bytes:
    """The whole dataset in one of `FORMATS`.

    Raises:
        QueryError: another format.
    """
    if form == "nquads":
        return "".join(f"{line}\n" for line in store.quads()).encode("utf-8")
    if form == "trig":
        return _dataset(store, pyoxigraph.RdfFormat.TRIG)
    if form == "jsonld":
        return _dataset(store, pyoxigraph.RdfFormat.JSON_LD)
    if form == "turtle":
        return _union(store)
    if form == "geojson":
        return geojson(store.select)
    if form == "csv":
        return zipped(tables(store.select))
    if form in ("nquads12", "turtle12"):
        from kg.store import reified

        return reified.quads12(store) if form == "nquads12" else reified.turtle12(store)
    if form == "neo4j":
        from kg.store import neo4j

        return neo4j.imported(store.select)
    if form == "plover":
        from kg.store import plover

        return plover.records(store.select)
    raise QueryError(f'no format "{form}"; use one of {", ".join((*FORMATS, *NETWORK_FORMATS))}')


def _quads(store: Store) -> list[pyoxigraph.Quad]:
    lines = "\n".join(store.quads())
    quads = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS)
    return sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))


def _dataset(store: Store, form: pyoxigraph.RdfFormat) -> bytes:
    return pyoxigraph.serialize(_quads(store), format=form, prefixes=dict(PREFIXES)) or b""


def _union(store: Store) -> bytes:
    triples = sorted({quad.triple for quad in _quads(store)}, key=str)
    form = pyoxigraph.RdfFormat.TURTLE
    return pyoxigraph.serialize(triples, format=form, prefixes=dict(PREFIXES)) or b""


# ── tables ──────────────────────────────────────────────────────────────────────────────────

_TABLES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("claims", "Claim", (
        "claimant", "reportedBy", "speechAct", "polarity", "certainty", "content", "about",
        "cue", "quote", "quoteForm", "medium", "claimTime",
    )),
    ("events", "Event", (
        "actuality", "initiator", "target", "victim", "moved", "instrument", "place", "origin",
        "destination", "beneficiary", "subEventOf", "causedBy", "earliest", "latest",
        "timePrecision", "timeText",
    )),
    ("figures", "Figure", (
        "lower", "upper", "best", "unit", "figureText", "outcome", "population", "event", "place",
        "facility", "partOfFigure",
    )),
    ("lots", "EquipmentLot", ("equipmentType", "lower", "upper", "operator", "condition")),
    ("positions", "Position", ("holder", "role", "of", "tenure")),
    ("memberships", "Membership", ("member", "of")),
    ("control", "Control", ("controller", "place", "since")),
    ("places", "Place", ("locatedIn", "uncertaintyKm", "source", "altLabel")),
    ("actors", "Actor", ("partOf", "source", "altLabel")),
    ("equipment", "EquipmentType", ("broader", "source", "altLabel")),
)  # fmt: skip
_ARTICLES: Final = """
SELECT ?iri ?title ?published ?publisher ?url {
  ?iri a ck:Article OPTIONAL { ?iri dcterms:title ?title }
  OPTIONAL { ?iri dcterms:issued ?published } OPTIONAL { ?iri dcterms:publisher ?publisher }
  OPTIONAL { ?iri dcterms:source ?url }
} ORDER BY ?published ?title ?iri
"""


def tables(select: Select) -> tuple[tuple[str, Table], ...]:
    """(name, table) for articles, claims, events, figures, lots and so on, rows by IRI.

    Every table but `articles` begins with iri, kind and label; facts go on with the offsets
    and words of their evidence, places with latitude and longitude. A cell with several
    values holds them sorted, with "; " between them; entities are given by their label.
    """
    made = [("articles", select(_ARTICLES))]
    return (*made, *((name, _table(select, family, roles)) for name, family, roles in _TABLES))


def _kinds(family: str) -> str:
    return " ".join(f"ck:{kind}" for kind in sorted(ontology.kinds(family)))


def _table(select: Select, family: str, roles: tuple[str, ...]) -> Table:
    values: dict[str, dict[str, set[str]]] = {}
    kinds: dict[str, str] = {}
    for iri, kind, role, value, label in select(
        "SELECT ?x ?kind ?role ?value ?label { "
        f"VALUES ?kind {{ {_kinds(family)} }} ?x a ?kind ; ?role ?value "
        "OPTIONAL { ?value rdfs:label ?label } }"
    ).rows:
        found = value or ""
        name, text = _tail(role or ""), _tail(found) if found.startswith(_CK) else label or found
        kinds[iri or ""] = _tail(kind or "")
        values.setdefault(iri or "", {}).setdefault(name, set()).add(text)
    spans = _spans(select, family)
    points = positions(select) if family == "Place" else {}
    more: tuple[str, ...] = ()
    if spans:
        more = ("start", "end", "words", "article", "confidence")
    elif family == "Place":
        more = ("latitude", "longitude")
    rows = []
    for iri in sorted(kinds):
        known = values[iri]
        row = [
            iri,
            kinds[iri],
            _listed(known.get("label")),
            *(_listed(known.get(r)) for r in roles),
        ]
        if spans:
            row += [*spans.get(iri, ("", "", "", "")), _listed(known.get("confidence"))]
        elif more:
            lon, lat = points.get(iri, (None, None))
            row += ["" if lat is None else str(lat), "" if lon is None else str(lon)]
        rows.append(tuple(row))
    return Table(("iri", "kind", "label", *roles, *more), tuple(rows))


def _spans(select: Select, family: str) -> dict[str, tuple[str, ...]]:
    rows = select(
        f"SELECT ?x ?start ?end ?words ?article {{ VALUES ?kind {{ {_kinds(family)} }} "
        "?x a ?kind ; ck:evidence ?span . ?span ck:start ?start ; ck:end ?end ; "
        "ck:exact ?words ; ck:inArticle ?article } ORDER BY ?x DESC(?start) DESC(?end)"
    ).rows
    return {row[0] or "": tuple(value or "" for value in row[1:]) for row in rows}


def positions(select: Select) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of each place that has a point."""
    rows = select(
        "SELECT ?x ?wkt { ?x geo:hasGeometry/geo:asWKT ?wkt } ORDER BY ?x DESC(?wkt)"
    ).rows
    return {iri: found for iri, wkt in rows if iri and (found := point(wkt or "")) is not None}


def _tail(text: str) -> str:
    """The local name of a term of a known vocabulary, other text as it is.

    >>> _tail("http://www.w3.org/2004/02/skos/core#altLabel")
    'altLabel'
    """
    return min((text.removeprefix(space) for _, space in PREFIXES), key=len)


def _listed(values: set[str] | None) -> str:
    return "; ".join(sorted(values or ()))


def zipped(named: Iterable[tuple[str, Table]]) -> bytes:
    """The tables as CSV files (UTF-8, RFC 4180) in a zip without times, so that bytes repeat."""
    return archived((f"{name}.csv", comma_separated(table)) for name, table in named)


def archived(files: Iterable[tuple[str, str]]) -> bytes:
    """Named texts in a zip without times, so that bytes repeat."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return made.getvalue()


def comma_separated(table: Table) -> str:
    """The table as CSV text with a header line; unbound cells are empty.

    A cell that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_harmless(value or "") for value in row] for row in table.rows)
    return lines.getvalue()


def _harmless(value: str) -> str:
    if value[:1] in ("=", "+", "@", "\t", "\r") or (value[:1] == "-" and not _number(value)):
        return "'" + value
    return value


def _number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


# ── map and network ─────────────────────────────────────────────────────────────────────────


def geojson(select: Select) -> bytes:
    """Places with a point and the events at them, as a FeatureCollection; sorted by IRI.

    An event has the point of its place; one with several places is several features.
    """
    points = positions(select)
    named = dict(tables(select))
    places, events = named["places"], named["events"]
    features = [
        _feature(dict(zip(places.columns, row, strict=True)), points[row[0]], "place")
        for row in places.rows
        if row[0] in points
    ]
    at = select("SELECT DISTINCT ?event ?place { ?event ck:place ?place } ORDER BY ?event ?place")
    known = {row[0]: dict(zip(events.columns, row, strict=True)) for row in events.rows}
    features += [
        _feature(known[event], points[place], "event")
        for event, place in at.rows
        if event in known and place in points
    ]
    content = {"type": "FeatureCollection", "features": features}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _feature(
    known: dict[str, str | None], where: tuple[float, float], layer: str
) -> dict[str, object]:
    shown = {name: value for name, value in known.items() if value}
    for name in ("latitude", "longitude"):
        shown.pop(name, None)
    return {
        "type": "Feature",
        "id": known["iri"],
        "geometry": {"type": "Point", "coordinates": list(where)},
        "properties": {"layer": layer, **shown},
    }


def network(select: Select) -> tuple[Table, Table]:
    """The graph as nodes and edges, for programs such as Gephi and yEd.

    Returns:
        Nodes (id, label, kind, family, article, latitude, longitude) and edges (source,
        target, role), both sorted. Nodes are actors, places, equipment, events, figures,
        lots, positions, memberships, control states and claims; edges are their roles.
    """
    points = positions(select)
    nodes: dict[str, tuple[str | None, ...]] = {}
    for name, table in tables(select)[1:]:
        article = table.columns.index("article") if "article" in table.columns else None
        for row in table.rows:
            lon, lat = points.get(row[0] or "", (None, None))
            place = (None if lat is None else str(lat), None if lon is None else str(lon))
            source = None if article is None else row[article]
            nodes[row[0] or ""] = (row[0], row[2] or row[0], row[1], name, source, *place)
    found = select(
        "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o . FILTER(ISIRI(?o) && (STRSTARTS(STR(?p), STR(ck:)) "
        "|| ?p = skos:broader)) }"
    )
    edges = sorted(
        (source, target, _tail(role or ""))
        for source, role, target in found.rows
        if source in nodes and target in nodes
    )
    columns = ("id", "label", "kind", "family", "article", "latitude", "longitude")
    return (
        Table(columns, tuple(nodes[iri] for iri in sorted(nodes))),
        Table(("source", "target", "role"), tuple(edges)),
    )

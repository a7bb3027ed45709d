"""Nodes and relationships as the CSV files that `neo4j-admin database import` takes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kg.records import Table
from kg.store.export import archived, network, tables

Select = Callable[[str], Table]

_TYPES: Final = {
    "latitude": "double", "longitude": "double", "uncertaintyKm": "double", "confidence": "double",
    "lower": "double", "upper": "double", "best": "double", "start": "int", "end": "int",
}  # fmt: skip
_CLASSES: Final = {
    "articles": "Article", "claims": "Claim", "events": "Event", "figures": "Figure",
    "lots": "EquipmentLot", "positions": "Position", "memberships": "Membership",
    "control": "Control", "places": "Place", "actors": "Actor", "equipment": "EquipmentType",
}  # fmt: skip
# columns of the tables that name other nodes: they are relationships here
_LINKS: Final = frozenset(
    "claimant reportedBy content about initiator target victim moved instrument place origin "
    "destination beneficiary subEventOf causedBy population event facility partOfFigure "
    "equipmentType operator holder of member controller locatedIn partOf broader article".split()
)
_COMMAND: Final = """\
Unpack into a folder, and there (Neo4j 5):

neo4j-admin database import full neo4j --overwrite-destination \\
{nodes}  --relationships=relationships.csv
"""


def imported(select: Select) -> bytes:
    """A zip of one file of nodes per family, one of relationships, and the command to import them.

    Nodes have the labels of their family and class; relationships have the name of the role
    (`INITIATOR`, `LOCATED_IN`), and `IN_ARTICLE` leads from a fact to its article.
    """
    named = tables(select)
    files = [(f"{name}.csv", _text(nodes(name, table))) for name, table in named]
    files.append(("relationships.csv", _text(relationships(select, named))))
    lines = "".join(f"  --nodes={name}.csv \\\n" for name, _ in named)
    files.append(("import.txt", _COMMAND.format(nodes=lines)))
    return archived(files)


def nodes(name: str, table: Table) -> Iterator[tuple[str, ...]]:
    """The header and rows of one family of nodes."""
    kept = [
        (index, column)
        for index, column in enumerate(table.columns)
        if column not in _LINKS and column not in ("iri", "kind")
    ]
    kind = table.columns.index("kind") if "kind" in table.columns else None
    header = (f"{column}:{_TYPES[column]}" if column in _TYPES else column for _, column in kept)
    yield ("iri:ID", *header, ":LABEL")
    for row in table.rows:
        labels = dict.fromkeys((_CLASSES[name], row[kind] or "" if kind is not None else ""))
        values = (_plain(row[index]) for index, _ in kept)
        yield (row[0] or "", *values, ";".join(label for label in labels if label))


def relationships(select: Select, named: Iterable[tuple[str, Table]]) -> Iterator[tuple[str, ...]]:
    """The header and rows of all relationships, sorted."""
    yield (":START_ID", ":TYPE", ":END_ID")
    _, edges = network(select)
    found = {(a or "", _type(role or ""), b or "") for a, b, role in edges.rows}
    for name, table in named:
        if "article" in table.columns and name != "articles":
            place = table.columns.index("article")
            found |= {
                (row[0] or "", "IN_ARTICLE", row[place] or "") for row in table.rows if row[place]
            }
    yield from sorted(found)


def _type(role: str) -> str:
    """A role as the name of a relationship.

    >>> _type("locatedIn")
    'LOCATED_IN'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", role).upper()


def _plain(value: str | None) -> str:
    """A value on one line: the import reads line ends as ends of rows."""
    return " ".join((value or "").split())


def _text(rows: Iterable[tuple[str, ...]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue()

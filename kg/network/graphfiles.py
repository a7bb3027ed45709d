"""Nodes and edges as files for network programs: GraphML (yEd, Cytoscape) and GEXF (Gephi)."""

from __future__ import annotations

import io
import re
from typing import Final

import networkx

from kg.records import Table

_FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graph(nodes: Table, edges: Table) -> networkx.MultiDiGraph:
    """A graph with the columns of both tables as attributes; unbound cells are left out.

    Args:
        nodes: first column "id"; further columns are attributes.
        edges: first columns "source" and "target", then attributes.
    """
    made = networkx.MultiDiGraph()
    for row in nodes.rows:
        made.add_node(_text(row[0]), **_attributes(nodes.columns[1:], row[1:]))
    for number, row in enumerate(edges.rows):
        made.add_edge(
            _text(row[0]),
            _text(row[1]),
            key=str(number),
            **_attributes(edges.columns[2:], row[2:]),
        )
    return made


def graphml(nodes: Table, edges: Table) -> bytes:
    """The graph as GraphML, UTF-8; equal tables give equal bytes."""
    made = io.BytesIO()
    networkx.write_graphml_xml(graph(nodes, edges), made, encoding="utf-8", prettyprint=True)
    return made.getvalue()


def gexf(nodes: Table, edges: Table) -> bytes:
    """The graph as GEXF 1.2, UTF-8, without the day of writing; equal tables give equal bytes."""
    made = io.BytesIO()
    networkx.write_gexf(graph(nodes, edges), made, encoding="utf-8", prettyprint=True)
    text = made.getvalue().decode("utf-8")
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode("utf-8")


def _text(value: str | None) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value or "")


def _attributes(names: tuple[str, ...], values: tuple[str | None, ...]) -> dict[str, str | float]:
    pairs = zip(names, values, strict=True)
    return {name: _typed(name, value) for name, value in pairs if value is not None}


def _typed(name: str, value: str) -> str | float:
    return float(value) if name in ("latitude", "longitude") else _text(value)

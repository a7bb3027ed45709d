"""The formats that a graph can be exported to: what each holds, and what it cannot carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        name: as the user gives it.
        holds: what is in it, and for which programs.
        lacks: what of the graph it cannot carry, "" where it carries everything.
        tables: whether it is a zip of files, which can be written into a folder.
    """

    name: str
    holds: str
    lacks: str
    tables: bool = False

    @property
    def line(self) -> str:
        """Both in one sentence, for help and messages."""
        return f"{self.holds}; " + (f"leaves out {self.lacks}" if self.lacks else "nothing is lost")


EXPORTS: Final[tuple[Format, ...]] = (
    Format("nquads", "all graphs, one statement per line", ""),
    Format("trig", "all graphs, readable, with prefixes", ""),
    Format("jsonld", "all graphs as JSON-LD 1.1 in expanded form", ""),
    Format(
        "turtle",
        "all statements as one graph, readable",
        "which article or computation says what (the names of the graphs)",
    ),
    Format(
        "nquads12",
        "all graphs as RDF 1.2, each claim reifying the triples that it claims",
        "nothing, but rdflib 7 and programs of RDF 1.1 cannot read it",
    ),
    Format(
        "turtle12",
        "the same as one graph in Turtle 1.2",
        "the names of the graphs; rdflib 7 and programs of RDF 1.1 cannot read it",
    ),
    Format(
        "graphml",
        "actors, places, equipment, facts and claims as nodes, their roles as edges, for "
        "NetworkX, yEd and Cytoscape",
        "dates, numbers, polarity and other literals, words and offsets, second labels, and "
        "what is computed across articles",
    ),
    Format(
        "gexf",
        "the same for Gephi",
        "what GraphML leaves out",
    ),
    Format(
        "geojson",
        "places with a point, and the events there, for QGIS, geopandas and maps",
        "what has no point, the area behind a point (its radius is a number), links (names stand "
        "in their place) and claims; an event with several places is several features",
    ),
    Format(
        "csv",
        "a zip or folder of tables: articles, claims, events, figures, lots, positions, "
        "memberships, control, places, actors, equipment, for pandas and spreadsheets",
        "links (names stand in their place, several with “; ” between them), mentions beyond the "
        "evidence, and what is computed across articles",
        tables=True,
    ),
    Format(
        "neo4j",
        "a zip or folder of nodes and relationships for neo4j-admin database import",
        "types of dates, mentions beyond the evidence, line ends within words, and what is "
        "computed across articles; graphs become relationships to articles",
        tables=True,
    ),
    Format(
        "plover",
        "events that are said to have happened as PLOVER records (JSON, draft 0.8)",
        "events of classes without a PLOVER code, what is possible, planned, demanded or denied, "
        "figures, equipment, posts, control, chains of speakers, and CAMEO codes of actors",
    ),
)


def known(name: str) -> Format | None:
    """The format of this name, None if there is none.

    >>> known("turtle").lacks
    'which article or computation says what (the names of the graphs)'
    """
    return next((one for one in EXPORTS if one.name == name), None)

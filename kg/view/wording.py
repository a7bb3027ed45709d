"""Names of the ontology, numbers and dates as a reader writes them, and families of classes."""

from __future__ import annotations

import re
from calendar import month_name

from kg import ontology

FAMILIES = (
    ("Facility", "Facility"),
    ("Place", "Place"),
    ("Actor", "Actor"),
    ("EquipmentType", "Equipment"),
    ("Event", "Event"),
    ("Figure", "Figure"),
    ("Claim", "Claim"),
)
"""Root class and the family of nodes it makes; the first that fits counts."""

ROW_ORDER = {
    name: place
    for place, name in enumerate(
        (
            "holder", "member", "role", "of", "tenure", "controller", "initiator", "target",
            "victim", "moved", "instrument", "equipmentType", "operator", "condition", "place",
            "origin", "destination", "figureText", "outcome", "population", "event", "unit",
            "content", "about", "timeText", "since", "subEventOf", "causedBy", "partOfFigure",
        )
    )
}  # fmt: skip
"""Property -> its place among the rows of a fact; others come after these, by name."""

ROW_WORDS = {
    "timeText": "time given",
    "figureText": "in words",
    "subEventOf": "part of",
    "partOfFigure": "among",
    "role": "post",
    "content": "says",
    "about": "about",
}
"""Property -> its words, where they are not those of its name."""

UNROWED = frozenset(
    {
        "label", "evidence", "trigger", "confidence", "extractor", "actuality", "cue", "polarity",
        "certainty", "speechAct", "quoteForm", "claimant", "reportedBy", "quote", "medium",
        "wasGeneratedBy", "lower", "upper", "earliest", "latest", "timePrecision", "linkMethod",
        "wasDerivedFrom", "claimTime", "sameAs",
    }
)  # fmt: skip
"""Properties that no row shows: the voice, the passage or another row says them."""


def words(name: str) -> str:
    """A local name of the ontology in plain words.

    >>> words("TerritoryCaptured"), words("NoComment"), words("subEventOf")
    ('territory captured', 'no comment', 'sub event of')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def local(iri: str) -> str:
    """The last part of an IRI.

    >>> local("https://w3id.org/conflict-kg/ontology#Shelling")
    'Shelling'
    """
    return re.split(r"[#/]", iri)[-1]


def family(kind: str) -> str:
    """The family of a class, "" for a class that is drawn as no node.

    >>> family("Hospital"), family("AirStrike"), family("Position")
    ('Facility', 'Event', '')
    """
    lineage = (kind, *ontology.ancestors().get(kind, ()))
    return next((name for root, name in FAMILIES if root in lineage), "")


def number(low: str, high: str) -> str:
    """An interval of a figure in words, either end "" where it is open.

    >>> number("20", ""), number("", "300"), number("2", "2"), number("3", "5")
    ('20 or more', 'up to 300', '2', '3–5')
    """
    if low and high:
        return low if low == high else f"{low}–{high}"
    return f"{low} or more" if low else f"up to {high}" if high else ""


def interval(earliest: str, latest: str) -> str:
    """Two dates or moments as a reader writes them.

    >>> interval("2031-03-04", "2031-03-04"), interval("2031-03-04T18:00:00Z", "")
    ('4 March 2031', 'from 4 March 2031, 18:00')
    """
    first, last = moment(earliest), moment(latest)
    if first and last:
        return first if first == last else f"{first} – {last}"
    return f"from {first}" if first else f"by {last}" if last else ""


def moment(text: str) -> str:
    """A day or moment in ISO form as a reader writes it; other text as it is."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?", text)
    if not found:
        return text
    year, month, day, hour = found.groups()
    return f"{int(day)} {month_name[int(month)]} {year}" + (f", {hour}" if hour else "")

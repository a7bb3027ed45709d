"""The records that pass between the stages: frozen, slotted, tuples inside.

| record       | made by  | one row is                                                          |
|--------------|----------|---------------------------------------------------------------------|
| `Document`   | read     | one article                                                         |
| `Field`      | read     | one cell of a row of structured data, as characters of its text     |
| `Mention`    | extract  | characters of a document and the class they seem to name            |
| `Anaphor`    | extract  | a phrase that an earlier one explains, by their head words          |
| `Frame`      | extract  | one happening, figure, position, control or claim; roles unlinked   |
| `Site`       | extract  | a place that the document itself gives coordinates for              |
| `Extraction` | extract  | all mentions and frames of one document                             |
| `Entity`     | link     | an actor, place, equipment type: IRI, class, names, known facts     |
| `Link`       | link     | mention -> entity, method, score                                    |
| `Fact`       | link     | a frame whose roles are entities, facts and literals                |
| `Linked`     | link     | all entities, links and facts of one document                       |
| `Graph`      | rdf      | all triples of one document as sorted N-Quads lines                 |
| `Rejection`  | pipeline | what was refused, where and why                                     |

Offsets are half-open Unicode code points into `Document.text`. Kinds, roles and
terms are local names of the conflict ontology (`ontology/conflict.ttl`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open code-point offsets `[start, end)` into a document's text.

    >>> Span(3, 7).within(Span(0, 10))
    True
    """

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Whether all characters of this span lie in the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a row of structured data: its column, and the characters of its value."""

    column: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was read; `text` is kept to the character.

    `published` is the day of publication in the publisher's own words, None if unknown.
    `origin` says where it was read (file name without folder, "-" for stdin), for messages.
    A row of a known data set is an article as well: `dataset` is the set's name ("ucdp-ged"),
    `text` one line "column: value" per cell, and `fields` say where each value stands in it.
    """

    iri: str
    text: str
    title: str
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    origin: str = ""
    dataset: str = ""
    fields: tuple[Field, ...] = ()


class Form(StrEnum):
    """How a mention names its entity."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Term:
    """An individual of the ontology as a value, e.g. `Term("Killed")` for ck:Killed."""

    name: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters of a document that name an actor, a place, equipment or a time.

    Attributes:
        span: the name or noun phrase without determiner, possessive 's and punctuation.
        text: exactly the characters of `span`.
        kind: ontology class that the characters seem to name ("Person", "Settlement",
            "Place" where the finer class is unknown, "EquipmentType", "Actor", "Time").
        form: name, nominal or pronoun.
        name: what to link by: the bare name ("Alexei Smirnov"), or for a nominal its
            lemmatised phrase ("acting governor"), or the pronoun in lower case.
        head: characters of the head word.
        number: "Sing", "Plur" or "" where unknown.
        gender: "Masc", "Fem", "Neut" or "".
        sentence: index of its sentence in the document.
        subject: whether it is a grammatical subject.
        quote: index of the direct quotation it stands in, -1 outside of any.
        qualifier: demonym or owner that modifies it ("Russian" of "Russian army",
            "Ukraine" of "Ukraine's general staff"), "" if none.
        owner: characters of the possessive pronoun before it ("its general staff"), if any.
        tense: of a time, how what it dates is told: "Past", "Future", or "" where the words
            do not tell.
        definite: whether the reader is to know which one ("the region", "this town").
    """

    span: Span
    text: str
    kind: str
    form: Form
    name: str
    head: Span
    number: str = ""
    gender: str = ""
    sentence: int = 0
    subject: bool = False
    quote: int = -1
    qualifier: str = ""
    definite: bool = False
    owner: Span | None = None
    tense: str = ""


Value = Union["Mention", "Frame", "Term", str, int, Decimal, bool]
FactValue = Union["Link", "Fact", "Term", str, int, Decimal, bool, date]


@dataclass(frozen=True, slots=True)
class Frame:
    """One happening, figure, position, membership, control, lot or claim as the text says it.

    Attributes:
        kind: ontology class ("Shelling", "CasualtyFigure", "Claim" …).
        anchor: the characters that trigger it (the verb, the noun, the number, the cue);
            with `kind` it is the frame's identity: no two frames of a document share both.
        evidence: the clause or phrase that supports it, around the anchor.
        roles: (role, value) pairs in text order; a role may repeat. Roles are local names
            of ontology properties; "time" holds a Mention of kind "Time" that link resolves.
        extractor: dotted name of the rule or component, e.g. "events.verb".
        confidence: how sure the extractor is, 0 to 1.
    """

    kind: str
    anchor: Span
    evidence: Span
    roles: tuple[tuple[str, Value], ...]
    extractor: str
    confidence: float = 0.8

    def values(self, role: str) -> tuple[Value, ...]:
        """All values of a role in order; empty if the frame has none."""
        return tuple(value for name, value in self.roles if name == role)

    @property
    def key(self) -> tuple[str, Span]:
        """What identifies the frame within its document."""
        return (self.kind, self.anchor)


@dataclass(frozen=True, slots=True)
class Site:
    """A place that a document itself puts on the map.

    Attributes:
        mention: its name.
        latitude, longitude: WGS84 degrees.
        radius_km: within which the point is known.
        inside: names of what contains it, nearest first.
        coordinates: the characters of its latitude and longitude.
    """

    mention: Mention
    latitude: float
    longitude: float
    radius_km: float
    inside: tuple[Mention, ...] = ()
    coordinates: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A phrase that an earlier one explains, as the pipeline reads the text.

    Attributes:
        head: characters of the head word of the phrase.
        antecedent: characters of the head word of the earlier phrase.
        score: how probable the pipeline holds the tie, 0 to 1.
        others: where the earlier phrase is a list ("A and B"), the further head words.
    """

    head: Span
    antecedent: Span
    score: float
    others: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All mentions and top-level frames of one document, each sorted by position.

    Frames that other frames hold (an event inside a claim) are listed as well. `times` are the
    time expressions that say when something was, those of speaking left out. `sites` are the
    places that the document gives coordinates for. `anaphora` has the phrases that earlier ones
    explain, mentions or not, in text order.
    """

    mentions: tuple[Mention, ...]
    frames: tuple[Frame, ...]
    times: tuple[Mention, ...] = ()
    sites: tuple[Site, ...] = ()
    anaphora: tuple[Anaphor, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor, place, equipment type or time-independent thing.

    Attributes:
        iri: reference IRI where it was linked, a document-local one otherwise.
        kind: ontology class.
        label: preferred English name.
        names: other names, sorted.
        latitude, longitude: WGS84 degrees, None where unknown.
        uncertainty_km: radius within which the point is known, None without a point.
        located_in: IRIs of the places that contain it, nearest first.
        broader: IRI of the broader equipment type or of the country an actor belongs to.
        source: reference data set ("GeoNames", "WRI"), "" for a local entity.
    """

    iri: str
    kind: str
    label: str
    names: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    uncertainty_km: float | None = None
    located_in: tuple[str, ...] = ()
    broader: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The decision that a mention names an entity, with its method and score 0 to 1."""

    mention: Mention
    entity: str
    method: str
    score: float


@dataclass(frozen=True, slots=True)
class Fact:
    """A frame whose roles are linked; its IRI comes from document, kind and anchor only.

    Roles may hold `Link` (entity, with the mention it came from), `Fact`, `Term`, literals.
    Resolved times are the roles "earliest", "latest" (ISO strings), "timePrecision", "timeText".
    """

    iri: str
    kind: str
    anchor: Span
    evidence: Span
    roles: tuple[tuple[str, FactValue], ...]
    extractor: str
    confidence: float

    def values(self, role: str) -> tuple[FactValue, ...]:
        """All values of a role in order; empty if the fact has none."""
        return tuple(value for name, value in self.roles if name == role)


@dataclass(frozen=True, slots=True)
class Linked:
    """All entities (with those they are located in), links and facts of one document."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """All triples of one document: the graph's IRI and its sorted, unique N-Quads lines."""

    iri: str
    quads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a SELECT query as plain text: IRIs and literals as strings, None where unbound.

    `types` are the IRIs of the datatypes that all literals of a column share, "" for a column
    of IRIs, plain text or several types; they do not count when two tables are compared.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    types: tuple[str, ...] = field(default=(), compare=False)

    def frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame with the types of its columns (extra `notebook`)."""
        from kg import notebook

        return notebook.frame(self)

    to_pandas = frame

    def _repr_html_(self) -> str:
        from kg import notebook

        return notebook.table(self)


@dataclass(frozen=True, slots=True)
class Rejection:
    """What was refused: where it was (file, line), why, and what to do about it."""

    origin: str
    reason: str

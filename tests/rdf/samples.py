"""Facts about a war between invented countries, as the link stage would hand them over."""

from __future__ import annotations

from datetime import date

from kg.records import Document, Entity, Fact, Form, Link, Linked, Mention, Span, Term

TEXT = (
    "Kestonian gunners shelled Halvik at dawn on Tuesday, killing at least two medics, "
    "governor Marta Oren wrote on Telegram."
)
IRI = "https://w3id.org/conflict-kg/id/article/shells-fall-on-halvik-0123456789ab"
ID = "https://w3id.org/conflict-kg/id/"
DOCUMENT = Document(
    iri=IRI,
    text=TEXT,
    title="Shells fall on Halvik",
    published=date(2031, 3, 5),
    publisher="Harbour Wire",
    url="https://harbourwire.example/halvik shells",
    origin="halvik.txt",
)


def span(words: str) -> Span:
    """Where the words stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def mention(words: str, kind: str, form: Form = Form.NAME) -> Mention:
    return Mention(span(words), words, kind, form, words, span(words))


def fact(kind: str, anchor: str, evidence: str, **roles: object) -> Fact:
    held = tuple(
        (role, one)
        for role, value in roles.items()
        for one in (value if isinstance(value, tuple) else (value,))
    )
    place = span(anchor)
    return Fact(
        f"{IRI}/{kind.lower()}/{place.start}-{place.end}",
        kind,
        place,
        span(evidence),
        held,  # type: ignore[arg-type]
        "events.verb",
        0.8,
    )


GUNNERS = Link(
    mention("Kestonian gunners", "ArmedForce"), ID + "actor/armed-forces-kestonia", "demonym", 0.9
)
HALVIK = Link(mention("Halvik", "Settlement"), ID + "place/supplement-halvik", "gazetteer", 0.95)
MEDICS = Link(
    mention("medics", "PopulationGroup", Form.NOMINAL),
    IRI + "/entity/populationgroup/medics",
    "nominal",
    1.0,
)
OREN = Link(mention("Marta Oren", "Person"), IRI + "/entity/person/marta-oren", "name", 1.0)
VOICE = IRI + "/entity/mediaoutlet/harbour-wire"
OWN = Link(
    Mention(span(TEXT), TEXT, "MediaOutlet", Form.NOMINAL, "", span("governor")),
    VOICE,
    "own voice",
    1.0,
)

SHELLING = fact(
    "Shelling",
    "shelled",
    "Kestonian gunners shelled Halvik at dawn on Tuesday",
    initiator=GUNNERS,
    target=HALVIK,
    place=HALVIK,
    actuality=Term("Actual"),
    earliest="2031-03-04T04:00:00",
    latest="2031-03-04T07:00:00",
    timePrecision=Term("Hour"),
    timeText="at dawn on Tuesday",
)
KILLED = fact(
    "CasualtyFigure",
    "two",
    "killing at least two medics",
    lower=2,
    unit="people",
    figureText="at least two",
    outcome=Term("Killed"),
    population=MEDICS,
    event=SHELLING,
)
POST = fact(
    "Position",
    "governor",
    "governor Marta Oren",
    holder=OREN,
    role="governor",
    tenure=Term("Current"),
)
SAID = fact(
    "Claim",
    "wrote",
    TEXT[:-1],
    claimant=OREN,
    content=(SHELLING, KILLED),
    polarity=Term("Affirmed"),
    certainty=Term("Certain"),
    speechAct=Term("Assertion"),
    quoteForm=Term("Indirect"),
    cue="wrote",
    medium="Telegram",
)
VOICED = fact(
    "Claim",
    "governor",
    "governor Marta Oren",
    claimant=OWN,
    content=POST,
    polarity=Term("Affirmed"),
    certainty=Term("Unstated"),
    speechAct=Term("Assertion"),
    quoteForm=Term("Indirect"),
    cue="",
)
ENTITIES = (
    Entity(
        GUNNERS.entity,
        "ArmedForce",
        "Armed forces of Kestonia",
        broader=ID + "actor/state-kestonia",
    ),
    Entity(
        HALVIK.entity,
        "Settlement",
        "Halvik",
        names=("Khalvik",),
        latitude=45.2,
        longitude=-39.0,
        uncertainty_km=2.0,
        located_in=(ID + "place/supplement-merrin", ID + "place/supplement-valdoria"),
        source="supplement",
    ),
    Entity(ID + "place/supplement-merrin", "Region", "Merrin"),
    Entity(MEDICS.entity, "PopulationGroup", "medics"),
    Entity(OREN.entity, "Person", "Marta Oren", names=("Oren",)),
    Entity(VOICE, "MediaOutlet", "Harbour Wire"),
)
LINKED = Linked(ENTITIES, (GUNNERS, HALVIK, MEDICS, OREN), (SAID, VOICED))

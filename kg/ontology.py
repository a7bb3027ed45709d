"""Where the knowledge files are: `ontology/` of a checkout, `kg/_ontology` of a wheel."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg.errors import SetupError


@cache
def folder() -> Path:
    """The folder with `conflict.ttl`, lexicons, queries and reference data.

    Raises:
        SetupError: the package was installed without its knowledge files.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_ontology", package.parent / "ontology"):
        if (candidate / "conflict.ttl").is_file():
            return candidate
    raise SetupError("ontology/ is missing from this installation; reinstall conflict-kg")


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of the tab-separated file `ontology/<name>` as dicts of its header line.

    Lines that begin with "#" are comments; missing cells are empty strings.
    """
    path = folder() / name
    with path.open(encoding="utf-8", newline="") as lines:
        content = (line for line in lines if line.strip() and not line.startswith("#"))
        for row in csv.DictReader(content, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {key: (value or "").strip() for key, value in row.items() if key}


@cache
def words(name: str, kind: str) -> dict[str, str]:
    """Words of one kind in a lexicon with the columns words, kind and value; longest first.

    >>> words("times", "season")["autumn"]
    '9-11'
    """
    found = {r["words"]: r["value"] for r in rows(f"lexicon/{name}.tsv") if r["kind"] == kind}
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def ancestors() -> dict[str, tuple[str, ...]]:
    """All classes of the conflict ontology: local name -> its superclasses there, nearest first.

    A root of the ontology ("Event", "Claim") has the empty tuple; superclasses of other
    vocabularies are left out. Read from `conflict.ttl`, so a new class needs no Python.
    """
    from rdflib import OWL, RDF, RDFS, URIRef
    from rdflib import Graph as Triples

    triples = Triples().parse(folder() / "conflict.ttl", format="turtle")
    base = "https://w3id.org/conflict-kg/ontology#"

    def parents(name: str) -> tuple[str, ...]:
        found = triples.objects(URIRef(base + name), RDFS.subClassOf)
        return tuple(sorted(str(up).removeprefix(base) for up in found if str(up).startswith(base)))

    def closure(name: str) -> tuple[str, ...]:
        reached: list[str] = []
        level = parents(name)
        while level:
            reached += [up for up in level if up not in reached]
            level = tuple(up for low in level for up in parents(low) if up not in reached)
        return tuple(reached)

    classes = {str(one) for one in triples.subjects(RDF.type, OWL.Class)}
    names = sorted(one.removeprefix(base) for one in classes if one.startswith(base))
    return {name: closure(name) for name in names}


@cache
def kinds(root: str) -> tuple[str, ...]:
    """The class `root` and all classes below it, sorted: what counts as one."""
    return tuple(name for name, ups in ancestors().items() if name == root or root in ups)

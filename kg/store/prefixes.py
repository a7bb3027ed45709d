"""IRIs shortened for people to read, by the prefixes that every query may use undeclared."""

from __future__ import annotations

from kg.vocab import PREFIXES


def short(iri: str) -> str:
    """The IRI with its namespace replaced by the prefix, for people to read.

    The longest namespace that fits wins; an IRI without one comes back as it is.

    >>> short("https://w3id.org/conflict-kg/ontology#Killed")
    'ck:Killed'
    >>> short("https://example.org/x")
    'https://example.org/x'
    """
    fitting = [(space, name) for name, space in PREFIXES if iri.startswith(space)]
    if not fitting:
        return iri
    space, name = max(fitting, key=lambda pair: len(pair[0]))
    return f"{name}:{iri[len(space) :]}"

"""One RDF term of an answer, plain data that any part can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pyoxigraph

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_LANGUAGE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One RDF term of a row.

    Attributes:
        text: the IRI, the blank node's label, or the literal's lexical form.
        kind: "uri", "bnode" or "literal", the words of the SPARQL results format.
        datatype: IRI of a literal's type, "" for plain strings and for other kinds.
        language: language tag of a literal, "" without one.
    """

    text: str
    kind: Literal["uri", "bnode", "literal"]
    datatype: str = ""
    language: str = ""

    def __str__(self) -> str:
        """The term in N-Triples syntax."""
        if self.kind == "uri":
            return f"<{self.text}>"
        if self.kind == "bnode":
            return f"_:{self.text}"
        if self.language:
            return str(pyoxigraph.Literal(self.text, language=self.language))
        datatype = pyoxigraph.NamedNode(self.datatype or _STRING)
        return str(pyoxigraph.Literal(self.text, datatype=datatype))


Row = tuple[Cell | None, ...]


def cell(term: object) -> Cell | None:
    """The cell of a pyoxigraph term, None where unbound."""
    if isinstance(term, pyoxigraph.NamedNode):
        return Cell(term.value, "uri")
    if isinstance(term, pyoxigraph.BlankNode):
        return Cell(term.value, "bnode")
    if isinstance(term, pyoxigraph.Literal):
        datatype = term.datatype.value
        plain = datatype in (_STRING, _LANGUAGE)
        return Cell(term.value, "literal", "" if plain else datatype, term.language or "")
    return None

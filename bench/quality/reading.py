"""The shipped pipeline over one text, with everything that it says on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from kg import annotate, extract, link, pipeline
from kg.link.coreference import Coreference, coreference
from kg.records import Document, Extraction, Linked, Span


@dataclass(frozen=True)
class Reading:
    """One document at each stage, as `kg.pipeline.graph` makes it."""

    document: Document
    doc: Doc
    extraction: Extraction
    linked: Linked

    @cached_property
    def coreferent(self) -> dict[Span, Coreference]:
        """What the linker takes each mention for that another one explains."""
        return coreference(self.extraction)


def language() -> Language:
    """The shipped language pipeline, loaded once."""
    return pipeline.language(None)


def read(document: Document) -> Reading:
    """Everything that the pipeline says of a document."""
    (doc,) = annotate.annotate(language(), [document.text])
    found = extract.extraction(doc)
    return Reading(document, doc, found, link.linked(document, found))

"""The text of a Doc, put together once: spaCy joins its words anew whenever `doc.text` is asked."""

from __future__ import annotations

from spacy.tokens import Doc


def written(doc: Doc) -> str:
    """The characters of a document, which offsets of spans count."""
    data = doc.user_data
    if "kg_text" not in data:
        data["kg_text"] = doc.text
    return str(data["kg_text"])

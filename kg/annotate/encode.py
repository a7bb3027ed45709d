"""`kg_encoder`: writes the network's reading of a text into the Doc.

Beside tags, trees, sentences and names it fills two span groups: `terms` (weapons, vehicles,
platforms, units, facilities, groups, posts, dates, durations) and `quotes`, where the spans CUE,
SOURCE and CONTENT of one attribution share an `id`; a cue that is less than likely is
MAYBE and stands alone. `doc.tensor` has the vector that the network makes of each token.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate.encoder import LIKELY, Encoder
from kg.annotate.paragraphs import breaks

_WORD = 1 << 64
"""Distances to heads may be negative; spaCy wants them as unsigned numbers of so many values."""
MODEL = Path(__file__).resolve().parent / "model"


class Encode:
    """Sets tags, morphology, heads, labels, sentences and names of a Doc.

    A paragraph break always ends a sentence. Blanks hang on the word before them.
    """

    def __init__(self, nlp: Language, encoder: Encoder) -> None:
        self._vocab = nlp.vocab
        self._encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc, annotated."""
        places = [t.i for t in doc if not t.is_space]
        doc.spans["terms"] = doc.spans["quotes"] = []
        if not places:
            return doc
        starts = [doc[i].idx for i in places]
        openings = sorted(
            {int(np.searchsorted(starts, at)) for at in breaks(doc.text)} - {0, len(starts)}
        )
        readings, quotes = self._encoder.read([doc[i].text for i in places], openings)
        strings, morphology = self._vocab.strings, self._vocab.morphology
        blank = (strings.add("dep"), strings.add("_SP"), strings.add("SPACE"), 0)
        previous = places[0]
        filled = set(places)
        rows: list[tuple[int, ...]] = []
        for at in range(len(doc)):
            if at in filled:
                previous = at
            rows.append(((previous - at) % _WORD, *blank))
        names: list[Span] = []
        terms: list[Span] = []
        for reading in readings:
            for offset, head in enumerate(reading.heads):
                at = places[reading.start + offset]
                to = places[reading.start + head - 1] if head else at
                rows[at] = (
                    (to - at) % _WORD,
                    strings.add(reading.labels[offset]),
                    strings.add(reading.xpos[offset]),
                    strings.add(reading.upos[offset]),
                    morphology.add("" if reading.feats[offset] == "_" else reading.feats[offset]),
                )
            names += [
                Span(doc, places[s], places[e - 1] + 1, label=kind) for s, e, kind in reading.names
            ]
            terms += [
                Span(doc, places[s], places[e - 1] + 1, label=kind) for s, e, kind in reading.terms
            ]
        vectors: Any = np.zeros((len(doc), readings[0].vectors.shape[1]), dtype=np.float32)
        vectors[places] = np.concatenate([reading.vectors for reading in readings])
        doc.tensor = vectors
        table: Any = np.array(rows, dtype=np.uint64)
        doc.from_array(["HEAD", "DEP", "TAG", "POS", "MORPH"], table)
        doc.set_ents(names)
        doc.spans["terms"] = terms
        doc.spans["quotes"] = [
            Span(doc, places[s], places[e - 1] + 1, label=role, span_id=str(number))
            for number, quote in enumerate(quotes)
            for role, parts in (
                ("CUE" if quote.score >= LIKELY else "MAYBE", (quote.cue,)),
                ("SOURCE", quote.source),
                ("CONTENT", quote.content),
            )
            for s, e in parts
        ]
        return doc


@Language.factory(
    "kg_encoder",
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.dep",
        "token.head",
        "doc.ents",
        "doc.spans",
    ],
)
def encode(nlp: Language, name: str) -> Encode:
    """The shipped network as a pipeline component."""
    return Encode(nlp, Encoder(MODEL))

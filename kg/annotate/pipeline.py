"""The front door: a pipeline by name, and texts through it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import coreference, encode, foreign, happenings, lemmas, names, ranker, terms
from kg.annotate.tokens import blank
from kg.errors import SetupError

SHIPPED = encode.MODEL
log = logging.getLogger(__name__)
OURS = (
    encode.encode,
    lemmas.lemmatizer,
    names.names,
    terms.terms,
    happenings.happenings,
    coreference.coreference,
    foreign.adopt,
)
"""The component factories; importing this module makes them known to spaCy."""
PARTS = ("kg_encoder", "kg_lemmatizer", "kg_names", "kg_terms")
"""The first components of the shipped pipeline, in their order."""
LEARNED = (
    ("kg_happenings", happenings.FILE, "happenings are the grammar's alone"),
    ("kg_coreference", ranker.FILE, "phrases are not tied together"),
)
"""The components that are trained on these, their file, and what is so without it."""


def load(model: str | None = None) -> Language:
    """The shipped English pipeline, or another installed spaCy pipeline with its labels made ours.

    Args:
        model: package name or folder of a spaCy pipeline; None for the shipped one.

    Raises:
        SetupError: the pipeline is not installed, or does not parse.

    What cannot work with another pipeline is logged as warnings and kept in
    `nlp.meta["kg_missing"]`.
    """
    if model is None:
        nlp = blank()
        for name in PARTS:
            nlp.add_pipe(name)
        for name, file, without in LEARNED:
            if encode.MODEL == SHIPPED or (encode.MODEL / file).is_file():
                nlp.add_pipe(name)
            else:
                log.warning("%s has no %s: %s", encode.MODEL, file, without)
        return nlp
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError) as fault:
        raise SetupError(
            f'the spaCy pipeline "{model}" cannot be loaded ({str(fault).splitlines()[0]}); '
            f"install it (python -m spacy download {model}) "
            "or leave out --model to use the shipped one"
        ) from fault
    missing = foreign.missing(nlp)
    for line in missing:
        log.warning("%s: %s", model, line)
    nlp.meta["kg_missing"] = list(missing)
    if "parser" not in nlp.pipe_names:
        raise SetupError(
            f'the spaCy pipeline "{model}" has no dependency parser; '
            "choose one that has, or leave out --model"
        )
    nlp.add_pipe("kg_foreign", last=True)
    if "lemmatizer" not in nlp.pipe_names and "trainable_lemmatizer" not in nlp.pipe_names:
        nlp.add_pipe("kg_lemmatizer", last=True)
    nlp.add_pipe("kg_names", last=True)
    return nlp


def annotate(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Docs of the texts, in their order; each is the same whatever the others are."""
    yield from nlp.pipe(texts)

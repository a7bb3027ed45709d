"""`kg_lemmatizer`: dictionary forms by word and part of speech."""

from __future__ import annotations

from functools import cache, lru_cache

from lemminflect import getLemma
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate.pieces import plain
from kg.ontology import rows

_FIXED = {
    ("AUX", "n't"): "not",
    ("PART", "n't"): "not",
    ("AUX", "'ll"): "will",
    ("AUX", "'re"): "be",
    ("AUX", "'m"): "be",
    ("AUX", "'ve"): "have",
    ("AUX", "ca"): "can",
    ("AUX", "wo"): "will",
    ("AUX", "sha"): "shall",
    ("VERB", "'ve"): "have",
    ("VERB", "'s"): "be",
    ("AUX", "might"): "might",
    ("AUX", "could"): "could",
    ("AUX", "would"): "would",
    ("AUX", "should"): "should",
    ("VERB", "wounded"): "wound",
    ("VERB", "wounding"): "wound",
    ("VERB", "downed"): "down",
    ("VERB", "downing"): "down",
    ("VERB", "shelled"): "shell",
    ("VERB", "shot"): "shoot",
    ("VERB", "struck"): "strike",
    ("VERB", "felled"): "fell",
    ("VERB", "laid"): "lay",
    ("VERB", "seized"): "seize",
    ("NOUN", "forces"): "force",
    ("NOUN", "troops"): "troop",
    ("NOUN", "people"): "people",
    ("NOUN", "media"): "media",
    ("NOUN", "dead"): "dead",
    ("NOUN", "wounded"): "wounded",
    ("NOUN", "headquarters"): "headquarters",
    ("NOUN", "barracks"): "barracks",
    ("NOUN", "aircraft"): "aircraft",
    ("NOUN", "wives"): "wife",
    ("NOUN", "casualties"): "casualty",
    ("NOUN", "thanks"): "thanks",
    ("NOUN", "am"): "a.m.",
    ("NOUN", "pm"): "p.m.",
    ("NOUN", "mins"): "minute",
    ("ADJ", "more"): "more",
    ("ADV", "more"): "more",
    ("ADJ", "most"): "most",
    ("ADV", "most"): "most",
    ("ADJ", "least"): "least",
    ("ADV", "least"): "least",
    ("ADJ", "less"): "less",
    ("ADV", "less"): "less",
    ("ADV", "later"): "late",
    ("ADV", "further"): "further",
    ("ADJ", "further"): "further",
    ("DET", "an"): "a",
}
_PRONOUNS = {
    form: lemma
    for lemma, forms in {
        "I": "i me",
        "he": "he him",
        "she": "she",
        "it": "it",
        "we": "we us",
        "you": "you",
        "they": "they them",
        "my": "my mine",
        "your": "your yours",
        "our": "our ours",
        "their": "their theirs",
        "who": "who whom",
        "this": "this these",
        "that": "that those",
    }.items()
    for form in forms.split()
}


@lru_cache(maxsize=65536)
def lemma(word: str, upos: str, tag: str = "") -> str:
    """Dictionary form of one word out of context, as the UD treebanks of English write it.

    Adjectives and adverbs change only where the Penn tag says comparative or superlative.

    >>> [lemma("fought", "VERB"), lemma("Kenyans", "NOUN"), lemma("them", "PRON")]
    ['fight', 'Kenyan', 'they']
    >>> [lemma("other", "ADJ", "JJ"), lemma("heavier", "ADJ", "JJR")]
    ['other', 'heavy']
    """
    text = plain(word)
    low = text.lower()
    if (upos, low) in _FIXED:
        return _FIXED[upos, low]
    if low == "her" and tag == "PRP":
        return "she"
    if upos in {"PRON", "DET"}:
        return _PRONOUNS.get(low, low)
    if text in _demonyms() and upos in {"ADJ", "NOUN", "PROPN"}:
        return (
            text[:-1] if upos != "ADJ" and text.endswith("s") and text[:-1] in _demonyms() else text
        )
    if upos == "PROPN":
        return text
    graded = tag in {"JJR", "JJS", "RBR", "RBS"}
    if low.isalpha() and (upos in {"VERB", "NOUN", "AUX"} or (upos in {"ADJ", "ADV"} and graded)):
        found = getLemma(low, upos) or (getLemma(low, "VERB") if upos == "AUX" else ())
        if found:
            return str(found[0])
    return low


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("lexicon/demonyms.tsv"))


def _clitic(token: Token) -> str:
    """What 's and 'd stand for."""
    low = plain(token.text).lower()
    participle = token.dep_ == "aux" and token.head.tag_ == "VBN"
    if low in {"'s", "s"}:
        passive = any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in token.head.children)
        been = any(child.lower_ == "been" for child in token.head.children)
        return "have" if participle and (not passive or been) else "be"
    return "have" if participle or token.tag_ == "VBD" else "would"


class Lemmatize:
    """Sets `lemma_` of every token that has a part of speech."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with lemmas."""
        for token in doc:
            if token.pos_ == "AUX" and plain(token.text).lower() in {"'s", "'d"}:
                token.lemma_ = _clitic(token)
            else:
                token.lemma_ = (
                    token.text if token.is_space else lemma(token.text, token.pos_, token.tag_)
                )
        return doc


@Language.factory("kg_lemmatizer", requires=["token.pos"], assigns=["token.lemma"])
def lemmatizer(nlp: Language, name: str) -> Lemmatize:
    """The lemmatizer as a pipeline component."""
    return Lemmatize()

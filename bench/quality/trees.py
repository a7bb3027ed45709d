"""Trees, tags and sentences on the dev parts of EWT and GUM.

| figure      | how                                                              |
|-------------|------------------------------------------------------------------|
| LAS, UAS    | head (and label) right, of all words; gold tokens and sentences, |
|             | punctuation counted                                              |
| XPOS …      | the Penn tag right; UPOS, features likewise; gold tokens         |
| sentences   | F1 on raw text: a sentence counts if both its ends are right     |

GUM's dev part is taken with all its genres, which are for measuring only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

from bench.quality.reading import language
from bench.quality.records import Error, Figure, Measured, absent
from kg.annotate import encode
from kg.annotate.encoder import Encoder, Reading
from training.corpora import Sentence, Text, dev_texts

NAME = "trees"
TITLE = "dependencies and tags on gold tokens, sentences on raw text: EWT and GUM dev"
HEADLINES = (
    "LAS, EWT + GUM",
    "UAS, EWT + GUM",
    "XPOS, EWT + GUM",
    "sentences, GUM news",
    "sentences, GUM news, paragraphs joined",
)
GOALS = {
    "LAS, EWT + GUM": 90.5,
    "UAS, EWT + GUM": 92.5,
    "XPOS, EWT + GUM": 97.0,
    "sentences, GUM news": 95.0,
    "sentences, GUM news, paragraphs joined": 95.0,
}
PEERS = {
    "LAS, EWT + GUM": "a CNN pipeline 81.5, on the test parts",
    "UAS, EWT + GUM": "a CNN pipeline 85.1, on the test parts",
}
JUDGED = {
    "las": "LAS",
    "uas": "UAS",
    "xpos": "XPOS",
    "upos": "UPOS",
    "feats": "features",
    "las_universal": "LAS without subtypes",
}
"""What is judged of a word -> its name among the figures."""


@dataclass(slots=True)
class Tally:
    """Words of some texts and how many of them are right in what."""

    words: int = 0
    right: Counter[str] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)

    def figures(self, where: str) -> Iterator[Figure]:
        """One accuracy for each thing that is judged."""
        for key, name in JUDGED.items():
            yield Figure(f"{name}, {where}", self.right[key], self.words)


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, "train/ud_ewt/en_ewt-ud-dev.conllu", "train/ud_gum/en_gum-ud-dev.conllu")


def measure(data: Path) -> Measured:
    """Accuracies by treebank and over both, and sentence F1."""
    encoder = Encoder(encode.MODEL)
    ewt, gum = dev_texts(data, "ewt"), dev_texts(data, "gum")
    parts = {"EWT": tally(encoder, ewt), "GUM": tally(encoder, gum)}
    both = Tally(
        sum(part.words for part in parts.values()),
        sum((part.right for part in parts.values()), Counter()),
        [error for part in parts.values() for error in part.errors],
        sum((part.labels for part in parts.values()), Counter()),
    )
    figures = [f for where, part in parts.items() for f in part.figures(where)]
    figures += both.figures("EWT + GUM")
    for where, texts, paragraphs in (
        ("GUM news", news(gum), True),
        ("GUM news, paragraphs joined", news(gum), False),
        ("GUM", gum, True),
    ):
        figures.append(sentences(language(), texts, f"sentences, {where}", paragraphs=paragraphs))
    confused = sorted((gold, found, n) for (gold, found), n in both.labels.items())
    return Measured(tuple(figures), tuple(both.errors), tuple(confused))


def news(gum: Sequence[Text]) -> list[Text]:
    """The Wikinews documents of GUM."""
    return [text for text in gum if text.sentences[0].key.startswith("GUM_news")]


def tally(encoder: Encoder, texts: Sequence[Text]) -> Tally:
    """What the network reads right on gold tokens and sentences."""
    found = Tally()
    for text in texts:
        tokens = [word for sentence in text.sentences for word in sentence.words]
        starts, opens, at = set(), [], 0
        for sentence in text.sentences:
            starts.add(at)
            if sentence.opens:
                opens.append(at)
            at += len(sentence.words)
        readings, _ = encoder.read(tokens, opens, frozenset(starts))
        for reading, gold in zip(readings, text.sentences, strict=True):
            _judge(reading, gold, found)
    return found


def _judge(reading: Reading, gold: Sentence, found: Tally) -> None:
    for i, word in enumerate(gold.words):
        head, label = reading.heads[i] == gold.heads[i], reading.labels[i] == gold.labels[i]
        bare = reading.labels[i].partition(":")[0] == gold.labels[i].partition(":")[0]
        found.words += 1
        found.right["uas"] += head
        found.right["las"] += head and label
        found.right["las_universal"] += head and bare
        for layer in ("upos", "xpos", "feats"):
            found.right[layer] += getattr(reading, layer)[i] == getattr(gold, layer)[i]
        found.labels[gold.labels[i], reading.labels[i]] += 1
        if not (head and label):
            kind = f"head of {gold.labels[i]}"
            if not label:
                kind = f"{reading.labels[i]} for {gold.labels[i]}"
            found.errors.append(Error(kind, word.lower(), _around(gold, i)))
        if reading.xpos[i] != gold.xpos[i]:
            kind = f"tag {reading.xpos[i]} for {gold.xpos[i]}"
            found.errors.append(Error(kind, word.lower(), _around(gold, i)))


def _around(gold: Sentence, at: int) -> str:
    head = gold.words[gold.heads[at] - 1] if gold.heads[at] else "root"
    before, after = gold.words[max(0, at - 5) : at], gold.words[at + 1 : at + 4]
    return " ".join((*before, f"[[{gold.words[at]} ← {head}]]", *after))


def sentences(nlp: Language, texts: Sequence[Text], name: str, *, paragraphs: bool) -> Figure:
    """Sentence F1 on raw text, with the paragraphs of the treebank as lines or joined."""
    right = guessed = gold = 0
    for text in texts:
        raw, want = "", set()
        for sentence in text.sentences:
            if raw:
                raw += "\n" if sentence.opens and paragraphs else " "
            want.add((len(raw), len(raw) + len(sentence.text)))
            raw += sentence.text
        have = set()
        for sent in nlp(raw).sents:
            solid = [t for t in sent if not t.is_space]
            if solid:
                have.add((solid[0].idx, solid[-1].idx + len(solid[-1])))
        right += len(want & have)
        guessed += len(have)
        gold += len(want)
    return Figure(name, right, gold, guessed)

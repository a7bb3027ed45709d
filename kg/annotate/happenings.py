"""`kg_happenings`: which words tell of what kind of happening, and who or what takes part in it.

Two small networks over the encoder's word vectors. The first scores every word as the word of a
happening of each class; it also sees for which classes the lexicon lists the word. The second
scores pairs of such a word and a word of its sentence for each role; it also sees the path between
them in the tree, the preposition, and what the pipeline takes the second word for.

The result is the span group `happenings`. The spans of one happening share an `id`; `kb_id` is a
probability in per cent. `EVENT` is the word itself, a span of the same word labelled with a class
says how likely that class is given that it is a happening, and spans labelled with a role lie on
the head words of the participants. The group's attribute `kinds` has the classes that are known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from kg import ontology
from kg.annotate import encode
from kg.annotate.encoder import session
from kg.errors import SetupError

Floats = NDArray[np.float32]

FILE = "happenings.json"
FILES = (FILE, "happenings.onnx", "roles.onnx")
EVENT = "EVENT"
LOWEST = 0.05
"""Words that are less likely than this to tell of a happening are left out, and such roles."""
CAST = 0.2
"""Words that are less likely than this have no participants."""
ROLES = (
    "initiator", "target", "victim", "moved", "instrument", "place", "origin", "destination",
    "beneficiary",
)  # fmt: skip
PARTS = ("NOUN", "PROPN", "PRON", "NUM")
"""Parts of speech of a word that can stand for a participant."""
_LONGEST = 5
"""Paths with more arcs are as good as none."""


def words(doc: Doc) -> list[Token]:
    """The words that can tell of a happening."""
    return [t for t in doc if t.pos_ in ("VERB", "NOUN", "ADJ", "PROPN", "AUX", "ADV")]


def listed(tokens: Sequence[Token], kinds: Sequence[str]) -> Floats:
    """(words, 3 + classes): verb, noun, listed at all; then what the lexicon has for it."""
    table = _listed(tuple(kinds))
    found = np.zeros((len(tokens), 3 + len(kinds)), dtype=np.float32)
    for row, token in enumerate(tokens):
        pos = {"VERB": "VERB", "AUX": "VERB", "ADJ": "ADJ"}.get(token.pos_, "NOUN")
        found[row, 0] = pos == "VERB"
        found[row, 1] = pos == "NOUN"
        for column in table.get((token.lemma_.lower(), pos), ()):
            found[row, 2] = found[row, 3 + column] = 1
    return found


@cache
def _listed(kinds: tuple[str, ...]) -> dict[tuple[str, str], tuple[int, ...]]:
    """Columns of the classes of the last word of each entry of `events.tsv`, by lemma and part."""
    columns = {kind: at for at, kind in enumerate(kinds)}
    up = ontology.ancestors()
    found: dict[tuple[str, str], set[int]] = {}
    for row in ontology.rows("lexicon/events.tsv"):
        known = [k for k in (row["class"], *up.get(row["class"], ())) if k in columns]
        if known:
            last = row["lemma"].split(" ")[-1]
            found.setdefault((last, row["pos"]), set()).add(columns[known[0]])
    return {key: tuple(sorted(value)) for key, value in sorted(found.items())}


def candidates(event: Token) -> list[Token]:
    """The words of the sentence that can stand for a participant of a happening.

    A name before the word of the happening is one too: "Kestrian" of "Kestrian air strikes".
    """
    return [
        t
        for t in event.sent
        if t.i != event.i
        and (
            (t.pos_ in PARTS or t.tag_ in ("DT", "PRP", "PRP$", "WP", "WDT"))
            and t.dep_ not in ("compound", "flat", "fixed", "goeswith")
            or t.head.i == event.i
            and t.dep_ in ("amod", "compound", "nmod:desc")
            and t.ent_type_ in ("NORP", "LOC", "ORG")
        )
    ]


def path(event: Token, other: Token) -> str:
    """The arcs between two words of a sentence: `<` towards a dependent, `>` towards a head.

    "" where they are more than five.
    """
    up = [event, *event.ancestors]
    at = {t.i: n for n, t in enumerate(up)}
    arcs: list[str] = []
    node = other
    while node.i not in at:
        arcs.append("<" + node.dep_)
        if node.head.i == node.i or len(arcs) > _LONGEST:
            return ""
        node = node.head
    climbed = [">" + t.dep_ for t in up[: at[node.i]]]
    whole = climbed + arcs[::-1]
    return "".join(whole) if len(whole) <= _LONGEST else ""


def preposition(token: Token) -> str:
    """The preposition or possessive mark of a word, or of what it is coordinated with."""
    while token.dep_ == "conj" and token.head.i < token.i:
        if any(c.dep_ == "case" for c in token.children):
            break
        token = token.head
    return next((c.lower_ for c in token.children if c.dep_ == "case"), "")


def sorts(doc: Doc) -> dict[int, str]:
    """Type of the name or term that each word lies in; terms before names."""
    found = {t.i: e.label_ for e in doc.ents for t in e}
    found |= {t.i: s.label_ for s in doc.spans.get("terms", ()) for t in s}
    return found


def clues(event: Token, other: Token, sort: str) -> list[str]:
    """What the second network sees of a pair beside vectors and classes, as names of columns."""
    passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in event.children)
    route = path(event, other)
    prep = preposition(other)
    form = f"{event.pos_}{'.pass' if passive else ''}"
    away = other.i - event.i
    return [
        f"path {route}",
        f"path {form} {route}",
        f"path {route} {prep}",
        f"case {prep}",
        f"sort {sort or other.pos_}",
        f"event {form}",
        f"away {'-' if away < 0 else '+'}{int(np.log2(abs(away)))}",
        f"first {route.split('<')[1] if '<' in route else ''}",
        f"arcs {route.count('<')}{route.count('>')}",
    ]


class Happenings:
    """Scores words as happenings and pairs of words as roles.

    Args:
        folder: holds `happenings.onnx`, `roles.onnx` and `happenings.json`.

    Raises:
        SetupError: a file is missing.
    """

    def __init__(self, folder: Path) -> None:
        missing = [n for n in FILES if not (folder / n).is_file()]
        if missing:
            raise SetupError(
                f"{folder}: the language model lacks {', '.join(missing)}; "
                "install conflict-kg again, or make them with `python -m training.happenings`"
            )
        table = json.loads((folder / FILE).read_text(encoding="utf-8"))
        self.kinds: list[str] = table["kinds"]
        self._columns = {clue: at for at, clue in enumerate(table["clues"])}
        self._events = session(folder / "happenings.onnx")
        self._roles = session(folder / "roles.onnx")

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with the span group `happenings`."""
        doc.spans["happenings"] = []
        tokens = words(doc)
        if not tokens or not doc.tensor.size:
            return doc
        vectors = np.asarray(doc.tensor, dtype=np.float32)
        feed = {
            "vectors": vectors[[t.i for t in tokens]],
            "listed": listed(tokens, self.kinds),
        }
        scores = _softmax(self._events.run(None, feed)[0])
        sure = 1 - scores[:, 0]
        found = [
            (token, row, float(p))
            for token, row, p in zip(tokens, scores, sure, strict=True)
            if p >= LOWEST
        ]
        spans: list[Span] = []
        for number, (token, row, p) in enumerate(found):
            spans.append(_span(doc, token.i, EVENT, number, p))
            for at, share in enumerate(row[1:] / max(p, 1e-6)):
                if share >= LOWEST:
                    spans.append(_span(doc, token.i, self.kinds[at], number, float(share)))
        spans += self._participants(doc, found)
        doc.spans["happenings"] = SpanGroup(
            doc, name="happenings", attrs={"kinds": self.kinds}, spans=spans
        )
        return doc

    def _participants(self, doc: Doc, found: list[tuple[Token, Floats, float]]) -> Iterator[Span]:
        likely = [(n, e, row) for n, (e, row, p) in enumerate(found) if p >= CAST]
        pairs = [(n, e, row, c) for n, e, row in likely for c in candidates(e)]
        if not pairs:
            return
        kind_of = sorts(doc)
        seen = np.zeros((len(pairs), len(self._columns)), dtype=np.float32)
        for at, (_, event, _, other) in enumerate(pairs):
            for clue in clues(event, other, kind_of.get(other.i, "")):
                if (column := self._columns.get(clue)) is not None:
                    seen[at, column] = 1
        feed = {
            "event": doc.tensor[[e.i for _, e, _, _ in pairs]],
            "other": doc.tensor[[c.i for _, _, _, c in pairs]],
            "kinds": np.stack([row for _, _, row, _ in pairs]),
            "clues": seen,
        }
        shares = 1 / (1 + np.exp(-self._roles.run(None, feed)[0]))
        for (number, _, _, other), row in zip(pairs, shares, strict=True):
            for role, p in zip(ROLES, row, strict=True):
                if p >= LOWEST:
                    yield _span(doc, other.i, role, number, float(p))


def _span(doc: Doc, at: int, label: str, number: int, share: float) -> Span:
    percent = str(min(100, int(100 * share)))
    return Span(doc, at, at + 1, label=label, span_id=str(number), kb_id=percent)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = raised / raised.sum(-1, keepdims=True)
    return result


@Language.factory("kg_happenings", requires=["token.dep", "token.lemma"], assigns=["doc.spans"])
def happenings(nlp: Language, name: str) -> Happenings:
    """The words of happenings and their participants as a pipeline component."""
    return Happenings(encode.MODEL)

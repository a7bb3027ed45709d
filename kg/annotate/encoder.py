"""The shipped network on onnxruntime: words in; sentences, tags, trees and names out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.annotate.decode import best_labels, log_softmax, spans, steady, transitions, triples
from kg.annotate.pieces import CLS, SEP, Splitter, shape
from kg.annotate.trees import tree
from kg.errors import SetupError

FILES = ("encoder.onnx", "relations.onnx", "quotes.onnx", "tokenizer.json", "labels.json")
ROOM = 158
"""Word pieces of one window beside its two marks; what the network was trained with."""
CONTEXT = 20
"""So many pieces at most of the text before a window are read again, as its left context."""
_CLOSERS = frozenset(",;:.!?)]}%’”")
_STOPS = frozenset((".", "!", "?", "...", "…"))
_QUOTES = frozenset("’”'\"‘“")
_AFTER_STOP = -2.0
"""After a stop, where a sentence starts even if the network is this much against it (log-odds)."""
_BORDERS = (0.0, 0.3, 2.0)
"""What a border of nothing, source and content must gain (nats); it keeps stretches whole."""
LIKELY = 0.5
_LENIENT = 1.4
"""Bonus of a cue over none (nats): those with less than half the probability are kept as unsure."""
_OPENERS = frozenset("‘“\"'([{«-–—•*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says about one sentence.

    Attributes:
        start, end: half-open range of words in the document.
        upos, xpos, feats, labels: one per word.
        heads: one per word, counted from 1 within the sentence, 0 for the root.
        names, terms: (start, end, type), words counted from the document's beginning.
        vectors: one row per word, what the network's last layer over words makes of it.
    """

    start: int
    end: int
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    names: tuple[tuple[int, int, str], ...]
    terms: tuple[tuple[int, int, str], ...]
    vectors: NDArray[np.float32] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """A cue that the network sees and whom and what it ties to it; half-open ranges of words.

    Attributes:
        cue: the word or words of saying.
        source, content: stretches in text order; empty where nobody is named, nothing is found,
            and where the cue is less than likely.
        score: mean probability of the cue's words to be of a cue.
    """

    cue: tuple[int, int]
    source: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    score: float


Scores = dict[str, NDArray[np.float32]]


class Encoder:
    """One window at a time, so that no result depends on what else is read in the same call.

    Args:
        folder: holds `encoder.onnx`, `relations.onnx`, `quotes.onnx`, `tokenizer.json` and
            `labels.json`.

    Raises:
        SetupError: a file is missing.
    """

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise SetupError(
                f"{folder}: the language model lacks {', '.join(missing)}; "
                "install conflict-kg again, or make the model with `make train`"
            )
        vocab = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self._labels: dict[str, list[str]] = {
            k: vocab[k] for k in ("upos", "xpos", "feats", "labels", "names", "terms", "cues")
        }
        self._allowed = np.array(vocab["triples"], dtype=np.int64)
        self._forms = [
            (vocab["upos"][upos], vocab["xpos"][xpos], vocab["feats"][feats])
            for upos, xpos, feats in vocab["triples"]
        ]
        self._root = self._labels["labels"].index("root")
        self._moves = {task: transitions(self._labels[task]) for task in ("names", "terms", "cues")}
        self._split = Splitter(Tokenizer.from_file(str(folder / "tokenizer.json")))
        self._encoder = session(folder / "encoder.onnx")
        self._relations = session(folder / "relations.onnx")
        self._quotes = session(folder / "quotes.onnx")
        self._outputs = [o.name for o in self._encoder.get_outputs()]

    def read(
        self, words: Sequence[str], openings: Sequence[int], starts: frozenset[int] | None = None
    ) -> tuple[list[Reading], list[Quote]]:
        """Sentences of one document in order, which cover all words, and its attributions.

        Args:
            words: the document's words, without blanks.
            openings: indices of words that begin a paragraph, ascending; 0 may be left out.
            starts: indices of words that begin a sentence, if known; else they are predicted.
        """
        sizes = [len(self._split(word)) for word in words]
        opens = frozenset(openings)
        readings: list[Reading] = []
        quotes: list[Quote] = []
        at = 0
        while at < len(words):
            end, whole = self._reach(at, sizes, opens, ROOM)
            before = self._before(at, readings, sizes)
            cuts, scores = self._sentences(words, before, at, end, opens=opens, known=starts)
            if not whole and len(cuts) == 1:
                # One sentence fills the window: look further once before cutting it by force.
                end, whole = self._reach(at, sizes, opens, 3 * ROOM)
                cuts, scores = self._sentences(words, before, at, end, opens=opens, known=starts)
            if not whole and len(cuts) > 1:
                end = cuts.pop()
            readings += self._readings([*cuts, end], before, scores)
            quotes += self._said(at, end, before, scores)
            at = end
        return readings, quotes

    def _reach(
        self, at: int, sizes: list[int], opens: frozenset[int], room: int
    ) -> tuple[int, bool]:
        """End of the window that begins at a word, and whether it ends where a paragraph does."""
        used, end, last = 0, at, at
        while end < len(sizes):
            mark = end in opens and end > at
            if mark:
                last = end
            if used + sizes[end] + mark > room:
                break
            used += sizes[end] + mark
            end += 1
        if end == len(sizes) or end in opens:
            return end, True
        return (last, True) if last > at else (max(end, at + 1), False)

    def _before(self, at: int, readings: list[Reading], sizes: list[int]) -> int:
        """First word of the left context: whole sentences before `at`, within `CONTEXT` pieces."""
        start = at
        for reading in reversed(readings[-3:]):
            if sum(sizes[reading.start : at]) > CONTEXT:
                break
            start = reading.start
        return start

    def _sentences(
        self,
        words: Sequence[str],
        before: int,
        at: int,
        end: int,
        *,
        opens: frozenset[int],
        known: frozenset[int] | None,
    ) -> tuple[list[int], Scores]:
        scores = self._scores(words, before, end, opens)
        if known is not None:
            return [word for word in range(at, end) if word == at or word in known], scores
        leaning = scores["sents"][:, 1] - scores["sents"][:, 0]
        cuts: list[int] = []
        for word in range(at, end):
            if word == at or word in opens:
                cuts.append(word)
            elif words[word][0] not in _CLOSERS and leaning[word - before] > (
                _AFTER_STOP if _stopped(words, word) else 0.0
            ):
                # An opening quotation mark belongs to what follows it.
                if not all(w in _OPENERS for w in words[cuts[-1] : word]):
                    cuts.append(word)
        return cuts, scores

    def _scores(self, words: Sequence[str], start: int, end: int, opens: frozenset[int]) -> Scores:
        ids, shapes, firsts = [CLS], [0], []
        for at in range(start, end):
            if at in opens and at > start:
                ids.append(SEP)
                shapes.append(0)
            found = self._split(words[at])
            firsts.append(len(ids))
            ids.extend(found)
            shapes.extend([shape(words[at])] * len(found))
        ids.append(SEP)
        shapes.append(0)
        feed = {"pieces": [ids], "shapes": [shapes], "firsts": [firsts]}
        found_scores = self._encoder.run(
            self._outputs, {k: np.array(v, dtype=np.int64) for k, v in feed.items()}
        )
        return {name: value[0] for name, value in zip(self._outputs, found_scores, strict=True)}

    def _readings(self, edges: list[int], base: int, scores: Scores) -> Iterator[Reading]:
        """The sentences of a window between words that begin one, the last edge its end."""
        window = slice(edges[0] - base, edges[-1] - base)
        trees = [_heads(scores["arcs"], start - base, end - base) for start, end in pairwise(edges)]
        above = [
            head + start - base if head else 0
            for start, heads in zip(edges, trees, strict=False)
            for head in heads
        ]
        rels = self._relations.run(
            None, {"dep": scores["rel_dep"][window], "head": scores["rel_head"][above]}
        )[0]
        rels[:, self._root] = -1e9
        names = [self._labels["labels"][i] for i in rels.argmax(1).tolist()]
        tags = triples(
            scores["upos"][window], scores["xpos"][window], scores["feats"][window], self._allowed
        )
        forms = [self._forms[tag] for tag in tags]
        spanned = {task: log_softmax(scores[task][window]) for task in ("names", "terms")}
        for (start, end), heads in zip(pairwise(edges), trees, strict=True):
            rows = slice(start - edges[0], end - edges[0])
            yield Reading(
                start=start,
                end=end,
                upos=tuple(upos for upos, _, _ in forms[rows]),
                xpos=tuple(xpos for _, xpos, _ in forms[rows]),
                feats=tuple(feats for _, _, feats in forms[rows]),
                heads=tuple(heads),
                labels=tuple(
                    "root" if head == 0 else name
                    for head, name in zip(heads, names[rows], strict=True)
                ),
                names=tuple(self._spans("names", spanned["names"][rows], start)),
                terms=tuple(self._spans("terms", spanned["terms"][rows], start)),
                vectors=scores["vectors"][start - base : end - base],
            )

    def _spans(
        self, task: str, scores: NDArray[np.float32], start: int
    ) -> list[tuple[int, int, str]]:
        """The best spans over the words from `start` on, by log-probabilities."""
        path = best_labels(scores, self._moves[task])
        found = spans([self._labels[task][i] for i in path])
        return [(s + start, e + start, kind) for s, e, kind in found]

    def _said(self, at: int, end: int, base: int, scores: Scores) -> list[Quote]:
        """Attributions whose cue lies in [at, end), read over the window from `base` on."""
        rows = log_softmax(scores["cues"][at - base : end - base])
        outside = self._labels["cues"].index("O")
        sure = 1 - np.exp(rows[:, outside])
        rows[:, outside] -= _LENIENT
        cues = self._spans("cues", log_softmax(rows), at)
        if not cues:
            return []
        scored = [(s, e, float(sure[s - at : e - at].mean())) for s, e, _ in cues]
        found = [Quote((s, e), (), (), score) for s, e, score in scored if score < LIKELY]
        likely = [one for one in scored if one[2] >= LIKELY]
        if not likely:
            return found
        marks = np.zeros((len(likely), scores["cues"].shape[0]), dtype=np.int64)
        for number, (start, stop, _) in enumerate(likely):
            marks[number, start - base : stop - base] = 1
        read = self._quotes.run(None, {"vectors": scores["vectors"][None], "cue": marks})[0]
        roles = steady(log_softmax(read), _BORDERS)
        roles[marks == 1] = 0
        found += [
            Quote(
                (s, e),
                _stretches(roles[number], 1, base),
                _stretches(roles[number], 2, base),
                score,
            )
            for number, (s, e, score) in enumerate(likely)
        ]
        return sorted(found, key=lambda quote: quote.cue)


def _heads(arcs: NDArray[np.float32], start: int, end: int) -> list[int]:
    """Heads of the words of one sentence, rows of the window's matrix of arcs."""
    columns = np.concatenate([[0], np.arange(start, end) + 1])
    return tree(log_softmax(arcs[start:end][:, columns]))


def _stretches(row: NDArray[np.int64], role: int, base: int) -> tuple[tuple[int, int], ...]:
    """Runs of words with one role, counted from the document's beginning."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], row == role, [0]])))
    return tuple((int(a) + base, int(b) + base) for a, b in edges.reshape(-1, 2))


def _stopped(words: Sequence[str], at: int) -> bool:
    """Whether a full stop, perhaps with a closing quotation mark, stands before a capital."""
    last = words[at - 1]
    if last in _QUOTES and at > 1:
        last = words[at - 2]
    return last in _STOPS and (words[at][0].isupper() or words[at][0] in _QUOTES)


def session(path: Path) -> onnxruntime.InferenceSession:
    """A network file for one thread on the CPU, ready to run."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Weights lie as int8 on disk; unfolded they would be widened again in every run.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

"""Sentences packed into windows of word pieces, and windows into padded batches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from kg.annotate.pieces import CLS, SEP, Splitter, shape
from training.corpora import CUE_LABELS, OUTSIDE, TERM_LABELS, Sentence, Text
from training.swaps import swapped

MASK = 103
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences that the encoder reads together; `breaks` says where a separator stands before a sentence."""

    sentences: tuple[Sentence, ...]
    breaks: tuple[bool, ...]
    parsed: bool
    ordered: bool


class Packer:
    """Turns texts into windows and windows into arrays."""

    def __init__(self, tokenizer: Tokenizer, vocab: dict[str, list[str]]) -> None:
        self.pieces = Splitter(tokenizer)
        self.index = {task: {label: i for i, label in enumerate(labels)} for task, labels in vocab.items()}

    def length(self, sentence: Sentence) -> int:
        """Pieces of a sentence."""
        return sum(len(self.pieces(word)) for word in sentence.words)

    def windows(self, text: Text, draw: random.Random | None, longest: int = LONGEST) -> Iterator[Window]:
        """Consecutive sentences up to `longest` pieces; with `draw`, from a random offset on."""
        room = longest - 2
        group: list[Sentence] = []
        breaks: list[bool] = []
        used = 0
        limit = draw.randint(20, room) if draw else room
        parsed = bool(text.sentences[0].heads)

        def out() -> Window:
            return Window(tuple(group), tuple(breaks), parsed, text.ordered)

        for sentence in text.sentences:
            size = self.length(sentence) + 1
            if size > 240:
                continue
            if group and used + size > limit:
                yield out()
                group, breaks, used = [], [], 0
                limit = room if draw is None or draw.random() < 0.75 else draw.randint(20, room)
            cut = sentence.opens or not text.ordered
            if draw is not None:
                cut = draw.random() < (0.85 if cut else 0.06)
            group.append(sentence)
            breaks.append(bool(cut and len(group) > 1))
            used += size
        if group:
            yield out()

    def arrays(self, window: Window, draw: random.Random | None = None) -> dict[str, np.ndarray]:
        """Everything a training step needs to know of one window; -100 marks what is not scored."""
        ids, shapes, firsts = [CLS], [0], []
        upos, xpos, feats, sents, names, terms, heads, rels, where = ([] for _ in range(9))
        base = 0
        for number, (sentence, cut) in enumerate(zip(window.sentences, window.breaks, strict=True)):
            if cut:
                ids.append(SEP)
                shapes.append(0)
            terms += term_row(sentence)
            for at, word in enumerate(sentence.words):
                found = self.pieces(word)
                firsts.append(len(ids))
                hide = draw is not None and draw.random() < 0.03
                ids.extend([MASK] * len(found) if hide else found)
                shapes.extend([shape(word)] * len(found))
                sents.append(
                    -100 if cut and at == 0 or not window.parsed or not firsts[:-1] else int(at == 0)
                )
                where.append(number)
                names.append(sentence.names[at])
                if window.parsed:
                    upos.append(self.index["upos"][sentence.upos[at]])
                    xpos.append(self.index["xpos"].get(sentence.xpos[at], -100))
                    feats.append(self.index["feats"].get(sentence.feats[at], -100))
                    heads.append(sentence.heads[at] + base if sentence.heads[at] else 0)
                    rels.append(self.index["labels"].get(sentence.labels[at], -100))
                else:
                    for row in (upos, xpos, feats, heads, rels):
                        row.append(-100)
            base += len(sentence.words)
        cues, attributions = quote_rows(window)
        ids.append(SEP)
        shapes.append(0)
        rows = {"pieces": ids, "shapes": shapes, "firsts": firsts, "upos": upos, "xpos": xpos, "feats": feats}
        rows |= {"sents": sents, "names": names, "terms": terms, "heads": heads, "rels": rels, "where": where}
        rows["cues"] = cues
        arrays = {name: np.array(row, dtype=np.int64) for name, row in rows.items()}
        return arrays | {"quotes": np.array(attributions, dtype=np.int64).reshape(-1, 2, len(firsts))}


def term_row(sentence: Sentence) -> list[int]:
    """Index of each word's label in `TERM_LABELS`, -100 where the corpus is silent."""
    if sentence.terms is None:
        return [-100] * len(sentence.words)
    row = [0] * len(sentence.words)
    for start, end, kind in sentence.terms:
        size = end - start
        parts = "S" if size == 1 else "B" + "I" * (size - 2) + "E"
        row[start:end] = [TERM_LABELS.index(f"{part}-{kind}") for part in parts]
    return row


def quote_rows(window: Window) -> tuple[list[int], list[list[list[int]]]]:
    """Attributions of a window whose cue lies in it.

    Returns:
        Index of each word's label in `CUE_LABELS`, -100 where the corpus is silent; and for each
        attribution two rows over the words: 1 on its cue, and 0 nothing, 1 source, 2 content.
    """
    cues: list[int] = []
    found: dict[str, tuple[list[tuple[int, int]], list[tuple[int, int, int]]]] = {}
    base = 0
    for sentence in window.sentences:
        size = len(sentence.words)
        cues += [-100 if sentence.quotes is None else 0] * size
        for which, role, start, end in sentence.quotes or ():
            start, end = base + start, base + min(end, size)
            cue, parts = found.setdefault(which, ([], []))
            if role == "cue":
                cue.append((start, end))
                labels = "S" if end - start == 1 else "B" + "I" * (end - start - 2) + "E"
                cues[start:end] = [CUE_LABELS.index(label) for label in labels]
            else:
                parts.append((start, end, 1 if role == "source" else 2))
        base += size
    rows = []
    for cue, parts in found.values():
        if not cue:
            continue
        start, end = max(cue, key=lambda c: c[1] - c[0])
        marks, roles = [0] * base, [0] * base
        for left, right, role in sorted(parts, key=lambda p: -p[2]):
            roles[left:right] = [role] * (right - left)
        marks[start:end] = [1] * (end - start)
        rows.append([marks, roles])
    return cues, rows


PADDING = {"pieces": 0, "shapes": 0, "firsts": 0, "where": -1, "names": 0}


def batch(rows: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Rows of several windows padded to one shape, with `mask` over the pieces."""
    out = {}
    width = max(len(row["firsts"]) for row in rows)
    padded = [
        np.pad(row["quotes"], ((0, 0), (0, 0), (0, width - row["quotes"].shape[2])), constant_values=-100)
        for row in rows
    ]
    out["quotes"] = np.concatenate(padded)
    out["quoted"] = np.repeat(np.arange(len(rows)), [len(p) for p in padded])
    for name in [n for n in rows[0] if n != "quotes"]:
        length = max(len(row[name]) for row in rows)
        full = np.full((len(rows), length), PADDING.get(name, -100), dtype=np.int64)
        for at, row in enumerate(rows):
            full[at, : len(row[name])] = row[name]
        out[name] = full
    out["mask"] = (
        np.arange(out["pieces"].shape[1])[None] < np.array([len(r["pieces"]) for r in rows])[:, None]
    )
    return out


_SINGLE = {'"': "'", "“": "‘", "”": "’"}


def varied(window: Window, draw: random.Random, own: dict[int, tuple[str, ...]]) -> Window:
    """A window with names exchanged and, now and then, headline case, capitals, single quotes, no full stop."""
    sentences = list(window.sentences)
    if draw.random() < (0.6 if window.parsed else 0.75):
        sentences = swapped(sentences, draw, 0.7, own)
    if draw.random() < 0.15:
        sentences = [replace(s, words=tuple(_SINGLE.get(w, w) for w in s.words)) for s in sentences]
    for at, sentence in enumerate(sentences):
        roll = draw.random()
        if roll < 0.008:
            sentences[at] = replace(sentence, words=tuple(w.upper() for w in sentence.words))
        elif roll < 0.025:
            words = tuple(
                w[:1].upper() + w[1:] if len(w) > 3 or i == 0 else w for i, w in enumerate(sentence.words)
            )
            sentences[at] = replace(sentence, words=words)
        elif roll < 0.03:
            sentences[at] = replace(sentence, words=tuple(w.lower() for w in sentence.words))
        elif roll < 0.055:
            sentences[at] = _unstopped(sentence)
    return replace(window, sentences=tuple(sentences))


def _unstopped(sentence: Sentence) -> Sentence:
    size = len(sentence.words)
    if size < 4 or sentence.words[-1] not in ".!" or size in sentence.heads or sentence.names[-1] != OUTSIDE:
        return sentence
    if any(end == size for _, end, _ in sentence.terms or ()):
        return sentence
    cut = {
        n: getattr(sentence, n)[:-1] for n in ("words", "names", "upos", "xpos", "feats", "heads", "labels")
    }
    return replace(sentence, **cut)


def epoch(
    texts: list[Text], packer: Packer, seed: int, own: dict[int, tuple[str, ...]], size: int
) -> Iterator[list[dict[str, np.ndarray]]]:
    """Batches of about `size` pieces, shuffled, windows of one length and one kind together."""
    draw = random.Random(seed)
    windows: list[Window] = []
    for text in texts:
        if not text.ordered:
            sentences = list(text.sentences)
            draw.shuffle(sentences)
            text = replace(text, sentences=tuple(sentences))
        windows.extend(varied(w, draw, own) for w in packer.windows(text, draw))
    rows = [(w.parsed, packer.arrays(w, draw)) for w in windows]
    rows.sort(key=lambda r: (r[0], len(r[1]["pieces"]) + draw.random() * 24))
    batches: list[list[dict[str, np.ndarray]]] = [[]]
    kind, used = False, 0
    for parsed, row in rows:
        length = len(row["pieces"])
        if batches[-1] and (used + length > size or parsed != kind):
            batches.append([])
            used = 0
        batches[-1].append(row)
        kind = parsed
        used += length
    draw.shuffle(batches)
    yield from batches

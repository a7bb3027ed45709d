"""Trains `kg_happenings`: `python -m training.happenings`.

Gold is `training/corpus` without the texts that are kept for reporting: the head words of its EV marks with
their classes, and the head words of what their roles name in the same sentence. The word vectors are those of the
shipped encoder and stay as they are. With `--news`, the first network is first trained on what the rules of
`kg.extract` read in news texts (the training parts of MUC-4 and PolNeAR; nothing of their texts is kept).

Five-fold cross-validation over texts gives the figures that are printed and the class probabilities that the
second network learns from; the shipped networks are trained on all folds. The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from spacy.language import Language
from spacy.tokens import Doc, Token
from torch import Tensor, nn

from kg.annotate import happenings as seen
from kg.annotate.pipeline import PARTS
from kg.annotate.tokens import blank
from training.export import FOLDER, narrow
from training.markup import CORPUS, ROLES, Mark, Marked, held, texts

log = logging.getLogger("training")
FOLDS = 5
COMMON = 4
"""A clue must be seen so often to have a column."""


@dataclass(slots=True)
class Pair:
    """A candidate participant of a marked happening."""

    event: int
    other: int
    clues: list[str]
    roles: np.ndarray
    counts: np.ndarray


@dataclass(slots=True)
class Example:
    """One text as arrays: rows of words that can tell of a happening, pairs by row."""

    name: str
    vectors: np.ndarray
    listed: np.ndarray
    kinds: np.ndarray
    all_vectors: np.ndarray
    pairs: list[Pair] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)


class Events(nn.Module):
    """Word vectors and what the lexicon has of a word; scores of no happening and of each class."""

    def __init__(self, width: int, kinds: int, inner: int = 256) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.first = nn.Linear(width, inner)
        self.listed = nn.Linear(3 + kinds, inner, bias=False)
        self.second = nn.Linear(inner, inner)
        self.last = nn.Linear(inner, 1 + kinds)
        self.direct = nn.Linear(3 + kinds, 1 + kinds, bias=False)
        self.drop = nn.Dropout(0.4)
        with torch.no_grad():
            self.direct.weight.zero_()
            self.direct.weight[1:, 3:] += 2 * torch.eye(kinds)

    def forward(self, vectors: Tensor, listed: Tensor) -> Tensor:
        """(words, width) and (words, 3 + kinds) in, (words, 1 + kinds) scores out."""
        x = F.gelu(self.first(self.drop(self.norm(vectors))) + self.listed(listed))
        x = self.drop(x)
        x = x + F.gelu(self.second(x))
        return self.last(self.drop(x)) + self.direct(listed)


class Roles(nn.Module):
    """Two word vectors, class probabilities and clues of pairs; a score for each role."""

    def __init__(self, width: int, kinds: int, clues: int, inner: int = 192) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.event = nn.Linear(width, inner)
        self.other = nn.Linear(width, inner)
        self.kinds = nn.Linear(1 + kinds, inner, bias=False)
        self.clues = nn.Linear(clues, inner, bias=False)
        self.second = nn.Linear(inner, inner)
        self.last = nn.Linear(inner, len(seen.ROLES))
        self.drop = nn.Dropout(0.3)
        nn.init.constant_(self.last.bias, -3.0)

    def forward(self, event: Tensor, other: Tensor, kinds: Tensor, clues: Tensor) -> Tensor:
        """(pairs, width) twice, (pairs, 1 + kinds), (pairs, clues) in, (pairs, roles) out."""
        x = self.event(self.drop(self.norm(event))) + self.other(self.drop(self.norm(other)))
        x = self.drop(F.gelu(x + self.kinds(kinds) + self.clues(self.drop(clues))))
        x = x + F.gelu(self.second(x))
        return self.last(self.drop(x))


def pipeline() -> Language:
    """The shipped pipeline up to the happenings."""
    nlp = blank()
    for name in PARTS:
        nlp.add_pipe(name)
    return nlp


def head(doc: Doc, start: int, end: int) -> Token | None:
    """The word of a stretch of characters that the others hang on."""
    inside = [t for t in doc if t.idx < end and start < t.idx + len(t) and not t.is_space]
    at = {t.i for t in inside}
    return next((t for t in inside if t.head.i not in at or t.head.i == t.i), None)


def marked(one: Marked, doc: Doc, kinds: Sequence[str]) -> Example:
    """The arrays of a marked text."""
    tokens = seen.words(doc)
    row_of = {t.i: n for n, t in enumerate(tokens)}
    labels = np.zeros(len(tokens), dtype=np.int64)
    things: dict[str, list[Mark]] = {}
    for mark in one.marks:
        if mark.thing and mark.kind not in ("EV", "SRC", "CUE", "CON"):
            things.setdefault(mark.thing, []).append(mark)
    vectors = doc.tensor[[t.i for t in tokens]]
    found = Example(one.name, vectors, seen.listed(tokens, kinds), labels, doc.tensor)
    sort_of = seen.sorts(doc)
    for mark in one.marks:
        event = head(doc, mark.start, mark.end) if mark.kind == "EV" else None
        if event is None or event.i not in row_of:
            continue
        labels[row_of[event.i]] = 1 + kinds.index(mark.cls)
        if not any(mark.get(role) for role in ROLES):
            continue
        near: dict[int, set[str]] = {}
        doubtful: dict[int, set[str]] = {}
        for role in ROLES:
            for thing in filter(None, mark.get(role).split(",")):
                heads = [head(doc, m.start, m.end) for m in things.get(thing, ())]
                local = [t for t in heads if t is not None and t.sent.start == event.sent.start]
                local.sort(key=lambda t: abs(t.i - event.i))
                for number, token in enumerate(local):
                    (doubtful if number else near).setdefault(token.i, set()).add(role)
        others = seen.candidates(event)
        for at, roles in near.items():
            if at not in {t.i for t in others}:
                found.lost.update(roles)
        for token in others:
            roles_row = np.array([r in near.get(token.i, ()) for r in seen.ROLES], dtype=np.float32)
            counts = np.array([r not in doubtful.get(token.i, ()) for r in seen.ROLES], dtype=np.float32)
            clue = seen.clues(event, token, sort_of.get(token.i, ""))
            found.pairs.append(Pair(row_of[event.i], token.i, clue, roles_row, np.maximum(counts, roles_row)))
    return found


def fit_events(net: Events, examples: Sequence[Example], *, epochs: int, rate: float = 2e-3, batch: int = 512) -> None:
    """Trains the first network in place."""
    vectors = torch.from_numpy(np.concatenate([e.vectors for e in examples]))
    listed = torch.from_numpy(np.concatenate([e.listed for e in examples]))
    labels = torch.from_numpy(np.concatenate([e.kinds for e in examples]))
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    steps = epochs * (len(labels) // batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(labels)).split(batch):
            # Words must be known without the lexicon as well.
            known = listed[rows].clone()
            known[:, 2:] *= (torch.rand(len(rows), 1) > 0.3).float()
            loss = F.cross_entropy(net(vectors[rows], known), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    net.eval()


@torch.no_grad()
def probabilities(net: Events, example: Example) -> np.ndarray:
    """(words, 1 + kinds) of one text."""
    scores = net(torch.from_numpy(example.vectors), torch.from_numpy(example.listed))
    return F.softmax(scores, -1).numpy()


def pair_arrays(examples: Sequence[Example], rows: Sequence[np.ndarray], columns: dict[str, int]) -> tuple[Tensor, ...]:
    """Inputs, labels and weights of all pairs; `rows` holds the class probabilities of each text's words."""
    event, other, kinds, clues, roles, counts = [], [], [], [], [], []
    for example, shares in zip(examples, rows, strict=True):
        for pair in example.pairs:
            event.append(example.vectors[pair.event])
            other.append(example.all_vectors[pair.other])
            kinds.append(shares[pair.event])
            line = np.zeros(len(columns), dtype=np.float32)
            line[[columns[c] for c in pair.clues if c in columns]] = 1
            clues.append(line)
            roles.append(pair.roles)
            counts.append(pair.counts)
    return tuple(torch.from_numpy(np.stack(part)) for part in (event, other, kinds, clues, roles, counts))


def fit_roles(net: Roles, arrays: tuple[Tensor, ...], *, epochs: int, rate: float = 1.5e-3, batch: int = 512) -> None:
    """Trains the second network in place."""
    *inputs, roles, counts = arrays
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    steps = epochs * (len(roles) // batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(roles)).split(batch):
            scores = net(*(part[rows] for part in inputs))
            loss = F.binary_cross_entropy_with_logits(scores, roles[rows], weight=counts[rows], reduction="sum")
            optimizer.zero_grad()
            (loss / len(rows)).backward()
            optimizer.step()
            schedule.step()
    net.eval()


def clue_columns(examples: Sequence[Example]) -> dict[str, int]:
    """Columns of the clues that are common enough, by name."""
    counts = Counter(clue for e in examples for pair in e.pairs for clue in pair.clues)
    return {clue: at for at, clue in enumerate(sorted(c for c, n in counts.items() if n >= COMMON))}


def event_lines(examples: Sequence[Example], rows: Sequence[np.ndarray]) -> Iterator[str]:
    """Precision, recall and accuracy of class at several thresholds."""
    sure = np.concatenate([1 - r[:, 0] for r in rows])
    guess = np.concatenate([r[:, 1:].argmax(1) + 1 for r in rows])
    gold = np.concatenate([e.kinds for e in examples])
    for least in (0.3, 0.5, 0.7, 0.8, 0.9):
        found = sure >= least
        right = found & (gold > 0)
        precision, recall = right.sum() / max(found.sum(), 1), right.sum() / max((gold > 0).sum(), 1)
        kind = (guess == gold)[right].mean() if right.any() else 0.0
        yield (
            f"events at {least}: P {100 * precision:.1f} R {100 * recall:.1f} "
            f"F {200 * precision * recall / max(precision + recall, 1e-9):.1f} class {100 * kind:.1f}"
        )


def role_lines(scores: np.ndarray, gold: np.ndarray, counts: np.ndarray, lost: Counter[str]) -> Iterator[str]:
    """Precision and recall of roles of marked happenings at several thresholds."""
    for least in (0.3, 0.5, 0.7, 0.85):
        found = (scores >= least) & (counts > 0)
        right = found & (gold > 0)
        total = gold.sum() + sum(lost.values())
        parts = " ".join(
            f"{r} {int(right[:, i].sum())}/{int(found[:, i].sum())}/{int(gold[:, i].sum() + lost[r])}"
            for i, r in enumerate(seen.ROLES)
        )
        yield f"roles at {least}: P {100 * right.sum() / max(found.sum(), 1):.1f} R {100 * right.sum() / total:.1f}; {parts}"


def validated_roles(
    examples: Sequence[Example], rows: Sequence[np.ndarray], fold: np.ndarray, columns: dict[str, int], kinds: int
) -> list[str]:
    """Precision and recall of roles, each text by a network that has not seen it."""
    scores, gold, counts = [], [], []
    for number in range(FOLDS):
        inside = [i for i in range(len(examples)) if fold[i] != number]
        outside = [i for i in range(len(examples)) if fold[i] == number]
        net = Roles(examples[0].vectors.shape[1], kinds, len(columns))
        fit_roles(net, pair_arrays([examples[i] for i in inside], [rows[i] for i in inside], columns), epochs=24)
        *inputs, roles, weights = pair_arrays([examples[i] for i in outside], [rows[i] for i in outside], columns)
        with torch.no_grad():
            scores.append(torch.sigmoid(net(*inputs)).numpy())
        gold.append(roles.numpy())
        counts.append(weights.numpy())
    lost: Counter[str] = sum((e.lost for e in examples), Counter())
    return list(role_lines(np.concatenate(scores), np.concatenate(gold), np.concatenate(counts), lost))


def export(events: Events, roles: Roles, kinds: Sequence[str], clues: Sequence[str], folder: Path) -> None:
    """Writes `happenings.onnx`, `roles.onnx` and `happenings.json`."""
    width = events.norm.normalized_shape[0]
    torch.onnx.export(
        events,
        (torch.randn(3, width), torch.zeros(3, 3 + len(kinds))),
        str(folder / "happenings.onnx"),
        input_names=["vectors", "listed"],
        output_names=["kinds"],
        dynamic_axes={"vectors": {0: "words"}, "listed": {0: "words"}, "kinds": {0: "words"}},
        opset_version=17,
        dynamo=False,
    )
    names = ["event", "other", "kinds", "clues"]
    torch.onnx.export(
        roles,
        (torch.randn(3, width), torch.randn(3, width), torch.zeros(3, 1 + len(kinds)), torch.zeros(3, len(clues))),
        str(folder / "roles.onnx"),
        input_names=names,
        output_names=["roles"],
        dynamic_axes={name: {0: "pairs"} for name in (*names, "roles")},
        opset_version=17,
        dynamo=False,
    )
    for name in ("happenings.onnx", "roles.onnx"):
        narrow(folder / name)
    table = {"kinds": list(kinds), "clues": list(clues)}
    (folder / "happenings.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Cross-validate, train on all, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--figures", type=Path, help="a file for the figures, of roles too (takes half as long again)")
    parser.add_argument("--probabilities", type=Path, help="a file for the cross-validated probabilities")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.manual_seed(1)
    torch.set_num_threads(1)
    nlp = pipeline()
    all_texts = [one for one in texts(CORPUS) if not held(one.name)]
    kinds = sorted({m.cls for one in all_texts for m in one.marks if m.kind == "EV"})
    examples = [marked(one, nlp(one.text), kinds) for one in all_texts]
    log.info("%d texts, %d happenings, %d pairs", len(examples), sum((e.kinds > 0).sum() for e in examples),
             sum(len(e.pairs) for e in examples))  # fmt: skip
    width = examples[0].vectors.shape[1]
    def fresh(part: Sequence[Example]) -> Events:
        net = Events(width, len(kinds))
        fit_events(net, part, epochs=options.epochs)
        return net

    fold = np.random.default_rng(7).permutation(len(examples)) % FOLDS
    rows: list[np.ndarray] = [np.zeros(0)] * len(examples)
    for number in range(FOLDS):
        net = fresh([e for e, f in zip(examples, fold, strict=True) if f != number])
        for at in np.flatnonzero(fold == number):
            rows[at] = probabilities(net, examples[at])
    lines = list(event_lines(examples, rows))
    columns = clue_columns(examples)
    if options.figures:
        lines += validated_roles(examples, rows, fold, columns, len(kinds))
        options.figures.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for line in lines:
        log.info("%s", line)
    if options.probabilities:
        np.savez_compressed(options.probabilities, **{e.name: r for e, r in zip(examples, rows, strict=True)})
    torch.manual_seed(2)
    net = fresh(examples)
    last = Roles(width, len(kinds), len(columns))
    fit_roles(last, pair_arrays(examples, rows, columns), epochs=24)
    export(net, last, kinds, list(columns), options.folder)


if __name__ == "__main__":
    main()

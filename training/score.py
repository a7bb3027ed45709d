"""Measures the shipped pipeline: `python -m training.score --data DATA`; writes `training/scores.json`.

| set | what | how |
|---|---|---|
| EWT, GUM dev | UAS, LAS, tags | gold tokens and sentences, punctuation counted |
| GUM news dev | sentence F1 | raw text, both ends right |
| UNER-EWT dev | PER LOC ORG strict F1 | gold tokens |
| worldwide newswire | PER LOC ORG NORP strict F1 | gold tokens; Facility counts as LOC |
| re3d | PER ORG LOC NORP relaxed F1 | raw text, any overlap of the same type |
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import encode, load
from kg.annotate.encoder import Encoder
from training.corpora import Text, bio_spans, columns, dev_texts

HERE = Path(__file__).resolve().parent
WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC", "NORP": "NORP"}
RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}
Span = tuple[int, int, str]


def f1(right: int, guessed: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent.

    >>> f1(1, 2, 4)
    {'p': 50.0, 'r': 25.0, 'f': 33.3, 'n': 4}
    """
    p, r = right / max(guessed, 1), right / max(gold, 1)
    found = 2 * p * r / (p + r) if p + r else 0.0
    return {"p": round(100 * p, 1), "r": round(100 * r, 1), "f": round(100 * found, 1), "n": gold}


def table(
    pairs: Iterable[tuple[set[Span], set[Span]]], kinds: Sequence[str], relaxed: bool = False
) -> dict[str, object]:
    """F1 by type and over all types of (gold, guessed) span sets."""
    right: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    guessed: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for want, have in pairs:
        for kind in kinds:
            a, b = {s for s in want if s[2] == kind}, {s for s in have if s[2] == kind}
            gold[kind] += len(a)
            guessed[kind] += len(b)
            if relaxed:
                right[kind] += sum(any(x[0] < y[1] and y[0] < x[1] for x in a) for y in b)
                hit[kind] += sum(any(x[0] < y[1] and y[0] < x[1] for y in b) for x in a)
            else:
                right[kind] += len(a & b)
                hit[kind] = right[kind]
    out: dict[str, object] = {}
    for kind in (*kinds, "all"):
        group = kinds if kind == "all" else (kind,)
        g, n = sum(guessed[k] for k in group), sum(gold[k] for k in group)
        p, r = sum(right[k] for k in group) / max(g, 1), sum(hit[k] for k in group) / max(n, 1)
        f = 2 * p * r / (p + r) if p + r else 0.0
        out[kind] = {"p": round(100 * p, 1), "r": round(100 * r, 1), "f": round(100 * f, 1), "n": n}
    return out


def trees(encoder: Encoder, texts: Sequence[Text]) -> dict[str, float]:
    """Attachment and tag accuracy on gold tokens and sentences, in per cent of words."""
    hits: Counter[str] = Counter()
    words = 0
    for text in texts:
        tokens = [word for s in text.sentences for word in s.words]
        starts, opens, at = set(), [], 0
        for sentence in text.sentences:
            starts.add(at)
            if sentence.opens:
                opens.append(at)
            at += len(sentence.words)
        readings = encoder.read(tokens, opens, frozenset(starts))
        for reading, gold in zip(readings, text.sentences, strict=True):
            for i in range(len(gold.words)):
                words += 1
                head = reading.heads[i] == gold.heads[i]
                hits["uas"] += head
                hits["las"] += head and reading.labels[i] == gold.labels[i]
                hits["las_universal"] += (
                    head and reading.labels[i].partition(":")[0] == gold.labels[i].partition(":")[0]
                )
                hits["upos"] += reading.upos[i] == gold.upos[i]
                hits["xpos"] += reading.xpos[i] == gold.xpos[i]
                hits["feats"] += reading.feats[i] == gold.feats[i]
    return {name: round(100 * n / words, 2) for name, n in sorted(hits.items())} | {"words": words}


def sentences(nlp: Language, texts: Sequence[Text], paragraphs: bool) -> dict[str, float]:
    """Sentence F1 on raw text: a sentence counts if both its ends are right."""
    right = guessed = gold = 0
    for text in texts:
        raw, want = "", set()
        for s in text.sentences:
            raw += ("\n" if s.opens and paragraphs else " ") if raw else ""
            want.add((len(raw), len(raw) + len(s.text)))
            raw += s.text
        have = set()
        for sent in nlp(raw).sents:
            solid = [t for t in sent if not t.is_space]
            if solid:
                have.add((solid[0].idx, solid[-1].idx + len(solid[-1])))
        right += len(want & have)
        guessed += len(have)
        gold += len(want)
    return f1(right, guessed, gold)


def piped(nlp: Language, words: Sequence[str]) -> Doc:
    """A Doc of given words run through all components; "\\n" stands for a paragraph break."""
    doc = Doc(nlp.vocab, words=list(words))
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def uner(nlp: Language, texts: Sequence[Text]) -> dict[str, object]:
    """Strict F1 on UNER-EWT dev."""
    pairs = []
    for text in texts:
        words, want = [], set()
        for s in text.sentences:
            if s.opens and words:
                words.append("\n")
            want |= {(a + len(words), b + len(words), k) for a, b, k in s.spans}
            words += s.words
        doc = piped(nlp, words)
        pairs.append((want, {(e.start, e.end, e.label_) for e in doc.ents}))
    return table(pairs, ("PER", "LOC", "ORG"))


def worldwide(nlp: Language, folder: Path) -> tuple[dict[str, object], list[str]]:
    """Strict F1 on the newswire set, and its commonest errors for a look (never to be committed)."""
    pairs, errors = [], []
    for path in sorted(folder.glob("*.tsv")):
        words, want = [], set()
        for _, rows in columns(path):
            if words:
                words.append("\n")
            tags = [row[1] if len(row) > 1 else "O" for row in rows]
            tags = [t.replace("S-", "B-", 1).replace("E-", "I-", 1) for t in tags]
            want |= {(a + len(words), b + len(words), WORLDWIDE.get(k, k)) for a, b, k in bio_spans(tags)}
            words += [row[0] for row in rows]
        doc = piped(nlp, words)
        have = {(e.start, e.end, e.label_) for e in doc.ents}
        ours = {s for s in want if s[2] in WORLDWIDE.values()}
        pairs.append((ours, have))
        for s in sorted(ours ^ {h for h in have if h[2] in WORLDWIDE.values()}):
            side = "missed" if s in ours else "wrong"
            errors.append(
                f"{side} {s[2]} {doc[max(0, s[0] - 4) : s[0]].text} [[{doc[s[0] : s[1]].text}]] {doc[s[1] : s[1] + 3].text}"
            )
    return table(pairs, ("PER", "LOC", "ORG", "NORP")), errors


def re3d(nlp: Language, folder: Path) -> dict[str, object]:
    """Relaxed F1 on re3d: overlap and the same type."""
    pairs = []
    for documents in sorted(folder.glob("*/documents.json")):
        rows = [
            json.loads(line) for line in documents.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        entities = [
            json.loads(line)
            for line in (documents.parent / "entities.json").read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
        for row in rows:
            want = {
                (e["begin"], e["end"], RE3D[e["type"]])
                for e in entities
                if e["documentId"] == row["_id"] and e["type"] in RE3D
            }
            doc = nlp(row["text"])
            pairs.append((want, {(e.start_char, e.end_char, e.label_) for e in doc.ents}))
    return table(pairs, ("PER", "ORG", "LOC", "NORP"), relaxed=True)


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
    nlp = load()
    scores: dict[str, Any] = {}
    encoder = Encoder(encode.MODEL)
    ewt, gum = dev_texts(options.data, "ewt"), dev_texts(options.data, "gum")
    scores["ewt_dev"], scores["gum_dev"] = trees(encoder, ewt), trees(encoder, gum)
    news = [t for t in gum if t.sentences[0].key.startswith("GUM_news")]
    scores["gum_news_sentences"] = sentences(nlp, news, True)
    scores["gum_news_sentences_no_paragraphs"] = sentences(nlp, news, False)
    scores["gum_all_sentences"] = sentences(nlp, gum, True)
    scores["uner_ewt_dev"] = uner(nlp, ewt)
    scores["worldwide_newswire"], errors = worldwide(nlp, options.data / "dev/worldwide_newswire")
    scores["re3d_relaxed"] = re3d(nlp, options.data / "dev/re3d")
    options.out.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    if options.errors:
        options.errors.write_text("\n".join(errors), encoding="utf-8")
    if options.out == HERE / "scores.json":
        page = (HERE / "README.md").read_text(encoding="utf-8")
        before, after = page.split("<!-- scores -->")[0], page.split("<!-- /scores -->")[1]
        text = f"{before}<!-- scores -->\n{card(scores)}\n<!-- /scores -->{after}"
        (HERE / "README.md").write_text(text, encoding="utf-8")
    print(card(scores))


if __name__ == "__main__":
    main()

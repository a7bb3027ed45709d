"""News read by the shipped pipeline, to learn from again: `python -m training.silver --data DATA --out FILE`.

A student with noise (dropout, exchanged names, hidden words) learns from its teacher's reading of newspaper texts
(PolNeAR train), and from their gold attributions. The teacher's names have gone through `kg_names`, which sees whole
documents and the lexicons; the student learns from that what windows alone do not show. The texts stay outside the
repository.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import asdict
from pathlib import Path

from kg.annotate import encode, load
from training.corpora import Sentence, Text, brat_quotes, read_sentences

LONGEST = 110


def silver_texts(path: Path) -> list[Text]:
    """The texts of a file that this module wrote."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        rows = json.loads(line)
        group = tuple(
            Sentence(**{k: tuple(map(_frozen, v)) if isinstance(v, list) else v for k, v in row.items()})
            for row in rows
        )
        if group:
            found.append(Text("silver", group))
    return found


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def main() -> None:
    """Read every text once and write one line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/polnear")
    parser.add_argument("--model", type=Path, help="folder of the teacher; the shipped one without it")
    parser.add_argument("--out", type=Path, required=True, help="file outside the repository")
    options = parser.parse_args()
    if options.model:
        encode.MODEL = options.model
    nlp = load()
    folder = options.data / "train/polnear/train"
    gold: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        gold.setdefault(re.sub(r"_[0-9a-f]{4}$", "", path.stem), path)
    with options.out.open("w", encoding="utf-8") as lines:
        for stem, path in gold.items():
            with (folder / f"text/{stem}.txt").open(encoding="utf-8", newline="") as text:
                doc = nlp(text.read())
            quotes = brat_quotes(path.read_text(encoding="utf-8"))
            rows = [s for s in read_sentences(doc, quotes=quotes) if 1 < len(s.words) <= LONGEST]
            lines.write(json.dumps([asdict(s) for s in rows], ensure_ascii=False) + "\n")
    print(f"{len(gold)} texts")


if __name__ == "__main__":
    main()

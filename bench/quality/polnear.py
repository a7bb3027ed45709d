"""Scores of `kg.extract.attributions` on PolNeAR: `python -m bench.quality.polnear FOLDER`.

FOLDER holds `text/*.txt` and `attributions/*.ann` (brat). Gold and found attributions are
paired one to one, greedily by shared characters of cue and content; a pair that shares none
in the cue does not count. PolNeAR does not annotate what people say within direct speech, so
attributions made there are left out.

| score           | a pair is right when                                               |
|-----------------|--------------------------------------------------------------------|
| cue exact       | the cues are the same characters                                   |
| cue overlap     | the cues share a character                                         |
| source exact    | the sources are the same characters, or both are absent            |
| source overlap  | the sources share a character, or both are absent                  |
| content exact   | the contents are the same characters, borders of punctuation aside |
| content overlap | the contents share a character                                     |
| whole exact     | cue, source and content are exact                                  |
| whole overlap   | cue, source and content overlap                                    |
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language

from kg.extract.attributions import attributions
from kg.records import Span

ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")
LABELS = ("cue exact", "cue overlap", "source exact", "source overlap", "content exact",
          "content overlap", "whole exact", "whole overlap")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Characters of one attribution, gold or found."""

    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]


def main() -> None:
    """Print precision, recall and F1 of every score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", help="folder or name of a spaCy pipeline; default: ours")
    parser.add_argument("--limit", type=int, default=0, help="read only so many texts")
    options = parser.parse_args()
    nlp = pipeline(options.model)
    hits = dict.fromkeys(LABELS, 0)
    gold_count = found_count = 0
    for number, (text, gold) in enumerate(texts(options.folder)):
        if options.limit and number >= options.limit:
            break
        doc = nlp(text)
        found = [
            item(text, offsets(a.cue), offsets(a.source), offsets(*a.content))
            for a in attributions(doc)
            if not a.quoted
        ]
        gold_count += len(gold)
        found_count += len(found)
        for one, other in pairs(gold, found):
            for label, right in zip(LABELS, judged(one, other), strict=True):
                hits[label] += right
    print(f"{gold_count} gold, {found_count} found")
    for label in LABELS:
        precision, recall = hits[label] / max(found_count, 1), hits[label] / max(gold_count, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{label:16} P {precision:6.1%}  R {recall:6.1%}  F1 {f1:6.1%}")


def pipeline(model: str | None) -> Language:
    """The pipeline by name, ours where none is named."""
    if model:
        return spacy.load(model)
    from kg import annotate

    return annotate.load()


def texts(folder: Path) -> Iterator[tuple[str, list[Item]]]:
    """Each text once, with the attributions of its first annotator."""
    seen: set[str] = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        stem = ANNOTATOR.sub("", path.stem)
        if stem in seen:
            continue
        seen.add(stem)
        with (folder / "text" / f"{stem}.txt").open(encoding="utf-8", newline="") as lines:
            text = lines.read()
        yield text, list(annotated(path.read_text(encoding="utf-8"), text))


def annotated(brat: str, text: str) -> Iterator[Item]:
    """Attributions of one brat file; those without cue or content are left out."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[list[tuple[str, str]]] = []
    for line in brat.splitlines():
        cells = line.split("\t")
        if cells[0].startswith("T") and len(cells) > 2:
            offsets = cells[1].split(" ", 1)[1]
            spans[cells[0]] = [
                (int(a), int(b)) for a, b in (part.split() for part in offsets.split(";"))
            ]
        elif cells[0].startswith("E") and len(cells) > 1:
            roles = [role.split(":") for role in cells[1].split()]
            events.append([(re.sub(r"\d+$", "", name), key) for name, key in roles])
    for roles_ in events:
        parts: dict[str, list[tuple[int, int]]] = {"Cue": [], "Source": [], "Content": []}
        for name, key in roles_:
            if name in parts:
                parts[name] += spans.get(key, [])
        if parts["Cue"] and parts["Content"]:
            yield item(text, parts["Cue"], parts["Source"], parts["Content"])


def item(
    text: str,
    cue: list[tuple[int, int]],
    source: list[tuple[int, int]],
    content: list[tuple[int, int]],
) -> Item:
    """Characters without white space and punctuation, so that borders do not decide."""
    return Item(*(
        frozenset(
            i for start, end in spans for i in range(start, end)
            if text[i].isalnum() or spans is cue
        )
        for spans in (cue, source, content)
    ))  # fmt: skip


def offsets(*spans: Span | None) -> list[tuple[int, int]]:
    """Spans as pairs; a missing one gives none."""
    return [(span.start, span.end) for span in spans if span is not None]


def pairs(gold: list[Item], found: list[Item]) -> Iterator[tuple[Item, Item]]:
    """One-to-one pairs that share characters in the cue, best first."""
    scored = sorted(
        (
            (-len(g.cue & f.cue) * 1000 - len(g.content & f.content), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g.cue & f.cue
        )
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, i, j in scored:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            yield gold[i], found[j]


def judged(gold: Item, found: Item) -> tuple[bool, ...]:
    """The eight judgements of a pair, in the order of LABELS."""
    exact = (gold.cue == found.cue, gold.source == found.source, gold.content == found.content)
    absent = not gold.source and not found.source
    shared = (True, absent or bool(gold.source & found.source), bool(gold.content & found.content))
    return (exact[0], shared[0], exact[1], shared[1], exact[2], shared[2], all(exact), all(shared))


if __name__ == "__main__":
    main()

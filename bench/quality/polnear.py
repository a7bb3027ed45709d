"""Attributions on PolNeAR: who says what, by `kg.extract.attributions`, F1 on the dev part.

The folder holds `text/*.txt` and `attributions/*.ann` (brat). Gold and found attributions are
paired one to one, greedily by shared characters of cue and content; a pair that shares none
in the cue does not count. PolNeAR does not annotate what people say within direct speech, so
attributions made there are left out. Of texts with several annotators the first one counts.

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

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.quality.reading import language
from bench.quality.records import Error, Figure, Measured, absent
from kg.extract.attributions import attributions
from kg.records import Span

NAME = "polnear"
TITLE = "attributions (source, cue, content), F1, raw text: PolNeAR dev"
FOLDER = "dev/polnear/dev"
HEADLINES = ("whole overlap", "whole exact", "cue exact")
GOALS = {"whole overlap": 83.0, "whole exact": 57.0, "cue exact": 85.0}
PEERS = {
    "whole exact": "Citron 56.7, on PARC3",
    "whole overlap": "Citron 83.2, on PARC3; two people agree on 92.3",
    "cue exact": "Citron 82.3, on PARC3",
    "source exact": "Citron 82.0, on PARC3",
    "source overlap": "Citron 85.3, on PARC3",
    "content exact": "Citron 59.3, on PARC3",
    "content overlap": "Citron 83.3, on PARC3",
}
ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")
LABELS = ("cue exact", "cue overlap", "source exact", "source overlap", "content exact",
          "content overlap", "whole exact", "whole overlap")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Characters of one attribution, gold or found."""

    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FOLDER)


def measure(data: Path) -> Measured:
    """F1 of every score."""
    hits = dict.fromkeys(LABELS, 0)
    gold_count = found_count = 0
    wrong: list[Error] = []
    for text, gold in texts(data / FOLDER):
        found = [
            item(text, offsets(a.cue), offsets(a.source), offsets(*a.content))
            for a in attributions(language()(text))
            if not a.quoted
        ]
        gold_count += len(gold)
        found_count += len(found)
        paired = list(pairs(gold, found))
        for one, other in paired:
            for label, right in zip(LABELS, judged(one, other), strict=True):
                hits[label] += right
        wrong += errors(text, gold, found, paired)
    figures = (Figure(label, hits[label], gold_count, found_count) for label in LABELS)
    return Measured(tuple(figures), tuple(wrong))


def errors(
    text: str, gold: list[Item], found: list[Item], paired: list[tuple[Item, Item]]
) -> Iterator[Error]:
    """Attributions that the other side lacks, told by their cue, and parts that differ."""
    sides = (("missed", gold, [g for g, _ in paired]), ("spurious", found, [f for _, f in paired]))
    for what, ours, known in sides:
        for one in ours:
            if one not in known:
                yield Error(f"{what} cue", words(text, one.cue), around(text, one))
    for one, other in paired:
        for part in ("source", "content"):
            want, have = getattr(one, part), getattr(other, part)
            if want & have or not want and not have:
                continue
            kind = f"{part} missed" if not have else f"{part} elsewhere" if want else f"no {part}"
            yield Error(kind, words(text, one.cue), around(text, one))


def words(text: str, characters: frozenset[int]) -> str:
    """The words from the first to the last of the characters."""
    if not characters:
        return ""
    return " ".join(text[min(characters) : max(characters) + 1].lower().split())


def around(text: str, one: Item) -> str:
    """The cue of an attribution in its sentence."""
    start, end = min(one.cue), max(one.cue) + 1
    left, right = text[max(0, start - 60) : start], text[end : end + 60]
    return " ".join(f"{left}[[{text[start:end]}]]{right}".split())


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

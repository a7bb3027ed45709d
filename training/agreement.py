"""How far two annotators of our own corpus agree: `python -m training.agreement FOLDER`.

FOLDER holds second annotations, independent of the first, under the paths of the texts that they annotate
(`c_africa/07-….txt`). Printed is the F1 of one annotator against the other by layer.
"""

from __future__ import annotations

import argparse
from collections.abc import Hashable, Iterable
from pathlib import Path

from training.corpora import own_spans
from training.markup import CORPUS, Marked, read

Layer = dict[str, set[Hashable]]


def layers(one: Marked) -> Layer:
    """What is compared: sets of spans with what is said of them."""
    names, terms = own_spans(one)
    events = [m for m in one.marks if m.kind == "EV"]
    return {
        "names, span and type": set(names),
        "terms, span and type": set(terms),
        "figures, span": {(m.start, m.end) for m in one.marks if m.kind == "FIG"},
        "events, span": {(m.start, m.end) for m in events},
        "events, span and class": {(m.start, m.end, m.cls) for m in events},
        "events, span and actuality": {(m.start, m.end, m.get("act")) for m in events},
        "cues, span": {(m.start, m.end) for m in one.marks if m.kind == "CUE"},
        "sources, span": {(m.start, m.end) for m in one.marks if m.kind == "SRC"},
        "contents, words": {
            at
            for m in one.marks
            if m.kind == "CON"
            for at in range(m.start, m.end)
            if one.text[at].isalnum()
        },
        "coreference, pairs of neighbours": set(_chains(one)),
    }


def _chains(one: Marked) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    last: dict[str, tuple[int, int]] = {}
    for m in one.marks:
        if m.thing and m.kind not in {"EV", "FIG", "DATE", "DUR"}:
            here = (m.start, m.end)
            if m.thing in last and last[m.thing] != here:
                yield last[m.thing], here
            last[m.thing] = here


def f1(one: set[Hashable], other: set[Hashable]) -> float:
    """Agreement of two sets in per cent.

    >>> f1({1, 2}, {2, 3})
    50.0
    """
    return round(200 * len(one & other) / max(len(one) + len(other), 1), 1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    first: Layer = {}
    second: Layer = {}
    words = count = 0
    for path in sorted(options.folder.glob("*/*.txt")):
        again = read(path)
        before = read(CORPUS / path.relative_to(options.folder))
        if again.text != before.text:
            raise SystemExit(f"{path}: its plain text is not that of the first annotation")
        words += len(again.text.split())
        count += 1
        for mine, one in ((first, before), (second, again)):
            for name, found in layers(one).items():
                mine.setdefault(name, set()).update((path.name, f) for f in found)
    print(f"{count} texts, {words:,} words")
    for name in first:
        print(f"{name:36}{f1(first[name], second[name]):6.1f}")


if __name__ == "__main__":
    main()

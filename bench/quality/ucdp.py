"""Death counts of headlines against UCDP: `python -m bench.quality.ucdp [FILE] [--errors]`.

Events of the UCDP Georeferenced Event Dataset that have one headline (Sundberg and Melander
2013). A headline "states" a count where a number stands near a word for death; the gold is the
coded best estimate of the event. A headline often sums over days and places that the coders
took apart, so the second line counts only headlines in which the coded number occurs at all.
`exact`: the sum of our figures is the best estimate; `contains`: their interval contains it.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kg.annotate import load
from kg.extract.equipment import lots
from kg.extract.events import events
from kg.extract.figures import figures
from kg.records import Frame, Term

DEFAULT = Path(__file__).parents[3] / "shared" / "data" / "dev" / "ucdp"
WORDS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve".split(),
        range(1, 13),
        strict=True,
    )
)
NUMBER = rf"(?:\d+|{'|'.join(WORDS)}|dozens?|scores|hundreds)"
DEATH = r"(?:kill\w*|dead|dies?|died|deaths?|lives)"
STATED = re.compile(
    rf"\b{NUMBER}\b(?:[^,;.]{{0,40}})\b{DEATH}\b|\b(?:kill\w*|claim\w*|leav\w+)\b[^,;.]{{0,25}}\b{NUMBER}\b",
    re.IGNORECASE,
)


class Row(NamedTuple):
    """One event: its headline and the coded number of deaths."""

    headline: str
    best: int


def rows(path: Path) -> Iterator[Row]:
    """Events with one source and a headline that states a number of deaths."""
    file = path / "ucdp_ukraine_to_2021.csv" if path.is_dir() else path
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            headline = row["source_headline"].split(";")[0].strip()
            headline = re.sub(r"^UPDATE \d+-", "", headline).replace("â€™", "’")
            if row["number_of_sources"] == "1" and STATED.search(headline):
                yield Row(headline, int(row["best"]))


def numbers(headline: str) -> set[int]:
    """All plain numbers that a headline contains."""
    found = {int(n) for n in re.findall(r"\d+", headline)}
    return found | {WORDS[w] for w in re.findall(r"[a-z]+", headline.lower()) if w in WORDS}


def deaths(frames: tuple[Frame, ...]) -> tuple[int, int | None] | None:
    """Sum of the figures of killed that are no part of another, as an interval."""
    killed = [
        f
        for f in frames
        if f.values("outcome") == (Term("Killed"),) and not f.values("partOfFigure")
    ]
    if not killed:
        return None
    lower = sum(int(value) for f in killed for value in f.values("lower") if isinstance(value, int))
    uppers = [value for f in killed for value in f.values("upper") if isinstance(value, int)]
    return lower, sum(uppers) if len(uppers) == len(killed) else None


def main() -> None:
    """Print coverage, exact and interval-contains, for all and for consistent headlines."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--errors", action="store_true", help="list what went wrong")
    arguments = parser.parse_args()
    nlp = load()
    events_ = list(rows(arguments.file))
    scores: Counter[tuple[str, str]] = Counter()
    wrong: list[tuple[str, int, object]] = []
    start = time.process_time()
    for row, doc in zip(events_, nlp.pipe(row.headline for row in events_), strict=True):
        found = deaths(figures(doc, events(doc, lots(doc))))
        sets = ["all"] + (["consistent"] if row.best in numbers(row.headline) else [])
        for name in sets:
            scores[name, "rows"] += 1
            scores[name, "found"] += found is not None
            scores[name, "exact"] += found == (row.best, row.best)
            inside = (
                found is not None
                and found[0] <= row.best
                and (found[1] is None or row.best <= found[1])
            )
            scores[name, "contains"] += inside
        if found != (row.best, row.best) and "consistent" in sets:
            wrong.append((row.headline, row.best, found))
    seconds = time.process_time() - start
    for name in ("all", "consistent"):
        total = scores[name, "rows"] or 1
        parts = (f"{key} {scores[name, key] / total:.1%}" for key in ("found", "exact", "contains"))
        print(f"{name:10} {scores[name, 'rows']:5} headlines: {', '.join(parts)}")
    print(f"speed: {len(events_) / seconds:,.0f} headlines per second of processor time")
    if arguments.errors:
        for headline, best, given in wrong:
            print(best, given, headline, sep="\t")


if __name__ == "__main__":
    main()

"""Death counts of headlines against UCDP: how often our figures are the coded number.

Events of the UCDP Georeferenced Event Dataset that have one headline (Sundberg and Melander
2013). A headline "states" a count where a number stands near a word for death; the gold is the
coded best estimate of the event. A headline often sums over days and places that the coders
took apart, so "consistent" counts only headlines in which the coded number occurs at all.
`exact`: the sum of our figures is the best estimate; `contains`: their interval contains it;
`found`: any number of dead was read.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.quality.reading import language
from bench.quality.records import Error, Figure, Measured, absent
from kg.extract.equipment import lots
from kg.extract.events import events
from kg.extract.figures import figures
from kg.records import Frame, Term

NAME = "ucdp"
TITLE = "deaths that a headline states, accuracy: UCDP Ukraine to 2021"
FILE = "dev/ucdp/ucdp_ukraine_to_2021.csv"
HEADLINES = ("all exact", "consistent exact")
GOALS = {"all exact": 90.0, "all contains": 97.0}
PEERS = {
    "all exact": "on other sets (WAD / NAVCO / EMM): dependency rules 23 / 30 / 5, "
    "semantic roles 74 / 43 / 31, a tuned transformer 81 / 50 / 44"
}
JUDGED = ("found", "exact", "contains")
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
    with path.open(encoding="utf-8", newline="") as lines:
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


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FILE)


def measure(data: Path) -> Measured:
    """Found, exact and interval-contains, for all and for consistent headlines."""
    stated = list(rows(data / FILE))
    scores: Counter[str] = Counter()
    wrong: list[Error] = []
    for row, doc in zip(stated, language().pipe(row.headline for row in stated), strict=True):
        found = deaths(figures(doc, events(doc, lots(doc))))
        consistent = row.best in numbers(row.headline)
        judged = zip(JUDGED, judge(found, row.best), strict=True)
        for name, right in judged:
            scores[f"all {name}"] += right
            scores[f"consistent {name}"] += right and consistent
        scores["all"] += 1
        scores["consistent"] += consistent
        if consistent and found != (row.best, row.best):
            kind = "no figure" if found is None else "another figure"
            wrong.append(Error(kind, f"{row.best} ≠ {interval(found)}", row.headline))
    names = ((group, name) for group in ("all", "consistent") for name in JUDGED)
    return Measured(
        tuple(Figure(f"{group} {name}", scores[f"{group} {name}"], scores[group])
              for group, name in names),
        tuple(wrong),
    )  # fmt: skip


def interval(found: tuple[int, int | None] | None) -> str:
    """An interval in characters.

    >>> interval((2, 2)), interval((20, None)), interval((0, 5)), interval(None)
    ('2', '20 or more', '0 to 5', 'none')
    """
    if found is None:
        return "none"
    lower, upper = found
    if upper is None:
        return f"{lower} or more"
    return str(lower) if lower == upper else f"{lower} to {upper}"


def judge(found: tuple[int, int | None] | None, best: int) -> tuple[bool, bool, bool]:
    """Whether anything was found, is the very number, contains it: in the order of JUDGED.

    >>> judge((3, None), 4)
    (True, False, True)
    """
    if found is None:
        return (False, False, False)
    contains = found[0] <= best and (found[1] is None or best <= found[1])
    return (True, found == (best, best), contains)

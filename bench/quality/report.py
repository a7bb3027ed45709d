"""Figures as tables for terminal and README, errors as files outside of the repository."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.quality.records import Error, Figure, Measured, Set
from bench.quality.reference import Kept

ROOT = Path(__file__).parents[2]
COMMONEST = 20
NOTHING = ""


def outside(folder: Path) -> Path:
    """The folder, made if need be.

    Raises:
        ValueError: it lies in the repository, which texts of benchmarks must not enter.
    """
    whole = folder.resolve()
    if whole.is_relative_to(ROOT.resolve()):
        raise ValueError(
            f"{folder} lies in the repository, and texts of benchmarks must not; "
            "name a folder outside of it"
        )
    whole.mkdir(parents=True, exist_ok=True)
    return whole


def table(one: Set, figures: Sequence[Figure], reference: Kept) -> Iterator[str]:
    """The lines of a set's table: figures, counts, goal, reference, what others reached."""
    width = max((len(figure.name) for figure in figures), default=0)
    head = ("P", "R", "value", "right", "found", "gold", "goal", "before")
    yield f"{'':{width}}" + "".join(f"{cell:>8}" for cell in head) + "  others"
    for figure in figures:
        before = reference.get(one.NAME, {}).get(figure.name)
        cells = (
            _number(figure.precision),
            _number(None if figure.precision is None else figure.recall),
            _number(figure.value),
            str(figure.right),
            NOTHING if figure.found is None else str(figure.found),
            str(figure.gold),
            _number(one.GOALS.get(figure.name)),
            _number(before["value"] if before else None),
        )
        others = one.PEERS.get(figure.name, NOTHING)
        line = f"{figure.name:{width}}" + "".join(f"{cell:>8}" for cell in cells)
        yield f"{line}  {others}".rstrip()


def markdown(measured: Mapping[str, Measured], sets: Sequence[Set]) -> Iterator[str]:
    """The lines of the README's table: the headlines of each set that was measured."""
    yield "| what | figure | P | R | F1 or accuracy | goal | reached elsewhere | by |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in sets:
        if one.NAME not in measured:
            continue
        figures = {figure.name: figure for figure in measured[one.NAME].figures}
        for name in one.HEADLINES:
            if name in figures:
                yield _markdown_row(one, figures[name])


def _markdown_row(one: Set, figure: Figure) -> str:
    recall = None if figure.precision is None else figure.recall
    goal = one.GOALS.get(figure.name)
    cells = (
        one.TITLE,
        f"{figure.name} ({figure.gold:,})",
        _number(figure.precision),
        _number(recall),
        f"**{figure.value:.1f}**",
        NOTHING if goal is None else f"≥ {goal:.1f}",
        one.PEERS.get(figure.name, NOTHING),
        f"`bench.quality {one.NAME}`",
    )
    return f"| {' | '.join(cells)} |"


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.1f}"


def write(one: Set, measured: Measured, folder: Path, figures: Sequence[str]) -> None:
    """Writes NAME.txt with tables and the commonest errors, NAME.tsv with all errors."""
    lines = [one.TITLE, "", *figures]
    if measured.confusions:
        lines += ["", "Confusions: gold in rows, found in columns", *matrix(measured.confusions)]
    if measured.errors:
        lines += ["", "Errors by class", *classes(measured.errors)]
        lines += ["", f"The {COMMONEST} commonest errors", *commonest(measured.errors)]
    (folder / f"{one.NAME}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / f"{one.NAME}.tsv").open("w", encoding="utf-8", newline="") as rows:
        out = csv.writer(rows, delimiter="\t")
        out.writerow(("class", "words", "context"))
        out.writerows((error.kind, error.words, error.context) for error in measured.errors)


def matrix(confusions: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    """Counts of gold (rows) found as what (columns); "–" is missed, or spurious."""
    counts = {(gold, found): n for gold, found, n in confusions}
    rows = list(dict.fromkeys(gold for gold, _, _ in confusions))
    columns = list(dict.fromkeys(found for _, found, _ in confusions))
    for names in (rows, columns):
        names.sort(key=lambda name: (name == "–", name))
    side = max(len(name) for name in rows)
    widths = [max(len(name), 5) + 1 for name in columns]
    yield " " * side + "".join(f"{c:>{w}}" for c, w in zip(columns, widths, strict=True))
    for gold in rows:
        cells = (counts.get((gold, found), 0) for found in columns)
        line = "".join(f"{n or '.':>{w}}" for n, w in zip(cells, widths, strict=True))
        yield f"{gold:{side}}{line}"


def classes(errors: Sequence[Error]) -> Iterator[str]:
    """How many errors there are of each class, the commonest first."""
    counts = Counter(error.kind for error in errors)
    for kind, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{n:6} {kind}"


def commonest(errors: Sequence[Error]) -> Iterator[str]:
    """The errors that occur most with the same words, each with one of its places."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    for error in errors:
        key = (error.kind, error.words.lower())
        counts[key] += 1
        first.setdefault(key, error.context)
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    for (kind, words), n in order[:COMMONEST]:
        yield f"{n:6} {kind}: {words}    {first[kind, words]}".rstrip()

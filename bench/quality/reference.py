"""The figures of the last version that was accepted, and what a later one has lost.

`reference.json` holds figures and counts only: set -> figure -> value (F1 or accuracy) with
precision and recall where the figure has them, in per cent, and the counts they come from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.quality.records import Figure, Measured

REFERENCE = Path(__file__).parent / "reference.json"
LOSS = 1.0
"""What a figure may lose, in points of per cent."""

Row = dict[str, float]
Kept = dict[str, dict[str, Row]]


def kept(path: Path = REFERENCE) -> Kept:
    """The reference; empty where there is none yet."""
    if not path.exists():
        return {}
    found: Kept = json.loads(path.read_text(encoding="utf-8"))
    return found


def frozen(measured: Mapping[str, Measured], before: Kept) -> Kept:
    """The reference after a run: the sets that were measured anew, the others as before."""
    new = {name: {f.name: row(f) for f in one.figures} for name, one in measured.items()}
    return before | new


def write(reference: Kept, path: Path = REFERENCE) -> None:
    """Writes a reference, one figure a line, sorted."""
    sets = []
    for name in sorted(reference):
        rows = reference[name]
        lines = (
            f"  {json.dumps(key, ensure_ascii=False)}: {json.dumps(rows[key], sort_keys=True)}"
            for key in sorted(rows)
        )
        sets.append(f" {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n }")
    path.write_text("{\n" + ",\n".join(sets) + "\n}\n", encoding="utf-8")


def row(figure: Figure) -> Row:
    """A figure as it is kept.

    >>> row(Figure("LOC", right=1, found=2, gold=4))
    {'gold': 4, 'value': 33.3, 'found': 2, 'p': 50.0, 'r': 25.0}
    """
    line: Row = {"gold": figure.gold, "value": round(figure.value, 1)}
    if figure.precision is not None and figure.found is not None:
        line |= {
            "found": figure.found,
            "p": round(figure.precision, 1),
            "r": round(figure.recall, 1),
        }
    return line


def losses(name: str, measured: Measured, reference: Kept) -> Iterator[str]:
    """One line for each figure of a set that lost more than `LOSS`, or is no longer measured.

    Compared is the metric of the set, F1 or accuracy: precision may be traded for recall.
    A figure of another number of gold items is of another set, see `changes`.
    """
    now = {figure.name: row(figure) for figure in measured.figures}
    for key, old in reference.get(name, {}).items():
        if key not in now:
            yield f"{name}: {key} is no longer measured (was {old['value']:.1f})"
        elif now[key]["gold"] == old["gold"]:
            lost = round(old["value"] - now[key]["value"], 1)
            if lost > LOSS:
                yield (
                    f"{name}: {key} fell from {old['value']:.1f} to {now[key]['value']:.1f} "
                    f"(by {lost:.1f} points; {old['gold']} gold items)"
                )


def changes(name: str, measured: Measured, reference: Kept) -> Iterator[str]:
    """One line for each figure that cannot be compared: it is new, or its gold is another."""
    old = reference.get(name, {})
    if not old:
        yield f"{name} has no reference yet; keep its figures with --freeze"
        return
    for figure in measured.figures:
        if figure.name not in old:
            yield f"{name}: {figure.name} is new; keep it with --freeze"
        elif old[figure.name]["gold"] != figure.gold:
            was = old[figure.name]["gold"]
            yield f"{name}: {figure.name} has {figure.gold} gold items, had {was}; not compared"

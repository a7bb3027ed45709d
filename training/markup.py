"""The mark-up of our own corpus, read and checked: `python -m training.markup [FOLDER …]`.

    [TYPE words]                         a span
    [TYPE.Class#id words]                of a class of the ontology, naming the thing `id` of this text
    [TYPE.Class#id key=value …|words]    with attributes
    [CUE@q1 said]                        a part of the attribution q1

Spans nest; a bracket that belongs to the text is written `\\[` or `\\]`. `training/corpus/README.md`
says what is marked and how.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.ontology import kinds

CORPUS = Path(__file__).resolve().parent / "corpus"
_OPEN = re.compile(
    r"\[(?P<kind>[A-Z]+)(?:\.(?P<cls>[A-Za-z]+))?(?:#(?P<thing>[\w-]+))?(?:@(?P<quote>[\w-]+))?"
    r"(?:(?P<attributes>(?: [a-z]+=[^\s|\[\]]+)+)\||(?P<bare>[ |]))"
)
NAMES = frozenset({"PER", "ORG", "LOC", "NORP", "EVENT", "MISC"})
TERMS = frozenset({"WEAPON", "VEHICLE", "PLATFORM", "UNIT", "FAC", "GROUP", "POST", "DATE", "DUR"})
OTHERS = frozenset({"NOM", "PRO", "FIG", "EV", "SRC", "CUE", "CON"})
CLASSES = {
    "ORG": "Actor",
    "LOC": "Place",
    "FAC": "Facility",
    "EV": "Event",
    "UNIT": "Actor",
    "NOM": "Actor Place",
}
FIGURES = frozenset({"Casualty", "Strength", "Loss", "Area", "Distance", "Other"})
VALUES = {
    "act": "Actual Possible Planned Demanded Denied".split(),
    "outcome": "Killed Wounded Missing Captured Displaced".split(),
    "speech": "Assertion Denial Accusation Demand Threat Warning Prediction Opinion NoComment".split(),
    "certainty": "Certain Probable Possible Unstated".split(),
    "polarity": "Affirmed Negated".split(),
}
ROLES = "initiator target victim moved instrument place origin destination beneficiary".split()
KEYS = {
    "EV": {"act", "time", *ROLES},
    "FIG": {"of", "outcome", "low", "high", "unit", "part"},
    "CUE": {"speech", "certainty", "polarity", "by"},
    "DATE": {"value"},
    "DUR": {"value"},
}


class MarkupError(ValueError):
    """The text is not marked up as `training/corpus/README.md` says; the message has the line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked span: half-open code points of the plain text."""

    start: int
    end: int
    kind: str
    cls: str = ""
    thing: str = ""
    quote: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str:
        """The value of an attribute, or the empty string."""
        return dict(self.attributes).get(key, "")


@dataclass(frozen=True, slots=True)
class Marked:
    """One text of the corpus: header lines, plain text (a paragraph is a line), marks in text order."""

    name: str
    header: tuple[tuple[str, str], ...]
    text: str
    marks: tuple[Mark, ...]


def plain(source: str) -> tuple[str, tuple[Mark, ...]]:
    """Plain text and marks of marked-up text; outer marks come before inner ones.

    Raises:
        MarkupError: a bracket does not open a mark, or is not closed.

    >>> text, marks = plain("[LOC.Settlement#g Goma] [EV.TerritoryCaptured act=Actual place=g|fell].")
    >>> text, marks[0].cls, marks[1].get("place"), text[marks[1].start : marks[1].end]
    ('Goma fell.', 'Settlement', 'g', 'fell')
    """
    out: list[str] = []
    size = 0
    opened: list[tuple[int, re.Match[str]]] = []
    marks: list[Mark] = []
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in ("[", "]"):
            out.append(source[at + 1])
            size += 1
            at += 2
        elif char == "[":
            match = _OPEN.match(source, at)
            if match is None:
                raise MarkupError(f"{_place(source, at)}: not a mark: {source[at : at + 50]!r}")
            opened.append((size, match))
            at = match.end()
        elif char == "]":
            if not opened:
                raise MarkupError(f"{_place(source, at)}: a bracket is closed that was not opened: {source[max(0, at - 40) : at + 1]!r}")
            start, match = opened.pop()
            pairs = (match["attributes"] or "").split()
            marks.append(
                Mark(
                    start,
                    size,
                    match["kind"],
                    match["cls"] or "",
                    match["thing"] or "",
                    match["quote"] or "",
                    tuple((p.partition("=")[0], p.partition("=")[2]) for p in pairs),
                )
            )
            at += 1
        else:
            out.append(char)
            size += 1
            at += 1
    if opened:
        where = opened[-1][1]
        raise MarkupError(f"{_place(source, where.start())}: never closed: {where[0]!r}")
    order = sorted(range(len(marks)), key=lambda i: (marks[i].start, -marks[i].end, -i))
    return "".join(out), tuple(marks[i] for i in order)


def _place(source: str, at: int) -> str:
    return f"line {source.count(chr(10), 0, at) + 1}"


def read(path: Path) -> Marked:
    """A text of the corpus: `key: value` lines, an empty line, then one paragraph a line."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    header = []
    for line in head.splitlines():
        key, colon, value = line.partition(": ")
        if not colon or not key.isalpha():
            raise MarkupError(f"{path}: the header line {line!r} is not 'key: value'")
        header.append((key, value.strip()))
    try:
        text, marks = plain(body.strip("\n"))
    except MarkupError as fault:
        raise MarkupError(f"{path}: {fault} (lines counted from the first after the header)") from None
    return Marked(path.stem, tuple(header), text, marks)


def texts(folder: Path = CORPUS) -> Iterator[Marked]:
    """All fully marked texts, by name: those in the subfolders of the corpus."""
    for path in sorted(folder.glob("*/*.txt")):
        yield read(path)


def held(name: str) -> bool:
    """Whether a text belongs to the tenth that is kept for reporting: numbers that end in 7."""
    return name.partition("-")[0].endswith("7")


def problems(one: Marked) -> Iterator[str]:
    """What is wrong with a text's marks, one line each."""
    things = {m.thing for m in one.marks if m.thing}
    kind_of: dict[str, Counter[str]] = {}
    figures = {m.thing for m in one.marks if m.kind == "FIG"}
    events = {m.thing for m in one.marks if m.kind == "EV"}
    quotes: dict[str, set[str]] = {}
    for m in one.marks:
        words = one.text[m.start : m.end]
        where = f"[{m.kind} {words[:50]}]"
        if m.kind not in NAMES | TERMS | OTHERS:
            yield f"{where}: there is no type {m.kind}"
        if not words.strip() or words != words.strip():
            yield f"{where}: empty, or blanks at its edge"
        if "\n" in words:
            yield f"{where}: runs over a paragraph's end"
        if m.kind in NAMES | {"UNIT", "FAC", "WEAPON", "VEHICLE", "PLATFORM", "GROUP", "NOM"}:
            first = words.split(" ")[0].lower()
            if first in {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our"}:
                yield f"{where}: the determiner belongs outside"
        if m.kind in CLASSES:
            allowed = {k for root in CLASSES[m.kind].split() for k in kinds(root)}
            if not m.cls and m.kind in {"EV", "FAC", "NOM"}:
                yield f"{where}: a class is missing, as in [{m.kind}.{sorted(allowed)[0]} …]"
            if m.cls and m.cls not in allowed:
                yield f"{where}: {m.cls} is no class below {CLASSES[m.kind]}"
        elif m.kind == "FIG":
            if m.cls not in FIGURES:
                yield f"{where}: a figure is one of {', '.join(sorted(FIGURES))}"
        elif m.cls and m.kind not in {"GROUP", "PER", "PRO"}:
            yield f"{where}: {m.kind} takes no class"
        for key, value in m.attributes:
            if key not in KEYS.get(m.kind, set()):
                yield f"{where}: {m.kind} takes no {key}="
            elif key in VALUES and value not in VALUES[key]:
                yield f"{where}: {key}= is one of {', '.join(VALUES[key])}"
            elif key in ROLES or key in {"of", "part", "by"}:
                for name in value.split(","):
                    if name not in things:
                        yield f"{where}: {key}={name} names nothing in this text"
            elif key in {"low", "high"} and not re.fullmatch(r"\d+(\.\d+)?", value):
                yield f"{where}: {key}={value} is not a number"
        if m.kind == "EV":
            if not m.thing or not m.get("act"):
                yield f"{where}: an event has an #id and act="
        if m.kind == "FIG" and m.get("of") and not set(m.get("of").split(",")) <= events | things:
            yield f"{where}: of= names an event or a thing of this text"
        if m.get("part") and m.get("part") not in figures:
            yield f"{where}: part= names the figure that holds this one"
        if m.kind in {"SRC", "CUE", "CON"}:
            if not m.quote:
                yield f"{where}: which attribution? write [{m.kind}@q1 …]"
            quotes.setdefault(m.quote, set()).add(m.kind)
        elif m.quote:
            yield f"{where}: only SRC, CUE and CON have @"
        if m.thing and m.kind in {"PER", "ORG", "LOC", "FAC", "UNIT"}:
            kind_of.setdefault(m.thing, Counter())[m.kind] += 1
    for quote, parts in sorted(quotes.items()):
        if "CON" not in parts:
            yield f"attribution {quote} has no content"
        if not parts & {"SRC", "CUE"}:
            yield f"attribution {quote} has neither source nor cue"
    for thing, counts in sorted(kind_of.items()):
        if len(counts) > 1:
            yield f"#{thing} is marked as {', '.join(sorted(counts))}: one thing, one type"


def repeated(bodies: list[str]) -> float:
    """Share in per cent of 5-grams of words that occurred before, in the same or another text.

    >>> repeated(["one two three four five", "one two three four five"])
    50.0
    """
    seen: set[tuple[str, ...]] = set()
    again = total = 0
    for body in bodies:
        words = re.findall(r"\w+(?:[-'’]\w+)*", body.lower())
        for at in range(len(words) - 4):
            gram = tuple(words[at : at + 5])
            again += gram in seen
            total += 1
            seen.add(gram)
    return round(100 * again / max(total, 1), 2)


def main() -> None:
    """Check every text, and count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, help="folders or files; default: all of the corpus")
    options = parser.parse_args()
    paths = [p for f in options.folders for p in (sorted(f.rglob("*.txt")) if f.is_dir() else [f])]
    paths = paths or sorted(CORPUS.glob("*/*.txt"))
    wrong = 0
    counts: Counter[str] = Counter()
    bodies = []
    for path in paths:
        try:
            one = read(path)
        except MarkupError as fault:
            print(fault)
            wrong += 1
            continue
        for line in problems(one):
            print(f"{path}: {line}")
            wrong += 1
        bodies.append(one.text)
        counts.update(m.kind for m in one.marks)
    words = sum(len(body.split()) for body in bodies)
    print(f"{len(bodies)} texts, {words:,} words; repeated 5-grams {repeated(bodies)} %")
    print(" ".join(f"{kind} {n:,}" for kind, n in sorted(counts.items())))
    if wrong:
        print(f"{wrong} problems")
        sys.exit(1)


if __name__ == "__main__":
    main()

"""Contradicting claims of small groups of reports: which disputes the graph finds, which not.

The reports and what is to be found in them are ours: `bench/quality/disputes/`, one group a
file; its README.md tells how they are written and judged. Each group is built into a store of
its own by `kg.build`, and the disputes are read from the derived graph.

A gold row is met by a dispute of its kind that has a claim on the words of either side, in the
right reports; the same claim passed on elsewhere (`echo`) stands for either. A dispute of n
claims counts as the n - 1 links that hold it together. "speakers" wants the right names too.
Odd groups are open, for whoever writes rules; of the even ones, which are sealed, and of those
in `fresh/`, written later by another hand, nothing but figures is ever told.

    python -m bench.quality.disputed --check         whether the files keep to their form; counts
    python -m bench.quality.disputed --part open     figures and errors of the open groups
    python -m bench.quality.disputed --part fresh    figures of the fresh groups
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path

import networkx as nx

from bench.quality import report
from bench.quality.records import Error, Figure, Measured

FOLDER = Path(__file__).parent / "disputes"
KINDS = ("FigureDispute", "PolarityDispute", "ControlDispute", "ResponsibilityDispute")
OTHERS = ("update", "scope", "agreement", "echo")
UNSCORED = "unscored"
SPLITS = ("open", "sealed", "fresh")
WORDS = range(40, 141)
REPORTS = range(2, 5)
GROUPS = 64

NAME = "disputes"
TITLE = "disputes between claims of several reports, F1 over pairs: bench/quality/disputes"
HEADLINES = ("open all", "sealed all", "sealed groups without dispute left alone")
GOALS = {"open all": 75.0, "sealed all": 75.0}
PEERS: dict[str, str] = {}

DISPUTES = """
SELECT DISTINCT ?dispute ?kind ?claim ?address ?speaker ?start ?end ?from ?to {
  GRAPH <https://w3id.org/conflict-kg/id/graph/derived> {
    ?dispute a ck:Dispute ; ck:disputeKind ?kind ; ck:claim ?claim }
  ?claim ck:evidence ?span .
  ?span ck:start ?start ; ck:end ?end ; ck:inArticle/dcterms:source ?address .
  OPTIONAL { ?claim ck:claimant/rdfs:label ?speaker }
  OPTIONAL { ?dispute prov:wasDerivedFrom ?content . ?claim ck:content ?content .
    ?content ck:trigger ?words . ?words ck:start ?from ; ck:end ?to }
} ORDER BY ?dispute ?claim ?speaker ?start ?from
"""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Report:
    """One report; `text` has an empty line between paragraphs."""

    number: int
    date: date
    publisher: str
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the gold: where it stands and who makes it, "-" for the report itself."""

    key: str
    report: int
    speaker: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """How two claims stand to each other: kinds of dispute, any of them good, or one relation."""

    relations: tuple[str, ...]
    first: str
    second: str
    note: str

    @property
    def disputed(self) -> bool:
        """Whether the claims contradict each other."""
        return self.relations[0] in KINDS


@dataclass(frozen=True)
class Group:
    """Reports about one happening with the gold of their claims."""

    number: int
    name: str
    war: str
    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]
    rows: tuple[Row, ...]
    fresh: bool = False

    @property
    def split(self) -> str:
        """For what it may be used: odd groups are open, even ones sealed, fresh ones apart."""
        return "fresh" if self.fresh else SPLITS[self.number % 2 == 0]

    @property
    def disputed(self) -> bool:
        """Whether any of its claims contradict each other."""
        return any(row.disputed for row in self.rows)

    @cached_property
    def alike(self) -> dict[str, tuple[Claim, ...]]:
        """For the key of a claim, the claim and all its echoes."""
        claims = {claim.key: claim for claim in self.claims}
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(claims)
        graph.add_edges_from((r.first, r.second) for r in self.rows if r.relations == ("echo",))
        parts = nx.connected_components(graph)
        return {key: tuple(claims[k] for k in sorted(part)) for part in parts for key in part}


@dataclass(frozen=True, slots=True)
class Side:
    """A claim of a found dispute: its report, who makes it, the characters it stands on."""

    report: int
    speakers: frozenset[str]
    spans: frozenset[Span]


@dataclass(frozen=True, slots=True)
class Found:
    """A dispute that the pipeline reports."""

    kind: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a group: each dispute with its right and its counted links, and the rows.

    `met` are disputes that were found, `wrong` other rows that were reported as a dispute.
    """

    group: Group
    links: tuple[tuple[Found, int, int], ...]
    met: tuple[Row, ...]
    wrong: tuple[Row, ...]


def missing(data: Path) -> str:
    """Nothing: texts and gold are in this repository."""
    return ""


def measure(data: Path) -> Measured:
    """Scores of the open and of the sealed groups; errors of the open ones alone."""
    return scored([(group, found(group)) for group in groups()])


def scored(answers: Sequence[tuple[Group, Sequence[Found]]]) -> Measured:
    """Scores of what was found in groups; a split that has no group is left out."""
    plain = [judged(group, answer) for group, answer in answers]
    named = [judged(group, answer, named=True) for group, answer in answers]
    figures: list[Figure] = []
    for split in SPLITS:
        chosen = [one for one in plain if one.group.split == split]
        if chosen:
            strict = [one for one in named if one.group.split == split]
            figures += [*_kinds(split, chosen), _links(f"{split} all, speakers", strict)]
            figures += [_links(f"{split} all", chosen), *_left_alone(split, chosen)]
    told = [error for one in plain if one.group.split == "open" for error in errors(one)]
    return Measured(tuple(figures), tuple(told))


def groups(folder: Path = FOLDER) -> tuple[Group, ...]:
    """All groups by number, the fresh ones behind the others.

    Raises:
        ValueError: a file that does not keep to the form.
    """
    paths = (*sorted(folder.glob("*.txt")), *sorted(folder.glob("fresh/*.txt")))
    return tuple(group(path) for path in paths)


def group(path: Path) -> Group:
    """The group of one file.

    Raises:
        ValueError: the file does not keep to the form; says where and how.
    """
    number, _, name = path.stem.partition("-")
    parts = re.split(r"^== (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sections = {
        title: body.strip("\n") for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    wanted = [*map(str, range(1, len(parts) // 2 - 1)), "claims", "gold"]
    if parts[1::2] != wanted or not number.isdigit():
        raise ValueError(f"{path}: has parts {parts[1::2]}, not {wanted}, or no number")
    head = _fields(parts[0], path)
    reports = tuple(_report(int(key), sections[key], path) for key in wanted[:-2])
    claims = tuple(_claim(line, reports, path) for line in sections["claims"].split("\n"))
    rows = tuple(_row(line, claims, path) for line in sections["gold"].split("\n"))
    fresh = path.parent.name == "fresh"
    return Group(int(number), name, head["war"], reports, claims, rows, fresh)


def check(folder: Path = FOLDER) -> Iterator[str]:
    """What the files do not keep to, beyond what `group` refuses to read."""
    known = groups(folder)
    for one in known:
        where = f"{'fresh/' * one.fresh}{one.number:02}-{one.name}"
        days = [told.date for told in one.reports]
        if len(one.reports) not in REPORTS or days != sorted(days):
            yield f"{where}: {len(days)} reports, or not by date"
        for told in one.reports:
            if len(told.text.split()) not in WORDS:
                yield f"{where} report {told.number}: {len(told.text.split())} words"
        for keys, what in (
            ([claim.key for claim in one.claims], "claims"),
            ([" ".join(sorted((row.first, row.second))) for row in one.rows], "rows"),
        ):
            for key, count in Counter(keys).items():
                if count > 1:
                    yield f"{where}: {count} {what} {key}"
        used = {key for row in one.rows for key in (row.first, row.second)}
        for claim in one.claims:
            if claim.key not in used:
                yield f"{where}: claim {claim.key} is in no row"
    for part in (False, True):
        numbers = [one.number for one in known if one.fresh == part]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{len(numbers)} groups, not numbered from 1 on"
    if len(known) < GROUPS:
        yield f"only {len(known)} groups"
    if 5 * sum(not one.disputed for one in known) < len(known):
        yield "less than a fifth of the groups is without dispute"


def found(group: Group) -> tuple[Found, ...]:
    """The disputes that the pipeline finds in the reports of a group.

    Raises:
        RuntimeError: a report was not built.
    """
    import kg

    with tempfile.TemporaryDirectory() as place:
        folder, store = Path(place, "reports"), Path(place, "store")
        folder.mkdir()
        for told in group.reports:
            head = f"date: {told.date}\npublisher: {told.publisher}\nurl: {_address(group, told)}"
            file = folder / f"{told.number}.txt"
            file.write_text(f"{head}\n\n{told.text}\n", encoding="utf-8")
        summary = kg.build(folder, store=store)
        if len(summary.articles) != len(group.reports):
            raise RuntimeError(f"group {group.number}: {summary.rejections}, {summary.copies}")
        with kg.Graph(store) as graph:
            return disputes(graph.query(DISPUTES).rows)


def disputes(rows: Iterable[Sequence[str | None]]) -> tuple[Found, ...]:
    """The disputes of the rows of the query `DISPUTES`.

    Of figures the claims stand where the number is told, else wherever claim or content does.
    """
    sides: dict[tuple[str, str], dict[str, list[tuple[int, str, Span, Span | None]]]] = {}
    for row in rows:
        dispute, kind, claim, address, speaker, start, end, at, to = (cell or "" for cell in row)
        content = (int(at), int(to)) if at and to else None
        told = (int(address.rpartition("/")[2]), speaker, (int(start), int(end)), content)
        sides.setdefault((dispute, kind.rpartition("#")[2]), {}).setdefault(claim, []).append(told)
    return tuple(
        Found(kind, tuple(_side(kind, told) for told in claims.values()))
        for (_, kind), claims in sides.items()
    )


def judged(group: Group, answer: Sequence[Found], *, named: bool = False) -> Judged:
    """What of the gold was found, and what of the found is in the gold."""
    links, met, wrong = [], set[Row](), set[Row]()
    for one in answer:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(len(one.sides)))
        disputed = [row for row in group.rows if one.kind in row.relations]
        for row in disputed:
            pairs = list(_pairs(group, one, row, named=named))
            graph.add_edges_from(pairs)
            met |= {row} if pairs else set()
        right = len(one.sides) - nx.number_connected_components(graph)
        for row in group.rows:
            if row.relations == (UNSCORED,):
                graph.add_edges_from(_pairs(group, one, row))
        counted = right + nx.number_connected_components(graph) - 1
        links.append((one, right, counted))
        explained = {i: part for part in nx.connected_components(graph) for i in part}
        for row in group.rows:
            if row.relations[0] in OTHERS:
                pairs = list(_pairs(group, one, row, echoes=False))
                if any(second not in explained[first] for first, second in pairs):
                    wrong.add(row)
    in_order = (tuple(row for row in group.rows if row in rows) for rows in (met, wrong))
    return Judged(group, tuple(links), *in_order)


def errors(one: Judged) -> Iterator[Error]:
    """Disputes that are missed or not in the gold, other rows that are taken for disputes."""
    words = {claim.key: f"{claim.speaker}: {claim.words}" for claim in one.group.claims}
    where = f"{one.group.number:02}-{one.group.name}"
    for row in one.group.rows:
        said = f"{words[row.first]} ≠ {words[row.second]}"
        if row.disputed and row not in one.met:
            yield Error(f"missed {row.relations[0]}", said, where)
        if row in one.wrong:
            yield Error(f"{row.relations[0]} taken for a dispute", said, where)
    for answer, right, counted in one.links:
        if right < counted:
            sides = " ≠ ".join(_told(one.group, side) for side in answer.sides)
            yield Error(f"false {answer.kind}", sides, where)


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a character.

    >>> overlaps((0, 4), (3, 9)), overlaps((0, 4), (4, 9))
    (True, False)
    """
    return one[0] < other[1] and other[0] < one[1]


def same_name(one: str, other: str) -> bool:
    """Whether two names of a speaker go together: one holds the other, or they share a word.

    >>> same_name("Commodore Elsa Rydh", "Elsa Rydh"), same_name("the army", "Ministry of Peace")
    (True, False)
    """
    here, there = (re.sub(r"\W+", " ", name.lower()).strip() for name in (one, other))
    shared = {word for word in here.split() if len(word) > 3} & set(there.split())
    return bool(shared) or bool(here and there) and (here in there or there in here)


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks the files, or scores the groups; the exit code is 1 if a file is not in form."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality.disputed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="whether the files keep to the form")
    parser.add_argument("--part", choices=SPLITS, help="only the groups of one part")
    given = parser.parse_args(arguments)
    if given.check:
        faults = list(check())
        print("\n".join((*counts(groups()), *faults)))
        return 1 if faults else 0
    chosen = [one for one in groups() if given.part in (None, one.split)]
    measured = scored([(one, found(one)) for one in chosen])
    print("\n".join(report.table(sys.modules[__name__], measured.figures, {})))
    for error in measured.errors:
        print(f"{error.context}\t{error.kind}\t{error.words}")
    return 0


def counts(known: Sequence[Group]) -> Iterator[str]:
    """How much of what is in the groups, in lines."""
    names = (*KINDS, *OTHERS, UNSCORED)
    yield f"{'':24}" + "".join(f"{split:>8}" for split in (*SPLITS, "all"))
    for name, value in (
        ("groups", lambda one: 1),
        ("groups without dispute", lambda one: not one.disputed),
        ("reports", lambda one: len(one.reports)),
        ("words", lambda one: sum(len(told.text.split()) for told in one.reports)),
        ("claims", lambda one: len(one.claims)),
        *((n, lambda one, n=n: sum(row.relations[0] == n for row in one.rows)) for n in names),
    ):
        parts = [sum(value(one) for one in known if one.split == split) for split in SPLITS]
        yield f"{name:24}" + "".join(f"{number:8}" for number in (*parts, sum(parts)))


def _kinds(split: str, chosen: Sequence[Judged]) -> Iterator[Figure]:
    for kind in KINDS:
        if any(row.relations[0] == kind for one in chosen for row in one.group.rows):
            yield _links(f"{split} {kind}", chosen, (kind,))


def _links(name: str, chosen: Sequence[Judged], kinds: Collection[str] = KINDS) -> Figure:
    links = [link for one in chosen for link in one.links if link[0].kind in kinds]
    gold = [row for one in chosen for row in one.group.rows if row.relations[0] in kinds]
    met = [row for one in chosen for row in one.met if row.relations[0] in kinds]
    right, counted = (sum(link[at] for link in links) for at in (1, 2))
    return Figure(name, right, len(gold), counted, len(met))


def _left_alone(split: str, chosen: Sequence[Judged]) -> Iterator[Figure]:
    for relation in OTHERS:
        rows = [row for one in chosen for row in one.group.rows if row.relations[0] == relation]
        wrong = [row for one in chosen for row in one.wrong if row.relations[0] == relation]
        yield Figure(f"{split} {relation} left alone", len(rows) - len(wrong), len(rows))
    quiet = [one for one in chosen if not one.group.disputed]
    silent = sum(not any(counted for *_, counted in one.links) for one in quiet)
    yield Figure(f"{split} groups without dispute left alone", silent, len(quiet))


def _pairs(
    group: Group, answer: Found, row: Row, *, named: bool = False, echoes: bool = True
) -> Iterator[tuple[int, int]]:
    """The pairs of claims of a dispute that stand on the two sides of a row."""
    keys = (row.first, row.second)
    gold = [[claim for claim in group.alike[key] if echoes or claim.key == key] for key in keys]
    for first, second in combinations(range(len(answer.sides)), 2):
        for here, there in (gold, gold[::-1]):
            if all(
                any(_stands(group, answer.sides[at], claim, named=named) for claim in claims)
                for at, claims in ((first, here), (second, there))
            ):
                yield first, second


def _stands(group: Group, side: Side, claim: Claim, *, named: bool) -> bool:
    if side.report != claim.report or not any(overlaps(claim.span, one) for one in side.spans):
        return False
    publisher = group.reports[claim.report - 1].publisher
    wanted = publisher if claim.speaker == "-" else claim.speaker
    return not named or any(same_name(wanted, speaker) for speaker in side.speakers)


def _side(kind: str, told: Sequence[tuple[int, str, Span, Span | None]]) -> Side:
    contents = {content for *_, content in told if content}
    evidence = {span for _, _, span, _ in told}
    spans = contents if kind == "FigureDispute" and contents else contents | evidence
    return Side(told[0][0], frozenset(speaker for _, speaker, *_ in told), frozenset(spans))


def _told(group: Group, side: Side) -> str:
    text = group.reports[side.report - 1].text
    words = " … ".join(text[start:end] for start, end in sorted(side.spans))
    return f"{'/'.join(sorted(side.speakers))} ({side.report}): {' '.join(words.split())}"


def _address(group: Group, told: Report) -> str:
    return f"https://disputes.example/{group.number:02}-{group.name}/{told.number}"


def _fields(text: str, path: Path) -> dict[str, str]:
    fields = dict(line.split(": ", 1) for line in text.strip().split("\n") if ": " in line)
    if len(fields) != len(text.strip().split("\n")):
        raise ValueError(f'{path}: a header is "key: value" lines, not {text.strip()[:80]!r}')
    return fields


def _report(number: int, body: str, path: Path) -> Report:
    head, _, text = body.partition("\n\n")
    fields = _fields(head, path)
    lacking = {"date", "publisher", "style"} - fields.keys()
    if lacking or not text or "\n\n" in text:
        raise ValueError(f"{path} report {number}: lacks {lacking or 'text in one block of lines'}")
    paragraphs = "\n\n".join(line.strip() for line in text.split("\n"))
    day = date.fromisoformat(fields["date"])
    return Report(number, day, fields["publisher"], fields["style"], paragraphs)


def _claim(line: str, reports: Sequence[Report], path: Path) -> Claim:
    cells = line.split(" | ")
    if len(cells) != 4 or not cells[1].isdigit() or not 0 < int(cells[1]) <= len(reports):
        raise ValueError(f'{path}: a claim is "key | report | speaker | words", not {line!r}')
    key, number, speaker, words = cells
    text = reports[int(number) - 1].text
    if text.count(words) != 1:
        raise ValueError(f"{path} {key}: {words!r} stands {text.count(words)} times, not once")
    if speaker != "-" and speaker not in text:
        raise ValueError(f"{path} {key}: the report has no speaker {speaker!r}")
    start = text.index(words)
    return Claim(key, int(number), speaker, words, (start, start + len(words)))


def _row(line: str, claims: Sequence[Claim], path: Path) -> Row:
    relation, first, second, note = (*line.split(" | ", 3), "", "", "")[:4]
    relations = tuple(relation.split("/"))
    plain = len(relations) == 1 and relation in (*OTHERS, UNSCORED)
    if not (plain or set(relations) <= set(KINDS)):
        raise ValueError(f"{path}: {relation!r} is no kind of dispute and no relation")
    if first == second or not {first, second} <= {claim.key for claim in claims}:
        raise ValueError(f'{path}: a row is "relation | key | key | note", not {line!r}')
    return Row(relations, first, second, note)


if __name__ == "__main__":
    sys.exit(main())

"""Articles built by many machines: files of N-Quads with a line about each, and how they load.

`built` is a pure function from some documents to a file `<digest>.nq.gz` and a line about it,
`<digest>.json`, both in one folder. The name is a digest of what went in, so whoever does the
work again, after a kill or twice at a time, writes the same bytes under the same name, and
what is there already is not done again. A task that has ended leaves a list of its files,
`task-I-of-N.json`; `graphs` gives what all tasks together made, once all of them have ended.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from threading import Lock
from typing import Any, Final

from kg import pipeline, pool, target
from kg.errors import SetupError
from kg.records import Document, Graph, Rejection
from kg.summary import kinds
from kg.version import VERSION

SIZE: Final = 32
"""Documents in one file."""
_TASK: Final = re.compile(r"task-(\d+)-of-(\d+)\.json")
_ALONE: Final = Lock()
"""The language pipeline is used by one thread of a process at a time."""

Some = tuple[Document | Rejection, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in a file.

    Attributes:
        iri: of the article.
        key: what its versions share: its address, its IRI where it has none.
        rank: day of publication and hash of the text; of several versions the greatest counts.
        origin: where it was read.
        lines: number of its N-Quads lines.
        kinds: (ontology class, number of individuals).
    """

    iri: str
    key: str
    rank: tuple[str, str]
    origin: str
    lines: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """The line about one file: its name without ending, SHA-256, articles and refusals."""

    name: str
    digest: str
    entries: tuple[Entry, ...]
    rejections: tuple[tuple[str, str], ...]


def built(documents: Some, *, folder: str, model: str | None, seconds: float) -> tuple[Shard, ...]:
    """Builds some documents into one file of a folder, unless it is there already.

    Args:
        documents: what was read.
        folder: path or fsspec address that all machines see.
        model: name of an installed spaCy pipeline; the shipped one without it.
        seconds: after which a document is given up; 0: never.
    """
    name = _name(documents, model, seconds)
    known = _known(folder, name)
    if known is not None:
        return (known,)
    entries: list[Entry] = []
    rejections: list[tuple[str, str]] = []
    lines: list[str] = []
    with _ALONE:
        for document in documents:
            made = pipeline.built(document, model=model, seconds=seconds)
            if isinstance(made, Rejection) or isinstance(document, Rejection):
                one = made if isinstance(made, Rejection) else document
                rejections.append((one.origin, one.reason))  # type: ignore[union-attr]
                continue
            lines += made.quads
            entries.append(_entry(document, made))
    content = gzip.compress("".join(f"{line}\n" for line in lines).encode(), 6, mtime=0)
    shard = Shard(name, sha256(content).hexdigest(), tuple(entries), tuple(rejections))
    target.written(folder, f"{name}.nq.gz", content)
    target.written(folder, f"{name}.json", json.dumps(asdict(shard)).encode())
    return (shard,)


def _entry(document: Document, made: Graph) -> Entry:
    text = sha256(document.text.encode()).hexdigest()
    return Entry(
        made.iri,
        key(document),
        (str(document.published or ""), text),
        document.origin,
        len(made.quads),
        tuple(sorted(kinds(made).items())),
    )


def key(document: Document | Rejection) -> str:
    """What all versions of an article share, so that one task gets them all."""
    if isinstance(document, Rejection):
        return document.origin
    return document.url or document.iri


def mine(
    documents: Iterable[Document | Rejection], index: int, tasks: int
) -> Iterator[Document | Rejection]:
    """The documents of one task out of several; each is one task's."""
    for document in documents:
        if int(sha256(key(document).encode()).hexdigest()[:12], 16) % tasks == index:
            yield document


def grouped(documents: Iterable[Document | Rejection], size: int = SIZE) -> Iterator[Some]:
    """Documents in groups that make one file each."""
    group: list[Document | Rejection] = []
    for document in documents:
        group.append(document)
        if len(group) == size:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def local(
    work: Callable[[Some], tuple[Shard, ...]], groups: Iterable[Some], jobs: int
) -> Iterator[tuple[Shard, ...]]:
    """The work on every group, on processes of this machine; a killed one costs one document."""
    return pool.ordered(work, groups, jobs=jobs, lost=partial(singly, work))


def singly(work: Callable[[Some], tuple[Shard, ...]], group: Some) -> tuple[Shard, ...]:
    """The work on a group that ended its process, each document in a process of its own."""
    found: list[Shard] = []
    for made in pool.ordered(work, ((one,) for one in group), jobs=2, lost=partial(given_up, work)):
        found += made
    return tuple(found)


def given_up(work: Callable[[Some], tuple[Shard, ...]], group: Some) -> tuple[Shard, ...]:
    """A file that refuses what ended its process."""
    return work(tuple(pipeline.lost(one) for one in group))


def finished(
    folder: str, index: int, tasks: int, found: Iterable[Shard], copies: Sequence[tuple[str, str]]
) -> None:
    """Writes down that a task has ended, and with which files."""
    names = [shard.name for shard in found]
    content = json.dumps({"shards": names, "copies": list(copies)}).encode()
    target.written(folder, f"task-{index}-of-{tasks}.json", content)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What all tasks made: the files in order, and the documents that were read twice."""

    folder: str
    shards: tuple[Shard, ...]
    copies: tuple[tuple[str, str], ...]

    def winners(self) -> dict[str, Entry]:
        """IRI of each article that counts, of several versions the one of the greatest rank."""
        best: dict[str, Entry] = {}
        for shard in self.shards:
            for entry in shard.entries:
                known = best.get(entry.key)
                if known is None or known.rank < entry.rank:
                    best[entry.key] = entry
        return {entry.iri: entry for entry in best.values()}

    def graphs(self) -> Iterator[Graph]:
        """The graphs of the articles that count, each once, file by file.

        Raises:
            SetupError: a file is missing or damaged.
        """
        left = self.winners()
        for shard in self.shards:
            lines = self._lines(shard)
            at = 0
            for entry in shard.entries:
                own, at = lines[at : at + entry.lines], at + entry.lines
                if left.get(entry.iri) == entry:
                    del left[entry.iri]
                    yield Graph(entry.iri, tuple(own))

    def _lines(self, shard: Shard) -> list[str]:
        content = target.content(self.folder, f"{shard.name}.nq.gz")
        if content is None or sha256(content).hexdigest() != shard.digest:
            state = "missing" if content is None else "damaged"
            raise SetupError(
                f"{self.folder}/{shard.name}.nq.gz is {state}; take {shard.name}.json away and "
                "run its task again"
            )
        # not splitlines: a literal may hold other line ends of Unicode
        return gzip.decompress(content).decode().split("\n")[:-1]


def manifest(folder: str) -> Manifest:
    """What all tasks made in a folder.

    Raises:
        SetupError: no task, or not every task, has ended; or the tasks are of several numbers.
    """
    tasks = {(int(m[1]), int(m[2])): m[0] for m in map(_TASK.fullmatch, target.names(folder)) if m}
    numbers = sorted({of for _, of in tasks})
    if not numbers:
        raise SetupError(
            f"{folder} has nothing that a task made; name the folder that was given to "
            "kg build PATH --shard I/N --shards FOLDER"
        )
    if len(numbers) > 1:
        raise SetupError(
            f"{folder} has tasks out of {' and out of '.join(map(str, numbers))}; use a folder of "
            "its own for each number"
        )
    missing = [index for index in range(numbers[0]) if (index, numbers[0]) not in tasks]
    if missing:
        some = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
        raise SetupError(
            f"{len(missing)} of {numbers[0]} tasks have not ended in {folder} ({some}); run them "
            "again, what they have done is kept"
        )
    shards: dict[str, Shard] = {}
    copies: list[tuple[str, str]] = []
    for _, name in sorted(tasks.items()):
        task: dict[str, Any] = json.loads(target.content(folder, name) or b"{}")
        copies += [(copy, first) for copy, first in task["copies"]]
        for one in task["shards"]:
            shards[one] = shards.get(one) or _line(folder, one)
    return Manifest(folder, tuple(shards.values()), tuple(copies))


def _line(folder: str, name: str) -> Shard:
    content = target.content(folder, f"{name}.json")
    if content is None:
        raise SetupError(f"{folder}/{name}.json is missing; run its task again")
    found = json.loads(content)
    entries = tuple(
        Entry(
            **{
                **entry,
                "rank": tuple(entry["rank"]),
                "kinds": tuple((kind, number) for kind, number in entry["kinds"]),
            }
        )
        for entry in found["entries"]
    )
    rejections = tuple((origin, reason) for origin, reason in found["rejections"])
    return Shard(found["name"], found["digest"], entries, rejections)


def _known(folder: str, name: str) -> Shard | None:
    """The line about a file that is there as a whole."""
    if target.content(folder, f"{name}.json") is None:
        return None
    shard = _line(folder, name)
    content = target.content(folder, f"{name}.nq.gz")
    whole = content is not None and sha256(content).hexdigest() == shard.digest
    return shard if whole else None


def _name(documents: Some, model: str | None, seconds: float) -> str:
    asked = repr((VERSION, model, seconds, documents))
    return sha256(asked.encode()).hexdigest()[:32]

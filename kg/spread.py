"""One build on many machines: tasks that write files, and what loads the files of all tasks."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kg import cluster, pipeline, read, shards
from kg.deadline import SECONDS
from kg.errors import SetupError
from kg.records import Rejection
from kg.store import changing, open_store
from kg.store.opening import remote
from kg.summary import Summary, families


def task(given: str) -> tuple[int, int]:
    """Number of a task, from 0, and how many there are, of "I/N"; the only one without it.

    >>> task("3/16"), task("")
    ((3, 16), (0, 1))

    Raises:
        SetupError: it is something else.
    """
    if not given:
        return 0, 1
    index, _, tasks = given.partition("/")
    if not (index.isdecimal() and tasks.isdecimal() and int(index) < int(tasks)):
        raise SetupError(f'--shard "{given}": write I/N, such as 0/16; the last one is 15/16')
    return int(index), int(tasks)


def spread(
    paths: Sequence[str | Path],
    *,
    folder: str,
    task: tuple[int, int] = (0, 1),
    scheduler: str = "",
    defaults: read.Defaults | None = None,
    model: str | None = None,
    jobs: int = 1,
    timeout: float = SECONDS,
) -> tuple[shards.Shard, ...]:
    """Builds the documents of one task out of several into files of a folder; `load` loads them.

    Every task reads all documents and builds its own. What is in the folder already is kept,
    so a task that was killed is run again as it was.

    Args:
        paths: files and folders.
        folder: path, or address that fsspec knows, that all machines see.
        task: its number, from 0, and how many there are.
        scheduler: address of a Dask scheduler whose workers build; processes here without it.
        defaults: date, publisher and address of documents that do not give their own.
        model: name of an installed spaCy pipeline; the shipped one without it.
        jobs: number of processes.
        timeout: seconds that one document may take; it does not hold on Dask's workers.

    Raises:
        SetupError: nothing can work until the remedy in the message is applied.
    """
    index, tasks = task
    copies: list[tuple[str, str]] = []
    found = read.documents([str(path) for path in paths], defaults=defaults, seconds=timeout)
    documents = read.distinct(
        shards.mine(found, index, tasks),
        copy=lambda document, first: copies.append((document.origin, first)),
    )
    work = partial(shards.built, folder=folder, model=model, seconds=timeout)
    groups = shards.grouped(documents)
    results = (
        cluster.built(work, groups, scheduler) if scheduler else shards.local(work, groups, jobs)
    )
    made = tuple(shard for some in results for shard in some)
    shards.finished(folder, index, tasks, made, copies)
    return made


def load(folder: str, *, store: str | Path) -> Summary:
    """Loads what all tasks of `spread` built into a store, and computes what follows from it.

    A store that is not there yet is filled at once, beside its place, and moved there whole.

    Raises:
        SetupError: a task has not ended, or a file is missing or damaged.
    """
    found = shards.manifest(folder)
    new = not remote(store) and not Path(store).exists()
    place = Path(f"{store}.loading") if new else store
    if new:
        shutil.rmtree(place, ignore_errors=True)
    with open_store(place, create=True) as opened, changing(place):
        if new:
            opened.fill(found.graphs())
        else:
            for graph in found.graphs():
                pipeline.put(opened, graph)
        pipeline.refresh(opened)
    if new:
        Path(place).replace(store)
    return _loaded(found)


def _loaded(found: shards.Manifest) -> Summary:
    winners = found.winners()
    numbers: Counter[str] = Counter()
    for entry in winners.values():
        numbers.update(dict(entry.kinds))
    refused = (Rejection(*one) for shard in found.shards for one in shard.rejections)
    return Summary(tuple(winners), families(numbers.items()), found.copies, tuple(refused))

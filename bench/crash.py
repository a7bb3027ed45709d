"""Builds that are killed: `python -m bench.crash [--kills 100] [--whole 10] [--seed N]`.

A build of the dispatches in `seeds/` is ended by SIGKILL at a random moment, many times. After
each the store must open, hold whole articles only, and keep its default graph as the union of
the others; a second build must then complete to the hash of an undisturbed one. A third of the
stores are killed twice, and in a third of the cases a store of three dispatches is there before.
To spend the time where things are written, the texts are read beforehand; the last `--whole`
kills hit the whole command instead, with two processes. Exit status 1 if anything was lost.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import pickle
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph

import kg
from kg import pipeline, read
from kg.errors import SetupError
from kg.records import Graph
from kg.store import open_store
from kg.store.opening import UNFINISHED

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
FORKED = multiprocessing.get_context("forkserver")
"""Forks from a process that has imported the pipeline, and never opened a store."""
FORKED.set_forkserver_preload(["kg.pipeline", "kg.store.embedded"])


@dataclass(frozen=True)
class Undisturbed:
    """What a build comes to when nobody kills it.

    Attributes:
        paths: of the documents.
        graphs: document IRI -> its graph, for builds that need not read.
        cache: a file with the graphs.
        hash: of the whole store.
        seconds: that a build from the cache takes.
    """

    paths: tuple[str, ...]
    graphs: Mapping[str, Graph]
    cache: Path
    hash: str
    seconds: float


def undisturbed(folder: Path, paths: Sequence[Path]) -> Undisturbed:
    """Reads the documents and builds them once in this folder."""
    names = tuple(str(path) for path in paths)
    graphs: dict[str, Graph] = {}
    for document in read.documents(names):
        found = pipeline.built(document)
        assert isinstance(found, Graph), found
        graphs[found.iri] = found
    cache = folder / "graphs.pickle"
    cache.write_bytes(pickle.dumps(graphs))
    finish(cache, folder / "first", names)  # the first one waits for what the others fork from
    begun = time.monotonic()
    finish(cache, folder / "undisturbed", names)
    seconds = time.monotonic() - begun
    with kg.Graph(folder / "undisturbed") as graph:
        return Undisturbed(names, graphs, cache, graph.canonical_hash(), seconds)


def write(cache: Path, store: Path, paths: Sequence[str], most: int = 0) -> None:
    """A build that takes the graphs of its documents from the cache; for a process of its own.

    Args:
        cache: the file with the graphs.
        store: the folder.
        paths: of the documents.
        most: bytes of the largest file that can be written; 0: any. What is said then is in
            `said.txt` beside the store.
    """
    graphs = pickle.loads(cache.read_bytes())
    pipeline.language = lambda model: None  # type: ignore[assignment]
    pipeline.graph = lambda document, model=None: graphs[document.iri]  # type: ignore[assignment]
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        kg.build(paths, store=store)
    except SetupError as error:
        (store.parent / "said.txt").write_text(str(error), encoding="utf-8")
        sys.exit(2)


def writer(cache: Path, store: Path, paths: Sequence[str], most: int = 0) -> Any:
    """A process that runs `write`, not started yet; it has imported everything already."""
    return FORKED.Process(target=write, args=(cache, store, paths, most))


def finish(cache: Path, store: Path, paths: Sequence[str]) -> None:
    """Builds to the end, in a process of its own.

    Raises:
        AssertionError: the build failed.
    """
    process = writer(cache, store, paths)
    process.start()
    process.join()
    assert process.exitcode == 0, f"a build ended with {process.exitcode}"


def killed(cache: Path, store: Path, paths: Sequence[str], after: float) -> bool:
    """Whether a build was still running when it was killed after so many seconds."""
    process = writer(cache, store, paths)
    process.start()
    process.join(after)
    running: bool = process.is_alive()
    process.kill()
    process.join()
    return running


def killed_whole(store: Path, paths: Sequence[str], after: float) -> bool:
    """The same for the real command with two processes, all of which are killed."""
    command = (sys.executable, "-m", "kg", "build", *paths, "--jobs", "2", "--store", str(store))
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return True
    return False


def left(store: Path, truth: Undisturbed) -> str:
    """In words what a killed build left.

    Raises:
        AssertionError: the store is damaged, or holds half an article.
    """
    if not store.exists():
        return "nothing yet"
    try:
        opened = open_store(store, read_only=True)
    except SetupError as error:
        if not str(error).startswith("no store in"):
            raise AssertionError(str(error)) from error
        return "a folder that is no store yet"
    with opened:
        articles = [one.iri for one in opened.articles()]
        graphs = [one for one in opened.graphs() if "/id/article/" in one]
        assert sorted(articles) == graphs, "a graph without its article"
        for iri in graphs:
            assert tuple(opened.quads(iri)) == _lines(truth.graphs[iri]), f"half of {iri}"
    raw = pyoxigraph.Store.read_only(str(store / "data"))
    default = pyoxigraph.DefaultGraph()
    union = {quad.triple for quad in raw if quad.graph_name != default}
    assert {quad.triple for quad in raw if quad.graph_name == default} == union, "no true union"
    state = "unfinished" if (store / UNFINISHED).exists() else "finished"
    return f"{len(graphs)} of {len(truth.graphs)} articles, {state}"


def _lines(graph: Graph) -> tuple[str, ...]:
    normal = pyoxigraph.Store()
    lines = "\n".join(graph.quads)
    normal.extend(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS))
    return tuple(sorted(f"{quad} ." for quad in normal))


def survived(
    store: Path, truth: Undisturbed, chance: random.Random, *, whole: bool = False
) -> list[str]:
    """Kills a build once or twice, looks at what is left, and builds again to the end.

    Args:
        store: the folder.
        truth: what it must come to.
        chance: decides when, and how often.
        whole: kill the real command, which reads the texts.

    Raises:
        AssertionError: something is lost.
    """
    found = []
    for _ in range(1 + (chance.random() < 1 / 3)):
        if whole:
            running = killed_whole(store, truth.paths, chance.uniform(0.0, 12 * truth.seconds))
        else:
            after = chance.uniform(0.0, truth.seconds)
            running = killed(truth.cache, store, truth.paths, after)
        found.append(left(store, truth) if running else "the build was faster")
    finish(truth.cache, store, truth.paths)
    with kg.Graph(store) as graph:
        assert graph.canonical_hash() == truth.hash, "the second build came to something else"
    assert not (store / UNFINISHED).exists()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Kills builds and prints what they left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--whole", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    logging.getLogger("kg").setLevel(logging.ERROR)  # each killed store says that it is one
    chance = random.Random(given.seed)
    states: Counter[str] = Counter()
    lost = 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        truth = undisturbed(folder, sorted(SEEDS.glob("*.txt")))
        print(f"undisturbed: {truth.hash}, {truth.seconds:.1f} s", flush=True)
        for number in range(given.kills):
            store = folder / f"store-{number}"
            if chance.random() < 1 / 3:
                finish(truth.cache, store, truth.paths[:3])
            try:
                complete = number >= given.kills - given.whole
                states.update(survived(store, truth, chance, whole=complete))
            except AssertionError as error:
                lost += 1
                print(f"{store.name}: {error}", flush=True)
    for state, count in sorted(states.items()):
        print(f"{count:4}  {state}")
    print(f"{states.total()} kills of {given.kills} builds, {lost} stores lost anything")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())

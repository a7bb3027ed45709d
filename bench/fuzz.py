"""Hostile input by coverage: `python -m bench.fuzz TARGET [atheris options]`.

Needs atheris (`pip install atheris`). TARGET is `read` (every reader takes the bytes), `build`
(the bytes as text through the whole pipeline into a store), or `query` (the guard and the
parser of queries). It runs until something breaks, or as long as `-max_total_time=600` says:
an exception that is no rejection, a graph that breaks the ontology's shapes, a document that
takes over ten seconds, memory over 4 GB.
"""

from __future__ import annotations

import importlib
import io
import json
import logging
import sys
from collections.abc import Callable, Iterator

from kg import pipeline, rdf, read
from kg.errors import QueryError
from kg.read import Defaults, Source, inputs
from kg.read.patience import patient
from kg.records import Document, Graph, Rejection
from kg.store import OxigraphStore
from kg.store.guard import admitted, admitted_update

SECONDS = 10.0
LIBRARIES = ("kg", "trafilatura", "pypdf", "markdown_it", "htmldate")
PIECES = (
    "The port of Orsk was shelled on Monday", "killing at least 20 people", "Veltria", "\u202e",
    "said", "denied that", "“", "”", '"', "'", "up to 300", "1,000", "2031-05-09", " km", "Mi-24",
    "title: ", "url: https://x.example/", "---\n", "# ", "<p>", "</p>", "<script>alert(1)</script>",
    "&lt;", "&#0;", "<!--", "\0", "\ufeff", "\u200b", "\u0301", "\ud800", "😀", "ﬁ", "İ", "ß", "\r",
    "\n\n", "\n", "\t", " ", ".", ". ", "-", "–", "(", ")", "[", "{", "}", "\\", "%PDF-1.4", "PK",
    "not", "may", "No.", "Gen.", "on", "of", "in", "from", "to", "who", "that", ",", ";", ":",
    "9" * 40,
)  # fmt: skip
"""Pieces that headers, grammars and serialisers look at."""


def opened(data: bytes, suffix: str, *, seconds: float = 60) -> Iterator[Document | Rejection]:
    """What the readers make of a file with these bytes and this suffix."""
    name = f"file{suffix}"
    reader = next(one for one in read.READERS if suffix in one.suffixes)
    source = Source(name, name, lambda: io.BytesIO(data))
    return inputs._documents(source, patient(reader, seconds), Defaults())


def faults(found: Document | Rejection, *, seconds: float = 60) -> tuple[str, ...]:
    """What is wrong with the graph of a document; nothing for a rejection that names a cause."""
    outcome = pipeline.built(found, seconds=seconds)
    if isinstance(outcome, Rejection):
        late = "takes longer" in outcome.reason
        return (outcome.reason,) if late or "fault of the program" in outcome.reason else ()
    broken = tuple(f"{one.message}: {one.focus}" for one in rdf.violations(outcome))
    assert isinstance(found, Document)
    store = OxigraphStore()
    pipeline.put(store, outcome)
    return broken + _spans(store, found, outcome)


def _spans(store: OxigraphStore, document: Document, graph: Graph) -> tuple[str, ...]:
    """Spans whose characters are not those of the text."""
    rows = store.select(
        "SELECT ?start ?end ?exact { ?s a ck:TextSpan ; ck:start ?start ; ck:end ?end ;"
        " ck:exact ?exact }"
    ).rows
    return tuple(
        f"{graph.iri} characters {start}–{end} are not {exact!r}"
        for start, end, exact in rows
        if document.text[int(start or 0) : int(end or 0)] != exact
    )


def reading(data: bytes) -> None:
    """Every reader takes the bytes."""
    for reader in read.READERS:
        for found in opened(data, reader.suffixes[0], seconds=SECONDS):
            assert isinstance(found, Document | Rejection)
            assert not (isinstance(found, Rejection) and "takes longer" in found.reason), found


def building(data: bytes) -> None:
    """The bytes choose pieces of text, which go through the whole pipeline."""
    words = []
    for byte in data[:400]:
        words.append(PIECES[byte] if byte < len(PIECES) else chr(byte) if byte < 250 else " ")
    line = json.dumps({"text": "".join(words), "title": "".join(words[:5])})
    for found in opened(line.encode(), ".jsonl", seconds=SECONDS):
        wrong = faults(found, seconds=SECONDS)
        assert not wrong, wrong


def querying(data: bytes) -> None:
    """The guard takes any text, and what it admits the engine answers or refuses."""
    text = data.decode("utf-8", "replace")
    for check in (admitted, admitted_update):
        try:
            check(text)
        except QueryError:
            continue
    try:
        STORE.query(text)
    except QueryError:
        return


STORE = OxigraphStore()
TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": reading,
    "build": building,
    "query": querying,
}


def main() -> None:
    """Runs the fuzzer."""
    import atheris

    name = sys.argv.pop(1)
    logging.disable(logging.CRITICAL)
    # what was imported already is imported again, with counters of coverage in it
    for module in [one for one in sys.modules if one.partition(".")[0] in LIBRARIES]:
        del sys.modules[module]
    with atheris.instrument_imports(include=list(LIBRARIES)):
        target = importlib.import_module("bench.fuzz").TARGETS[name]
    atheris.Setup(
        [*sys.argv, "-timeout=120", "-rss_limit_mb=4096", "-max_len=4096", "-len_control=0"],
        target,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""A document that takes too long is refused and counted; the others are built."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import pipeline, read
from kg.deadline import within
from kg.errors import DocumentError
from kg.read import Article, Reader, Source
from kg.read.patience import patient
from kg.records import Document, Rejection

LATE = "takes longer than 0.2 s; split it into single articles, or give more time with --timeout"


def loop() -> None:
    while True:
        pass


def sulk() -> None:
    """Catches every exception, as some libraries do."""
    while True:
        try:
            loop()
        except Exception:
            continue


def backtrack() -> None:
    re.match(r"(a|aa)+$", "a" * 60 + "b")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarm")
@pytest.mark.parametrize("work", [loop, sulk, backtrack, lambda: time.sleep(60)])
def test_what_takes_too_long_is_stopped(work: Callable[[], None]) -> None:
    before = signal.getsignal(signal.SIGALRM)
    begun = time.monotonic()
    with pytest.raises(DocumentError, match=LATE), within(0.2):
        work()
    assert time.monotonic() - begun < 30
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_what_is_in_time_is_left_alone() -> None:
    with within(60):
        pass
    with within(0):
        time.sleep(0.01)
    with pytest.raises(KeyError), within(60):
        raise KeyError("its own fault")
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_another_thread_has_no_limit() -> None:
    done: list[bool] = []

    def work() -> None:
        with within(0.01):
            time.sleep(0.1)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_a_document_that_takes_too_long_is_a_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("https://w3id.org/x", "Text.", "Title", None, None, None, origin="x.txt")
    monkeypatch.setattr(pipeline, "language", lambda model: None)
    monkeypatch.setattr(pipeline, "graph", lambda document, model: sulk())
    assert pipeline.built(document, seconds=0.2) == Rejection("x.txt", LATE)


def test_a_reader_that_hangs_gives_up_its_file_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def articles(source: Source) -> Iterator[Article]:
        yield Article("Port shelled.", title="First")
        if source.file == "a.slow":
            loop()

    for name in ("a.slow", "b.slow"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    monkeypatch.setattr(read, "READERS", (Reader("slow", (".slow",), articles),))
    first, refused, second = read.documents([str(tmp_path)], seconds=0.2)
    assert isinstance(first, Document)
    assert refused == Rejection(str(tmp_path / "a.slow"), LATE)
    assert isinstance(second, Document)


def test_a_patient_reader_is_the_same_reader() -> None:
    for reader in read.READERS:
        made = patient(reader, 1)
        assert (made.name, made.suffixes) == (reader.name, reader.suffixes)

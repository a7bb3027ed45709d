"""The same bytes every time: `python -m bench.same [--python PATH]… [PATH…]`.

Builds the same articles under many conditions, each in a process of its own, and prints the
canonical hash (RDFC-1.0, SHA-256) of each store: order of documents, one build per article,
1 to 4 processes, hash seeds, locales, time zones, another day of the clock (where `faketime` is
installed), and other Python interpreters that have the package's libraries. Without paths the
dispatches of `seeds/` are built. Exit status 1 if two hashes differ.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEADY = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
NEEDED = "import spacy, onnxruntime, pyoxigraph, rdflib, trafilatura, pyshacl, typer"


@dataclass(frozen=True)
class Condition:
    """How one build is made.

    Attributes:
        name: for the table.
        environment: variables beside the steady ones.
        options: of `kg build`.
        backwards: the documents in reverse order.
        apart: one build per document.
        python: the interpreter.
        prefix: a command that runs the command.
    """

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    backwards: bool = False
    apart: bool = False
    python: str = sys.executable
    prefix: tuple[str, ...] = ()


def hashed(paths: Sequence[Path], condition: Condition, store: Path) -> str:
    """The hash of a store that is built under a condition in this folder.

    Raises:
        RuntimeError: the build failed.
    """
    order = [str(path) for path in paths][:: -1 if condition.backwards else 1]
    for words in [[one] for one in order] if condition.apart else [order]:
        _kg(condition, "build", *words, "--store", str(store), *condition.options)
    return _kg(condition, "info", "--hash", "--store", str(store)).strip()


def _kg(condition: Condition, *words: str) -> str:
    done = subprocess.run(
        [*condition.prefix, condition.python, "-m", "kg", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | STEADY | condition.environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{condition.name}: kg {words[0]} ended with {done.stderr[-2000:]}")
    return done.stdout


def conditions(folder: Path, pythons: Sequence[str] = ()) -> Iterator[Condition]:
    """All conditions, the steady one first; locales that are missing are made in the folder."""
    yield Condition("steady")
    yield Condition("backwards", backwards=True)
    yield Condition("one build per article, backwards", apart=True, backwards=True)
    for jobs in ("2", "3", "4"):
        yield Condition(f"{jobs} processes", options=("--jobs", jobs))
    for seed in ("1", "random"):
        yield Condition(f"hash seed {seed}", {"PYTHONHASHSEED": seed})
    yield Condition("locale C", {"LC_ALL": "C"})
    for language, encoding in (("tr_TR", "UTF-8"), ("de_DE", "ISO-8859-1")):
        if known := _locale(language, encoding, folder):
            yield Condition(f"locale {known['LC_ALL']}", known)
    for zone in ("Pacific/Kiritimati", "America/St_Johns"):
        yield Condition(f"time zone {zone}", {"TZ": zone})
    if faketime := shutil.which("faketime"):
        yield Condition("on 29 February 2044", prefix=(faketime, "2044-02-29 23:59:30"))
    for python in pythons:
        yield Condition(f"Python {version(python)}", python=python)


def _locale(language: str, encoding: str, folder: Path) -> dict[str, str]:
    """Variables for a locale, compiled into the folder; none where that is not possible."""
    name = f"{language}.{encoding}"
    localedef = shutil.which("localedef")
    if localedef is None:
        return {}
    target = folder / name
    subprocess.run([localedef, "-i", language, "-f", encoding, str(target)], capture_output=True)
    return {"LC_ALL": name, "LOCPATH": str(folder)} if target.is_dir() else {}


def interpreters() -> Iterator[str]:
    """Other Pythons on the PATH that have the package's libraries."""
    for minor in range(11, 16):
        found = shutil.which(f"python3.{minor}")
        if found and minor != sys.version_info.minor and able(found):
            yield found


def able(python: str) -> bool:
    """Whether an interpreter has the package's libraries."""
    return subprocess.run([python, "-c", NEEDED], capture_output=True, check=False).returncode == 0


def version(python: str) -> str:
    """Its version, 3.12.1."""
    done = subprocess.run([python, "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Builds under every condition; 1 if two hashes differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--python", action="append", help="another interpreter; repeatable")
    given = parser.parse_args(arguments)
    paths = [path.resolve() for path in given.paths] or sorted((ROOT / "seeds").glob("*.txt"))
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for number, condition in enumerate(
            conditions(folder, given.python or tuple(interpreters()))
        ):
            store = folder / f"store-{number}"
            found[condition.name] = hashed(paths, condition, store)
            print(f"{found[condition.name]}  {condition.name}", flush=True)
            shutil.rmtree(store)
    different = len(set(found.values()))
    print(f"{len(found)} builds of {len(paths)} documents, {different} hash(es)")
    return int(different != 1)


if __name__ == "__main__":
    sys.exit(main())

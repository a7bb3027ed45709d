"""What the commands share: their options, and how rows reach the terminal."""

from __future__ import annotations

import dataclasses
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import SetupError

if TYPE_CHECKING:
    from rich.console import Console

    from kg.graph import Graph

WIDE = 200
"""Columns where the output is no terminal."""
STORE = "kg-store"

StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="DIR",
        help="Folder of the store, or the address of a SPARQL server (http, https).",
        envvar="KG_STORE",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The graph as it stood on a day of publication; later articles are left out.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


class Form(StrEnum):
    """How results are printed: tables for people, JSON for programs."""

    TABLE = "table"
    JSON = "json"


FormOption = Annotated[Form, typer.Option("--format", "-f", help="How to print the result.")]


@contextmanager
def opened(store: str, as_of: str | None = None) -> Iterator[Graph]:
    """The graph in a store, as it is or as it stood on a day."""
    from kg.graph import Graph

    with Graph(store, as_of=as_of) as graph:
        yield graph


def parameter(given: str) -> tuple[str, str]:
    """Name and value of `NAME=VALUE`."""
    name, sign, value = given.partition("=")
    if not sign or not name:
        raise typer.BadParameter(f'"{given}" is not NAME=VALUE', param_hint="--param")
    return name, value


def console(*, error: bool = False) -> Console:
    """A console on stdout or stderr, wide where it is no terminal."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    return Console(stderr=error, width=None if stream.isatty() else WIDE, highlight=False)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    *,
    title: str = "",
    right: int = 0,
) -> None:
    """Prints rows; the first `right` columns hold numbers. Cells are text, never markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_header=any(columns),
        pad_edge=False,
    )
    for index, column in enumerate(columns):
        made.add_column(column, justify="right" if index < right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(value or "") for value in row))
    console().print(made)


def printed(value: object) -> None:
    """Prints records as JSON."""
    typer.echo(json.dumps(value, default=_plain, ensure_ascii=False, indent=2))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)


def say(message: str) -> None:
    """Prints a message on stderr."""
    typer.echo(message, err=True)


def tail(iri: str) -> str:
    """The part of an IRI that tells it from others: behind `/article/`, `/id/` or `#`."""
    for sign in ("/article/", "/id/", "#"):
        if sign in iri:
            return iri.rpartition(sign)[2]
    return iri


def write(content: str | bytes, path: Path) -> None:
    """Writes a file, and its folder where it is missing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise SetupError(
            f"{path} cannot be written ({error.strerror}); name another file"
        ) from error


def unpacked(archive: bytes, folder: Path) -> None:
    """Writes the files of a zip that this program made into a folder."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        for name in files.namelist():
            write(files.read(name), folder / name)

"""Results in a notebook: pandas frames, tables of a reader's size, and the page inline.

Nothing is fetched: the page is put into the notebook whole, in a frame of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import SetupError
from kg.records import Table

if TYPE_CHECKING:
    import pandas

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
MOST_ROWS: Final = 60
LONGEST: Final = 200

_DTYPES: Final = {
    "integer": "Int64",
    "decimal": "Float64",
    "double": "Float64",
    "float": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}


def frame(rows: Table | Iterable[Any]) -> pandas.DataFrame:
    """A pandas frame of a query's table, or of what `near`, `board`, `control` and others give.

    Columns of numbers, days and truth values have pandas' types for them, missing cells
    included; all else is text. Rows and columns keep their order; no rows give no columns
    where the rows are not a table.

    Raises:
        SetupError: pandas is not installed.
    """
    pandas = _pandas()
    if isinstance(rows, Table):
        columns = zip(*rows.rows, strict=True) if rows.rows else ((),) * len(rows.columns)
        types = rows.types or ("",) * len(rows.columns)
        named = zip(_distinct(rows.columns), columns, types, strict=True)
        return pandas.DataFrame({name: _series(values, type_) for name, values, type_ in named})
    return pandas.DataFrame([_fields(row) for row in rows])


def _series(values: Sequence[str | None], datatype: str) -> pandas.Series[Any]:
    pandas = _pandas()
    dtype = _DTYPES.get(datatype.removeprefix(XSD)) if datatype.startswith(XSD) else None
    if dtype is None:
        return pandas.Series(list(values), dtype=object)
    try:
        return pandas.Series(_typed(values, dtype), dtype=dtype)
    except (KeyError, ValueError, OverflowError):
        return pandas.Series(list(values), dtype=object)  # what pandas has no room for


def _typed(values: Sequence[str | None], dtype: str) -> list[Any]:
    makers: dict[str, Callable[[str], Any]] = {
        "boolean": _truth,
        "Int64": int,
        "Float64": float,
    }
    make = makers.get(dtype, _day)
    return [None if one is None else make(one) for one in values]


def _truth(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _fields(row: Any) -> dict[str, Any]:
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return {one.name: getattr(row, one.name) for one in dataclasses.fields(row)}
    raise SetupError(f"{type(row).__name__} is no row; give what a query or a method of Graph gave")


def _distinct(names: Sequence[str]) -> list[str]:
    """Names of columns, those that repeat numbered."""
    made: list[str] = []
    for name in names:
        made.append(name if name not in made else f"{name}_{len(made)}")
    return made


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise SetupError(
            "a frame needs the library pandas; run pip install 'conflict-kg[notebook]'"
        ) from error
    return pandas


def table(rows: Table) -> str:
    """The rows as an HTML table, all text escaped; long cells are cut, and so are many rows."""
    head = "".join(f"<th>{escape(name)}</th>" for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>"
        for row in rows.rows[:MOST_ROWS]
    )
    count = len(rows.rows)
    shown = f"{min(count, MOST_ROWS)} of {count} rows" if count != 1 else "1 row"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{shown}</p>"


def _cell(value: str | None) -> str:
    text = value or ""
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    return escape(text)


def summary(title: str, counts: Iterable[tuple[str, int]]) -> str:
    """A heading and numbers as HTML, all text escaped."""
    lines = "".join(
        f"<tr><td>{escape(name)}</td><td style='text-align:right'>{count:,}</td></tr>"
        for name, count in counts
        if count
    )
    return f"<strong>{escape(title)}</strong><table><tbody>{lines}</tbody></table>"


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """The explorer, shown inline by a notebook; works without a network.

    Attributes:
        html: the whole page.
        height: of its frame, in pixels.
        about: what it shows, for where there is no browser.
    """

    html: str
    height: int = 640
    about: str = "the graph"

    def save(self, path: str | Path) -> Path:
        """Writes the page to a file, and gives its path."""
        made = Path(path)
        made.write_text(self.html, encoding="utf-8")
        return made

    def __repr__(self) -> str:
        """What the page shows."""
        return f"<page of {self.about}>"

    def _repr_html_(self) -> str:
        # The frame has an origin of its own: scripts of the page run, but reach no notebook.
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts allow-downloads" '
            f'title="{escape(self.about)}" style="width:100%;border:1px solid #8886" '
            f'height="{int(self.height)}"></iframe>'
        )

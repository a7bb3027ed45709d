"""Rows in the SPARQL Query Results XML Format (W3C Recommendation of 21 March 2013)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from kg.store.cells import Cell, Row

_NAMESPACE: Final = "http://www.w3.org/2005/sparql-results#"
_NO_XML: Final = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def results(columns: Sequence[str], rows: Iterable[Row], truth: bool | None = None) -> str:
    r"""The XML text; with `truth` the answer to ASK.

    Characters that XML 1.0 cannot hold (most control characters) become U+FFFD; a carriage
    return is written as a reference, or a parser would turn it into a line feed.

    >>> print(results((), (), True).splitlines()[-2])
      <boolean>true</boolean>
    """
    head = "".join(f"    <variable name={quoteattr(name)}/>\n" for name in columns)
    if truth is not None:
        body = f"  <boolean>{'true' if truth else 'false'}</boolean>\n"
    else:
        found = "".join(
            "    <result>\n"
            + "".join(_binding(*pair) for pair in zip(columns, row, strict=True))
            + "    </result>\n"
            for row in rows
        )
        body = f"  <results>\n{found}  </results>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sparql xmlns="{_NAMESPACE}">\n  <head>\n{head}  </head>\n{body}</sparql>\n'
    )


def _binding(name: str, found: Cell | None) -> str:
    if found is None:
        return ""
    attribute = ""
    if found.language:
        attribute = f" xml:lang={quoteattr(found.language)}"
    elif found.datatype:
        attribute = f" datatype={quoteattr(found.datatype)}"
    text = escape(_NO_XML.sub("\ufffd", found.text), {"\r": "&#13;"})
    term = f"<{found.kind}{attribute}>{text}</{found.kind}>"
    return f"      <binding name={quoteattr(name)}>{term}</binding>\n"

"""Title, date, publisher and address at the head of a text file.

Three forms are read: front matter between two `---` lines, leading `key: value` lines,
and one first line `# title: … | address: … | …`. What is not a known key in the last
form and in front matter is skipped; a leading line with an unknown key is article text.
"""

from __future__ import annotations

import re
from typing import Any

from kg.read.article import Article

KEYS = {
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "publisher": "publisher",
    "source": "publisher",
    "outlet": "publisher",
    "url": "url",
    "address": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
}
_LINE = re.compile(r"([A-Za-z][A-Za-z_ -]{0,30}?)[ \t]*:[ \t]+(\S.*?)[ \t]*$")
_FENCE = re.compile(r"---[ \t]*$")
_PIPED = re.compile(r"#[ \t]*(?=[a-z]+:[ \t])(?=.*[ \t]\|[ \t])", re.IGNORECASE)


def headed(text: str) -> Article:
    r"""The article of a text with or without a header; its text begins after the header.

    >>> headed("title: Raid\ndate: 2031-05-09\n\nThe raid failed.")  # doctest: +ELLIPSIS
    Article(text='The raid failed.', title='Raid', published='2031-05-09', ...)
    >>> headed("The raid failed.").title
    ''
    """
    lines = text.split("\n")
    if _FENCE.match(lines[0]):
        fields, rest = _front_matter(lines)
    elif _PIPED.match(lines[0]):
        fields, rest = _piped(lines[0]), 1
    else:
        fields, rest = _leading(lines)
    if not fields:
        return Article(text=text)
    while rest < len(lines) and not lines[rest].strip():
        rest += 1
    return Article(text="\n".join(lines[rest:]), **fields)


def _front_matter(lines: list[str]) -> tuple[dict[str, Any], int]:
    for index, line in enumerate(lines[1:50], start=1):
        if _FENCE.match(line):
            return _fields(lines[1:index]), index + 1
    return {}, 0


def _leading(lines: list[str]) -> tuple[dict[str, Any], int]:
    count = 0
    for line in lines:
        found = _LINE.match(line)
        if not found or found[1].lower() not in KEYS:
            break
        count += 1
    return _fields(lines[:count]), count


def _piped(line: str) -> dict[str, Any]:
    return _fields(re.split(r"[ \t]\|[ \t](?=[a-z ]+:[ \t])", line.lstrip("# \t")))


def _fields(lines: list[str]) -> dict[str, Any]:
    """Known fields of header lines; the first of a repeated key counts, quotes are taken off."""
    fields: dict[str, Any] = {}
    for line in lines:
        found = _LINE.match(line)
        field = KEYS.get(found[1].lower()) if found else None
        if found and field:
            value = found[2]
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            fields.setdefault(field, value)
    return fields

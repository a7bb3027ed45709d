"""Where paragraphs end in plain text; lines that were only wrapped end none."""

from __future__ import annotations

import re

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_STOPS = (".", "!", "?", ":", ";", '"', "”", "’", "'", ")", "…")


def breaks(text: str) -> list[int]:
    r"""Offsets of the characters that begin a paragraph, the first one apart, ascending.

    A blank line always separates. A single line break separates too, unless the lines of the block
    look wrapped at a column: most of about one length, at most 100, many without a final stop.

    >>> breaks("One.\nTwo.\n\nThree.")
    [5, 11]
    """
    text = (
        text.replace("\r\n", " \n")
        .replace("\r", "\n")
        .replace("\u2029", "\n")
        .replace("\u2028", "\n")
    )
    found: list[int] = []
    start = 0
    for gap in [*_BLANK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        block = text[start:end]
        if not _wrapped(block):
            at = block.find("\n")
            while at >= 0:
                found.append(start + at + 1)
                at = block.find("\n", at + 1)
        if gap:
            start = gap.end()
            found.append(start)
    return [at for at in found if 0 < at < len(text)]


def _wrapped(block: str) -> bool:
    lines = [line.rstrip() for line in block.split("\n")]
    if len(lines) < 3:
        return False
    body, longest = lines[:-1], max(map(len, lines))
    if longest > 100 or longest < 40:
        return False
    full = sum(len(line) >= 0.75 * longest for line in body)
    unstopped = sum(not line.endswith(_STOPS) for line in body)
    return full >= 0.8 * len(body) and unstopped >= 0.4 * len(body)

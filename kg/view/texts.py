"""The text of each article as the page shows it, with offsets as browsers count them.

A browser counts UTF-16 units, the graph code points. An article whose text the store does not
hold is pieced together from the passages that something was read from, "…" between them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from kg.view.reading import Span

GAP = "\n…\n"


class Text:
    """One article's text, and where each of its characters stands in it.

    >>> text = Text("", [Span("a", 10, 15, "Guns 💥"[:5]), Span("a", 12, 15, "ns ")])
    >>> text.shown, text.whole, text.place(12)
    ('Guns ', False, 2)
    >>> Text("💥 then", []).place(1)
    2
    """

    def __init__(self, body: str, spans: Iterable[Span]) -> None:
        self.whole = bool(body)
        self._starts: list[int] = [0]
        self._shifts: list[int] = [0]
        self.shown = body or self._pieced(sorted(spans))
        wide = [index for index, sign in enumerate(self.shown) if sign > "\uffff"]
        self._wide = wide

    def _pieced(self, spans: list[Span]) -> str:
        text, until = "", -1
        self._starts.clear()
        self._shifts.clear()
        for span in spans:
            if span.start > until:
                text += GAP if text else ""
                self._starts.append(span.start)
                self._shifts.append(len(text) - span.start)
                text += span.exact
                until = span.end
            elif span.end > until:
                text += span.exact[until - span.start :]
                until = span.end
        return text

    def place(self, offset: int) -> int:
        """UTF-16 offset in the shown text of a code-point offset in the article."""
        if not self._starts:
            return 0
        piece = max(bisect_right(self._starts, offset) - 1, 0)
        at = offset + self._shifts[piece]
        return at + bisect_right(self._wide, at - 1)

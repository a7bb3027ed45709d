"""Pieces of HTML, as feeds and mails carry them, to paragraphs of plain text."""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote br caption dd div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td tfoot th thead tr ul"
    .split()
)  # fmt: skip
_UNSEEN = frozenset("head iframe noscript object script style svg template title".split())


def paragraphs(html: str) -> str:
    r"""The visible text of a piece of HTML, one line per paragraph, blanks joined.

    >>> paragraphs("<p>Orsk was <b>shelled</b>.</p><script>x()</script><p>Two\n died.")
    'Orsk was shelled.\nTwo died.'
    >>> paragraphs("Plain &amp; simple")
    'Plain & simple'
    """
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    lines = (" ".join(block.split()) for block in "".join(reader.found).split("\n"))
    return "\n".join(line for line in lines if line)


class _Blocks(HTMLParser):
    r"""Collects text; "\n" stands where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag in _BLOCKS:
            self.found.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.found.append(data.replace("\n", " "))

"""Markdown files: front matter read, markup taken off, one line per paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.read import encoding
from kg.read.article import Article, Reader, Source
from kg.read.header import headed
from kg.records import Rejection


def articles(source: Source) -> Iterator[Article | Rejection]:
    """The one article of a Markdown file; its title is in the header or the first heading."""
    article = headed(encoding.text(source).replace("\r\n", "\n"))
    title, text = prose(article.text)
    yield replace(article, text=text, title=article.title or title)


def prose(markdown: str) -> tuple[str, str]:
    r"""Title and text of Markdown: paragraphs, headings and list items, no code, tables or images.

    >>> prose("# Raid\n\nThe *raid* on\n[Orsk](https://news.example) failed.")
    ('Raid', 'Raid\n\nThe raid on Orsk failed.')
    """
    from markdown_it import MarkdownIt

    title, paragraphs, heading = "", [], ""
    for token in MarkdownIt("commonmark", {"html": True}).parse(markdown):
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "heading_close":
            heading = ""
        elif token.type == "inline":
            words = "".join(
                _characters(child.type, child.content) for child in token.children or ()
            )
            if words.strip():
                paragraphs.append(words)
            if heading == "h1" and not title:
                title = words
    return title, "\n\n".join(paragraphs)


def _characters(kind: str, content: str) -> str:
    if kind == "softbreak":
        return " "
    if kind == "hardbreak":
        return "\n"
    return content if kind in ("text", "code_inline", "text_special") else ""


READER = Reader("markdown", (".md", ".markdown"), articles)

"""Which queries are refused before any engine sees them.

A query text may come from a stranger. SERVICE makes the engine call another host, FROM and
LOAD make rdflib read files and addresses, updates write. The text is cut into the lexical
tokens of SPARQL 1.1 (comments, strings, IRIs, names and variables each in one piece), and
the bare words that are left are compared with the forbidden ones. SPARQL lets a codepoint
escape (backslash, u, four digits) stand anywhere, and engines disagree on when they resolve
it; the text is therefore looked at twice, with and without the escapes resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.errors import QueryError

_TOKEN: Final = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*+)
    | (?P<string>
          \"\"\"(?:[^"\\]|\\.|"{1,2}+(?!"))*+\"\"\"
        | '''(?:[^'\\]|\\.|'{1,2}+(?!'))*+'''
        | "(?:[^"\\\n\r]|\\.)*+"
        | '(?:[^'\\\n\r]|\\.)*+'
      )
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
    | (?P<variable>[?$]\w++)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<name>(?:[^\W\d_][\w.-]*+)?:(?:[\w:%-]|\\.|\.(?=[\w:%\\-]))*+ | _:\w[\w.-]*+)
    | (?P<run>[^\W\d_][\w.-]*+)
    | (?P<word>[^\W\d]\w*+)
    | (?P<space>\s++)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Possessive, and a run of letters is looked at once, so that the time is linear."""
_RUN: Final = re.compile(r"(?P<word>[^\W\d]\w*+)|(?P<sign>.)", re.DOTALL)
"""A run of letters, digits, dots and hyphens before no colon is words with signs between them."""

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_REACHING: Final[dict[str, str]] = {
    "service": "SERVICE would send a request to another host",
    "load": "LOAD reads from outside of the store",
}
_UPDATES: Final = ("insert", "delete", "clear", "drop", "create", "copy", "move", "add")
_FORBIDDEN: Final[dict[str, str]] = {
    **_REACHING,
    "from": "FROM would read a dataset from outside of the store; use GRAPH <iri> { … }",
    **{
        word: f"{word.upper()} is an update; the store is changed by `kg build` and `kg retract`, "
        "or by the update operation of `kg serve --allow-update`"
        for word in _UPDATES
    },
}
_EXCERPT: Final = 100
"""Characters of a faulty line that are shown before and behind the fault."""
_QUOTES: Final = frozenset({'"', "'", '""', "''"})
_BROKEN: Final = 32
"""Strings that do not end, in a text that no engine would parse."""
_DEEPEST: Final = 500
"""Brackets within brackets; at some thousands the engine ends its process."""
_MESSAGE: Final = 2000
"""Characters of an engine's message that are read; it may repeat the whole query."""
_FORMS: Final = frozenset({"select", "ask", "construct", "describe"})


def tokens(sparql: str) -> list[tuple[str, str, int]]:
    """The tokens of a query as (kind, text, offset), white space and comments left out.

    Kinds: string, iri, variable, language, name, word, sign. The time is linear in the text.

    >>> tokens('SELECT ?x # all')
    [('word', 'SELECT', 0), ('variable', '?x', 7)]

    Raises:
        QueryError: over 32 strings do not end.
    """
    return list(_tokens(sparql))


def _tokens(sparql: str) -> Iterator[tuple[str, str, int]]:
    broken = 0
    for match in _TOKEN.finditer(sparql):
        kind, text, at = match.lastgroup or "", match.group(), match.start()
        if kind == "run":
            for part in _RUN.finditer(text):
                yield part.lastgroup or "", part.group(), at + part.start()
            continue
        if kind in ("comment", "space"):
            continue
        # each of these made the pattern look ahead to the end of the line or the text in vain
        broken += text in _QUOTES and (kind == "sign" or sparql[at + 2 : at + 3] == text[0])
        if broken > _BROKEN:
            raise QueryError(
                f"query cannot be parsed, {where(sparql, at)}: over {_BROKEN} strings do not end; "
                "close each with the quotation mark that opened it"
            )
        yield kind, text, at


def _resolved(sparql: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code <= 0x10FFFF else match.group()

    return _ESCAPE.sub(character, sparql)


def where(sparql: str, offset: int) -> str:
    r"""Line and column (both from 1) of an offset, as messages give them.

    >>> where("ASK\n{ }", 4)
    'line 2, column 1'
    """
    line = sparql.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - (sparql.rfind(chr(10), 0, offset) + 1) + 1}"


def admitted(sparql: str) -> str:
    """The query text itself if it only reads this store.

    Raises:
        QueryError: empty, an update, a query with SERVICE, FROM or FROM NAMED, or one that is
            nested too deeply; the message names the word, its line and column, and what to
            write instead.
    """
    for words in _words(sparql, _FORBIDDEN, "query"):
        if _FORMS.isdisjoint(words):
            raise QueryError(
                "not a SPARQL query: it needs SELECT, ASK, CONSTRUCT or DESCRIBE; "
                "`kg queries` lists the stored queries"
            )
    return sparql


def admitted_update(sparql: str) -> str:
    """The update text itself if it writes to this store and reads nothing from elsewhere.

    Raises:
        QueryError: no update at all, or one with SERVICE or LOAD.
    """
    for words in _words(sparql, _REACHING, "update"):
        if words.isdisjoint(_UPDATES):
            raise QueryError(
                "not a SPARQL update: it needs INSERT, DELETE, CLEAR, DROP, COPY, MOVE or ADD"
            )
    return sparql


def _words(sparql: str, forbidden: Mapping[str, str], what: str) -> Iterator[set[str]]:
    """The bare words of the text as it stands, and with its escapes resolved."""
    for text in dict.fromkeys((sparql, _resolved(sparql))):
        found = tokens(text)
        _shallow(text, found)
        words = [(word.casefold(), at) for kind, word, at in found if kind == "word"]
        for word, at in words:
            if word in forbidden:
                raise QueryError(f"{what} refused, {where(text, at)}: {forbidden[word]}")
        yield {word for word, _ in words}


def _shallow(sparql: str, found: Sequence[tuple[str, str, int]]) -> None:
    depth = 0
    for kind, text, at in found:
        if kind == "sign":
            depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(text, 0)
            if depth > _DEEPEST:
                raise QueryError(
                    f"query cannot be parsed, {where(sparql, at)}: over {_DEEPEST} brackets "
                    "within each other; write it flatter"
                )


def ordered(sparql: str) -> bool:
    """Whether the query says in which order its rows come (the word ORDER outside of braces).

    >>> ordered("SELECT ?x { ?x a ?y } ORDER BY ?x"), ordered("SELECT ?x { ?x a ?y }")
    (True, False)
    """
    depth = 0
    for kind, text, _ in tokens(sparql):
        if kind == "sign":
            depth += {"{": 1, "}": -1}.get(text, 0)
        elif kind == "word" and depth == 0 and text.casefold() == "order":
            return True
    return False


def fault(sparql: str, message: str) -> QueryError:
    """The error for a text that an engine could not parse, with its line shown.

    Args:
        sparql: the query text.
        message: what the engine said; "line:column" or "line:N, col:N" in it is used.
    """
    found = re.search(r"(?:line:)?(\d+)(?:,\s*col)?:(\d+)", message[:_MESSAGE])
    if found is None:
        return QueryError(f"query cannot be parsed: {message[:_MESSAGE]}")
    line, column = int(found.group(1)), int(found.group(2))
    lines = sparql.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    missing = re.search(
        r"([A-Za-z][\w.-]*):[\w%-]*$", shown[max(column - _EXCERPT, 0) : max(column - 1, 0)]
    )
    reason = (
        f'prefix "{missing.group(1)}:" is not declared'
        if (missing and "Prefix not found" in message)
        else "syntax error"
    )
    if "contains a variable that is unbound" in message:
        reason = "a selected variable is neither grouped nor aggregated"
    # of a line without end the part around the fault
    first = max(column - _EXCERPT, 0)
    excerpt = shown[first : column + _EXCERPT]
    pointer = " " * (column - 1 - first) + "^"
    return QueryError(
        f"query cannot be parsed, line {line}, column {column}: {reason}\n  {excerpt}\n  {pointer}"
    )

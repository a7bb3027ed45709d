"""A request as the SPARQL 1.1 Protocol has it (W3C Recommendation of 21 March 2013)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.serve.refusal import Refusal

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_FIELDS: Final = 200
"""Most parameters of a request."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked for.

    Attributes:
        kind: "query", "update", or "describe" (what the service itself can do).
        text: SPARQL, empty for "describe".
        default: IRIs of the default graph.
        named: IRIs of the graphs that GRAPH sees.
        form: the name that ?format= gives, "" without one.
        partial: whether the first rows are wanted where there are more than allowed.
        rows: how many rows are wanted at most, 0: as many as are allowed.
    """

    kind: Literal["query", "update", "describe"]
    text: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    form: str
    partial: bool
    rows: int = 0


async def operation(request: Request, most: int) -> Operation:
    """What a GET, HEAD or POST request asks for.

    Args:
        request: its body is read here.
        most: bytes of a body.

    Raises:
        Refusal: 400, 413 or 415, with what to send instead.
    """
    fields = _fields(request.url.query)
    if request.method != "POST":
        if "update" in fields:
            raise Refusal(400, "an update is sent by POST, never by GET")
        return _operation(fields, describing=True)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in (_FORM, _QUERY, _UPDATE):
        raise Refusal(
            415,
            f'Content-Type "{media}" is none that a SPARQL request has; send {_FORM} with '
            f"query=…, or the text itself as {_QUERY}",
        )
    body = await _body(request, most)
    if media == _FORM:
        for name, values in _fields(body).items():
            fields.setdefault(name, []).extend(values)
    else:
        fields.setdefault("query" if media == _QUERY else "update", []).append(body)
    return _operation(fields, describing=False)


async def received(request: Request, most: int) -> bytes:
    """The body of a request.

    Raises:
        Refusal: 413, it has more than `most` bytes.
    """
    too_much = Refusal(413, f"the request's body is longer than {most:,} bytes; send a shorter one")
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > most:
        raise too_much
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise too_much
    return bytes(body)


async def _body(request: Request, most: int) -> str:
    body = await received(request, most)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"the request's body is not UTF-8 ({error}); send UTF-8") from error


def _fields(text: str) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS, separator="&"
        )
    except ValueError as error:
        raise Refusal(400, f"the parameters cannot be read ({error}); encode them anew") from error
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _operation(fields: dict[str, list[str]], *, describing: bool) -> Operation:
    queries, updates = fields.get("query", []), fields.get("update", [])
    if len(queries) + len(updates) > 1:
        raise Refusal(400, "one request holds one query or one update; send them one by one")
    if {"using-graph-uri", "using-named-graph-uri"} & fields.keys():
        raise Refusal(400, "using-graph-uri is not supported; write USING or WITH in the update")
    if not queries and not updates and not describing:
        raise Refusal(400, "there is no query in the request; send query=SELECT …")
    if any(not text.strip() for text in queries + updates):
        raise Refusal(400, "the query is empty; send query=SELECT …")
    default, named = fields.get("default-graph-uri", []), fields.get("named-graph-uri", [])
    if updates and (default or named):
        raise Refusal(400, "graphs of an update stand in its text: write USING, WITH or GRAPH")
    # SPARQLWrapper sends its format under three names; they are all the same one
    form = next((fields[name][0] for name in ("format", "output", "results") if name in fields), "")
    return Operation(
        "query" if queries else "update" if updates else "describe",
        (queries + updates + [""])[0],
        tuple(sorted(set(default))),
        tuple(sorted(set(named))),
        form,
        fields.get("partial", ["no"])[-1].lower() in ("yes", "true", "1"),
        _rows(fields.get("rows", ["0"])[-1]),
    )


def _rows(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Refusal(400, f"rows={text[:60]} is no number of rows; send rows=1000")
    return int(text)

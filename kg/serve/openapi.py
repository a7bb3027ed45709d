"""What the server takes and gives, as an OpenAPI 3.1 document for other programs and testers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kg.serve.accept import TABLES, TRIPLES
from kg.serve.graphs import FORMS
from kg.version import VERSION

_TEXT: Final = {"text/plain": {"schema": {"type": "string"}}}
_CELLS: Final = r"^[0-9]+[.][0-9]+(,[0-9]+[.][0-9]+)*$"
_GRAPHS: Final = {"type": "array", "items": {"type": "string", "format": "uri"}}
_REFUSALS: Final = {
    "400": "the query cannot be parsed, or the request holds none or several",
    "403": "the query reaches outside of the store, or updates are not allowed",
    "406": "no format that is wanted fits the kind of query",
    "413": "the answer has too many rows, or the body too many bytes",
    "421": "the server does not answer for this host name",
    "429": "too many queries of this client wait for their turn",
    "500": "the query took more memory than it may",
    "503": "the server is busy, or the store is gone",
    "504": "the query took more time than it may",
}


def openapi(*, updates: bool, rows: int, seconds: float) -> Mapping[str, Any]:
    """The document.

    Args:
        updates: whether updates are taken.
        rows: most rows of an answer.
        seconds: after which a query is stopped.
    """
    answers: dict[str, Any] = {
        media: {"schema": {}} for form in (*TABLES, *TRIPLES) for media in form.media[:1]
    }
    responses = {
        "200": {"description": "the answer", "content": answers},
        **{code: {"description": why, "content": _TEXT} for code, why in _REFUSALS.items()},
    }
    posted: dict[str, Any] = {
        "application/x-www-form-urlencoded": {"schema": _form(updates=updates)},
        "application/sparql-query": {"schema": {"type": "string", "minLength": 1}},
    }
    if updates:
        posted["application/sparql-update"] = {"schema": {"type": "string", "minLength": 1}}
    post: dict[str, Any] = {
        "summary": "Answer a query" + (", or apply an update" if updates else ""),
        "requestBody": {"required": True, "content": posted},
        "responses": {
            **responses,
            "204": {"description": "the update is applied"},
            "401": {"description": "an update needs the token", "content": _TEXT},
            "415": {"description": "no body that SPARQL requests have", "content": _TEXT},
        },
    }
    if updates:
        post["security"] = [{}, {"token": []}]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "conflict-kg",
            "version": VERSION,
            "description": f"SPARQL 1.1 Protocol over a graph of claims about armed conflict. At "
            f"most {rows:,} rows an answer and {seconds:g} s a query.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/sparql": {
                "get": {
                    "summary": "Answer a query; without one, describe the service",
                    "parameters": _parameters(),
                    "responses": {
                        **responses,
                        "303": {"description": "a browser is sent to the query page"},
                    },
                },
                "post": post,
            },
            "/graphs": _whole_graphs(responses, updates=updates),
            "/queries/{name}": {
                "get": {
                    "summary": "The text of a stored query, its parameters filled in",
                    "parameters": [
                        {
                            "name": "name",
                            "in": "path",
                            "required": True,
                            "schema": {"type": "string", "pattern": "^[a-z0-9-]+$"},
                        }
                    ],
                    "responses": {
                        "200": {"description": "SPARQL", "content": _TEXT},
                        "400": {"description": "no such parameter", "content": _TEXT},
                        "404": {"description": "no such query", "content": _TEXT},
                    },
                }
            },
            "/outlines": {
                "get": {
                    "summary": "Outlines for maps: of cells of five degrees, or of the world",
                    "parameters": [
                        {
                            "name": "cells",
                            "in": "query",
                            "schema": {"type": "string", "pattern": _CELLS},
                        }
                    ],
                    "responses": {
                        "200": {
                            "description": "lines and names",
                            "content": {"application/json": {"schema": {}}},
                        },
                        "400": {"description": "no such cells, or too many", "content": _TEXT},
                    },
                }
            },
            "/about.json": {"get": _simple("Prefixes, stored queries, limits", "application/json")},
            "/health": {
                "get": _simple(
                    "Whether the store can be reached", "application/json", ("200", "503")
                )
            },
            "/explore": {"get": _simple("The explorer, from the store as it is now", "text/html")},
            "/": {"get": _simple("The query page", "text/html")},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}} if updates else {}
        },
    }


def _whole_graphs(responses: Mapping[str, Any], *, updates: bool) -> Mapping[str, Any]:
    """The Graph Store HTTP Protocol: reading, and where updates are taken, changing a graph."""
    name = {"name": "graph", "in": "query", "schema": {"type": "string", "format": "uri"}}
    union = {
        "name": "default",
        "in": "query",
        "schema": {"type": "string"},
        "allowEmptyValue": True,
    }
    triples: dict[str, Any] = {form.media[0]: {"schema": {}} for form in TRIPLES}
    missing = {"description": "no such graph", "content": _TEXT}
    read = {**responses, "200": {"description": "its triples", "content": triples}, "404": missing}
    found: dict[str, Any] = {
        "get": {
            "summary": "A whole graph by its name, or the union of all",
            "parameters": [name, union],
            "responses": read,
        }
    }
    if updates:
        changed = {code: responses[code] for code in ("400", "403", "413", "421", "500", "503")} | {
            "204": {"description": "the graph is changed"},
            "401": {"description": "a change needs the token", "content": _TEXT},
            "404": missing,
        }
        body = {
            "required": True,
            "content": {media: {"schema": {"type": "string"}} for media in FORMS},
        }
        for method, what in (("put", "Replace"), ("post", "Add to"), ("delete", "Remove")):
            found[method] = {
                "summary": f"{what} a graph",
                "parameters": [{**name, "required": True}],
                "responses": changed,
                "security": [{"token": []}],
            }
        for method in ("put", "post"):
            found[method]["requestBody"] = body
            found[method]["responses"] = changed | {
                "415": {"description": "no media type of triples", "content": _TEXT}
            }
    return found


def _parameters() -> Sequence[Mapping[str, Any]]:
    fields: dict[str, Mapping[str, Any]] = {
        "query": {"type": "string", "minLength": 1},
        "default-graph-uri": _GRAPHS,
        "named-graph-uri": _GRAPHS,
        "format": _formats(),
        "partial": {"type": "string", "enum": ["yes", "no"]},
        "rows": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
    }
    return [{"name": name, "in": "query", "schema": schema} for name, schema in fields.items()]


def _form(*, updates: bool) -> Mapping[str, Any]:
    fields = {one["name"]: one["schema"] for one in _parameters()}
    asked: dict[str, Any] = {"type": "object", "properties": fields, "required": ["query"]}
    if not updates:
        return asked
    update = {"type": "object", "properties": {"update": fields["query"]}, "required": ["update"]}
    return {"oneOf": [asked, {**update, "additionalProperties": False}]}


def _formats() -> Mapping[str, Any]:
    names = dict.fromkeys(name for form in (*TABLES, *TRIPLES) for name in form.called)
    return {"type": "string", "enum": list(names)}


def _simple(summary: str, media: str, codes: Sequence[str] = ("200",)) -> Mapping[str, Any]:
    content: dict[str, Any] = {media: {"schema": {}}}
    return {
        "summary": summary,
        "responses": {code: {"description": summary, "content": content} for code in codes},
    }

"""Any NetworkX algorithm, by name, on any of the networks.

Which algorithms fit is read from NetworkX itself: the function's signature says what it needs,
and what it gives back must be a value for each node or edge, a group of nodes, or a choice of
nodes or edges. Which backend computes it is NetworkX's affair.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from numbers import Number
from typing import Any, Final

import networkx as nx

from kg.errors import QueryError

MOST: Final = 100_000
"""An algorithm that goes on giving groups, paths or pairs is stopped after so many."""
_SPACES: Final = ("", "community.", "approximation.", "bipartite.", "link_analysis.")


@dataclass(frozen=True, slots=True)
class Score:
    """What an algorithm gives for one node, or for one edge or pair of nodes.

    Attributes:
        node, label: IRI and name.
        other, other_label: the other end, None for a node.
        value: a number; for a group its number, 1 the largest; 1 where the node or edge is
            chosen and nothing more is said about it.
    """

    node: str
    label: str
    other: str | None
    other_label: str | None
    value: float


def scores(
    graph: nx.Graph[str],
    algorithm: str,
    *,
    backend: str | None = None,
    parameters: Mapping[str, str] | None = None,
) -> tuple[Score, ...]:
    """What an algorithm gives for the nodes or edges of a network, the highest value first.

    Groups come largest first. Algorithms with a `seed` are given 0, so that they repeat.

    Args:
        graph: one of the networks.
        algorithm: a function of NetworkX: "pagerank", "community.louvain_communities".
        backend: a backend of NetworkX that is installed.
        parameters: further arguments of the function by name, as JSON; a node is given by
            its IRI or name.

    Raises:
        QueryError: no such algorithm, it does not fit, lacks an argument, or fails.
    """
    function = _function(algorithm)
    names = list(graph)
    # numbers for nodes: a set of strings has another order in the next process
    plain = nx.convert_node_labels_to_integers(graph, label_attribute="iri")
    given = _arguments(function, algorithm, graph, names, dict(parameters or {}))
    if backend:
        given["backend"] = backend
    try:
        found, rising = _read(function(plain, **given), plain)
    except _UnfitError as error:
        free = inspect.signature(function).parameters
        lacks = [one for one in ("source", "target") if one in free and one not in given]
        more = " ".join(f"--param {one}=…" for one in lacks)
        hint = f"; it may need {' and '.join(lacks)}: {more}" if lacks else ""
        raise QueryError(f"{algorithm} {error}{hint}") from error
    except ImportError as error:
        raise QueryError(f"{error}; install it, or leave --backend out") from error
    except (nx.NetworkXException, ArithmeticError, LookupError, TypeError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise QueryError(f"{algorithm} does not fit this network: {reason}") from error
    made = (
        Score(
            names[one],
            graph.nodes[names[one]]["label"],
            None if other is None else names[other],
            None if other is None else graph.nodes[names[other]]["label"],
            value,
        )
        for one, other, value in found
    )
    sign = 1 if rising else -1
    return tuple(
        sorted(made, key=lambda row: (sign * row.value, row.label, row.node, row.other or ""))
    )


def _function(name: str) -> Callable[..., Any]:
    """The function of NetworkX of this name."""
    bare = name.removeprefix("networkx.").removeprefix("nx.").removeprefix("algorithms.")
    for space in _SPACES:
        found = _named(f"{space}{bare}")
        if found is not None and found.__module__.startswith("networkx.algorithms"):
            return found
        if found is not None:
            raise QueryError(
                f"{name} is a function of NetworkX but no algorithm that gives a value per node "
                "or edge"
            )
    known = sorted({one.rpartition(".")[2] for one in dir(nx)} | set(dir(nx.community)))
    near = [one for one in get_close_matches(bare, known, n=8) if _is_algorithm(one)][:3]
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise QueryError(
        f'NetworkX has no algorithm "{name}"{hint}; see '
        "https://networkx.org/documentation/stable/reference/algorithms/"
    )


def _named(name: str) -> Callable[..., Any] | None:
    found: Any = nx
    for part in name.split("."):
        found = None if part.startswith("_") else getattr(found, part, None)
    known = callable(found) and str(getattr(found, "__module__", "")).startswith("networkx.")
    return found if known else None


def _is_algorithm(name: str) -> bool:
    found = getattr(nx, name, None) or getattr(nx.community, name, None)
    return callable(found) and found.__module__.startswith("networkx.algorithms")


def _arguments(
    function: Callable[..., Any],
    name: str,
    graph: nx.Graph[str],
    names: list[str],
    given: dict[str, str],
) -> dict[str, Any]:
    known = inspect.signature(function).parameters
    wanted = [
        parameter
        for parameter in known.values()
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        and parameter.name not in ("backend",)
    ]
    if not wanted or wanted[0].default is not inspect.Parameter.empty:
        raise QueryError(f"{name} takes no network; it is no algorithm on one")
    lacking = [
        parameter.name
        for parameter in wanted[1:]
        if parameter.default is inspect.Parameter.empty and parameter.name not in given
    ]
    if lacking:
        more = " ".join(f"--param {one}=…" for one in lacking)
        raise QueryError(
            f"{name} needs {' and '.join(lacking)}; give {more} (a node by its name or IRI)"
        )
    free = {parameter.name for parameter in wanted[1:]}
    for unknown in sorted(given.keys() - free):
        has = ", ".join(parameter.name for parameter in wanted[1:]) or "none"
        raise QueryError(f'{name} has no parameter "{unknown}"; it has: {has}')
    made = {one: _value(text, graph, names) for one, text in given.items()}
    return made | ({"seed": 0} if "seed" in free and "seed" not in made else {})


def _value(text: str, graph: nx.Graph[str], names: list[str]) -> Any:
    """A node where the words name one, else JSON, else the words."""
    hits = [
        number for number, name in enumerate(names) if text in (name, graph.nodes[name]["label"])
    ]
    if len(hits) > 1:
        some = ", ".join(names[number] for number in hits[:5])
        raise QueryError(f'"{text}" may be {len(hits)} nodes; give one of {some}')
    if hits:
        return hits[0]
    try:
        return json.loads(text)
    except ValueError:
        return text


Read = tuple[int, int | None, float]


class _UnfitError(Exception):
    """What an algorithm gives back holds no value per node or edge."""


def _read(result: Any, graph: nx.Graph[int]) -> tuple[list[Read], bool]:
    """The values per node or edge in what an algorithm gives back, and whether they are groups."""
    if isinstance(result, nx.Graph):
        edges = result.edges(data="weight")
        return [(one, other, _number(weight)) for one, other, weight in edges], False
    if isinstance(result, Mapping):
        return list(_mapped(result, graph)), False
    if isinstance(result, str | bytes | Number) or not isinstance(result, Iterable):
        raise _UnfitError(
            f"returns one value for the whole network ({result!r}), none per node or edge"
        )
    items = list(islice(result, MOST + 1))
    if len(items) > MOST:
        raise _UnfitError(f"goes on after {MOST} results; narrow it with --param")
    if all(_is_node(one, graph) for one in items):
        return [(one, None, 1.0) for one in items], False
    if all(isinstance(one, tuple) and _is_pair(one, graph) for one in items):
        return [(one[0], one[1], _number(one[-1] if one[2:] else None)) for one in items], False
    if all(isinstance(one, set | frozenset | list | tuple) for one in items):
        groups = sorted(map(tuple, items), key=lambda group: (-len(group), sorted(group, key=str)))
        if all(_is_node(node, graph) for group in groups for node in group):
            numbered = enumerate(groups, 1)
            return [(node, None, float(at)) for at, group in numbered for node in group], True
    raise _UnfitError("returns no single value or group per node or edge")


def _mapped(found: Mapping[Any, Any], graph: nx.Graph[int]) -> Iterator[Read]:
    for key, value in found.items():
        if not _scalar(value):
            raise _UnfitError(
                f"returns a {type(value).__name__} for each node, no single value per node or edge"
            )
        if _is_node(key, graph):
            yield key, None, _number(value)
        elif isinstance(key, tuple) and _is_pair(key, graph):
            yield key[0], key[1], _number(value)
        else:
            raise _UnfitError(f"returns values by {key!r}, none per node or edge")


def _is_node(value: object, graph: nx.Graph[int]) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in graph


def _is_pair(value: tuple[Any, ...], graph: nx.Graph[int]) -> bool:
    return len(value) > 1 and _is_node(value[0], graph) and _is_node(value[1], graph)


def _scalar(value: object) -> bool:
    return isinstance(value, Number) and not isinstance(value, complex)


def _number(value: Any) -> float:
    """A number as a plain one, to nine digits; 1 where there is none."""
    return 1.0 if value is None or not _scalar(value) else round(float(value), 9)

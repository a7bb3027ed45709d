"""The explorer as one HTML file.

| part                | is                                                                        |
|---------------------|---------------------------------------------------------------------------|
| `payload`           | one JSON document with everything the page knows                          |
| `templates/*.js`    | plain scripts, one after the other: the model, the store, the panels       |
| `templates/*.css`   | style sheets, both themes                                                 |
| pyvis' wheel        | vis-network, the only foreign script                                      |

pyvis' own templates link style sheets from other hosts and do not escape, so the page around
its library is ours. Nothing is fetched: a content security policy forbids every source but the
scripts of this very file, named by their hashes. Article text travels as JSON and reaches the
page only as text nodes.

A panel is one script that calls `explorer.register({name, title, order, mount, update, counts,
formats})`; the head of `templates/store.js` says what each part is given. A new panel is a file
in `templates/` and its line in `SCRIPTS`, and in `STYLES` if it has a style sheet.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.outlines import script
from kg.view.content import Content, content
from kg.view.layout import Positions, layout
from kg.view.links import QUIET, degrees
from kg.view.payload import payload
from kg.view.reading import Select
from kg.view.wording import family

OUTLINES = "outlines"
"""Stands for the script of `kg.outlines`, which the query page of `kg serve` uses as well."""
SCRIPTS = (
    "dom.js",
    "model.js",
    "store.js",
    "shell.js",
    "take.js",
    "link.js",
    "cards.js",
    "focus.js",
    "help.js",
    "filters.js",
    "search.js",
    "facts.js",
    "text.js",
    "placing.js",
    "groups.js",
    "overview.js",
    "network.js",
    "graph.js",
    OUTLINES,
    "pan.js",
    "symbols.js",
    "places.js",
    "marks.js",
    "map.js",
    "axis.js",
    "timeline.js",
    "sides.js",
    "disputes.js",
    "facilities.js",
    "start.js",
)
"""Our scripts in the order in which they run; panels register themselves before `start.js`."""
STYLES = ("page.css", "column.css", "graph.css", "map.css", "timeline.css", "boards.css")
LATE = frozenset({"Figure", "Claim"})
"""Families switched off when the page opens; their facts stand in the column all the same."""
MOST_SPOTS = 1500
"""Of a graph with more nodes the page itself places whatever part it draws."""
_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"


def page(select: Select, *, title: str, limit: int = 1000) -> str:
    """One HTML file with everything in the dataset.

    Args:
        select: asks the dataset.
        title: heading of the page and name of its tab.
        limit: most nodes that the graph draws one by one; of more it draws groups that can
            be opened, or the best connected, and says how many of how many.

    The same dataset gives the same text. An empty dataset gives a page that says so.
    """
    found = content(select)
    document = payload(found, _spots(found))
    document |= {"limit": max(limit, 1), "title": title}
    scripts = (_text("pyvis", _LIBRARY), *map(_script, SCRIPTS))
    styles = tuple(_text("kg.view", f"templates/{name}") for name in STYLES)
    return (
        _environment()
        .get_template("page.html")
        .render(
            title=title,
            policy=_policy(scripts, styles),
            scripts=[Markup(text) for text in scripts],  # noqa: S704 -- files of ours or pyvis'
            styles=[Markup(text) for text in styles],  # noqa: S704 -- our own files
            data=Markup(_json(document)),  # noqa: S704 -- every < is escaped by _json
        )
    )


def _spots(found: Content) -> Positions:
    """Where nodes stand, each with room for its label; empty where there are too many."""
    late = {iri for iri in found.facts if family(found.facts[iri].kind) in LATE}
    if len(found.drawn) - len(late & set(found.drawn)) > MOST_SPOTS:
        return {}
    degree = degrees(found.edges, without=QUIET)
    satellites: dict[str, str] = {}
    for edge in found.edges:
        # a figure stands by its event, a claim by what it says
        if edge.start in late and edge.role in ("event", "content", "about"):
            satellites.setdefault(edge.start, edge.end)
    for iri in sorted(late - satellites.keys()):
        if iri in found.drawn:
            satellites[iri] = ""
    links = [(edge.start, edge.end) for edge in found.edges if edge.group not in QUIET]
    rooms = {iri: _room(found, iri, degree.get(iri, 0)) for iri in found.drawn}
    return layout(found.drawn, links, rooms=rooms, satellites=satellites)


def _room(found: Content, iri: str, degree: int) -> tuple[float, float]:
    """Width and height of a node with its label, in pixels at full size."""
    fact = found.facts.get(iri)
    name = found.names.short(fact) if fact else found.names.name(iri)
    across = 2.0 * (9 + min(13.0, 3.1 * math.sqrt(degree)))
    return max(5.0 * min(len(name), 26), across, 40.0) + 12.0, max(46.0, across + 16.0)


def _policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """A content security policy that allows these inline texts and nothing else."""

    def hashes(texts: tuple[str, ...]) -> str:
        return " ".join(
            f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
            for text in texts
        )

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _json(document: Mapping[str, Any]) -> str:
    """JSON that no text can break out of: inside a script element only < matters.

    >>> _json({"text": "</script><script>alert(1)</script>"}).count("<")
    0
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _script(name: str) -> str:
    outlines = name == OUTLINES
    return script("explorer.outlines") if outlines else _text("kg.view", f"templates/{name}")


@cache
def _text(package: str, name: str) -> str:
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    # Browsers hash what the parser sees: line ends are \n there, and the element's text is ours.
    return text.replace("\r\n", "\n").replace("</script", "<\\/script")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kg.view"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

"""The interactive graph as one HTML file.

pyvis builds nodes, edges and options, and its wheel brings vis-network, the only foreign
script. The page around it is our own template: pyvis' templates link style sheets from other
hosts and do not escape. Nothing is fetched: a content security policy forbids every source but
the scripts of this very file, named by their hashes. Article text travels as JSON and reaches
the page only as text nodes.
"""

from __future__ import annotations

import base64
import json
import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.records import Table
from kg.view.content import Card, Content, Edge, Node, content, degrees
from kg.view.layout import Positions, layout

Select = Callable[[str], Table]

SHAPES = {
    "Actor": "dot",
    "Place": "square",
    "Facility": "hexagon",
    "Event": "diamond",
    "Equipment": "triangle",
    "Figure": "star",
    "Claim": "triangleDown",
}
"""Family of nodes -> vis-network shape; the order is that of the legend."""
HIDDEN = frozenset({"Figure", "Claim"})
"""Families switched off when the page opens; their facts stand in the panel all the same."""
QUIET = frozenset({"says", "counts", "voice"})
"""Groups of edges that do not count as connections of a node and do not shape the layout."""
_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"


@dataclass(frozen=True, slots=True)
class _Shown:
    """The part of the content that the page holds, and how much there is in all."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    degree: Mapping[str, int]
    total: int
    grown: float


def page(select: Select, *, title: str, limit: int = 1000) -> str:
    """One HTML file with the graph of the dataset.

    Args:
        select: asks the dataset.
        title: heading of the page and name of its tab.
        limit: most nodes to show; of a larger graph the best connected ones are, and the
            page says how many of how many.

    The same dataset gives the same text. An empty dataset gives a page that says so.
    """
    found = content(select)
    shown = _shown(found, limit)
    spots = _spots(shown)
    payload = _payload(found, shown, spots)
    library = _text("pyvis", _LIBRARY)
    script = _text("kg.view", "templates/graph.js")
    style = _text("kg.view", "templates/graph.css")
    return (
        _environment()
        .get_template("graph.html")
        .render(
            title=title,
            policy=_policy((library, script), (style,)),
            library=Markup(library),  # noqa: S704 -- the wheel's own file, no text of articles
            script=Markup(script),  # noqa: S704 -- our own file
            style=Markup(style),  # noqa: S704 -- our own file
            data=Markup(_json(payload)),  # noqa: S704 -- every < is escaped by _json
            shown=len(shown.nodes),
            total=shown.total,
            articles=len(found.articles),
        )
    )


def _shown(found: Content, limit: int) -> _Shown:
    every = degrees(found.edges, without=QUIET)
    quiet = degrees(found.edges)
    ranked = sorted(
        found.nodes,
        key=lambda node: (
            node.family in HIDDEN,
            -every.get(node.iri, 0),
            -quiet.get(node.iri, 0),
            node.iri,
        ),
    )
    kept = {node.iri for node in ranked[: max(limit, 1)]}
    edges = tuple(edge for edge in found.edges if edge.start in kept and edge.end in kept)
    nodes = tuple(node for node in found.nodes if node.iri in kept)
    return _Shown(nodes, edges, degrees(edges, without=QUIET), len(found.nodes), _grown(nodes))


def _spots(shown: _Shown) -> Positions:
    hidden = {node.iri for node in shown.nodes if node.family in HIDDEN}
    satellites: dict[str, str] = {}
    for edge in shown.edges:
        # a figure stands by its event, a claim by what it says
        if edge.start in hidden and edge.role in ("event", "content", "about"):
            satellites.setdefault(edge.start, edge.end)
    for iri in sorted(hidden - satellites.keys()):
        satellites[iri] = ""
    links = [(edge.start, edge.end) for edge in shown.edges if edge.group not in QUIET]
    sizes = {node.iri: _size(shown, node) for node in shown.nodes}
    rooms = {
        node.iri: (
            max(5.0 * min(len(node.short), 26), 2.0 * sizes[node.iri], 40.0) + 12.0,
            max(46.0, 2.0 * sizes[node.iri] + 16.0),
        )
        for node in shown.nodes
    }
    order = [node.iri for node in shown.nodes]
    return layout(order, links, rooms=rooms, satellites=satellites)


def _payload(found: Content, shown: _Shown, spots: Positions) -> Mapping[str, Any]:
    number = {node.iri: index for index, node in enumerate(shown.nodes)}
    used = {iri for edge in shown.edges for iri in edge.cards}
    used |= {iri for node in shown.nodes for iri in node.cards}
    cards = [card for card in found.cards if card.iri in used]
    card_number = {card.iri: index for index, card in enumerate(cards)}
    article_number = {article.iri: index for index, article in enumerate(found.articles)}
    network = _network(shown, spots, number)
    nodes, edges, _, _, _, options = network.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "shapes": list(SHAPES.items()),
        "hidden": sorted(HIDDEN),
        "total": shown.total,
        "grown": shown.grown,
        "about": [
            {
                "label": node.label,
                "short": node.short,
                "kind": node.kind,
                "family": node.family,
                "rows": [[role, text, number.get(iri, -1)] for role, text, iri in node.rows],
                "cards": [card_number[iri] for iri in node.cards],
                "disputed": node.disputed,
                "degree": shown.degree.get(node.iri, 0),
            }
            for node in shown.nodes
        ],
        "ties": [
            {
                "role": edge.role,
                "group": edge.group,
                "cards": [card_number[iri] for iri in edge.cards],
            }
            for edge in shown.edges
        ],
        "cards": [_card(card, number, article_number) for card in cards],
        "articles": [
            {
                "title": article.title,
                "issued": article.issued,
                "publisher": article.publisher,
                "source": article.source,
            }
            for article in found.articles
        ],
    }


def _card(card: Card, number: Mapping[str, int], articles: Mapping[str, int]) -> Mapping[str, Any]:
    return {
        "node": number.get(card.iri, -1),
        "kind": card.kind,
        "title": card.title,
        "rows": [[role, text, number.get(iri, -1)] for role, text, iri in card.rows],
        "voices": [
            {
                "speaker": voice.speaker,
                "node": number.get(voice.node, -1),
                "polarity": voice.polarity,
                "certainty": voice.certainty,
                "act": voice.act,
                "form": voice.form,
                "cue": voice.cue,
                "medium": voice.medium,
                "quote": voice.quote,
                "reporter": voice.reporter,
            }
            for voice in card.voices
        ],
        "passage": card.passage,
        "article": articles.get(card.article, -1),
        "actuality": card.actuality,
        "confidence": card.confidence,
        "notes": [[text, number.get(iri, -1)] for text, iri in card.notes],
    }


def _grown(nodes: tuple[Node, ...]) -> float:
    """How much larger nodes and lines are drawn: a large graph opens small, and must be seen."""
    main = sum(node.family not in HIDDEN for node in nodes)
    return min(1.7, max(1.0, round(math.pow(main / 60, 0.3), 2)))


def _size(shown: _Shown, node: Node) -> int:
    """Radius of a node in pixels at full size, larger with its connections."""
    if node.family in HIDDEN:
        return 7
    return round(shown.grown * (9 + min(13.0, 3.1 * math.sqrt(shown.degree.get(node.iri, 0)))))


def _network(shown: _Shown, spots: Positions, number: Mapping[str, int]) -> Any:
    """The pyvis network: positions fixed, physics off, parallel edges bent apart."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for node in shown.nodes:
        x, y = spots[node.iri]
        network.add_node(
            number[node.iri],
            label=" ",
            shape=SHAPES[node.family],
            size=_size(shown, node),
            x=x,
            y=y,
        )
    parallel: Counter[tuple[int, int]] = Counter()
    for index, edge in enumerate(shown.edges):
        start, end = number[edge.start], number[edge.end]
        pair = (min(start, end), max(start, end))
        turn = 1 if start < end else -1
        bend = 0.09 + 0.11 * parallel[pair]
        parallel[pair] += 1
        network.add_edge(
            start,
            end,
            id=index,
            smooth={
                "enabled": True,
                "type": "curvedCW" if turn > 0 else "curvedCCW",
                "roundness": round(bend, 2),
            },
        )
    network.set_options(json.dumps(_OPTIONS))
    return network


_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {
        "width": 1.2,
        "selectionWidth": 1.6,
        "hoverWidth": 0.8,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.42}},
        "arrowStrikethrough": False,
    },
    "interaction": {
        "hover": True,
        "hideEdgesOnZoom": False,
        "multiselect": False,
        "navigationButtons": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 100000000,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}


def _policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """A content security policy that allows these inline texts and nothing else."""

    def hashes(texts: tuple[str, ...]) -> str:
        return " ".join(
            f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
            for text in texts
        )

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _json(payload: Mapping[str, Any]) -> str:
    """JSON that no text can break out of: inside a script element only < matters.

    >>> _json({"text": "</script><script>alert(1)</script>"}).count("<")
    0
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


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

"""Markup and script in every field that a stranger fills: shown as text, and never run.

The browser is told to ignore the pages' content policy, so that escaping alone has to hold; the
policy itself is tested in `tests/view` and `tests/serve`. Every panel is opened and everything
in it is selected and pointed at; whatever ran would have set `window.hit`.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import kg
from kg.network import derived_graph, identity_graph
from kg.rdf import ontology_graph
from kg.records import Graph
from kg.store import open_store, stored
from tests.browsing import NEEDED, PATIENCE_MS, chromium
from tests.serve.serving import MINI, running

pytestmark = [*NEEDED, pytest.mark.slow]

HIT = "window.hit=1"
BAD = f"</script><script>{HIT}</script><img src=x onerror={HIT}><svg onload={HIT}>'\"`${{{HIT}}}"
NAME = f"<img src=x onerror={HIT}>"
TEXT = (
    f"Governor Marta {NAME} Oren said on Monday that at least 20 people were killed in Kursk when"
    f" the “{BAD}” Brigade of Ukraine shelled it with two Mi-24 {NAME} helicopters.\n\n"
    f"“{BAD} We deny that anyone was killed in Kursk,” the ministry of defence of Ukraine said.\n"
)
PANELS = ("graph", "map", "timeline", "disputes", "facilities")


def everywhere() -> dict[str, tuple[str, ...]]:
    """Graphs of the shared articles with markup in each string, and script for an address."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for quad in pyoxigraph.parse(path=str(MINI)):
        subject, predicate, thing, graph = quad
        assert isinstance(graph, pyoxigraph.NamedNode)
        if predicate.value.endswith("terms/source"):
            thing = pyoxigraph.NamedNode(f"javascript:{HIT}")
        elif isinstance(thing, pyoxigraph.Literal) and thing.datatype.value.endswith("#string"):
            if not predicate.value.endswith(("sha256", "timePrecision")):
                thing = pyoxigraph.Literal(f"{thing.value} {BAD}")
        lines[graph.value].append(f"{pyoxigraph.Quad(subject, predicate, thing, graph)} .")
    return {name: tuple(sorted(set(some))) for name, some in sorted(lines.items())}


@pytest.fixture(scope="module")
def literals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store all of whose strings are hostile."""
    folder = tmp_path_factory.mktemp("literals") / "store"
    with open_store(folder, create=True) as store:
        store.replace(ontology_graph())
        for name, some in everywhere().items():
            if not name.endswith(("graph/identity", "graph/derived")):
                store.replace(Graph(name, some))
        store.replace(identity_graph(store.select))
        store.replace(derived_graph(store.select))
    return folder


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of hostile files of four formats, read by the whole pipeline."""
    folder = tmp_path_factory.mktemp("articles")
    files = folder / "files"
    files.mkdir()
    head = f"title: {BAD}\npublisher: {BAD}\ndate: 2031-03-04\nurl: https://x.example/?{BAD}\n\n"
    (files / f"{NAME}.txt").write_text(head + TEXT, encoding="utf-8")
    record = {"text": TEXT + "!", "title": BAD, "publisher": BAD}
    (files / f"{NAME}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    inner = html.escape(f"<p>{html.escape(TEXT)} Again.</p><script>{HIT}</script>")
    (files / "feed.rss").write_text(
        f'<rss version="2.0"><channel><title>{html.escape(BAD)}</title><item>'
        f"<title>{html.escape(html.escape(BAD))}</title><link>javascript:{HIT}</link>"
        f"<author>{html.escape(BAD)}</author><description>{inner}</description></item>"
        f"<item><title>{html.escape(BAD)}</title><link>https://x.example/2?{html.escape(BAD)}"
        f"</link><description>{inner}</description></item></channel></rss>",
        encoding="utf-8",
    )
    (files / "page.html").write_text(
        f"<html><head><title>{html.escape(BAD)}</title><meta property='og:site_name' "
        f"content='{html.escape(BAD)}'></head><body><article><h1>{html.escape(BAD)}</h1>"
        f"<p>{html.escape(TEXT)} Once more.</p></article></body></html>",
        encoding="utf-8",
    )
    store = folder / "store"
    summary = kg.build([str(files)], store=store)
    assert len(summary.articles) == 4, summary.rejections
    (refused,) = summary.rejections
    assert f'"javascript:{HIT}" is no address' in refused.reason
    return store


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 800})
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


def arrived(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-ready=yes]", state="attached")


def harmless(page: Page, where: str) -> None:
    """Nothing ran, and no element came out of a string."""
    page.wait_for_timeout(50)  # an image that fails says so a moment later
    assert page.evaluate("window.hit") is None, where
    assert page.locator("img, [onerror], [onload], iframe, object, embed").count() == 0, where
    assert page.locator("[href^='javascript:' i], [src^='javascript:' i]").count() == 0, where


def walked(page: Page) -> None:
    """Opens every panel of the explorer, selects everything, and points at it."""
    harmless(page, "start")
    shown = page.locator("body").inner_text()
    for panel in PANELS:
        page.evaluate("name => explorer.show(name)", panel)
        if panel == "map":
            page.click("#panel-map .list-toggle")
        shown += page.locator("body").inner_text()
        harmless(page, panel)
    page.evaluate("explorer.show('graph')")
    chosen = page.evaluate(
        """async () => {
          let count = 0, model = explorer.model, texts = "";
          for (const [kind, list] of Object.entries({ node: model.nodes, edge: model.edges,
              fact: model.facts, claim: model.claims, article: model.articles, span: model.spans,
              dispute: model.disputes }))
            for (const one of list.slice(0, 40)) {
              explorer.store.select(kind, one.id);
              for (const side of ["facts", "text"]) { explorer.showSide(side);
                await new Promise(requestAnimationFrame); texts += document.body.innerText; }
              count += 1;
            }
          return [count, texts.includes("<script>window.hit=1</script>"),
            texts.includes("<img src=x")];
        }"""
    )
    assert chosen[0] > 10
    assert chosen[1:] == [True, True], "the markup is to be read as text"
    harmless(page, "selected")
    for id_ in page.evaluate("explorer.network.ids.slice(0, 12)"):
        spot = page.evaluate(
            """id => { const { vis, host } = explorer.network;
              vis.moveTo({ position: vis.getPosition(id), scale: 1.6, animation: false });
              const at = vis.canvasToDOM(vis.getPosition(id)), box = host.getBoundingClientRect();
              return [box.left + at.x, box.top + at.y]; }""",
            id_,
        )
        page.mouse.move(*spot)
        page.wait_for_timeout(350)  # the tooltip waits
        harmless(page, f"tooltip of node {id_}")
    page.fill("#search", "<img")
    page.keyboard.press("ArrowDown")
    harmless(page, "search")


@pytest.mark.parametrize("store", ["literals", "articles"])
def test_nothing_runs_in_the_explorer(
    store: str, context: BrowserContext, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with kg.Graph(request.getfixturevalue(store)) as graph:
        (tmp_path / "page.html").write_text(graph.view(title=BAD), encoding="utf-8")
    page = context.new_page()
    arrived(page, (tmp_path / "page.html").as_uri() + f"#text={NAME}")
    walked(page)


@pytest.mark.parametrize("store", ["literals", "articles"])
def test_nothing_runs_under_kg_serve(
    store: str, context: BrowserContext, request: pytest.FixtureRequest
) -> None:
    """The explorer, then every stored query in every view, a card of what is clicked, an error."""
    with running(request.getfixturevalue(store)) as server:
        page = context.new_page()
        arrived(page, server.address + "explore")
        walked(page)
        arrived(page, server.address)
        for query in (*(one.text for one in stored()), *_labels()):
            _asked(page, query)
        _asked(page, f'SELECT ?x {{ ?x rdfs:label "{NAME}" {BAD}')
        assert "<script>" in page.inner_text("body"), "the error repeats the query as text"


def _labels() -> tuple[str, ...]:
    """All strings of the store, in each view of the query page."""
    rows = "{ ?x ?p ?label FILTER(isLiteral(?label) && CONTAINS(STR(?label), '<img')) } LIMIT 60"
    return (
        f"SELECT ?x ?label {rows}",
        f"#defaultView:Graph\nSELECT ?x ?label {rows}",
        f"#defaultView:BarChart\nSELECT ?label (STRLEN(STR(?label)) AS ?n) {rows}",
        "#defaultView:Map\nSELECT ?label ?at { ?x ?p ?label FILTER(CONTAINS(STR(?label), '<img'))"
        ' BIND("POINT(30 50)"^^geo:wktLiteral AS ?at) } LIMIT 60',
        "#defaultView:Timeline\nSELECT ?label ?day { ?x ?p ?label FILTER(CONTAINS(STR(?label),"
        " '<img')) BIND('2031-03-04'^^xsd:date AS ?day) } LIMIT 60",
        "SELECT ?x ?link { ?x dcterms:source ?link } LIMIT 20",
    )


def _asked(page: Page, query: str) -> None:
    page.fill("#text", query)
    page.press("#text", "Control+Enter")
    page.wait_for_selector("html[data-state=idle]", state="attached")
    harmless(page, query)
    for view in page.locator("#views button:visible:not([disabled])").all():
        view.click()
        harmless(page, query)
    for link in page.locator("#view tbody button, #view .dot").all()[:3]:
        link.click(force=True)
        harmless(page, query)


def test_nothing_runs_in_a_notebook(context: BrowserContext, articles: Path) -> None:
    """What Jupyter puts into its page: a table, the summary, the explorer in a frame."""
    with kg.Graph(articles) as graph:
        rows = graph.query(
            "SELECT ?a ?label { ?a ?p ?label FILTER(CONTAINS(STR(?label), '<img')) }"
        )
        assert rows.rows
        shown = (rows._repr_html_(), graph._repr_html_(), rows.frame().to_html())
        frame = graph.show(title=BAD)._repr_html_()
    page = context.new_page()
    page.set_content("<meta charset='utf-8'>" + "".join(shown))
    harmless(page, "tables")
    assert "<script>" in page.inner_text("body")
    page.set_content("<meta charset='utf-8'>" + frame)
    inside = page.frames[-1]
    inside.wait_for_selector("html[data-ready=yes]", state="attached")
    for part in page.frames:
        assert part.evaluate("window.hit") is None
        assert part.locator("img").count() == 0
    assert re.search("sandbox", frame)

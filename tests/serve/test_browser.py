"""The query page in a real browser that may reach this server and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from kg.records import Graph
from kg.store import open_store
from tests.browsing import NEEDED, PATIENCE_MS, chromium
from tests.serve.serving import ENDLESS, Server, mini_store, running

HOSTILE = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>"

pytestmark = NEEDED


@dataclass
class Opened:
    """The query page, what it asked of other hosts, and its complaints."""

    page: Page
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, query: str) -> None:
        """Types a query in place of what is there and runs it by the keyboard."""
        self.page.fill("#text", query)
        self.page.press("#text", "Control+Enter")
        self.answered()

    def answered(self) -> None:
        self.page.wait_for_selector("html[data-state=idle]", state="attached")

    def choose(self, name: str) -> None:
        """Chooses a stored query in the gallery."""
        self.page.fill("#find", name)
        self.page.click(f"#queries button:has(small:text-is('{name}'))")
        self.answered()

    def until(self, true: Callable[[], bool]) -> None:
        """Waits for it; the page's policy forbids Playwright to wait inside of the page."""
        for _ in range(PATIENCE_MS // 50):
            if true():
                return
            self.page.wait_for_timeout(50)
        pytest.fail("it did not come")

    @property
    def view(self) -> str:
        return str(self.page.evaluate("document.documentElement.dataset.view"))

    @property
    def said(self) -> str:
        return self.page.inner_text("#said")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


Opening = Callable[..., Opened]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opening]:
    contexts = []

    def opening(server: Server, path: str = "", **options: object) -> Opened:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        tab = Opened(context.new_page())

        def only_here(route: Route) -> None:
            if route.request.url.startswith((server.address, "blob:", "data:")):
                route.continue_()
            else:
                tab.strangers.append(route.request.url)
                route.abort()

        context.route("**/*", only_here)
        tab.page.on("console", lambda message: tab.complaints.append(message.text))
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.goto(server.address + path)
        tab.page.wait_for_selector("html[data-ready=yes]", state="attached")
        return tab

    yield opening
    for context in contexts:
        context.close()


def test_a_query_is_typed_run_and_shown_as_a_table(opened: Opening, server: Server) -> None:
    tab = opened(server)
    tab.ask("SELECT ?t ?d { ?a a ck:Article ; dcterms:title ?t ; dcterms:issued ?d } ORDER BY ?d")
    assert tab.said.startswith("3 rows in ")
    assert tab.page.locator("tbody tr").count() == 3
    assert "Kestonian troops cross into Merrin" in tab.page.inner_text("tbody tr >> nth=0")
    tab.page.click("thead button >> nth=0")
    assert "Both sides claim Halvik" in tab.page.inner_text("tbody tr >> nth=0")
    assert tab.page.get_attribute("thead th >> nth=0", "aria-sort") == "ascending"
    tab.ask("ASK { ?x a ck:Claim }")
    assert tab.page.inner_text(".truth") == "Yes"
    tab.ask("SELECT ?x { ?x a ck:Dam }")
    assert "No rows" in tab.page.inner_text("#view")
    assert (tab.strangers, tab.complaints) == ([], [])


def test_colours_and_prefixes_of_the_editor(opened: Opening, server: Server) -> None:
    tab = opened(server)
    tab.page.fill("#text", '# all\nSELECT ?x { ?x a <urn:b> ; rdfs:label "a # b" }')
    kinds = tab.page.evaluate(
        "Array.from(document.querySelectorAll('#colours span'), s => [s.className, s.textContent])"
    )
    for wanted in (
        ["t-comment", "# all"],
        ["t-keyword", "SELECT"],
        ["t-variable", "?x"],
        ["t-iri", "<urn:b>"],
        ["t-name", "rdfs:label"],
        ["t-string", '"a # b"'],
    ):
        assert wanted in kinds
    tab.page.fill("#text", "")
    tab.page.type("#text", "ASK { ?x a ck:Claim }")
    text = tab.page.input_value("#text")
    line = "PREFIX ck: <https://w3id.org/conflict-kg/ontology#>\n"
    assert text == line + "ASK { ?x a ck:Claim }"
    tab.page.fill("#text", "# why\nASK { ?x a ck:Claim ; rdfs:label ?l }")
    tab.page.click("#declare")
    text = tab.page.input_value("#text")
    assert text.startswith(f"# why\n{line}PREFIX rdfs: <")
    assert tab.complaints == []


def test_the_gallery_and_its_parameters(opened: Opening, server: Server) -> None:
    tab = opened(server)
    tab.page.evaluate("document.activeElement.blur()")
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("denied")
    assert tab.page.locator("#queries button").count() == 1
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    tab.answered()
    assert "rows in" in tab.said
    tab.choose("casualties-by-speaker")
    every = tab.page.locator("tbody tr").count()
    tab.page.fill("#parameters input[name=speaker]", "health")
    tab.page.press("#parameters input[name=speaker]", "Enter")
    tab.until(lambda: tab.page.locator("tbody tr").count() < every)
    assert '"health"' in tab.page.input_value("#text")
    assert tab.page.get_attribute("#queries button[aria-current]", "aria-current") == "true"
    tab.page.type("#text", " ")
    assert tab.page.is_hidden("#parameters")
    assert (tab.strangers, tab.complaints) == ([], [])


def test_views_by_comment_and_by_button(opened: Opening, server: Server) -> None:
    tab = opened(server)
    tab.choose("places-with-coordinates")
    assert tab.view == "map"
    tab.until(lambda: tab.page.locator("circle.dot").count() >= 3)
    assert "Halvik" in tab.page.text_content(".canvas svg")
    assert "km" in tab.page.inner_text(".scale")
    assert "Natural Earth" in tab.page.inner_text(".canvas .source")
    drawn = """() => { const sheet = document.querySelector(".ground"), { width, height } = sheet;
      const pixels = sheet.getContext("2d").getImageData(0, 0, width, height).data;
      return new Set(new Uint32Array(pixels.buffer)).size; }"""
    tab.page.focus(".canvas svg")
    for _ in range(12):  # these lands are in the middle of an ocean
        tab.page.keyboard.press("-")
    tab.until(lambda: tab.page.evaluate(drawn) > 3)
    assert "Morocco" in tab.page.text_content(".canvas svg")
    tab.page.keyboard.press("0")
    before = tab.page.get_attribute("circle.dot >> nth=0", "cx")
    tab.page.focus(".canvas svg")
    tab.page.keyboard.press("ArrowRight")
    tab.until(lambda: tab.page.get_attribute("circle.dot >> nth=0", "cx") != before)
    tab.page.keyboard.press("0")
    tab.page.locator("circle.dot >> nth=0").focus()
    tab.page.keyboard.press("Enter")
    assert "POINT" in tab.page.inner_text(".cardbox")
    tab.page.keyboard.press("Escape")
    assert tab.page.locator(".cardbox").count() == 0
    tab.choose("timeline-of-place")
    assert tab.view == "timeline"
    tab.until(lambda: tab.page.locator(".timeline .item").count() > 5)
    tab.page.click("#views button[data-view=bars]")
    tab.until(lambda: tab.page.locator(".bars .cat").count() > 1)
    tab.page.click("#views button[data-view=graph]")
    tab.until(lambda: tab.page.locator("circle.dot").count() > 3)
    tab.page.click("#views button[data-view=table]")
    tab.until(lambda: tab.page.locator("tbody tr").count() > 5)
    assert tab.page.is_disabled("#views button[data-view=map]")
    tab.ask("#defaultView:BarChart\nSELECT ?k (COUNT(*) AS ?n) { ?x a ?k } GROUP BY ?k")
    assert tab.view == "bars"
    tab.ask("#defaultView:Map\nSELECT ?t { ?a dcterms:title ?t }")
    assert tab.view == "table"
    assert "Not shown as map" in tab.page.inner_text("#note")
    tab.ask("#defaultView:Graph\nCONSTRUCT { ?c ck:claimant ?s } { ?c ck:claimant ?s }")
    assert tab.view == "graph"
    tab.until(lambda: tab.page.locator("circle.dot").count() > 10)
    assert (tab.strangers, tab.complaints) == ([], [])


def test_an_iri_is_asked_about_by_a_click(opened: Opening, server: Server) -> None:
    tab = opened(server)
    tab.ask("SELECT ?x { ?x a ck:NuclearPowerPlant }")
    tab.page.click("tbody .iri >> nth=0")
    tab.answered()
    assert "DESCRIBE <" in tab.page.input_value("#text")
    assert "triples in" in tab.said
    assert tab.view == "graph"
    assert (tab.strangers, tab.complaints) == ([], [])


def test_a_fault_is_shown_where_it_is(opened: Opening, server: Server) -> None:
    tab = opened(server)
    tab.ask("SELECT ?x {\n  ?x a nope:Thing }")
    assert '"nope:" is not declared' in tab.page.inner_text("#fault")
    assert tab.page.locator(".t-wrong").count() == 1
    tab.ask("SELECT * { SERVICE <https://x.example/> { ?s ?p ?o } }")
    assert "another host" in tab.page.inner_text("#fault")
    tab.ask("ASK {}")
    assert tab.page.is_hidden("#fault")
    assert tab.strangers == []


def test_cancel_stops_the_query_in_the_server(opened: Opening, store: Path) -> None:
    with running(store, "--timeout", "600") as server:
        tab = opened(server)
        tab.page.fill("#text", ENDLESS)
        tab.page.press("#text", "Control+Enter")
        tab.page.wait_for_selector("#cancel:visible")
        tab.page.keyboard.press("Escape")
        tab.answered()
        assert "Cancelled" in tab.said
        tab.until(lambda: server.client.get("health").json()["running"] == 0)


def test_what_is_taken_along(opened: Opening, server: Server, tmp_path: Path) -> None:
    tab = opened(server)
    tab.ask('SELECT ?x ?n { VALUES (?x ?n) { ("a, \\"b\\"" 1) (UNDEF 2) } }')
    for name in ("csv", "json"):
        with tab.page.expect_download() as waiting:
            tab.page.click(f"#{name}")
        waiting.value.save_as(tmp_path / name)
    csv = (tmp_path / "csv").read_bytes().decode()
    assert csv == 'x,n\r\n"a, ""b""",1\r\n,2\r\n' or csv == 'x,n\r\n,2\r\n"a, ""b""",1\r\n'
    found = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    row = {"n": {"type": "literal", "value": "2", "datatype": integer}}
    assert row in found["results"]["bindings"]


def test_hostile_text_is_shown_and_never_run(opened: Opening, tmp_path: Path) -> None:
    folder = mini_store(tmp_path / "store")
    graph = "https://w3id.org/conflict-kg/id/article/hostile-000000000000"
    label = HOSTILE.replace('"', '\\"')
    lines = tuple(
        f'<{graph}/{number}> <http://www.w3.org/2000/01/rdf-schema#label> "{label}" <{graph}> .'
        for number in range(3)
    )
    with open_store(folder) as store:
        store.replace(Graph(graph, lines))
    names = f"VALUES ?x {{ <{graph}/0> <{graph}/1> }} ?x rdfs:label ?label"
    queries = (
        f"SELECT ?x ?label {{ {names} }}",
        f"#defaultView:Graph\nSELECT ?x ?label {{ {names} }}",
        f"#defaultView:BarChart\nSELECT ?label (1 AS ?n) {{ {names} }}",
        f"#defaultView:Map\nSELECT ?label ?p {{ {names} "
        'BIND("POINT(30 50)"^^geo:wktLiteral AS ?p) }',
        f'#defaultView:Timeline\nSELECT ?label ("2031-03-04"^^xsd:date AS ?d) {{ {names} }}',
        f"#defaultView:Graph\nDESCRIBE <{graph}/0>",
    )
    with running(folder) as server:
        tab = opened(server)
        for query in queries:
            tab.ask(query)
            assert "<script>" in tab.page.text_content("#view"), query
            assert tab.page.locator("#view img, #view script").count() == 0
        assert tab.page.evaluate("window.hit") is None
        # even markup that got in by another way would not run
        tab.page.evaluate(
            """() => { const script = document.createElement("script");
              script.textContent = "window.hit = 2"; document.body.append(script); }"""
        )
        assert tab.page.evaluate("window.hit") is None
        assert tab.strangers == []


def test_a_query_in_the_address_and_more_rows_than_shown(opened: Opening, store: Path) -> None:
    with running(store, "--max-rows", "250") as server:
        tab = opened(server, "#query=SELECT%20%3Fs%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D")
        assert tab.page.input_value("#text") == "SELECT ?s { ?s ?p ?o }"
        tab.page.click("#run")
        tab.answered()
        assert "The first 250 rows" in tab.page.inner_text("#note")
        assert tab.page.locator("tbody tr").count() == 200
        tab.page.click(".more")
        assert tab.page.locator("tbody tr").count() == 250


def test_the_first_thousand_rows_and_the_others(opened: Opening, server: Server) -> None:
    tab = opened(server)
    tab.page.fill("#text", "SELECT ?s ?x { ?s ?p ?o . ?x a ck:Claim }")
    tab.page.click("#run")
    tab.answered()
    assert tab.page.inner_text("#note").startswith("The first 1,000 rows; there are more.")
    tab.page.click("#further")
    tab.page.get_by_text("The first 10,000 rows").wait_for()
    assert tab.page.locator("#further").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_themes_and_narrow_windows(opened: Opening, server: Server, scheme: str) -> None:
    tab = opened(server, color_scheme=scheme)
    paper = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 23, 28)"}[scheme]
    tab.page.set_viewport_size({"width": 390, "height": 760})
    assert tab.page.is_hidden("#gallery")
    tab.page.click("#gallery-toggle")
    tab.choose("places-with-coordinates")
    assert tab.page.is_hidden("#gallery")
    assert tab.view == "map"
    for name in ("table", "bars", "graph"):
        tab.page.click(f"#views button[data-view={name}]")
        wide = tab.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, name


def test_the_explorer_is_one_click_away(opened: Opening, server: Server) -> None:
    tab = opened(server)
    tab.page.click("a[href=explore]")
    tab.page.wait_for_selector("html[data-ready=yes]", state="attached")
    assert "facts shown" in tab.page.inner_text("#count")
    assert tab.page.evaluate("typeof explorer.network") == "object"
    assert (tab.strangers, tab.complaints) == ([], [])

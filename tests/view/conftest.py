"""The explorer in a real browser with every request refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from kg.view import page
from tests.browsing import PATIENCE_MS, chromium
from tests.view import datasets


@dataclass
class Opened:
    """A page in the browser, the requests it made beyond its own file, and its complaints."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def run(self, script: str, *given: Any) -> Any:
        """The value of a script in the page, frames drawn that it asked for."""
        found = self.page.evaluate(script, *given)
        self.settled()
        return found

    def settled(self) -> None:
        """Waits until the page has drawn what was asked of it."""
        self.page.evaluate(
            "() => new Promise(done => "
            "requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))"
        )

    def node(self, label: str) -> int:
        """The number of the node with this label."""
        return int(
            self.page.evaluate(
                "label => explorer.model.nodes.findIndex(node => node.label === label)", label
            )
        )

    def choose(self, label: str) -> None:
        """Clicks on the node with this label, on the canvas, where a reader would."""
        spot = self.page.evaluate(
            """id => { const { vis, host } = explorer.network;
              vis.moveTo({ position: vis.getPosition(id), scale: 1.6, animation: false });
              const at = vis.canvasToDOM(vis.getPosition(id)), box = host.getBoundingClientRect();
              return [box.left + at.x, box.top + at.y]; }""",
            self.node(label),
        )
        self.settled()
        self.page.mouse.click(*spot)
        self.settled()

    def shown(self, collection: str = "nodes", name: str = "label") -> set[str]:
        """What the filters let through, by name."""
        return set(
            self.page.evaluate(
                "([c, name]) => explorer.model[c].filter(one => explorer.store.shown[c][one.id])"
                ".map(one => one[name])",
                [collection, name],
            )
        )

    def drawn(self) -> set[str]:
        """Labels of the nodes in the graph."""
        return set(
            self.page.evaluate("explorer.network.ids.map(id => explorer.model.nodes[id].label)")
        )

    @property
    def facts(self) -> str:
        return self.page.inner_text("#panel-facts").replace("\u00a0", " ")

    @property
    def hash(self) -> str:
        before, now = None, str(self.page.evaluate("location.hash"))
        while before != now:  # the page writes it a moment after the last change
            self.page.wait_for_timeout(300)
            before, now = now, str(self.page.evaluate("location.hash"))
        return now


Opening = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opening]:
    contexts = []

    def opening(html: str, hash: str = "", **options: Any) -> Opened:
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8", newline="")
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = browser.new_context(accept_downloads=True, **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        tab = Opened(context.new_page(), file.as_uri())

        def refuse(route: Route) -> None:
            if route.request.url.split("#")[0] == tab.address:
                route.continue_()
            else:
                tab.requests.append(route.request.url)
                route.abort()

        context.route("**/*", refuse)
        tab.page.on("console", lambda message: tab.complaints.append(message.text))
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.goto(tab.address + hash)
        tab.page.wait_for_selector("html[data-ready=yes]", state="attached")
        tab.settled()
        return tab

    yield opening
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def html() -> str:
    """The page of the three shared articles."""
    return page(datasets.mini().select, title="Two lands")

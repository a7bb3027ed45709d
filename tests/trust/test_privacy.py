"""Nothing reaches for the network: build, query, view and export run where sockets are forbidden.

The hook holds in every Python process, child processes included. Where Linux allows it the
commands also run in a network namespace without any interface, which binds native code too.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.serving import without_network
from tests.trust.conftest import ROOT, SEEDS

SILENCE = Path(__file__).parent / "silence"

COMMANDS = """
import sys
from kg.cli import app
store, page, *paths = sys.argv[1:]
at = ["--store", store]
for words in (
    ["build", *paths, *at],
    ["query", "articles", *at],
    ["query", "contradictions", *at, "--as-of", "2024-08-09", "--timeout", "0"],
    ["why", "Kursk", *at],
    ["near", "--board", *at],
    ["network", *at],
    ["check", *at],
    ["view", *at, "-o", page],
    ["export", *at, "-f", "graphml", "-o", page + ".graphml"],
    ["export", *at, "-f", "jsonld", "-o", page + ".jsonld"],
    ["retract", "officials", *at],
):
    try:
        app(words, standalone_mode=False)
    except SystemExit as ended:
        assert not ended.code, words
"""


def environment(log: Path) -> Mapping[str, str]:
    found = (str(SILENCE), str(ROOT))
    return os.environ | {"PYTHONPATH": os.pathsep.join(found), "KG_SOCKETS": str(log)}


def silent(code: str, log: Path, *arguments: object, prefix: tuple[str, ...] = ()) -> str:
    done = subprocess.run(
        [*prefix, sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env=environment(log),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


REACHING = (
    "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "import socket; socket.getaddrinfo('example.org', 80)",
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
)


@pytest.mark.parametrize("code", REACHING)
def test_the_hook_hears_whoever_reaches_out(code: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = f"import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', {code!r}]))"
    with pytest.raises(AssertionError, match="no network here"):
        silent(child, log)
    assert log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_build_query_view_and_export_use_no_network(tmp_path: Path) -> None:
    log, page = tmp_path / "log", tmp_path / "page.html"
    path = SEEDS / "01-kursk-officials.txt"
    article = tmp_path / "article.html"
    article.write_text(
        "<html><head><title>Port shelled</title><link rel='stylesheet' href='http://x.example/a'>"
        "</head><body><article><p>Veltrian artillery shelled the port of Orsk on Thursday, the "
        "mayor said.</p><img src='http://x.example/b.png'></article></body></html>",
        encoding="utf-8",
    )
    # a name space without any interface also stops native code, which no hook of Python hears
    prefix = without_network(path)
    said = silent(COMMANDS, log, tmp_path / "store", page, path, article, prefix=prefix)
    assert "Kursk" in said
    assert "Kursk" in page.read_text(encoding="utf-8")
    assert not log.exists(), log.read_text(encoding="utf-8")

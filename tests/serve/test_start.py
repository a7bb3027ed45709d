"""The command starts, says where it is, ends in silence, and says why it cannot start."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from kg.cli import app
from tests.serve.serving import ROOT, running


def test_it_ends_in_silence_and_leaves_no_process(store: Path) -> None:
    with running(store) as server:
        assert server.ask("ASK {}").status_code == 200
        workers = server.workers()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=60) == 0
        assert server.process.stderr is not None
        assert server.process.stderr.read() == ""
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_a_port_that_is_taken(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(app, ["serve", "--store", str(store), "--port", port])
    assert result.exit_code == 2
    assert f"cannot listen on 127.0.0.1 port {port}" in result.stderr
    assert "--port" in result.stderr


def test_no_store(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["serve", "--store", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "no store in" in result.stderr


def test_a_short_token(store: Path) -> None:
    words = ["serve", "--store", str(store), "--allow-update", "--token", "short"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "at least 16" in result.stderr


def test_without_its_libraries_it_says_what_to_install(store: Path) -> None:
    code = (
        "import sys; sys.modules['starlette'] = None; from kg.cli import app; "
        f"app(['serve', '--store', {str(store)!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "pip install 'conflict-kg[serve]'" in done.stderr


def test_the_desk_ends_when_nobody_asks_any_more(store: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg.store.desk", str(store / "data")],
        cwd=ROOT,
        input=b"",
        capture_output=True,
        check=True,
    )
    assert done.stdout == b'{"ready": true}\n'

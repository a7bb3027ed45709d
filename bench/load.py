"""The server under load: `python -m bench.load [--readers 200] [--seconds 20] [--claims 2000]`.

Starts `kg serve` over a made-up war and lets wrk (Debian: `apt-get install wrk`) ask it on
loopback from so many connections at once, each for another reader behind a proxy on this
machine (X-Forwarded-For), a mixture of five queries. Prints answers a second, the 50th and 99th
percentile of the time to an answer, answers by status, broken connections, and the most memory
of the server with its processes. Exit status 1 if an answer is none that the server promises.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.network import war
from kg.rdf import ontology_graph
from kg.store import open_store

ROOT = Path(__file__).parents[1]
QUERIES = (
    "ASK { ?x a ck:Claim }",
    "SELECT ?a ?t { ?a a ck:Article ; dcterms:title ?t } LIMIT 20",
    "SELECT ?kind (COUNT(?e) AS ?n) { ?e ck:actuality ck:Actual ; a ?kind } GROUP BY ?kind",
    'SELECT ?c ?who { ?c a ck:Claim ; ck:claimant/rdfs:label ?who FILTER(?who = "Actor 7") }',
    "SELECT ?e ?l { ?e a ck:Shelling ; rdfs:label ?l } LIMIT 100",
)
EXPECTED = frozenset({200, 429, 503})
SCRIPT = """
local paths = {PATHS}
local threads = {}
statuses = {}
function setup(thread) table.insert(threads, thread) end
function init() math.randomseed(tonumber(tostring({}):match("0x(%x+)"), 16)) end
function request()
  local who = "10.0.0." .. math.random(1, READERS)
  return wrk.format("GET", paths[math.random(#paths)], {["X-Forwarded-For"] = who})
end
function response(status) statuses[status] = (statuses[status] or 0) + 1 end
function done(summary, latency)
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("statuses")) do
      io.write("status ", status, " ", count, "\\n")
    end
  end
  io.write("p50 ", latency:percentile(50) / 1000, "\\np99 ", latency:percentile(99) / 1000, "\\n")
  io.write("max ", latency.max / 1000, "\\nrate ", summary.requests / summary.duration * 1e6, "\\n")
  local e = summary.errors
  io.write("broken ", e.connect + e.read + e.write + e.timeout, "\\n")
end
"""


@contextmanager
def serving(store: Path, *options: str) -> Iterator[tuple[str, int]]:
    """Address and process number of a server, until the block ends."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+:\d+/", line)
        if not found:
            raise SystemExit(line)
        try:
            yield found[0], process.pid
        finally:
            process.terminate()


def asked(address: str, *, readers: int, seconds: int, folder: Path) -> list[tuple[str, float]]:
    """What wrk says: (name, value) of statuses, milliseconds, rate and broken connections."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk is missing; apt-get install wrk")
    paths = ", ".join(f'"/sparql?query={quote(query)}"' for query in QUERIES)
    script = folder / "readers.lua"
    text = SCRIPT.replace("{PATHS}", "{" + paths + "}").replace("READERS", str(readers))
    script.write_text(text, encoding="utf-8")
    options = ["-t", "2", "-c", str(readers), "-d", f"{seconds}s", "--timeout", "30s"]
    done = subprocess.run(
        [wrk, *options, "-s", str(script), address], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = {}
    for line in done.stdout.splitlines():
        match = re.fullmatch(r"(status \d+|p50|p99|max|rate|broken) ([\d.e+]+)", line)
        if match:
            found[match[1]] = found.get(match[1], 0) + float(match[2])
    return sorted(found.items())


def memory(pid: int) -> float:
    """Megabytes of a process and its children (what they share is counted once)."""
    members = [pid]
    for one in members:
        known = Path(f"/proc/{one}/task/{one}/children")
        members += map(int, known.read_text().split()) if known.exists() else []
    total = 0
    for one in members:
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])  # type: ignore[index]
    return total / 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints one line per figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--claims", type=int, default=2000)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with open_store(folder / "war", create=True) as store:
            store.fill([ontology_graph(), *war(given.claims)])  # type: ignore[attr-defined]
            print(f"statements: {store.counts().quads:,}; cores: {os.cpu_count()}")
        with serving(folder / "war") as (address, pid):
            most = [memory(pid)]
            print(f"memory before: {most[0]:.0f} MB")
            ended = threading.Event()

            def watch() -> None:
                while not ended.wait(0.5):
                    most.append(memory(pid))

            watcher = threading.Thread(target=watch)
            watcher.start()
            rows = asked(address, readers=given.readers, seconds=given.seconds, folder=folder)
            ended.set()
            watcher.join()
            time.sleep(1)
            after = memory(pid)
    for name, value in rows:
        unit = {"rate": "answers/s", "p50": "ms", "p99": "ms", "max": "ms"}.get(name, "")
        print(f"{name}: {value:,.0f} {unit}".rstrip())
    print(f"memory at most: {max(most):.0f} MB; after: {after:.0f} MB")
    strange = {name for name, _ in rows if name.startswith("status")} - {
        f"status {status}" for status in EXPECTED
    }
    return int(bool(strange))


if __name__ == "__main__":
    sys.exit(main())

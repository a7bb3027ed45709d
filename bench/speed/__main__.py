"""All of it, or one part: `python -m bench.speed [PART…] [--triples N,N…] [--sizes N,N…]`.

Prints a line per figure, with what it is compared with and the goal. Memory is the most that
this process has taken so far; run a part alone to know its own.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

from bench.speed import growing, near, querying, reading, starting

PARTS = ("reading", "starting", "querying", "near", "growing")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="bench.speed", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--paths", nargs="+", default=[str(reading.SEEDS)], help="texts to read")
    parser.add_argument("--triples", default="100000,1000000", help="10000000 takes 5 GB")
    parser.add_argument("--limit", type=float, default=5, help="seconds of rdflib for a query")
    parser.add_argument("--keep", help="folder for the stores of `querying`, used again")
    parser.add_argument("--save", help="folder for its tables (CSV) and chart (SVG)")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--facilities", type=int, default=35_000)
    parser.add_argument("--sizes", default="0,1000,10000", help="articles that are there")
    parser.add_argument(
        "--computed", type=int, default=10_000, help="articles up to which all is computed as well"
    )
    parser.add_argument("--plot", help="an SVG or PNG file for the curves of growing")
    parser.add_argument("--kept", help="a JSON file for figures of growing, gone on with")
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args(arguments)
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}; there is {', '.join(PARTS)}")
    parts = given.parts or PARTS
    logging.getLogger("kg").setLevel(logging.ERROR)  # that --later leaves a mark is meant
    if "starting" in parts:
        starting.measure()
    if "reading" in parts:
        reading.measure(given.paths, rounds=given.rounds)
    if "near" in parts:
        near.measure(given.events, given.facilities, rounds=given.rounds)
    if "growing" in parts:
        growing.measure(
            [int(size) for size in given.sizes.split(",")],
            computed=given.computed,
            plot=Path(given.plot) if given.plot else None,
            kept=Path(given.kept) if given.kept else None,
        )
    if "querying" in parts:
        querying.measure(
            [int(size) for size in given.triples.split(",")],
            limit=given.limit,
            keep=given.keep,
            save=given.save,
        )


if __name__ == "__main__":
    main()

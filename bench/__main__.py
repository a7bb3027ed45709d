"""All measurements: `python -m bench [--data DIR]`.

Speed needs nothing but this checkout. Quality needs the public test sets, which are not part
of it: DIR holds their folders, and a set that is missing there is skipped and said to be.
"""

from __future__ import annotations

import argparse
import runpy
import sys
from pathlib import Path

# module, what it is given below DIR
QUALITY = (
    ("bench.quality.polnear", "polnear/dev"),
    ("bench.quality.lgl", "geoparsing/lgl.xml"),
    ("bench.quality.ucdp", "ucdp"),
)


def main() -> None:
    """Runs each measurement in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    given = parser.parse_args()
    run("bench.speed")
    for module, place in QUALITY:
        print(f"\n── {module}")
        if given.data is not None and (given.data / place).exists():
            run(module, str(given.data / place))
        else:
            print(f"skipped: no {place} below --data DIR")
    lists = Path(__file__).parent / "quality" / "facts"
    for gold in sorted(lists.glob("*.tsv")):
        print(f"\n── facts of {gold.stem}")
        article = (given.data or Path()) / ".." / "articles" / f"{gold.stem}.txt"
        if given.data is not None and article.exists():
            run("bench.quality.facts", str(gold), str(article), "--no-extras")
        else:
            print("skipped: no ../articles beside --data DIR")


def run(module: str, *arguments: str) -> None:
    """Runs a module as if it were called from the command line."""
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__")


if __name__ == "__main__":
    main()

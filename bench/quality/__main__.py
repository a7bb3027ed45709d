"""Quality of the shipped pipeline on public sets and on ours: `python -m bench.quality [SET …]`.

Without a name all sets are run; one whose data are missing is skipped and said to be. The
figures are compared with `bench/quality/reference.json`: one that lost more than a point makes
the exit code 1. Errors and confusions go to a folder outside of the repository, because texts
of benchmarks must never enter it; only figures do, with --freeze.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.quality import reference, report
from bench.quality.records import Measured, Set
from bench.quality.sets import SETS
from kg.annotate import encode

DATA = Path(__file__).parents[3] / "shared" / "data"
PREFIX = "conflict-kg-quality-"


def main(arguments: Sequence[str] | None = None, sets: Sequence[Set] = SETS) -> int:
    """Runs sets, prints and compares; the exit code is 1 if a figure fell."""
    given = _arguments(arguments, sets)
    if given.model is not None:
        encode.MODEL = given.model
    chosen = [one for one in sets if not given.sets or one.NAME in given.sets]
    out = report.outside(given.out or Path(tempfile.mkdtemp(prefix=PREFIX)))
    before = reference.kept(given.reference)
    measured: dict[str, Measured] = {}
    for one in chosen:
        print(f"\n── {one.NAME}: {one.TITLE}", flush=True)
        lacks = one.missing(given.data)
        if lacks:
            print(f"skipped: {lacks}")
            continue
        measured[one.NAME] = found = one.measure(given.data)
        lines = list(report.table(one, found.figures, before))
        print("\n".join(lines), flush=True)
        report.write(one, found, out, lines)
    if given.table:
        print("", *report.markdown(measured, chosen), sep="\n")
    print(f"\nerrors and confusions: {out}")
    if given.freeze:
        reference.write(reference.frozen(measured, before), given.reference)
        print(f"kept {len(measured)} sets in {given.reference}")
        return 0
    return _compared(measured, before)


def _arguments(arguments: Sequence[str] | None, sets: Sequence[Set]) -> argparse.Namespace:
    names = [one.NAME for one in sets]
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(names)}")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--out", type=Path, help="where errors go; default: a temporary folder")
    parser.add_argument("--freeze", action="store_true", help="keep the figures as the reference")
    parser.add_argument("--table", action="store_true", help="print the headlines in Markdown")
    parser.add_argument("--model", type=Path, help="folder of another exported language model")
    parser.add_argument(
        "--reference", type=Path, default=reference.REFERENCE, help=argparse.SUPPRESS
    )
    given = parser.parse_args(arguments)
    unknown = [name for name in given.sets if name not in names]
    if unknown:
        parser.error(f"no set {', '.join(unknown)}; there are {', '.join(names)}")
    if given.freeze and given.model is not None:
        parser.error("--freeze keeps the figures of the shipped model; leave out --model")
    if given.out is not None:
        try:
            report.outside(given.out)
        except ValueError as error:
            parser.error(f"--out {error}")
    return given


def _compared(measured: dict[str, Measured], before: reference.Kept) -> int:
    """Prints what cannot be compared and what fell; 1 if anything fell."""
    for name, found in measured.items():
        for line in reference.changes(name, found, before):
            print(f"note: {line}")
    fallen = [
        line for name, found in measured.items() for line in reference.losses(name, found, before)
    ]
    if fallen:
        print(f"\n{len(fallen)} figures lost more than {reference.LOSS:g} point:")
        print("\n".join(f"  {line}" for line in fallen))
        print("Mend it, or keep the new figures with --freeze and say why.")
        return 1
    if any(name in before for name in measured):
        print(f"no figure lost more than {reference.LOSS:g} point against the reference")
    return 0


if __name__ == "__main__":
    sys.exit(main())

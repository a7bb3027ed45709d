"""All measurements, speed and quality: `python -m bench [--data DIR]`.

Speed needs nothing but this checkout. Quality needs the public test sets, which are not part
of it: DIR holds their folders, and a set that is missing there is skipped and said to be. The
exit code is that of `python -m bench.quality`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.quality import __main__ as quality
from bench.speed import __main__ as speed


def main() -> int:
    """Measures speed, then quality."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=quality.DATA)
    given = parser.parse_args()
    speed.main([])
    return quality.main(["--data", str(given.data)])


if __name__ == "__main__":
    sys.exit(main())

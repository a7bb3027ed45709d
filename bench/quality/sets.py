"""The sets of the harness, in the order in which they are run."""

from __future__ import annotations

from bench.quality import (
    actuality,
    coref,
    dated,
    disputed,
    facts,
    lgl,
    newswire,
    own,
    polnear,
    re3d,
    re3d_relations,
    seeds,
    speakers,
    trees,
    ucdp,
    uner,
)
from bench.quality.records import Set

SETS: tuple[Set, ...] = (
    trees,
    newswire,
    uner,
    own,
    actuality,
    dated,
    coref,
    speakers,
    re3d,
    re3d_relations,
    polnear,
    lgl,
    ucdp,
    disputed,
    facts,
    seeds,
)

"""The sets of the harness, in the order in which they are run."""

from __future__ import annotations

from bench.quality import (
    actuality,
    cameo_ner,
    coref,
    dated,
    disputed,
    facts,
    happened,
    lgl,
    lgl_e2e,
    muc4,
    newswire,
    own,
    plover,
    polnear,
    re3d,
    re3d_relations,
    seeds,
    speakers,
    trees,
    ucdp,
    uner,
    wikievents,
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
    happened,
    re3d,
    re3d_relations,
    polnear,
    lgl,
    muc4,
    wikievents,
    plover,
    cameo_ner,
    lgl_e2e,
    ucdp,
    disputed,
    facts,
    seeds,
)

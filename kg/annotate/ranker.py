"""The learned judge of which earlier phrase a phrase means: a small network in numpy.

A phrase is the vectors of its head, of what its head depends on, of its first token and the mean
of its tokens, and what `Pairs` says of it. For each phrase the network gives a score to every
earlier phrase that may be meant and one to there being none. `training/coref.py` makes the
weights.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from kg.annotate.mentions import Phrase, Tree
from kg.annotate.pairs import Floats, Pairs
from kg.errors import SetupError

FILE = "coreference.npz"


def vectors(tensor: NDArray[np.float32], tree: Tree, found: list[Phrase]) -> Floats:
    """One row per phrase: vectors of head, governor, first token, mean over all tokens."""
    table = np.array([(p.start, p.end, p.head, tree.head[p.head]) for p in found], dtype=np.int64)
    start, end, head, governor = table.reshape(-1, 4).T
    sums = np.concatenate([np.zeros((1, tensor.shape[1]), tensor.dtype), np.cumsum(tensor, 0)])
    mean = (sums[end] - sums[start]) / (end - start)[:, None]
    return np.concatenate([tensor[head], tensor[governor], tensor[start], mean], 1)


class Ranker:
    """The weights, and what they make of a document.

    Args:
        folder: holds `coreference.npz`.

    Raises:
        SetupError: the file is missing.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        if not path.is_file():
            raise SetupError(
                f"{path} is missing; install conflict-kg again, "
                "or make it with `python -m training.coref`"
            )
        with np.load(path) as held:
            self._weights: dict[str, Any] = {k: held[k].astype(np.float32) for k in held.files}
        self._threads = ThreadpoolController()

    def __call__(self, pairs: Pairs, rows: Floats) -> tuple[Floats, Floats]:
        """Scores of all pairs, and for each phrase the score of meaning no earlier one.

        On one thread: sums must not depend on how many there are, and threads of the linear
        algebra that wait for more keep a core from the encoder.
        """
        with self._threads.limit(limits=1, user_api="blas"):
            return self._scores(pairs, rows)

    def _scores(self, pairs: Pairs, rows: Floats) -> tuple[Floats, Floats]:
        w = self._weights
        low = _relu(_normal(rows, w) @ w["low"] + pairs.phrase @ w["alone"] + w["low_bias"])
        i, j = pairs.later, pairs.earlier
        hidden = (low @ w["later"] + w["pair_bias"])[i]
        hidden += (low @ w["earlier"])[j]
        hidden += pairs.features @ w["features"]
        hidden += w["sorts"][pairs.sorts]
        scores = _relu(_relu(hidden) @ w["deep"] + w["deep_bias"]) @ w["out"] + w["out_bias"]
        query, key = low @ w["query"] + w["query_bias"], low @ w["key"] + w["key_bias"]
        scores += np.einsum("pk,pk->p", query[i], key[j]) / np.sqrt(np.float32(query.shape[1]))
        none = _relu(low @ w["new"] + w["new_bias"]) @ w["none"] + w["none_bias"]
        return scores, none


def _relu(values: Floats) -> Floats:
    """The values themselves, changed where they lie: a copy of all pairs costs as much again."""
    return np.maximum(values, 0, out=values)


def _normal(rows: Floats, w: dict[str, Any]) -> Floats:
    """Layer normalisation."""
    rows = rows - rows.mean(1, keepdims=True)
    scale = np.sqrt((rows * rows).mean(1, keepdims=True) + 1e-5)
    found: Floats = rows / scale * w["norm"] + w["norm_bias"]
    return found

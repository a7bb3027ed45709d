"""Label rows from scores."""

import numpy as np
import pytest

from kg.annotate.decode import best_labels, log_softmax, spans, transitions, triples

LABELS = ["O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "I-LOC", "E-LOC", "S-LOC"]


@pytest.mark.parametrize("seed", range(12))
def test_every_name_that_opens_closes(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(9, len(LABELS))).astype(np.float32)
    table = transitions(LABELS)
    path = best_labels(scores, table)
    steps = [-1, *path, -1]
    assert np.isfinite(table[steps[:-1], steps[1:]]).all()
    covered = {i for s, e, _ in spans([LABELS[i] for i in path]) for i in range(s, e)}
    assert covered == {i for i, label in enumerate(path) if LABELS[label] != "O"}


def test_weak_evidence_is_completed() -> None:
    scores = np.full((2, len(LABELS)), -5.0, dtype=np.float32)
    scores[0, LABELS.index("B-LOC")] = 4
    scores[1, LABELS.index("O")] = 1
    scores[1, LABELS.index("E-LOC")] = 0.5
    assert [LABELS[i] for i in best_labels(scores, transitions(LABELS))] == ["B-LOC", "E-LOC"]


def test_no_words() -> None:
    assert best_labels(np.zeros((0, len(LABELS)), dtype=np.float32), transitions(LABELS)) == []


def test_tags_that_go_together() -> None:
    noun_verb = np.array([[0.0, 1.0]], dtype=np.float32)
    nn_vbd = np.array([[3.0, 0.0]], dtype=np.float32)
    none = np.zeros((1, 1), dtype=np.float32)
    allowed = np.array([[0, 0, 0], [1, 1, 0]])
    assert triples(noun_verb, nn_vbd, none, allowed) == [0]
    assert np.exp(log_softmax(noun_verb)).sum() == pytest.approx(1.0)

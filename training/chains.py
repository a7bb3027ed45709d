"""Texts whose mentions of one thing are marked: OntoGUM, and our own corpus."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpora import FREE_GENRES
from training.markup import CORPUS, held, texts

ONTOGUM = "train/ontogum_coref"
GUM_DEV = "train/ud_gum/en_gum-ud-dev.conllu"
THINGS = frozenset("PER ORG LOC FAC UNIT WEAPON VEHICLE PLATFORM GROUP NOM PRO".split())
_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]+)")
_PART = re.compile(r"\([^()]+\)|\([^()]+|[^()]+\)")

Chars = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chained:
    """One text with its chains.

    Attributes:
        name: of the document; `genre` of GUM, the style of our own texts is "war".
        text: a paragraph is a line; so is the turn of a speaker.
        chains: half-open code points of the mentions of each thing, each in text order.
        held: whether the text is for measuring only.
        whole: whether every mention of everything is marked (else of actors and places alone,
            and without determiners).
    """

    name: str
    genre: str
    text: str
    chains: tuple[tuple[Chars, ...], ...]
    held: bool
    whole: bool = True

    @property
    def free(self) -> bool:
        """Whether a model that is trained on it may be shipped."""
        return not self.whole or self.genre in FREE_GENRES


def ontogum(data: Path) -> Iterator[Chained]:
    """The documents of OntoGUM, by name; those of GUM's dev part are held out."""
    dev = (data / GUM_DEV).read_text(encoding="utf-8")
    kept = frozenset(re.findall(r"^# newdoc id = (\S+)", dev, flags=re.M))
    for path in sorted((data / ONTOGUM).glob("*.conllu")):
        text, chains = _conllu(path.read_text(encoding="utf-8"))
        yield Chained(path.stem, path.stem.split("_")[1], text, chains, path.stem in kept)


def own(corpus: Path = CORPUS) -> Iterator[Chained]:
    """The texts of our own corpus, by name; things that are marked once are chains of one."""
    for one in texts(corpus):
        chains: defaultdict[str, list[Chars]] = defaultdict(list)
        for mark in one.marks:
            if mark.thing and mark.kind in THINGS:
                chains[mark.thing].append((mark.start, mark.end))
        found = tuple(tuple(chains[thing]) for thing in sorted(chains))
        yield Chained(one.name, "war", one.text, found, held(one.name), whole=False)


def _conllu(source: str) -> tuple[str, tuple[tuple[Chars, ...], ...]]:
    """The text of a document as it reads, and its chains.

    >>> rows = ["# newpar", "1\\tShe\\t_\\t_\\t_\\t_\\t_\\t_\\t_\\tEntity=(1)|SpaceAfter=No",
    ...         "2\\t'd\\t_\\t_\\t_\\t_\\t_\\t_\\t_\\t_", "3\\thit\\t_\\t_\\t_\\t_\\t_\\t_\\t_\\t_",
    ...         "4\\ther\\t_\\t_\\t_\\t_\\t_\\t_\\t_\\tEntity=(2(1)", "5\\tdog\\t_\\t_\\t_\\t_\\t_\\t_\\t_\\tEntity=2)"]
    >>> _conllu("\\n".join(rows))
    ("She'd hit her dog", (((0, 3), (10, 13)), ((10, 17),)))
    """
    text, speaker, breaks = "", "", False
    opened: defaultdict[str, list[int]] = defaultdict(list)
    chains: defaultdict[str, list[Chars]] = defaultdict(list)
    joined, spaced = 0, True
    for line in source.splitlines():
        if line.startswith("# newpar"):
            breaks = True
        elif line.startswith("# speaker = "):
            breaks = breaks or line != speaker
            speaker = line
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if "." in cells[0]:
            continue
        if "-" in cells[0]:
            joined = int(cells[0].split("-")[1])
            spaced = "SpaceAfter=No" not in cells[9]
            continue
        if breaks:
            text, breaks = text.rstrip() + "\n" * bool(text), False
        start = len(text)
        text += cells[1]
        if match := _ENTITY.search(cells[9]):
            for part in _PART.findall(match[1]):
                thing = part.strip("()")
                if part.startswith("("):
                    opened[thing].append(start)
                if part.endswith(")"):
                    chains[thing].append((opened[thing].pop(), len(text)))
        if int(cells[0]) < joined:
            continue
        if int(cells[0]) == joined:
            joined = 0
            text += " " * spaced
        elif "SpaceAfter=No" not in cells[9]:
            text += " "
    return text.rstrip(), tuple(tuple(sorted(chains[thing])) for thing in sorted(chains, key=_order))


def _order(thing: str) -> tuple[int, str]:
    return (int(thing) if thing.isdigit() else 0, thing)

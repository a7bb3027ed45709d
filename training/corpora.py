"""Treebanks and name corpora as one kind of sentence, with partial name labels where a corpus is silent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.annotate.names import titles
from kg.annotate.tokens import blank

TYPES = ("PER", "ORG", "LOC", "NORP", "EVENT", "MISC")
NAME_LABELS = ("O", *(f"{part}-{kind}" for kind in TYPES for part in "BIES"))
ANY = (1 << len(NAME_LABELS)) - 1
OUTSIDE = 1
FREE_GENRES = frozenset({"news", "interview", "bio", "voyage", "textbook", "speech", "court", "vlog"})
"""The genres of UD_English-GUM whose texts carry no non-commercial terms."""

_CROSSNER = {
    "country": "LOC",
    "location": "LOC",
    "person": "PER",
    "politician": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "event": "EVENT",
    "election": "EVENT",
    "misc": "MISC NORP",
}
_GUM = {"person": "PER", "place": "LOC", "organization": "ORG", "event": "EVENT"}
_ROOT = Path(__file__).resolve().parent.parent
TITLES = titles()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: words and whatever its corpus knows about them.

    `names` holds one bit mask over `NAME_LABELS` per word: the labels that the corpus allows.
    `spans` are the certain names (start, end, type). `heads` counts from 1, 0 is the root; an empty
    tuple means that the corpus has no parse. `opens` says that a paragraph begins here.
    """

    words: tuple[str, ...]
    names: tuple[int, ...]
    spans: tuple[tuple[int, int, str], ...] = ()
    upos: tuple[str, ...] = ()
    xpos: tuple[str, ...] = ()
    feats: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    opens: bool = False
    key: str = ""
    text: str = ""
    mentions: tuple[tuple[int, int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One document of one corpus; `ordered` is false where the sentences do not follow each other."""

    corpus: str
    sentences: tuple[Sentence, ...]
    ordered: bool = True


def span_masks(start: int, end: int, kinds: str) -> list[int]:
    """Allowed-label masks of the words of a span that may be of any of the given types.

    >>> [bin(m).count("1") for m in span_masks(0, 3, "PER ORG")]
    [2, 2, 2]
    >>> NAME_LABELS[span_masks(4, 5, "LOC")[0].bit_length() - 1]
    'S-LOC'
    """
    size = end - start
    parts = "S" if size == 1 else "B" + "I" * (size - 2) + "E"
    return [sum(1 << NAME_LABELS.index(f"{part}-{kind}") for kind in kinds.split()) for part in parts]


_KINDS = {kind: sum(1 << NAME_LABELS.index(f"{part}-{kind}") for part in "BIES") for kind in TYPES}
_UNSAID = OUTSIDE | _KINDS["NORP"] | _KINDS["EVENT"] | _KINDS["MISC"]


def demonyms() -> frozenset[str]:
    """Adjectives and people nouns of nations, peoples, faiths and political families."""
    lines = (_ROOT / "ontology/lexicon/demonyms.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return frozenset(row[0] for row in rows if row[0] != "word")


def norp_spans(words: tuple[str, ...], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Longest runs of one or two words that are in the demonym list, left to right.

    >>> list(norp_spans(("South", "African", "and", "Kenyan", "troops"), frozenset({"South African", "African", "Kenyan"})))
    [(0, 2), (3, 4)]
    """
    at = 0
    while at < len(words):
        if " ".join(words[at : at + 2]) in known and at + 1 < len(words):
            yield at, at + 2
            at += 2
        elif words[at] in known and not words[at].islower():
            yield at, at + 1
            at += 1
        else:
            at += 1


def _trimmed(words: tuple[str, ...], start: int, end: int) -> int:
    while start < end - 1 and words[start].lower() in TITLES:
        start += 1
    return start


def _labelled(
    words: tuple[str, ...],
    rest: list[int],
    found: list[tuple[int, int, str]],
    known: frozenset[str],
) -> tuple[tuple[int, ...], tuple[tuple[int, int, str], ...]]:
    masks, sure = list(rest), []
    for start, end, kinds in found:
        if kinds == "PER":
            if end - start == 1 and words[start].lower() in TITLES:
                masks[start] = OUTSIDE
                continue
            begin = _trimmed(words, start, end)
            masks[start:begin] = [OUTSIDE] * (begin - start)
            start = begin
        if kinds.endswith(" O"):
            masks[start:end] = [m | OUTSIDE for m in span_masks(start, end, kinds[:-2])]
        else:
            masks[start:end] = span_masks(start, end, kinds)
            if " " not in kinds:
                sure.append((start, end, kinds))
    hard = {at for start, end, kind in sure for at in range(start, end) if kind != "MISC"}
    for start, end in norp_spans(words, known):
        if not hard & set(range(start, end)):
            masks[start:end] = span_masks(start, end, "NORP")
    sure = [s for s in sure if all(masks[s[0] + i] == m for i, m in enumerate(span_masks(*s)))]
    return tuple(masks), tuple(sure)


CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep "
    "sept oct nov dec".split()
)


def bio_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Spans of a BIO or IO tag row.

    >>> bio_spans(["I-ORG", "I-ORG", "O", "B-PER", "B-PER"])
    [(0, 2, 'ORG'), (3, 4, 'PER'), (4, 5, 'PER')]
    """
    spans: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        part, _, kind = tag.partition("-")
        if not kind or kind == "O":
            continue
        if part == "I" and spans and spans[-1][1] == at and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], at + 1, kind)
        else:
            spans.append((at, at + 1, kind))
    return spans


def columns(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Comment lines and rows of each block of a tab- or blank-separated corpus file."""
    notes: list[str] = []
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# "):
                notes.append(line[2:])
            elif line.strip():
                rows.append(line.split("\t") if "\t" in line else line.split(" "))
            elif rows:
                yield notes, rows
                notes, rows = [], []
    if rows:
        yield notes, rows


def _note(notes: list[str], key: str) -> str:
    return next((n.partition("=")[2].strip() for n in notes if n.partition("=")[0].strip() == key), "")


def treebank(path: Path, corpus: str, names: Path | None = None, *, every: bool = False) -> list[Text]:
    """Documents of a CoNLL-U file; names from a UNER file beside it, or from GUM's entity marks.

    With neither, every name label is allowed. Genres of GUM with non-commercial terms are left out
    unless `every` is set, which is for measuring only.
    """
    known = demonyms()
    uner = {}
    if names is not None:
        for notes, rows in columns(names):
            uner[_note(notes, "sent_id")] = [(row[1], row[2]) for row in rows]
    texts: list[Text] = []
    open_text: list[Sentence] = []
    genre, opens = "", True

    def close() -> None:
        if open_text and (every or not genre or genre in FREE_GENRES):
            texts.append(Text(corpus, tuple(open_text)))
        open_text.clear()

    for notes, rows in columns(path):
        if any(n.startswith("newdoc") for n in notes):
            close()
            genre = _note(notes, "meta::genre")
        opens = any(n.startswith(("newpar", "newdoc")) for n in notes)
        rows = [row for row in rows if row[0].isdigit()]
        words = tuple(row[1] for row in rows)
        key = _note(notes, "sent_id")
        mentions: tuple[tuple[int, int, str, str], ...] = ()
        masks: tuple[int, ...] = (ANY,) * len(words)
        sure: tuple[tuple[int, int, str], ...] = ()
        if key in uner and tuple(w for w, _ in uner[key]) == words:
            rest = [
                _UNSAID
                if row[3] == "PROPN" and row[1][0].isupper() and row[1].lower() not in CALENDAR
                else OUTSIDE
                for row in rows
            ]
            found = [
                (s, e, "NORP EVENT MISC O" if kind == "OTH" else kind)
                for s, e, kind in bio_spans([tag for _, tag in uner[key]])
            ]
            masks, sure = _labelled(words, rest, found, known)
        elif corpus == "gum":
            mentions = tuple(_mentions(rows))
            masks, sure = _gum_names(rows, words, mentions, known)
        open_text.append(
            Sentence(
                words=words,
                names=masks,
                spans=sure,
                upos=tuple(row[3] for row in rows),
                xpos=tuple(row[4] for row in rows),
                feats=tuple(row[5] for row in rows),
                heads=tuple(int(row[6]) for row in rows),
                labels=tuple(row[7] for row in rows),
                opens=opens,
                key=key,
                text=_note(notes, "text"),
                mentions=mentions,
            )
        )
    close()
    return texts


def _mentions(rows: list[list[str]]) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, entity type, Wikipedia title or empty) of GUM's `Entity=` marks in one sentence."""
    started: list[tuple[str, int, str, str]] = []
    for at, row in enumerate(rows):
        marks = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for opening, closed, closing in re.findall(r"\(([^()]+)(\)?)|([^()]+)\)", marks):
            if opening:
                fields = opening.split("-", 7)
                title = fields[7] if len(fields) > 7 else ""
                kind = fields[1] if len(fields) > 1 else ""
                if closed:
                    yield at, at + 1, kind, title
                else:
                    started.append((fields[0], at, kind, title))
            else:
                for back in range(len(started) - 1, -1, -1):
                    if started[back][0] == closing:
                        _, begin, kind, title = started.pop(back)
                        yield begin, at + 1, kind, title
                        break


def _gum_names(
    rows: list[list[str]],
    words: tuple[str, ...],
    mentions: tuple[tuple[int, int, str, str], ...],
    known: frozenset[str],
) -> tuple[tuple[int, ...], tuple[tuple[int, int, str], ...]]:
    """Names read off GUM's mentions: the run of proper nouns round the head of the innermost mention."""
    size = len(rows)
    proper = [row[3] == "PROPN" for row in rows]
    inner: list[int | None] = [None] * size
    for number in sorted(range(len(mentions)), key=lambda i: mentions[i][0] - mentions[i][1]):
        inner[mentions[number][0] : mentions[number][1]] = [number] * (
            mentions[number][1] - mentions[number][0]
        )
    rest = [
        ANY if proper[at] or (at and words[at][0].isupper() and rows[at][3] in {"ADJ", "NOUN"}) else OUTSIDE
        for at in range(size)
    ]
    found: list[tuple[int, int, str]] = []
    for number, (start, end, kind, title) in enumerate(mentions):
        head = next((i for i in range(start, end) if not start <= int(rows[i][6]) - 1 < end), None)
        if head is None or not proper[head]:
            continue
        left, right = head, head + 1
        while left > start and (proper[left - 1] or words[left - 1] == "-") and inner[left - 1] == number:
            left -= 1
        while right < end and (proper[right] or words[right] == "-") and inner[right] == number:
            right += 1
        while left < head and words[left] == "-":
            left += 1
        whole = (right < end and words[right].lower() in {"of", "for", "and", "on", "de", "'s"}) or (
            left > start and words[left - 1] in {"'s", "of", "and", "-"}
        )
        if whole and kind in _GUM:
            titled = [w.lower() for w in re.split(r"[_ ,()]+", title)]
            while titled[0] and right < end and (words[right].lower() in titled):
                right += 1
            if not titled[0]:
                rest[left:right] = [ANY] * (right - left)
                for at in range(start, end):
                    rest[at] = ANY if at >= left or proper[at] else rest[at]
                continue
        if kind in _GUM:
            found.append((left, right, _GUM[kind]))
        elif kind in {"time", "quantity"}:
            rest[left:right] = [OUTSIDE] * (right - left)
        else:
            found.append((left, right, "MISC ORG O" if kind == "abstract" else "MISC O"))
    found.sort(key=lambda s: (s[0], -s[1]))
    clean: list[tuple[int, int, str]] = []
    for span in found:
        if not clean or span[0] >= clean[-1][1]:
            clean.append(span)
    return _labelled(words, rest, clean, known)


def tagged(path: Path, corpus: str) -> list[Text]:
    """Wikigold or CrossNER: sentences with names and no parse."""
    known = demonyms()
    sentences = []
    for _, rows in columns(path):
        rows = [row for row in rows if len(row) > 1]
        words = tuple(row[0] for row in rows)
        found = []
        for start, end, kind in bio_spans([row[1] for row in rows]):
            wide = (
                _CROSSNER[kind] if corpus == "crossner" else ("MISC NORP EVENT" if kind == "MISC" else kind)
            )
            found.append((start, end, wide))
        masks, sure = _labelled(words, [OUTSIDE] * len(words), found, known)
        sentences.append(Sentence(words=words, names=masks, spans=sure))
    return [Text(corpus, tuple(sentences), ordered=corpus != "crossner")]


def marked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Text and character spans of a line of our own corpus.

    >>> marked("[LOC Goma] fell.")
    ('Goma fell.', [(0, 4, 'LOC')])
    """
    text, spans, at = "", [], 0
    for match in re.finditer(r"\[([A-Z]+) ([^\]]+)\]", line):
        text += line[at : match.start()]
        spans.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        at = match.end()
    return text + line[at:], spans


def own_texts(folder: Path) -> list[Text]:
    """Our own marked-up dispatches: a paragraph is one sentence without a parse, all its names are certain."""
    known = demonyms()
    nlp = blank()
    texts = []
    for path in sorted(folder.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            sentences = []
            for line in filter(None, block.split("\n")):
                text, spans = marked(line)
                doc = nlp(text)
                found = []
                for start, end, kind in spans:
                    span = doc.char_span(start, end, alignment_mode="expand")
                    if span is None:
                        raise ValueError(f"{path.name}: no word at {text[start:end]!r}")
                    found.append((span.start, span.end, kind))
                words = tuple(t.text for t in doc)
                masks, sure = _labelled(words, [OUTSIDE] * len(words), found, known)
                sentences.append(Sentence(words=words, names=masks, spans=sure, opens=True, text=text))
            texts.append(Text("own", tuple(sentences)))
    return texts


def training_texts(data: Path) -> list[Text]:
    """The public part of what the model learns from: EWT with UNER, free GUM, Wikigold, CrossNER politics."""
    train = data / "train"
    texts = treebank(
        train / "ud_ewt/en_ewt-ud-train.rebuilt.conllu",
        "ewt",
        next((train / "uner_ewt").glob("en_ewt-ud-train*")),
    )
    texts += treebank(train / "ud_gum/en_gum-ud-train.rebuilt.conllu", "gum")
    texts += tagged(train / "ner_other/wikigold/CONLL-format/data/wikigold.conll.txt", "wikigold")
    for part in ("train", "dev", "test"):
        texts += tagged(train / f"crossner_politics/{part}.txt", "crossner")
    return texts


def dev_texts(data: Path, corpus: str) -> list[Text]:
    """The dev part of EWT (with UNER names) or of GUM (all genres)."""
    train = data / "train"
    if corpus == "ewt":
        return treebank(train / "ud_ewt/en_ewt-ud-dev.conllu", "ewt", train / "uner_ewt/en_ewt-ud-dev.iob2")
    return treebank(train / "ud_gum/en_gum-ud-dev.conllu", "gum", every=True)

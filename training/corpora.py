"""Treebanks and name corpora as one kind of sentence, with partial name labels where a corpus is silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.names import titles
from training.markup import Marked, held, plain, texts

TYPES = ("PER", "ORG", "LOC", "NORP", "EVENT", "MISC")
TERM_TYPES = ("WEAPON", "VEHICLE", "PLATFORM", "UNIT", "FACILITY", "GROUP", "POST", "DATE", "DURATION")
NAME_LABELS = ("O", *(f"{part}-{kind}" for kind in TYPES for part in "BIES"))
TERM_LABELS = ("O", *(f"{part}-{kind}" for kind in TERM_TYPES for part in "BIES"))
CUE_LABELS = tuple("OBIES")
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
    `terms` are certain spans of `TERM_TYPES`, `quotes` pieces of attributions (which, role, start,
    end) with the roles "cue", "source", "content"; each is None where the corpus is silent about it.
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
    terms: tuple[tuple[int, int, str], ...] | None = None
    quotes: tuple[tuple[str, str, int, int], ...] | None = None


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


_TERM_OF = {"FAC": "FACILITY", "DUR": "DURATION"} | {t: t for t in TERM_TYPES}
_CAPITAL = re.compile(r"[A-Z0-9]")
Chars = tuple[tuple[int, int, str], ...]


def own_spans(one: Marked) -> tuple[Chars, Chars]:
    """Names and terms of a text of our own corpus, as (start, end, type) in characters, sorted.

    Of nested names the outermost counts; of nested terms too. A facility is a LOC name and a unit an
    ORG name if its last word is written as one; of a weapon the part up to its last word with a
    capital or digit is a MISC name ("T-72B3" of "T-72B3 tanks").

    >>> one = Marked("", (), *plain("[FAC.Hospital [LOC Sudzha] hospital] and [FAC.Bridge [LOC Kerch] Bridge]"))
    >>> own_spans(one)
    (((0, 6, 'LOC'), (20, 32, 'LOC')), ((0, 15, 'FACILITY'), (20, 32, 'FACILITY')))
    """
    names: list[tuple[int, int, str]] = []
    terms: list[tuple[int, int, str]] = []
    for mark in one.marks:
        words = one.text[mark.start : mark.end]
        if mark.kind in TYPES:
            names.append((mark.start, mark.end, mark.kind))
        elif mark.kind in {"FAC", "UNIT"} and _CAPITAL.match(words.split()[-1]):
            names.append((mark.start, mark.end, "LOC" if mark.kind == "FAC" else "ORG"))
        elif mark.kind in {"WEAPON", "VEHICLE", "PLATFORM"}:
            parts = list(re.finditer(r"\S+", words))
            named = [p for p in parts if _CAPITAL.search(p[0])]
            if named and _CAPITAL.search(parts[0][0]):
                names.append((mark.start, mark.start + named[-1].end(), "MISC"))
        if mark.kind in _TERM_OF:
            terms.append((mark.start, mark.end, _TERM_OF[mark.kind]))
    return _outermost(names), _outermost(terms)


def _outermost(spans: list[tuple[int, int, str]]) -> Chars:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)


Pieces = Sequence[tuple[str, str, int, int]]
"""(which attribution, role, start, end) in characters."""


def own_quotes(one: Marked) -> Pieces:
    """The attributions of a text of our own corpus that have a cue."""
    role = {"SRC": "source", "CUE": "cue", "CON": "content"}
    cued = {m.quote for m in one.marks if m.kind == "CUE"}
    return [(m.quote, role[m.kind], m.start, m.end) for m in one.marks if m.quote in cued]


def brat_quotes(brat: str) -> Pieces:
    """The attributions of a brat file of PolNeAR that have cue and content; offsets as in the file."""
    spans: dict[str, list[tuple[int, int]]] = {}
    found = []
    for line in brat.splitlines():
        cells = line.split("\t")
        if cells[0].startswith("T") and len(cells) > 2:
            parts = cells[1].split(" ", 1)[1].split(";")
            spans[cells[0]] = [(int(p.split()[0]), int(p.split()[1])) for p in parts]
        elif cells[0].startswith("E") and len(cells) > 1:
            roles = [role.split(":") for role in cells[1].split()]
            named = [(re.sub(r"\d+$", "", name).lower(), key) for name, key in roles]
            if {"cue", "content"} <= {name for name, _ in named}:
                found += [
                    (cells[0], name, start, end)
                    for name, key in named
                    if name in {"cue", "source", "content"}
                    for start, end in spans.get(key, [])
                ]
    return found


def read_sentences(
    doc: Doc, *, quotes: Pieces | None, names: Chars | None = None, terms: Chars | None = None
) -> Iterator[Sentence]:
    """The sentences of a Doc with its trees and tags, and with gold where it is given.

    Without `names` the Doc's own are certain. Attributions may run over sentences.
    """
    known = demonyms()
    for sent in doc.sents:
        tokens = [t for t in sent if not t.is_space]
        if not tokens:
            continue
        place = {t.i: n for n, t in enumerate(tokens)}
        words = tuple(t.text for t in tokens)
        if names is None:
            found = [(e.start_char, e.end_char, e.label_) for e in sent.ents]
            masks, sure = [OUTSIDE] * len(words), tuple(_words(doc, found, place))
            for start, end, kind in sure:
                masks[start:end] = span_masks(start, end, kind)
        else:
            row = _words(doc, names, place)
            masks, sure = _labelled(words, [OUTSIDE] * len(words), row, known)
        pieces = None
        if quotes is not None:
            pieces = tuple(
                (which, role, inside[0], inside[-1] + 1)
                for which, role, start, end in quotes
                if (inside := [n for n, t in enumerate(tokens) if t.idx < end and start < t.idx + len(t)])
            )
        yield Sentence(
            words=words,
            names=tuple(masks),
            spans=sure,
            upos=tuple(t.pos_ for t in tokens),
            xpos=tuple(t.tag_ for t in tokens),
            feats=tuple(str(t.morph) or "_" for t in tokens),
            heads=tuple(0 if t.head.i == t.i else place.get(t.head.i, 0) + 1 for t in tokens),
            labels=tuple(t.dep_ for t in tokens),
            opens=tokens[0].i == 0 or doc[tokens[0].i - 1].is_space,
            text=sent.text,
            terms=None if terms is None else tuple(_words(doc, terms, place)),
            quotes=pieces,
        )


def own_texts(folder: Path, nlp: Language, *, kept: bool = False) -> list[Text]:
    """Our own texts that may be learned from: certain names, and in the subfolders all the rest.

    Args:
        folder: `training/corpus`.
        nlp: a pipeline that parses; its trees and tags are taken as they are.
        kept: give the tenth that is kept for reporting instead.
    """
    found = [(one, True) for one in texts(folder) if held(one.name) == kept]
    for path in sorted(folder.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            if not kept:
                found.append((Marked(path.name, (), *plain(block.strip("\n"))), False))
    result = []
    for one, whole in found:
        names, terms = own_spans(one)
        quotes = own_quotes(one) if whole else None
        doc = nlp(one.text)
        group = tuple(
            read_sentences(doc, names=names, terms=terms if whole else None, quotes=quotes)
        )
        if group:
            result.append(Text("own", group))
    return result


def _words(doc: Doc, spans: Iterable[tuple[int, int, str]], place: dict[int, int]) -> list[tuple[int, int, str]]:
    """Character spans as words of one sentence; a span that a sentence break cuts is left out."""
    found = []
    for start, end, kind in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and span.start in place and span.end - 1 in place:
            found.append((place[span.start], place[span.end - 1] + 1, kind))
    return found


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

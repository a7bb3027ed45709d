"""Phrases that may refer to something: names, nouns with what hangs on them, pronouns, possessives.

Read from a Universal Dependencies parse. A phrase is all that hangs on its noun, but what is
coordinated with it, the clause that a predicate noun heads, and punctuation, prepositions and
conjunctions at its edges. Phrases nest: "[[the mayor] of [Velm]]", "[[her] brother]".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from kg.ontology import rows

SORTS = (
    "i we you he she it they this these who one name the that a my bare number list named".split()
)
"""What a phrase is, by its first word or form: pronouns first, then nouns by determiner."""
PRONOUNS = 11
"""So many of the sorts are pronouns."""
ROLES = (
    "nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss appos conj compound root vocative "
    "xcomp ccomp advcl parataxis dislocated other"
).split()
UNKNOWN, SINGULAR, PLURAL = range(3)
NEITHER, MALE, FEMALE, THING, HUMAN = range(5)
TYPES = ("", "PER", "ORG", "LOC", "NORP", "EVENT", "MISC", "GROUP", "POST", "UNIT", "FACILITY",
         "WEAPON", "VEHICLE", "PLATFORM", "DATE", "DURATION")  # fmt: skip
_NUMBERS = {label: number for number, label in enumerate(TYPES)}
_LEADING = frozenset({"case", "punct", "cc", "mark", "discourse", "reparandum"})
_FOCUS = frozenset({"advmod", "cc:preconj"})
_CLAUSAL = frozenset(
    "nsubj nsubj:pass nsubj:outer csubj csubj:pass cop aux aux:pass advcl advcl:relcl mark cc conj "
    "expl discourse parataxis reparandum vocative dislocated ccomp obl:tmod orphan list".split()
)
_COPULAR = frozenset({"nsubj", "nsubj:outer", "csubj", "cop"})
_SPLIT = frozenset({"conj", "list", "reparandum"})
_INNER = frozenset({"flat", "goeswith", "fixed"})
_BESIDE = frozenset({"compound", "nmod:desc", "nmod:unmarked", "amod"})


@cache
def pronouns() -> dict[str, tuple[int, int, int]]:
    """Sort, number and gender by lower-case form, from `ontology/lexicon/pronouns.tsv`."""
    numbers, genders = ["", "Sing", "Plur"], ["", "Masc", "Fem", "Neut", "Human"]
    return {
        row["word"]: (
            SORTS.index(row["sort"]),
            numbers.index(row["number"]),
            genders.index(row["gender"]),
        )
        for row in rows("lexicon/pronouns.tsv")
        if row["sort"] in SORTS
    }


@cache
def _determiners() -> dict[str, int]:
    """Sort of a noun phrase by its determiner."""
    return {
        row["word"]: SORTS.index(row["determines"])
        for row in rows("lexicon/pronouns.tsv")
        if row["determines"]
    }


@cache
def _courtesies() -> dict[str, int]:
    """Gender of the person that a title stands before, where it tells."""
    genders = {"Masc": MALE, "Fem": FEMALE}
    return {
        row["word"]: genders[row["gender"]]
        for row in rows("lexicon/pronouns.tsv")
        if row["sort"] == "title"
    }


@dataclass(slots=True)
class Phrase:
    """One phrase that may refer; tokens are counted from the document's beginning.

    Attributes:
        start, end: half-open range of tokens.
        head: the token that it is about.
        sort: index into `SORTS`.
        number, gender: as far as known, see the constants.
        kind: index into `TYPES`, of the name or term that the head is in.
        role: index into `ROLES`.
        words: its content words in lower case, what follows the noun and determiners left out.
        lemma: of the head.
        members: of a list the heads of all that it lists.
    """

    start: int
    end: int
    head: int
    sort: int
    number: int
    gender: int
    kind: int
    role: int
    words: tuple[str, ...]
    lemma: str
    members: tuple[int, ...] = ()

    @property
    def pronoun(self) -> bool:
        """Whether it is a pronoun."""
        return self.sort < PRONOUNS


class Tree:
    """The columns of a parsed Doc as plain lists, which are read much faster than tokens."""

    def __init__(self, doc: Doc) -> None:
        tokens = list(doc)
        self.lower = [t.lower_ for t in tokens]
        self.text = [t.text for t in tokens]
        self.lemma = [t.lemma_.lower() for t in tokens]
        self.pos = [t.pos_ for t in tokens]
        self.tag = [t.tag_ for t in tokens]
        self.dep = [t.dep_ for t in tokens]
        self.head = [t.head.i for t in tokens]
        self.left = [t.left_edge.i for t in tokens]
        self.right = [t.right_edge.i + 1 for t in tokens]
        self.children: list[list[int]] = [[] for _ in self.head]
        for at, head in enumerate(self.head):
            if head != at and self.pos[at] != "SPACE":
                self.children[head].append(at)
        self.sentence = [0] * len(self.head)
        for number, sent in enumerate(doc.sents):
            for at in range(sent.start, sent.end):
                self.sentence[at] = number
        self.kind = [0] * len(self.head)
        for term in doc.spans.get("terms", ()):
            for at in range(term.start, term.end):
                self.kind[at] = _NUMBERS.get(term.label_, 0)
        self.names: dict[int, tuple[int, int]] = {}
        for name in doc.ents:
            for at in range(name.start, name.end):
                self.kind[at] = _NUMBERS.get(name.label_, 0)
                self.names[at] = (name.start, name.end)


def phrases(tree: Tree) -> list[Phrase]:
    """All phrases of a document, each span once, outer before inner, in text order."""
    found: dict[tuple[int, int], Phrase] = {}
    for at in range(len(tree.head)):
        for phrase in _headed(tree, at):
            found.setdefault((phrase.start, phrase.end), phrase)
    return [found[key] for key in sorted(found, key=lambda key: (key[0], -key[1]))]


def _headed(tree: Tree, at: int) -> Iterator[Phrase]:
    """The phrases that a token heads: none, one, or a noun and the list that it begins."""
    pos, dep = tree.pos[at], tree.dep[at]
    if pos in ("PRON", "DET"):
        known = pronouns().get(tree.lower[at])
        if known is None or pos == "DET" and dep in ("det", "det:predet", "advmod", "cc:preconj"):
            return
        sort, number, gender = known
        if SORTS[sort] != "one" and (pos == "DET" or not _extended(tree, at)):
            role = _role(dep)
            yield Phrase(at, at + 1, at, sort, number, gender, 0, role, (tree.lower[at],), "")
            return
        yield _noun(tree, at, *_reach(tree, at), sort=sort)
    elif pos in ("NOUN", "PROPN") or pos == "NUM" and dep in (
        "nsubj", "nsubj:pass", "obj", "obl", "nmod", "nmod:poss", "root", "conj",
    ):  # fmt: skip
        if dep in _INNER:
            return
        if dep in _BESIDE:
            name = tree.names.get(at)
            outer = tree.head[at]
            if name is not None and name[0] <= at and not name[0] <= outer < name[1]:
                if tree.left[at] >= name[0] and tree.right[at] <= name[1]:
                    yield _noun(tree, at, *name, sort=SORTS.index("named"))
            return
        start, end = _reach(tree, at)
        yield _noun(tree, at, start, end)
        if dep != "conj" and (last := _listed(tree, at, start)) is not None:
            yield _list(tree, at, start, last)


def _extended(tree: Tree, at: int) -> bool:
    """Whether more hangs on a pronoun than can be left out: "those who fled"."""
    return any(tree.dep[c] in ("acl", "acl:relcl", "nmod") for c in tree.children[at])


def _reach(tree: Tree, at: int) -> tuple[int, int]:
    """Half-open range of the phrase that a noun heads."""
    start, end = tree.left[at], tree.right[at]
    predicate = any(tree.dep[c] in _COPULAR for c in tree.children[at])
    for child in tree.children[at]:
        outside = tree.dep[child] in (_CLAUSAL if predicate else _SPLIT)
        if child < at and outside:
            start = min(max(start, tree.right[child]), at)
        elif child > at and outside:
            end = min(end, tree.left[child])
    return _trimmed(tree, at, start, max(end, at + 1))


def _trimmed(tree: Tree, at: int, start: int, end: int) -> tuple[int, int]:
    while start < at and (
        tree.dep[start] in _LEADING
        or tree.pos[start] in ("SPACE", "PUNCT")
        or tree.dep[start] in _FOCUS
        and tree.head[start] == at
    ):
        start += 1
    while end > at + 1 and tree.pos[end - 1] in ("PUNCT", "SPACE"):
        if tree.text[end - 1] == ")" and "(" in tree.text[start:end]:
            break
        end -= 1
    return start, end


def _listed(tree: Tree, at: int, start: int) -> int | None:
    """End of the list of nouns that a noun begins."""
    last = [c for c in tree.children[at] if c > at and tree.dep[c] == "conj"]
    if not last or tree.pos[last[-1]] not in ("NOUN", "PROPN", "PRON"):
        return None
    return _trimmed(tree, at, start, tree.right[last[-1]])[1]


def _role(dep: str) -> int:
    for name in (dep, dep.partition(":")[0]):
        if name in ROLES:
            return ROLES.index(name)
    return len(ROLES) - 1


def _list(tree: Tree, at: int, start: int, end: int) -> Phrase:
    words = tuple(tree.lower[i] for i in range(start, end) if tree.pos[i] in ("NOUN", "PROPN"))
    words = words or (tree.lower[at],)
    members = (at, *(c for c in tree.children[at] if c > at and tree.dep[c] == "conj"))
    return Phrase(start, end, at, SORTS.index("list"), PLURAL, NEITHER, tree.kind[at],
                  _role(tree.dep[at]), words, "", members)  # fmt: skip


def _noun(tree: Tree, at: int, start: int, end: int, *, sort: int = -1) -> Phrase:
    words = _words(tree, at, start, end)
    plural = tree.tag[at] in ("NNS", "NNPS")
    kind = tree.kind[at]
    gender = NEITHER
    if TYPES[kind] == "PER":
        gender = _courtesies().get(tree.lower[start].rstrip("."), HUMAN)
        if start > 0 and gender == HUMAN:
            gender = _courtesies().get(tree.lower[start - 1].rstrip("."), HUMAN)
    elif TYPES[kind] in ("POST", "GROUP"):
        gender = HUMAN
    elif kind and TYPES[kind] != "NORP":
        gender = THING
    return Phrase(
        start,
        end,
        at,
        sort if sort >= 0 else _sort(tree, at, start),
        PLURAL if plural else SINGULAR,
        gender,
        kind,
        _role(tree.dep[at]),
        words,
        tree.lemma[at],
    )


def _sort(tree: Tree, at: int, start: int) -> int:
    if tree.pos[at] == "NUM":
        return SORTS.index("number")
    for child in tree.children[at]:
        if start <= child < at:
            if tree.dep[child] == "nmod:poss":
                return SORTS.index("my")
            if tree.dep[child] == "det":
                sort = _determiners().get(tree.lower[child], SORTS.index("a"))
                proper = tree.pos[at] == "PROPN" and SORTS[sort] == "the"
                return SORTS.index("name") if proper else sort
    if tree.pos[at] == "PROPN":
        return SORTS.index("name")
    return SORTS.index("bare")


def _words(tree: Tree, at: int, start: int, end: int) -> tuple[str, ...]:
    """Content words up to the noun, and the rest of a name behind it."""
    last = at + 1
    for child in tree.children[at]:
        if child >= last and child < end and tree.dep[child] in ("flat", "compound", "nummod"):
            last = max(last, min(tree.right[child], end))
    if (name := tree.names.get(at)) is not None and name[0] >= start:
        last = max(last, min(name[1], end))
    found = tuple(
        tree.lower[i]
        for i in range(start, last)
        if tree.pos[i] in ("NOUN", "PROPN", "ADJ", "NUM", "X", "VERB", "SYM")
    )
    return found or (tree.lower[at],)

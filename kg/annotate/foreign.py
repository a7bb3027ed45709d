"""`kg_foreign`: CLEAR trees and OntoNotes names of other English pipelines made ours."""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

TYPES = {
    "PERSON": "PER",
    "PER": "PER",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "ORG": "ORG",
    "NORP": "NORP",
    "EVENT": "EVENT",
    "MISC": "MISC",
    "PRODUCT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "LANGUAGE": "MISC",
}
"""OntoNotes and CoNLL name types as ours; dates and amounts are dropped, our grammar reads them."""

_LABELS = {
    "ROOT": "root",
    "acomp": "xcomp",
    "agent": "case",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "neg": "advmod",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "pcomp": "advcl",
    "pobj": "obl",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prep": "advmod",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
}
_CLAUSAL = frozenset({"VERB", "AUX", "ADJ", "ADV"})
_BE = frozenset("be is are was were been being am 's ’s 're ’re 'm ’m".split())
_ADPOSITIONS = frozenset({"prep", "agent", "dative"})
_STAY_WITH_COPULA = frozenset({"attr", "acomp"})


def missing(nlp: Language) -> tuple[str, ...]:
    """What will not work with this pipeline, one line each, with the reason; empty if all will."""
    lines = []
    if "parser" in nlp.pipe_names:
        labels = set(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
        if not _universal(labels):
            lines.append(
                "its CLEAR dependencies are converted to Universal Dependencies, "
                "fixed phrases excepted"
            )
    found = set(nlp.get_pipe("ner").labels) if "ner" in nlp.pipe_names else set()  # type: ignore[attr-defined]
    if not found:
        lines.append(
            "it has no name recogniser: "
            "persons and organisations are found only by lexicon and gazetteer"
        )
    else:
        lacking = sorted(
            {"PER", "ORG", "LOC", "NORP", "EVENT"} - {TYPES.get(label, "") for label in found}
        )
        if lacking:
            lines.append(f"its names have no type for {', '.join(lacking)}")
    if "tagger" not in nlp.pipe_names:
        lines.append("it has no tagger: tense, voice and number are read less well")
    if "morphologizer" not in nlp.pipe_names and "attribute_ruler" not in nlp.pipe_names:
        lines.append("it gives no parts of speech: most facts will be missed")
    return tuple(lines)


def _universal(labels: set[str]) -> bool:
    return bool(labels & {"obl", "nsubj:pass", "acl:relcl", "nmod:poss"})


class Tree:
    """Heads and labels of one Doc while they are changed; indices are those of the Doc's tokens."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.heads = [t.head.i for t in doc]
        self.labels = [t.dep_ for t in doc]

    def children(self, at: int) -> list[int]:
        """Dependents of a token in text order."""
        return [i for i, head in enumerate(self.heads) if head == at and i != at]

    def hang(self, at: int, head: int, label: str) -> None:
        """Puts a token under another one."""
        self.heads[at], self.labels[at] = head, label

    def replace(self, old: int, new: int) -> None:
        """Gives `new` the place of `old`; the dependents of `old` go along."""
        head, label = self.heads[old], self.labels[old]
        for child in self.children(old):
            if child != new:
                self.heads[child] = new
        self.hang(new, new if head == old else head, label)


def universal(doc: Doc) -> Tree:
    """A CLEAR tree as a UD tree: content words head, adpositions and copulas hang on them."""
    tree = Tree(doc)
    _adpositions(tree)
    _copulas(tree)
    _coordination(tree)
    _person_names(tree)
    for at, label in enumerate(tree.labels):
        if label == "npadvmod":
            tree.labels[at] = (
                "obl:unmarked" if doc[tree.heads[at]].pos_ in _CLAUSAL else "nmod:unmarked"
            )
        elif label == "dep" and doc[at].is_space:
            continue
        else:
            tree.labels[at] = "root" if tree.heads[at] == at else _LABELS.get(label, label)
    return tree


def _object(tree: Tree, at: int) -> tuple[int | None, list[int]]:
    """Object of an adposition and the adpositions on the way to it ("out of the town")."""
    children = tree.children(at)
    for child in children:
        if tree.labels[child] in {"pobj", "pcomp"}:
            return child, [at]
    for child in children:
        if tree.labels[child] == "prep":
            found, chain = _object(tree, child)
            if found is not None:
                return found, [at, *chain]
    return None, [at]


def _adpositions(tree: Tree) -> None:
    doc = tree.doc
    done: set[int] = set()
    for at in range(len(doc)):
        label = tree.labels[at]
        if label not in _ADPOSITIONS or at in done:
            continue
        found, chain = _object(tree, at)
        if found is None:
            continue
        done.update(chain)
        governor = tree.heads[at]
        clause = tree.labels[found] == "pcomp" and doc[found].pos_ in {"VERB", "AUX"}
        verbal = doc[governor].pos_ in _CLAUSAL
        if clause:
            new = "advcl" if verbal else "acl"
        elif label == "agent":
            new = "obl:agent"
        else:
            new = "obl" if verbal else "nmod"
        root = governor == at
        for adposition in chain:
            for child in tree.children(adposition):
                if child not in chain and child != found:
                    tree.heads[child] = found
        tree.hang(found, found if root else governor, "ROOT" if root else new)
        for adposition in chain:
            tree.hang(adposition, found, "mark" if clause else "case")


def _copulas(tree: Tree) -> None:
    doc = tree.doc
    for at in range(len(doc)):
        if doc[at].lower_ not in _BE or tree.labels[at] in {"aux", "auxpass", "cop"}:
            continue
        children = tree.children(at)
        labels = {tree.labels[c] for c in children}
        predicates = [c for c in children if tree.labels[c] in _STAY_WITH_COPULA]
        if "expl" in labels:
            for child in predicates:
                tree.labels[child] = "nsubj"
            continue
        if not predicates and labels & {"nsubj", "csubj"}:
            predicates = [c for c in children if tree.labels[c] == "obl" and c > at][:1]
        if predicates:
            tree.replace(at, predicates[0])
            tree.hang(at, predicates[0], "cop")


def _coordination(tree: Tree) -> None:
    first = list(tree.heads)
    for at, label in enumerate(tree.labels):
        if label == "conj":
            top, seen = tree.heads[at], {at}
            while tree.labels[top] == "conj" and top not in seen:
                seen.add(top)
                top = tree.heads[top]
            first[at] = top
    for at, label in enumerate(tree.labels):
        if label == "cc":
            later = [
                i
                for i in range(at + 1, len(first))
                if tree.labels[i] == "conj" and tree.heads[i] == tree.heads[at]
            ]
            if later:
                first[at] = later[0]
    tree.heads = first


def _person_names(tree: Tree) -> None:
    for span in tree.doc.ents:
        if TYPES.get(span.label_) != "PER" or len(span) < 2:
            continue
        last = span.end - 1
        inner = range(span.start, last)
        if all(tree.labels[i] == "compound" and tree.heads[i] == last for i in inner):
            tree.replace(last, span.start)
            for i in range(span.start + 1, span.end):
                tree.hang(i, span.start, "flat")


class Adopt:
    """Converts the tree where it is not Universal Dependencies yet, and the types of names."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with our labels."""
        if doc.has_annotation("DEP") and not _universal({t.dep_ for t in doc}):
            tree = universal(doc)
            rows: Any = np.zeros((len(doc), 2), dtype=np.uint64)
            for at, head in enumerate(tree.heads):
                rows[at] = (
                    np.int64(head - at).astype(np.uint64),
                    doc.vocab.strings.add(tree.labels[at]),
                )
            doc.from_array(["HEAD", "DEP"], rows)
        doc.set_ents(
            [
                Span(doc, e.start, e.end, label=TYPES[e.label_])
                for e in doc.ents
                if e.label_ in TYPES
            ]
        )
        return doc


@Language.factory(
    "kg_foreign",
    requires=["token.dep", "doc.ents"],
    assigns=["token.dep", "token.head", "doc.ents"],
)
def adopt(nlp: Language, name: str) -> Adopt:
    """The converter as a pipeline component."""
    return Adopt()

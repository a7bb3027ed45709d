"""What the language pipeline sees of happenings, word by word, for the grammar to agree with or not.

Read from the span group `happenings`; a pipeline that writes none (`--model NAME`) leaves all to
the grammar.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract import lexicon
from kg.extract.drafts import Draft
from kg.extract.lexicon import EventWord

DOUBTED = 0.1
"""A word of the lexicon that is less likely than this to tell of a happening tells of none."""
SEEN = 0.8
"""A word that the grammar makes nothing of must be so likely."""
PLAIN = 0.5
"""And its class so likely."""
CAST = 0.6
"""A role that the grammar leaves empty goes to a word that is so likely to have it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word that may tell of a happening.

    Attributes:
        sure: probability that it does.
        kinds: classes by probability given that it does, the likeliest first.
        roles: (role, index of the head word, probability), the likeliest first.
    """

    sure: float
    kinds: tuple[tuple[str, float], ...]
    roles: tuple[tuple[str, int, float], ...]


def seen(doc: Doc) -> dict[int, Seen] | None:
    """What the pipeline sees, by index of the word; None where it does not look."""
    if "happenings" not in doc.spans:
        return None
    found: dict[int, Seen] = doc.user_data.get("happenings", {})
    if not found:
        found = doc.user_data["happenings"] = _read(doc)
    return found


def _read(doc: Doc) -> dict[int, Seen]:
    classes = ontology.ancestors()
    words: dict[str, tuple[int, float]] = {}
    kinds: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    roles: defaultdict[str, list[tuple[str, int, float]]] = defaultdict(list)
    for part in doc.spans["happenings"]:
        share = int(part.kb_id_) / 100
        if part.label_ == "EVENT":
            words[part.id_] = (part.start, share)
        elif part.label_ in classes:
            kinds[part.id_].append((part.label_, share))
        else:
            roles[part.id_].append((part.label_, part.start, share))
    return {
        at: Seen(
            share,
            tuple(sorted(kinds[number], key=lambda k: (-k[1], k[0]))),
            tuple(sorted(roles[number], key=lambda r: (-r[2], r[1], r[0]))),
        )
        for number, (at, share) in words.items()
    }


def likeliest(sight: Seen) -> str:
    """The narrowest class that is likely, counting what is likely below it; "" where none is."""
    up = ontology.ancestors()
    shares: defaultdict[str, float] = defaultdict(float)
    for kind, share in sight.kinds:
        for one in (kind, *up[kind]):
            shares[one] += share
    likely = [k for k, share in shares.items() if share >= PLAIN and up[k]]
    return max(likely, key=lambda k: (len(up[k]), shares[k], k), default="")


def agreed(token: Token, draft: Draft | None, sight: Seen | None) -> Draft | None:
    """What grammar and network make of a word together: the reading to go on with.

    Args:
        token: a verb or noun.
        draft: what the grammar makes of it, None where it reads nothing.
        sight: what the network sees in it, None where it sees next to nothing.
    """
    sure = sight.sure if sight is not None else 0.0
    if draft is not None:
        if sure < DOUBTED:
            return None
        if sight is not None and (kind := likeliest(sight)) != draft.kind:
            if draft.kind in ontology.ancestors().get(kind, ()):
                draft.kind = kind
        return draft
    if sight is None or sure < SEEN or token.pos_ not in ("VERB", "NOUN"):
        return None
    if token.dep_ in ("aux", "cop", "amod", "compound", "case", "fixed", "flat"):
        return None
    if not (kind := likeliest(sight)):
        return None
    frame = lexicon.class_frames()[kind]
    return Draft(token, EventWord(token.lemma_.lower(), "", token.pos_, "open", kind, frame), kind)

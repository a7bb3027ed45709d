"""What pronouns mean: who speaks, what the judge ties them to; without a judge what is near."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.link.chains import GROUPS, NAMED_KINDS, PLURAL_ACTORS, REACH, Chains, bare
from kg.link.ties import Ties
from kg.records import Form, Frame, Mention, Span, Term

SPEAKER = frozenset({"i", "me", "my", "myself"})
HUMAN = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
THEM = frozenset({"they", "them", "their", "themselves"})
US = frozenset({"we", "us", "our", "ourselves"})
IT = frozenset({"it", "its", "itself"})
SURE, SURER = 0.5, 0.75
"""A tie of the judge counts from here on for a pronoun of a person or of who speaks ("it said");
from there on for another."""


def pronouns(
    ordered: Sequence[Mention], frames: Sequence[Frame], chains: Chains, ties: Ties
) -> None:
    """Joins each pronoun, and without a judge each bare noun for a person, to what it means."""
    speakers = list(_speakers(frames))
    reported = list(_reported(frames))
    saying = {who.span for frame in frames for who in frame.values("claimant")
              if isinstance(who, Mention)}  # fmt: skip
    outer = _outer(ordered)
    for mention in ordered:
        if mention.form is Form.NOMINAL and mention.kind == "Person" and mention.number != "Plur":
            if bare(mention) and not chains.joined(mention) and not ties:
                _nearest(mention, outer, chains, _human(mention))
        if mention.form is not Form.PRONOUN:
            continue
        fits = _meant_by(mention)
        sure = mention.name in HUMAN | SPEAKER or mention.span in saying
        least = SURE if sure else SURER
        tie = ties.tie(mention, fits, least=least) if fits is not None else None
        voice = _voice(mention, speakers) if mention.name in SPEAKER | US else None
        if voice is not None:
            chains.join(mention, voice, "speaker", 0.9)
        elif tie is not None:
            chains.join(mention, tie.antecedent, "learned", tie.score, tie.others)
        elif mention.name in HUMAN | THEM | IT and not _speaker_meant(mention, reported, chains):
            # "He said" is nearly always somebody named; elsewhere a judge that is unsure is heeded.
            if not ties or mention.name in HUMAN and mention.subject and mention.quote < 0:
                _nearest(mention, outer, chains, _near_by(mention))


def _voice(mention: Mention, speakers: Sequence[tuple[Span, Mention]]) -> Mention | None:
    """Who says "I", and outside of quotation marks which body says "we": the innermost speaker."""
    around = [(where.end - where.start, s) for where, s in speakers if mention.span.within(where)]
    found = min(around, key=lambda pair: pair[0])[1] if around else None
    if found is None or found.span == mention.span:
        return None
    bodily = found.kind not in ("Person", "Actor") and mention.quote < 0
    return found if mention.name in SPEAKER or bodily else None


def _meant_by(mention: Mention) -> Callable[[Mention], bool] | None:
    """What the judge may take a pronoun for; None for one that it is not asked about."""
    if mention.name in HUMAN | SPEAKER:
        return _human(mention)
    if mention.name in THEM | US and (mention.name in THEM or mention.quote >= 0):
        return lambda other: other.kind != "Person" or other.number == "Plur"
    if mention.name in IT:
        return lambda other: other.kind != "Person" and other.number != "Plur"
    return None


def _near_by(mention: Mention) -> Callable[[Mention], bool]:
    """What a pronoun can mean where only what stands near tells."""
    if mention.name in HUMAN:
        return _human(mention)
    if mention.name in THEM:
        return _group
    return _singular_body if mention.subject else _thing


def _speakers(frames: Sequence[Frame]) -> Iterator[tuple[Span, Mention]]:
    for frame in frames:
        claimant = next(iter(frame.values("claimant")), None)
        form = next(iter(frame.values("quoteForm")), None)
        if isinstance(claimant, Mention) and isinstance(form, Term) and form.name != "Indirect":
            yield frame.evidence, claimant


def _reported(frames: Sequence[Frame]) -> Iterator[tuple[Span, Mention]]:
    """Where each named or described speaker's indirect speech goes on, and the speaker."""
    for frame in frames:
        claimant = next(iter(frame.values("claimant")), None)
        if frame.kind == "Claim" and isinstance(claimant, Mention):
            if Term("Indirect") in frame.values("quoteForm") and claimant.form is not Form.PRONOUN:
                yield frame.evidence, claimant


def _speaker_meant(
    mention: Mention, reported: Sequence[tuple[Span, Mention]], chains: Chains
) -> bool:
    """A pronoun subject in reported speech is the speaker: "Moscow said it had sent reserves"."""
    if mention.quote >= 0 or mention.name in SPEAKER:
        return False
    fits = [
        speaker for where, speaker in reported
        if mention.span.within(where) and speaker.span.end < mention.span.start
        and speaker.sentence == mention.sentence and _speaks_for(mention, speaker)
    ]  # fmt: skip
    several = len({s.span for s in fits}) > 1
    if not fits or not several and not mention.subject or several and mention.name not in THEM:
        return False
    return chains.join(mention, fits[0], "speaker", 0.85, tuple(fits[1:]))


def _speaks_for(mention: Mention, speaker: Mention) -> bool:
    if mention.name in HUMAN:
        return _human(mention)(speaker)
    if mention.name in THEM:
        return speaker.kind != "Person"
    return speaker.kind != "Person" and speaker.number != "Plur"


def _human(pronoun: Mention) -> Callable[[Mention], bool]:
    def fits(other: Mention) -> bool:
        return (
            other.kind == "Person"
            and other.number != "Plur"
            and (other.gender in ("", pronoun.gender))
        )

    return fits


def _group(other: Mention) -> bool:
    return other.kind in PLURAL_ACTORS and (other.number == "Plur" or other.kind in GROUPS)


def _singular_body(other: Mention) -> bool:
    acting = other.kind == "Place" and other.subject and other.form is Form.NAME
    return (acting or other.kind in GROUPS | {"Country"}) and other.number != "Plur"


def _same_person(mention: Mention, pronoun: Mention) -> bool:
    """Whether an explained pronoun can be what a pronoun or a phrase for a person goes on with."""
    if mention.form is Form.NOMINAL:
        return mention.kind == "Person" and pronoun.name in HUMAN
    if mention.name in HUMAN:
        return pronoun.name in HUMAN and mention.gender == pronoun.gender
    return mention.name == pronoun.name


def _thing(other: Mention) -> bool:
    return _singular_body(other) or other.kind in NAMED_KINDS and other.number != "Plur"


def _outer(ordered: Sequence[Mention]) -> list[Mention]:
    """The mentions, but those that lie within another one that is no pronoun."""
    holding = {one.span for one in ordered if one.form is not Form.PRONOUN}
    inner: set[Span] = set()
    reach = -1
    for span in sorted({one.span for one in ordered}, key=lambda s: (s.start, -s.end)):
        if span.end <= reach:
            inner.add(span)
        if span in holding:
            reach = max(reach, span.end)
    return [one for one in ordered if one.span not in inner]


def _nearest(
    mention: Mention, outer: Sequence[Mention], chains: Chains, fits: Callable[[Mention], bool]
) -> None:
    """The best earlier candidate: near, subject before object, names before phrases."""
    best: tuple[float, Mention] | None = None
    for other in outer:
        if other.span.start >= mention.span.start or other.form is Form.PRONOUN:
            if other.span.start >= mention.span.start:
                break
            if not chains.joined(other) or not _same_person(mention, other):
                continue
        elif not fits(other):
            continue
        distance = mention.sentence - other.sentence
        if mention.name in HUMAN and other.form is Form.PRONOUN:
            distance -= 1
        if distance > REACH or other.span.overlaps(mention.span):
            continue
        weight = -1.0 * distance
        weight += 1.2 if other.subject else 0.0
        weight += 0.4 if other.form is Form.NAME else 0.0
        weight += 0.8 if other.form is Form.PRONOUN else 0.0
        weight -= 1.0 if (other.quote >= 0) != (mention.quote >= 0) else 0.0
        weight -= 0.6 if distance == 0 and mention.subject and other.subject else 0.0
        weight += other.span.start / 1e7
        if best is None or weight > best[0]:
            best = (weight, other)
    if best is not None and best[0] > -2.0:
        chains.join(mention, best[1], "pronoun", 0.7)

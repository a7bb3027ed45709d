"""Which mentions of one document name the same entity: a sieve from sure to less sure.

Strict steps come first (same name, shortened name, acronym), then role phrases, then
pronouns, after the multi-pass sieve of Raghunathan et al. (EMNLP 2010). Each step only
joins a mention to an earlier one, but for a role phrase whose holder is named later
("the acting governor" … "Alexei Smirnov"), as news likes to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.records import Extraction, Form, Frame, Mention, Span, Term

PLURAL_ACTORS = frozenset(
    "PopulationGroup ArmedForce ArmedGroup MilitaryUnit GovernmentBody SecurityService State "
    "Organisation InternationalOrganisation Actor MediaOutlet".split()
)
GROUPS = PLURAL_ACTORS - {"PopulationGroup"}
NAMED_KINDS = frozenset(
    "Region Settlement NuclearPowerPlant PowerPlant Airbase Refinery Dam Bridge Hospital Depot "
    "ArmedGroup Organisation GovernmentBody MediaOutlet MilitaryUnit Country".split()
)
DEMONYM_ENDINGS = frozenset({"n", "an", "ian", "ean", "ese", "i", "ish", "ic", "ite"})
SPEAKER = frozenset({"i", "me", "my", "myself"})
HUMAN = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
THEM = frozenset({"they", "them", "their", "themselves"})
REACH = 3


@dataclass(frozen=True, slots=True)
class Coreference:
    """That a mention names what an earlier (or later) mention names.

    `others` are further antecedents of a plural pronoun: "both A and B say their attacks …".
    """

    mention: Mention
    antecedent: Mention
    method: str
    score: float
    others: tuple[Mention, ...] = ()


def coreference(extraction: Extraction) -> dict[Span, Coreference]:
    """For every mention that another one explains, its final antecedent, by mention span.

    The antecedent is never itself explained by another: chains are followed to their end.
    """
    ordered = sorted(extraction.mentions, key=lambda m: (m.span.start, m.span.end))
    first = _Chains()
    _names(ordered, first)
    _roles(ordered, extraction.frames, first)
    _pronouns(ordered, extraction.frames, first)
    return {m.span: link for m in ordered if (link := first.final(m)) is not None}


class _Chains:
    """Antecedent by mention span; follows chains and refuses cycles."""

    def __init__(self) -> None:
        self._links: dict[Span, Coreference] = {}

    def join(
        self,
        mention: Mention,
        antecedent: Mention,
        method: str,
        score: float,
        others: tuple[Mention, ...] = (),
    ) -> bool:
        if mention.span in self._links or mention.span == antecedent.span:
            return False
        end = self.final(antecedent)
        target = end.antecedent if end else antecedent
        if target.span == mention.span:
            return False
        self._links[mention.span] = Coreference(mention, antecedent, method, score, others)
        return True

    def final(self, mention: Mention) -> Coreference | None:
        link = self._links.get(mention.span)
        if link is None:
            return None
        method, score, node, seen = link.method, link.score, link.antecedent, {mention.span}
        while node.span in self._links and node.span not in seen:
            seen.add(node.span)
            score *= self._links[node.span].score
            node = self._links[node.span].antecedent
        return Coreference(mention, node, method, round(score, 4), link.others)

    def joined(self, mention: Mention) -> bool:
        return mention.span in self._links


def _names(ordered: Sequence[Mention], chains: _Chains) -> None:
    names = [m for m in ordered if m.form is Form.NAME]
    people = [m for m in names if m.kind == "Person"]
    fullest: dict[str, Mention] = {}
    for person in people:
        words = _words(person.name)
        for key in {words[-1], words[0]}:
            held = fullest.get(key)
            if held is None or len(words) > len(_words(held.name)):
                fullest[key] = person
    places = [m for m in names if m.kind in ("Place", "Country", "Region", "Settlement")]
    seen: dict[str, Mention] = {}
    for mention in names:
        key = " ".join(_words(mention.name))
        earlier = seen.get(key)
        if earlier is not None:
            chains.join(mention, earlier, "same name", 1.0)
            continue
        seen[key] = mention
        if mention.kind == "State" and (land := _land(mention, places)) is not None:
            chains.join(mention, land, "demonym", 0.85)
        elif mention.kind == "Person":
            long = fullest.get(_words(mention.name)[-1]) or fullest.get(_words(mention.name)[0])
            if long is not None and len(_words(long.name)) > len(_words(mention.name)):
                if _shortens(mention.name, long.name):
                    chains.join(mention, long, "shortened name", 0.95)
        elif mention.name.isupper() and 2 <= len(mention.name) <= 6:
            for other in names:
                if other.kind != "Person" and _initials(other.name) == mention.name:
                    chains.join(mention, other, "acronym", 0.95)
                    break
        else:
            for other in names:
                if other.span == mention.span or not _alike(other.kind, mention.kind):
                    continue
                if _tail(mention, other):
                    chains.join(mention, other, "shortened name", 0.9)
                    break


def _land(demonym: Mention, places: Sequence[Mention]) -> Mention | None:
    """The country of the text that an adjective is made from: "Kestrian" from "Kestria"."""
    for place in places:
        stem = place.name.rstrip("ae")
        ending = demonym.name.removeprefix(stem)
        if len(stem) >= 4 and ending != demonym.name and ending in DEMONYM_ENDINGS:
            return place
    return None


def _words(name: str) -> list[str]:
    return name.casefold().replace("’s", "").replace("'s", "").split() or [""]


def _shortens(short: str, long: str) -> bool:
    """Whether all words of the short name stand in the long one, in order.

    >>> _shortens("Putin", "Vladimir Putin"), _shortens("Ivan Putin", "Vladimir Putin")
    (True, False)
    """
    rest = iter(_words(long))
    return all(word in rest for word in _words(short))


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[0].isupper())


def _tail(short: Mention, long: Mention) -> bool:
    """ "the 155th Brigade" for "the 155th Separate Marine Brigade"; same first and last word."""
    a, b = _words(short.name), _words(long.name)
    return (
        1 < len(a) < len(b) and a[0] == b[0] and a[-1] == b[-1]
        and short.kind in {"MilitaryUnit", "PowerPlant", "NuclearPowerPlant"}
    )  # fmt: skip


def _alike(one: str, other: str) -> bool:
    """Whether two classes can mean the same thing: a power plant may be a nuclear one."""
    return one == other or {one, other} == {"PowerPlant", "NuclearPowerPlant"}


def _roles(ordered: Sequence[Mention], frames: Sequence[Frame], chains: _Chains) -> None:
    """Role phrases: "the acting governor", "the conscript", "the plant", "the group"."""
    holders = list(_holders(frames))
    described = {holder.span for _, holder, _ in holders}
    introduced: set[str] = {" ".join(_words(h.name)) for _, h, _ in holders}
    for mention in ordered:
        if mention.form is not Form.NOMINAL or chains.joined(mention):
            continue
        if mention.kind == "Person" and mention.number != "Plur":
            _person_phrase(mention, ordered, holders, introduced, described, chains)
        else:
            _thing_phrase(mention, ordered, chains)


def _holders(frames: Sequence[Frame]) -> Iterator[tuple[str, Mention, str]]:
    """Post, named holder and the name of what the post is of, "" if unsaid."""
    for frame in frames:
        if frame.kind == "Position":
            role = next(iter(frame.values("role")), "")
            holder = next(iter(frame.values("holder")), None)
            if isinstance(holder, Mention) and holder.form is Form.NAME and isinstance(role, str):
                body = next(iter(frame.values("of")), None)
                yield role, holder, body.name if isinstance(body, Mention) else ""


def _person_phrase(
    mention: Mention,
    ordered: Sequence[Mention],
    holders: Sequence[tuple[str, Mention, str]],
    introduced: set[str],
    described: set[Span],
    chains: _Chains,
) -> None:
    for role, holder, body in holders:
        if (
            holder.span != mention.span
            and _same_post(mention, role)
            and _agree(mention, holder, body)
        ):
            chains.join(mention, holder, "role phrase", 0.85)
            return
    same = [m for m in ordered if m.form is Form.NOMINAL and m.kind == "Person"
            and m.span.end < mention.span.start and m.name.split()[-1] == mention.name.split()[-1]
            and m.number != "Plur"]  # fmt: skip
    if same and mention.quote == same[-1].quote:
        chains.join(mention, same[-1], "same role", 0.75)
        return
    if _bare(mention):
        return  # explained with the pronouns, in the order of the text
    later = _unintroduced(mention, ordered, introduced)
    if later is not None and mention.subject and mention.quote < 0:
        if chains.join(mention, later, "named later", 0.6):
            introduced.add(" ".join(_words(later.name)))


def _bare(mention: Mention) -> bool:
    """ "The conscript": a single definite word for a person, spoken of before."""
    return mention.definite and not mention.qualifier and " " not in mention.name


def _same_post(mention: Mention, role: str) -> bool:
    """Whether a phrase can mean the post: "the minister" a foreign minister, not the reverse."""
    words = [w for w in mention.name.split() if w.casefold() != mention.qualifier.casefold()]
    post = role.split()
    if len(words) > len(post):
        return words[-len(post) :] == post
    return bool(words) and post[-len(words) :] == words


def _agree(mention: Mention, holder: Mention, body: str) -> bool:
    """Whether the phrase's country or owner is that of the post, as far as both are said."""
    if not mention.qualifier:
        return True
    if mention.qualifier in holder.name:
        return False
    stem = mention.qualifier.casefold()[:4]
    return not body or body.casefold().startswith(stem)


def _unintroduced(
    mention: Mention, ordered: Sequence[Mention], introduced: set[str]
) -> Mention | None:
    """A full name, bare at its first use just after the phrase: the reader is to join the two."""
    known = set(introduced)
    for other in ordered:
        key = " ".join(_words(other.name))
        if other.form is Form.NAME and other.kind == "Person":
            if other.span.start > mention.span.end and other.sentence - mention.sentence <= REACH:
                if key not in known and len(key.split()) >= 2 and other.quote < 0:
                    return other
            known.add(key)
    return None


def _thing_phrase(mention: Mention, ordered: Sequence[Mention], chains: _Chains) -> None:
    """ "The region" is the region named last; the same words with the same owner are the same."""
    earlier = [m for m in reversed(ordered) if m.span.end <= mention.span.start]
    bare = mention.definite and not mention.qualifier and " " not in mention.name
    if bare and mention.kind in NAMED_KINDS and mention.number != "Plur":
        for other in earlier:
            near = mention.sentence - other.sentence <= 2 * REACH
            named = mention.name in _words(other.name)
            if other.form is Form.NAME and _alike(other.kind, mention.kind) and (near or named):
                chains.join(mention, other, "the one named last", 0.7)
                return
    if bare and mention.number == "Plur" and mention.kind != "PopulationGroup":
        for other in earlier:
            if mention.sentence - other.sentence > REACH:
                break
            if (
                other.form is Form.NOMINAL
                and other.name.split()[-1] == mention.name
                and (other.kind == mention.kind and other.number == "Plur")
            ):
                chains.join(mention, other, "the ones named last", 0.75)
                return
    for other in earlier:
        if other.kind != mention.kind or other.qualifier.casefold() != mention.qualifier.casefold():
            continue
        if other.form is Form.NOMINAL and other.name == mention.name:
            chains.join(mention, other, "same words", 0.8)
            return


def _pronouns(ordered: Sequence[Mention], frames: Sequence[Frame], chains: _Chains) -> None:
    speakers = list(_speakers(frames))
    reported = list(_reported(frames))
    for mention in ordered:
        if mention.form is Form.NOMINAL and mention.kind == "Person" and mention.number != "Plur":
            if _bare(mention) and not chains.joined(mention):
                _nearest(mention, ordered, chains, _human(mention))
        if mention.form is not Form.PRONOUN:
            continue
        if _speaker_meant(mention, reported, chains):
            continue
        if mention.name in SPEAKER:
            found = next((s for where, s in speakers if mention.span.within(where)), None)
            if found is not None and found.span != mention.span:
                chains.join(mention, found, "speaker", 0.9)
        elif mention.name in HUMAN:
            _nearest(mention, ordered, chains, _human(mention))
        elif mention.name in THEM:
            _nearest(mention, ordered, chains, _group)
        elif mention.name in ("it", "its", "itself"):
            _nearest(mention, ordered, chains, _singular_body if mention.subject else _thing)


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
    mention: Mention, reported: Sequence[tuple[Span, Mention]], chains: _Chains
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


def _nearest(
    mention: Mention, ordered: Sequence[Mention], chains: _Chains, fits: Callable[[Mention], bool]
) -> None:
    """The best earlier candidate: near, subject before object, names before phrases."""
    best: tuple[float, Mention] | None = None
    inner = {
        m.span
        for m in ordered
        for o in ordered
        if m.span != o.span and m.span.within(o.span) and o.form is not Form.PRONOUN
    }
    for other in ordered:
        if other.span in inner:
            continue
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

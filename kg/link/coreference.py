"""Which mentions of one document name the same entity: a sieve from sure to less sure.

Strict steps come first (same name, shortened name, acronym), then role phrases, then who speaks,
then what the trained judge of `kg.annotate` ties together with enough certainty (`learned`), and
last what stands near, after the multi-pass sieve of Raghunathan et al. (EMNLP 2010). Each step only
joins a mention to an earlier one, but for a role phrase whose holder is named later
("the acting governor" … "Alexei Smirnov"), as news likes to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg.link.chains import (
    NAMED_KINDS,
    PLURAL_ACTORS,
    REACH,
    SITES,
    Chains,
    Coreference,
    bare,
)
from kg.link.designations import designation
from kg.link.pronouns import SPEAKER, pronouns
from kg.link.ties import Ties
from kg.records import Extraction, Form, Frame, Mention, Span

__all__ = ["SPEAKER", "Coreference", "coreference"]

LANDS = SITES | {"Region", "Settlement", "Country"}
"""Of these a text mostly means the one that it named last, even if the judge is not sure."""
DEMONYM_ENDINGS = frozenset({"n", "an", "ian", "ean", "ese", "i", "ish", "ic", "ite"})
ARTICLE = re.compile(r"^(?:al|el|ul|an|ar|as|ash|at|ad|az|es|er)-(?=\w{3})")
SURE = 0.6
"""A tie of the judge counts from here on for a noun."""


def coreference(extraction: Extraction) -> dict[Span, Coreference]:
    """For every mention that another one explains, its final antecedent, by mention span.

    The antecedent is never itself explained by another: chains are followed to their end.
    """
    ordered = sorted(extraction.mentions, key=lambda m: (m.span.start, m.span.end))
    first = Chains()
    _names(ordered, first)
    _designated(ordered, first)
    ties = Ties(ordered, extraction.anaphora)
    _roles(ordered, extraction.frames, first, ties)
    pronouns(ordered, extraction.frames, first, ties)
    return {m.span: link for m in ordered if (link := first.final(m)) is not None}


def _designated(ordered: Sequence[Mention], chains: Chains) -> None:
    """A class word and the name behind it are one place: "the besieged city of El Fasher"."""
    kinds = LANDS | {"Place"}
    names = {m.span.start: m for m in ordered if m.form is Form.NAME and m.kind in kinds}
    for mention in ordered:
        name = names.get(mention.span.end + len(" of "))
        if mention.form is not Form.NOMINAL or mention.kind not in LANDS or name is None:
            continue
        if mention.qualifier == name.text:
            word = mention.name.rpartition(" ")[2]
            if designation(f"{word} of {name.name}").bare == name.name:
                chains.join(mention, name, "designation", 1.0)


def _names(ordered: Sequence[Mention], chains: Chains) -> None:
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
    """The words of a name, without the Arabic article: "al-Bashir" is "Bashir"."""
    words = name.casefold().replace("’s", "").replace("'s", "").split()
    return [ARTICLE.sub("", word) for word in words] or [""]


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


def _roles(ordered: Sequence[Mention], frames: Sequence[Frame], chains: Chains, ties: Ties) -> None:
    """Role phrases: "the acting governor", "the conscript", "the plant", "the group"."""
    holders = list(_holders(frames))
    described = {holder.span for _, holder, _ in holders}
    introduced: set[str] = {" ".join(_words(h.name)) for _, h, _ in holders}
    for mention in ordered:
        if mention.form is not Form.NOMINAL or chains.joined(mention):
            continue
        if mention.kind == "Person" and mention.number != "Plur":
            _person_phrase(mention, ordered, holders, introduced, described, chains)
        elif not ties:
            _thing_phrase(mention, ordered, chains)
    _described(ordered, chains, ties)
    for mention in ordered:
        if mention.form is Form.NOMINAL and not chains.joined(mention):
            _only_body(mention, ordered, chains)
    for mention in ordered:
        if mention.form is Form.NOMINAL and mention.kind in LANDS and mention.text.islower():
            _named_last(mention, ordered, chains)


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
    chains: Chains,
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
    if bare(mention):
        return  # explained with the pronouns, in the order of the text
    later = _unintroduced(mention, ordered, introduced)
    if later is not None and mention.subject and mention.quote < 0:
        if chains.join(mention, later, "named later", 0.6):
            introduced.add(" ".join(_words(later.name)))


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


def _named_last(mention: Mention, ordered: Sequence[Mention], chains: Chains) -> bool:
    """ "The region" is the region named last."""
    if not bare(mention) or mention.kind not in NAMED_KINDS or mention.number == "Plur":
        return False
    for other in _earlier(mention, ordered):
        near = mention.sentence - other.sentence <= 2 * REACH
        named = mention.name in _words(other.name)
        if mention.kind == "Settlement" and (mention.name == "camp") != ("camp" in other.name):
            continue  # "15 km south of the city" is not from Velm camp
        if mention.name == "capital" and mention.span.start - other.span.end > len(", the "):
            return False  # any town may be named last; "Sanaa, the capital" is said of that one
        if other.form is Form.NAME and _alike(other.kind, mention.kind) and (near or named):
            chains.join(mention, other, "the one named last", 0.7)
            return True
    return False


def _only_body(mention: Mention, ordered: Sequence[Mention], chains: Chains) -> None:
    """ "The agency" that the judge left alone: the only body named in the sentences just before."""
    if mention.name != "agency" or not (mention.definite and bare(mention)) or mention.quote >= 0:
        return
    near = [m for m in _earlier(mention, ordered) if mention.sentence - m.sentence <= 1]
    kinds = ("Organisation", "InternationalOrganisation", "GovernmentBody", "MediaOutlet")
    bodies = [m for m in near if m.kind in kinds and m.form is Form.NAME]
    if len({" ".join(_words(m.name)) for m in bodies}) == 1:
        chains.join(mention, bodies[-1], "the only body named", 0.7)


def _earlier(mention: Mention, ordered: Sequence[Mention]) -> list[Mention]:
    return [m for m in reversed(ordered) if m.span.end <= mention.span.start]


def _thing_phrase(mention: Mention, ordered: Sequence[Mention], chains: Chains) -> None:
    """Without a judge: the one named last; the same words with the same owner are the same."""
    if _named_last(mention, ordered, chains):
        return
    earlier = _earlier(mention, ordered)
    alone = bare(mention)
    if alone and mention.number == "Plur" and mention.kind != "PopulationGroup":
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


def _described(ordered: Sequence[Mention], chains: Chains, ties: Ties) -> None:
    """Nouns that the judge ties to an earlier name or noun of their sort: "the militants"."""
    for mention in ordered:
        if mention.form is Form.NOMINAL and not chains.joined(mention):
            tie = ties.tie(mention, _same_sort(mention), least=SURE)
            if tie is not None and not ties.apart(mention, tie.antecedent):
                chains.join(mention, tie.antecedent, "learned", tie.score, tie.others)


def _same_sort(mention: Mention) -> Callable[[Mention], bool]:
    """Whether two mentions are both people, bodies and groups, facilities, or of one class."""

    def fits(other: Mention) -> bool:
        families = (PLURAL_ACTORS, SITES)
        same = any(mention.kind in one and other.kind in one for one in families)
        return same or other.kind == mention.kind

    return fits

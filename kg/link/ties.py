"""What the trained judge of `kg.annotate` ties together, as mentions of facts.

The judge ties all phrases of a text, by their head words. Here a tie is followed from a mention
back to the first mention that can stand for it, over phrases that are no mentions and over
pronouns; its score is that of the least sure tie on the way, for each tie is to a whole chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.records import Anaphor, Form, Mention, Span

STEPS = 30
"""A chain of pronouns is followed so far back."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What a mention is tied to, and how surely; `others` are further members of a list."""

    antecedent: Mention
    score: float
    others: tuple[Mention, ...] = ()


class Ties:
    """The judge's ties of one document."""

    def __init__(self, mentions: Iterable[Mention], anaphora: Iterable[Anaphor]) -> None:
        self._mentions: dict[Span, Mention] = {}
        for mention in mentions:
            held = self._mentions.get(mention.head)
            if held is None or held.form is not Form.NAME and mention.form is Form.NAME:
                self._mentions[mention.head] = mention
        self._ties = {one.head: one for one in anaphora}

    def __bool__(self) -> bool:
        """Whether the judge has read the document: other pipelines have none."""
        return bool(self._ties)

    def apart(self, one: Mention, other: Mention) -> bool:
        """Whether two phrases have different owners: "its troops" of one state and of another."""
        if one.owner is None or other.owner is None:
            return False
        first, second = self._origin(one.owner), self._origin(other.owner)
        return one.owner not in (first, second) and first != second

    def _origin(self, head: Span) -> Span:
        """The head of the first name or noun that a pronoun is tied to, itself where to none."""
        node = head
        for _ in range(STEPS):
            tie = self._ties.get(node)
            if tie is None:
                break
            node = tie.antecedent
        return node

    def tie(self, mention: Mention, fits: Callable[[Mention], bool], *, least: float) -> Tie | None:
        """The nearest name or noun that the mention is tied to, if it fits and is sure enough.

        A list is a plural, whatever it lists.
        """
        score = 1.0
        node = mention.head
        for _ in range(STEPS):
            tie = self._ties.get(node)
            if tie is None or (score := min(score, tie.score)) < least:
                return None
            node = tie.antecedent
            found = self._mentions.get(node)
            if found is None or found.form is Form.PRONOUN:
                continue
            others = [self._mentions.get(other) for other in tie.others]
            known = tuple(other for other in others if other is not None)
            fitting = mention.number == "Plur" if known else fits(found)
            if found.span == mention.span:
                return None
            if not fitting:
                continue  # a word of another class that means the same: "the body … the Front"
            return Tie(found, round(score, 2), known)
        return None

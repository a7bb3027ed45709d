"""Which mention explains which, and the sorts of things that coreference tells apart."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import Mention, Span

PLURAL_ACTORS = frozenset(
    "PopulationGroup ArmedForce ArmedGroup MilitaryUnit GovernmentBody SecurityService State "
    "Organisation InternationalOrganisation Actor MediaOutlet".split()
)
GROUPS = PLURAL_ACTORS - {"PopulationGroup"}
NAMED_KINDS = frozenset(
    "Region Settlement NuclearPowerPlant PowerPlant Airbase Refinery Dam Bridge Hospital Depot "
    "ArmedGroup Organisation GovernmentBody MediaOutlet MilitaryUnit Country".split()
)
SITES = frozenset(
    "Facility NuclearPowerPlant PowerPlant Hospital BorderCrossing Airbase MilitaryBase Depot "
    "Refinery Bridge Dam GasFacility School Residential".split()
)
REACH = 3
"""So many sentences back something may stand near."""


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


class Chains:
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
        """Joins a mention to its antecedent, once; whether it could be."""
        if mention.span in self._links or mention.span == antecedent.span:
            return False
        end = self.final(antecedent)
        target = end.antecedent if end else antecedent
        if target.span == mention.span:
            return False
        self._links[mention.span] = Coreference(mention, antecedent, method, score, others)
        return True

    def final(self, mention: Mention) -> Coreference | None:
        """What a mention means at the end of its chain, None where nothing explains it."""
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
        """Whether something explains the mention."""
        return mention.span in self._links


def bare(mention: Mention) -> bool:
    """ "The conscript": a single definite word for a person, spoken of before."""
    return mention.definite and not mention.qualifier and " " not in mention.name

"""Events that come of others: who is behind them, and that none comes of itself."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extract.events import events
from kg.records import Frame, Mention, Span

RELATIONS = ("causedBy", "subEventOf")


@pytest.mark.parametrize(
    "text",
    [
        "The rebels could have perpetrated this attack in retaliation for the death of two "
        "fighters in a clash with army forces in Tarvo.",
        "Shelling in the raid killed two people in an attack on Goma.",
    ],
)
def test_no_event_comes_of_itself(language: Language, text: str) -> None:
    found = {frame.anchor: frame for frame in events(language(text))}

    def behind(frame: Frame, seen: frozenset[Span]) -> None:
        assert frame.anchor not in seen
        for role, other in frame.roles:
            if role in RELATIONS and isinstance(other, Frame):
                behind(found[other.anchor], seen | {frame.anchor})

    assert found
    for frame in found.values():
        behind(frame, frozenset())


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Kestrian airstrikes killed ten militants.", ["Kestrian"]),
        ("Ten militants were killed in clashes with the army.", []),
        ("Ten militants died in an attack by militants.", []),
        ("Ten villagers died in an attack by militants.", ["militants"]),
    ],
)
def test_who_attacks_is_behind_the_deaths(language: Language, text: str, doers: list[str]) -> None:
    (killing,) = (frame for frame in events(language(text)) if frame.kind == "Killing")
    found = [v.text for v in killing.values("initiator") if isinstance(v, Mention)]
    assert found == doers

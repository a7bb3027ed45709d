"""Who speaks: names beside nouns, owners of counts and views, issuers of statements."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extract.attributions import attributions
from kg.extract.voices import voice
from kg.records import Span

INTERVIEW = (
    "NORA VELL: Who holds the bridge?\n\n"
    "OMAR KEITA: We do. I say that the army shelled it.\n\n"
    "NORA VELL: And the dam?\n\n"
    "OMAR KEITA: I believe that the rebels hold it."
)
NOTES = (
    "I. Statement of the Ministry of Trade of Karst, 3 May\n\n"
    "We reject the claim that our ships fired on the port.\n\n"
    "II. Note of the Vesna Foreign Office, 4 May\n\n"
    "We demand the release of the nine sailors."
)


@pytest.mark.parametrize(
    ("text", "cue", "name"),
    [
        ("A survivor, Omar Keita, disclosed that gunmen had burned it.", "disclosed", "Omar Keita"),
        ("A baker called Ana Petru says that the bridge is mined.", "says", "Ana Petru"),
        ("A rival commander, alias Omar Keita, promised a truce.", "promised", "Omar Keita"),
        ("The rebels’ only judge, the widow Ana Petru, said it was over.", "said", "Ana Petru"),
        ("One of them, Omar Keita, confessed that he had been paid.", "confessed", "Omar Keita"),
        ("London ruled out a truce.", "ruled out", "London"),
    ],
)
def test_the_name_beside_a_noun_speaks(language: Language, text: str, cue: str, name: str) -> None:
    assert _claimants(language, text, cue) == [name]


@pytest.mark.parametrize("cue", ["say", "believe"])
def test_i_is_whose_line_of_an_interview_it_is(language: Language, cue: str) -> None:
    assert _claimants(language, INTERVIEW, cue) == ["OMAR KEITA"]


def test_we_is_the_body_whose_statement_a_heading_announces(language: Language) -> None:
    assert _claimants(language, NOTES, "reject") == ["Ministry of Trade of Karst"]
    assert _claimants(language, NOTES, "demand") == ["Vesna Foreign Office"]


def _claimants(language: Language, text: str, cue: str) -> list[str]:
    doc = language(text)
    found = attributions(doc)
    at = text.index(cue)
    said = next(a for a in found if a.cue.overlaps(Span(at, at + len(cue))))
    return [mention.text for mention in voice(doc, said, found).claimants]

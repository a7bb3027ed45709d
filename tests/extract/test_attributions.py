"""Source, cue and content: one row per way of saying who said it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extract.attributions import Attribution, attributions
from kg.records import Span

Row = tuple[str, str | None, str]

CASES: list[tuple[str, list[Row]]] = [
    (
        "Rebels shelled the town overnight, the ministry said.",
        [("said", "the ministry", "Rebels shelled the town overnight")],
    ),
    (
        "“We hold the bridge. Nobody will take it,” said Omar Keita, a colonel. “That is final.”",
        [
            (
                "said",
                "Omar Keita, a colonel",
                "“We hold the bridge. Nobody will take it,” | “That is final.”",
            )
        ],
    ),
    (
        "Two people died, according to the governor of Karst, with ten hurt.",
        [("according to", "the governor of Karst", "Two people died | with ten hurt")],
    ),
    (
        "Two barracks were damaged, reported the Vesna Herald.",
        [("reported", "the Vesna Herald", "Two barracks were damaged")],
    ),
    (
        "Ten soldiers are believed to have been captured.",
        [("are believed", None, "Ten soldiers | to have been captured")],
    ),
    (
        "Both Vesna and Karst say their troops did not fire first.",
        [("say", "Both Vesna and Karst", "their troops did not fire first")],
    ),
    (
        "Asked if they were left behind, the private said: ‘It goes like this.’",
        [
            ("Asked", None, "if they were left behind"),
            ("said", "the private", "‘It goes like this.’"),
        ],
    ),
    (
        "He accused Karst of shelling the hospital.",
        [("accused", "He", "Karst of shelling the hospital")],
    ),
    (
        "There were warnings that Karst may seize the dam.",
        [("warnings", None, "that Karst may seize the dam")],
    ),
    (
        "The ministry made no mention of any losses.",
        [("made no mention of", "The ministry", "any losses")],
    ),
    (
        "The army denied that it had shelled the market.",
        [("denied", "The army", "that it had shelled the market")],
    ),
    (
        "Keita ordered his men to leave the village.",
        [("ordered", "Keita", "his men to leave the village")],
    ),
    (
        "The president threatened to bomb the capital.",
        [("threatened", "The president", "to bomb the capital")],
    ),
    (
        "Keita said the convoy was hit, adding: “Nobody survived.”",
        [
            ("said", "Keita", "the convoy was hit"),
            ("adding", "Keita", "“Nobody survived.”"),
        ],
    ),
    (
        "The general said the situation was ‘under control’.",
        [("said", "The general", "the situation was ‘under control’")],
    ),
    (
        "Videos showed a column of tanks entering Port Anselm.",
        [("showed", "Videos", "a column of tanks entering Port Anselm")],
    ),
    ("The army has denied it.", [("has denied", "The army", "it")]),
    (
        "The observatory recorded 24 deaths in the town.",
        [("recorded", "The observatory", "24 deaths in the town")],
    ),
    ("The rebels hold the town and a bridge.", []),
    ("The soldiers seized the ‘liberated’ town after a bad weather report.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_source_cue_content(language: Language, text: str, expected: list[Row]) -> None:
    assert [_row(text, a) for a in attributions(language(text))] == expected


@pytest.mark.parametrize(
    ("text", "form", "act", "medium"),
    [
        ("Ana Petru posted on Telegram: ‘The dam is ours.’", "Direct", "Assertion", "Telegram"),
        ("The mayor warned that the dam could break.", "Indirect", "Warning", ""),
        ("The army denied that it had shelled the market.", "Indirect", "Denial", ""),
        ("Karst demanded the release of the prisoners.", "Indirect", "Demand", ""),
        ("In a statement the army said it had withdrawn.", "Indirect", "Assertion", "statement"),
        ("The minister declined to comment.", "Indirect", "NoComment", ""),
        ("Karst made no official comment.", "Indirect", "NoComment", ""),
        ("The general said the raid was ‘a gift’ to Karst.", "Mixed", "Assertion", ""),
    ],
)  # fmt: skip
def test_form_act_medium(language: Language, text: str, form: str, act: str, medium: str) -> None:
    (found,) = attributions(language(text))
    assert (found.form, found.meaning.act, found.medium) == (form, act, medium)


def test_reader_who_passes_on_is_the_outer_one(language: Language) -> None:
    text = "Ten villages were seized, the army said, according to the Vesna Herald."
    said, passed = attributions(language(text))
    assert _row(text, said) == ("said", "the army", "Ten villages were seized")
    assert passed.holds(said.cue)


def test_question_and_answer(language: Language) -> None:
    text = (
        "‘I was captured near the river,’ Omar Keita said.\n"
        "‘Who sent you there?’ the officers asked. ‘Nobody. I do not know.’"
    )
    found = attributions(language(text))
    assert [_row(text, a)[1:] for a in found] == [
        ("Omar Keita", "‘I was captured near the river,’"),
        ("the officers", "‘Who sent you there?’"),
        ("Omar Keita", "‘Nobody. I do not know.’"),
    ]


def test_speaker_goes_on_in_the_next_paragraph(language: Language) -> None:
    text = "‘Pure blackmail,’ posted Jan Kolar, a senator.\n‘This is what they are counting on.’"
    (found,) = attributions(language(text))
    assert len(found.content) == 2
    assert found.content[-1].end == len(text)


def test_third_parties_within_a_quotation_are_marked(language: Language) -> None:
    text = "“The mayor said the bridge is gone. I think she is right,” Keita said."
    cues = [(text[a.cue.start : a.cue.end], a.quoted) for a in attributions(language(text))]
    assert cues == [("said", True), ("said", False)]


def test_a_statement_without_quotation_marks_is_its_speakers(language: Language) -> None:
    text = (
        "Foreign Minister Ana Petru said:\n\nI condemn the shelling of Halvik. "
        "Two children were killed.\n\nKestria will withdraw its troops."
    )
    lead = next(a for a in attributions(language(text)) if text[a.cue.start : a.cue.end] == "said")
    assert lead.source is not None
    assert "Petru" in text[lead.source.start : lead.source.end]
    assert lead.holds(Span(text.index("killed"), text.index("killed") + 6))
    assert lead.holds(Span(text.index("withdraw"), text.index("withdraw") + 8))


def _row(text: str, attribution: Attribution) -> Row:
    source = attribution.source
    return (
        text[attribution.cue.start : attribution.cue.end],
        text[source.start : source.end] if source is not None else None,
        " | ".join(text[s.start : s.end] for s in attribution.content),
    )

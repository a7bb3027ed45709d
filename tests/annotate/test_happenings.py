"""Words of happenings and their participants as the pipeline marks them."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.happenings import ROLES, candidates, path, preposition

TEXT = "Rebels shelled the town of Velm on Tuesday and killed four soldiers near the bridge."


@pytest.fixture(scope="module")
def doc(language: Language) -> Doc:
    return language(TEXT)


def _word(doc: Doc, text: str) -> int:
    return next(t.i for t in doc if t.text == text)


def test_words_of_happenings_are_marked_with_class_and_roles(doc: Doc) -> None:
    group = doc.spans["happenings"]
    sure = {s.start: int(s.kb_id_) for s in group if s.label_ == "EVENT"}
    assert sure[_word(doc, "shelled")] > 80
    assert sure[_word(doc, "killed")] > 80
    kinds = {(s.start, s.label_) for s in group}
    assert (_word(doc, "shelled"), "Shelling") in kinds
    assert (_word(doc, "killed"), "Killing") in kinds
    number = next(s.id_ for s in group if s.text == "killed" and s.label_ == "EVENT")
    roles = {(s.label_, s.text) for s in group if s.id_ == number and s.label_ in ROLES}
    assert ("victim", "soldiers") in roles


def test_the_group_says_which_classes_it_knows(doc: Doc) -> None:
    assert {"Shelling", "Killing", "Arrest"} <= set(doc.spans["happenings"].attrs["kinds"])


def test_shares_are_percents(doc: Doc) -> None:
    assert all(5 <= int(s.kb_id_) <= 100 for s in doc.spans["happenings"])


def test_the_path_between_words_is_read_over_their_common_head(doc: Doc) -> None:
    shelled, rebels, town = (doc[_word(doc, w)] for w in ("shelled", "Rebels", "town"))
    assert path(shelled, town) == "<obj"
    assert path(shelled, rebels) == "<nsubj"
    assert path(doc[_word(doc, "killed")], rebels) == ">conj<nsubj"


def test_the_preposition_of_a_phrase_is_its_case_word(doc: Doc) -> None:
    assert preposition(doc[_word(doc, "bridge")]) == "near"
    assert preposition(doc[_word(doc, "soldiers")]) == ""


def test_candidates_are_nouns_names_and_pronouns_of_the_sentence(language: Language) -> None:
    doc = language("They attacked it. The army fled.")
    attacked = doc[1]
    assert [t.text for t in candidates(attacked)] == ["They", "it"]


def test_a_text_without_words_has_no_happenings(language: Language) -> None:
    assert not language("… — …").spans["happenings"]
    assert "happenings" in language("   ").spans

"""Coreference over hand-made mentions."""

from __future__ import annotations

from dataclasses import replace

from kg.link.coreference import coreference
from kg.records import Anaphor, Extraction, Form, Frame, Mention, Span, Term


def mention(
    start: int,
    text: str,
    kind: str,
    form: Form,
    *,
    name: str = "",
    number: str = "Sing",
    sentence: int = 0,
    subject: bool = False,
    quote: int = -1,
    qualifier: str = "",
) -> Mention:
    where = Span(start, start + len(text))
    return Mention(where, text, kind, form, name or text, where, number, "", sentence, subject,
                   quote, qualifier)  # fmt: skip


def joined(*mentions: Mention, frames: tuple[Frame, ...] = ()) -> dict[str, str]:
    """Text of each explained mention and of what explains it."""
    found = coreference(Extraction(mentions, frames))
    return {link.mention.text: link.antecedent.text for link in found.values()}


def test_a_surname_stands_for_the_full_name_wherever_it_is_given() -> None:
    short = mention(0, "Adeyemi", "Person", Form.NAME)
    long = mention(50, "Grace Adeyemi", "Person", Form.NAME, sentence=1)
    assert joined(short, long) == {"Adeyemi": "Grace Adeyemi"}


def test_people_with_another_first_name_stay_apart() -> None:
    one = mention(0, "Ivan Petrov", "Person", Form.NAME)
    two = mention(50, "Oleg Petrov", "Person", Form.NAME, sentence=1)
    assert joined(one, two) == {}


def test_an_acronym_stands_for_the_body() -> None:
    long = mention(0, "Rapid Support Forces", "ArmedForce", Form.NAME)
    short = mention(50, "RSF", "Organisation", Form.NAME, sentence=1)
    assert joined(long, short) == {"RSF": "Rapid Support Forces"}


def test_a_pronoun_takes_the_subject_of_the_sentence_before() -> None:
    one = mention(0, "Maria Okello", "Person", Form.NAME, subject=True)
    two = mention(30, "Paul Moreau", "Person", Form.NAME)
    she = mention(60, "she", "Person", Form.PRONOUN, sentence=1, subject=True)
    assert joined(one, two, she) == {"she": "Maria Okello"}


def test_a_role_phrase_means_the_holder_of_the_post() -> None:
    name = mention(0, "Tomas Vel", "Person", Form.NAME)
    role = mention(40, "governor", "Person", Form.NOMINAL, sentence=1, subject=True)
    where = Span(0, 9)
    post = Frame("Position", where, where, (("holder", name), ("role", "governor")), "t")
    assert joined(name, role, frames=(post,)) == {"governor": "Tomas Vel"}


def test_a_role_phrase_takes_the_bare_full_name_that_follows() -> None:
    role = mention(0, "acting governor", "Person", Form.NOMINAL, subject=True)
    name = mention(80, "Alma Sorel", "Person", Form.NAME, sentence=1)
    assert joined(role, name) == {"acting governor": "Alma Sorel"}


def test_i_is_the_speaker_of_the_quotation() -> None:
    name = mention(0, "Tomas Vel", "Person", Form.NAME, subject=True)
    me = mention(20, "I", "Person", Form.PRONOUN, name="i", quote=0)
    roles = (("claimant", name), ("quoteForm", Term("Direct")))
    claim = Frame("Claim", Span(10, 14), Span(0, 60), roles, "t")
    assert joined(name, me, frames=(claim,)) == {"I": "Tomas Vel"}


def test_they_needs_a_group() -> None:
    person = mention(0, "Tomas Vel", "Person", Form.NAME, subject=True)
    they = mention(30, "they", "Actor", Form.PRONOUN, number="Plur", sentence=1)
    assert joined(person, they) == {}


def test_a_minister_of_another_country_or_post_is_another_person() -> None:
    name = mention(0, "Tomas Vel", "Person", Form.NAME)
    land = mention(20, "Kestria", "Country", Form.NAME)
    where = Span(0, 9)
    roles = (("holder", name), ("role", "prime minister"), ("of", land))
    post = Frame("Position", where, where, roles, "t")
    foreign = mention(60, "foreign minister", "Person", Form.NOMINAL, sentence=1)
    other = mention(90, "prime minister", "Person", Form.NOMINAL, sentence=2, qualifier="Ordun")
    same = mention(120, "prime minister", "Person", Form.NOMINAL, sentence=3, qualifier="Kestrian")
    assert joined(name, land, foreign, frames=(post,)) == {}
    assert joined(name, land, other, frames=(post,)) == {}
    assert joined(name, land, same, frames=(post,)) == {"prime minister": "Tomas Vel"}


def tie(later: Mention, earlier: Mention, score: float, *others: Mention) -> Anaphor:
    return Anaphor(later.head, earlier.head, score, tuple(other.head for other in others))


def judged(
    *mentions: Mention, ties: tuple[Anaphor, ...], frames: tuple[Frame, ...] = ()
) -> dict[str, tuple[str, str, float]]:
    found = coreference(Extraction(mentions, frames, anaphora=ties))
    return {
        one.mention.text: (one.antecedent.text, one.method, one.score) for one in found.values()
    }


def test_the_judge_overrules_what_stands_near() -> None:
    one = mention(0, "Maria Okello", "Person", Form.NAME, subject=True)
    two = mention(30, "Paul Moreau", "Person", Form.NAME, sentence=1, subject=True)
    she = mention(60, "she", "Person", Form.PRONOUN, sentence=2, subject=True)
    assert judged(one, two, she, ties=(tie(she, one, 0.8),)) == {
        "she": ("Maria Okello", "learned", 0.8)
    }


def test_an_unsure_tie_and_one_to_the_wrong_sort_of_thing_are_none() -> None:
    one = mention(0, "Maria Okello", "Person", Form.NAME, subject=True)
    plant = mention(30, "plant", "PowerPlant", Form.NOMINAL)
    she = mention(60, "she", "Person", Form.PRONOUN, sentence=1)
    assert judged(one, plant, she, ties=(tie(she, one, 0.3),)) == {}
    assert judged(one, plant, she, ties=(tie(she, plant, 0.9),)) == {}


def test_ties_are_followed_over_pronouns_as_sure_as_the_least_sure() -> None:
    one = mention(0, "Maria Okello", "Person", Form.NAME)
    she = mention(30, "she", "Person", Form.PRONOUN, sentence=1)
    her = mention(60, "her", "Person", Form.PRONOUN, sentence=2)
    ties = (tie(she, one, 0.9), tie(her, she, 0.8))
    assert judged(one, she, her, ties=ties)["her"] == ("Maria Okello", "learned", 0.8)


def test_they_of_a_list_are_all_of_it() -> None:
    one = mention(0, "Ana Petru", "Person", Form.NAME)
    two = mention(14, "Bo Lind", "Person", Form.NAME)
    they = mention(30, "they", "Actor", Form.PRONOUN, number="Plur")
    found = coreference(Extraction((one, two, they), (), anaphora=(tie(they, one, 0.9, two),)))
    assert found[they.span].antecedent == one
    assert found[they.span].others == (two,)


def test_a_noun_is_tied_to_a_body_of_another_class() -> None:
    front = mention(0, "Velm Front", "Organisation", Form.NAME)
    group = mention(30, "group", "ArmedGroup", Form.NOMINAL, sentence=1)
    town = mention(50, "town", "Settlement", Form.NOMINAL, sentence=1)
    ties = (tie(group, front, 0.7), tie(town, front, 0.9))
    assert judged(front, group, town, ties=ties) == {"group": ("Velm Front", "learned", 0.7)}


def test_a_tie_goes_on_over_a_word_of_another_class() -> None:
    one = mention(0, "Maria Okello", "Person", Form.NAME)
    word = mention(20, "envoy", "Organisation", Form.NOMINAL)
    she = mention(60, "she", "Person", Form.PRONOUN, sentence=1)
    ties = (tie(word, one, 0.8), tie(she, word, 0.9))
    assert judged(one, word, she, ties=ties)["she"] == ("Maria Okello", "learned", 0.8)


def test_who_it_is_that_said_more_need_be_less_sure() -> None:
    army = mention(0, "army", "ArmedForce", Form.NOMINAL, subject=True)
    it = mention(30, "it", "Actor", Form.PRONOUN, sentence=1, subject=True)
    said = Frame("Claim", Span(33, 37), Span(30, 60), (("claimant", it),), "t")
    ties = (tie(it, army, 0.6),)
    told = coreference(Extraction((army, it), (said,), anaphora=ties))
    untold = coreference(Extraction((army, it), (), anaphora=ties))
    assert told[it.span].antecedent == army
    assert not untold


def test_troops_of_different_owners_are_different() -> None:
    kestria = mention(0, "Kestria", "Country", Form.NAME, subject=True)
    its = mention(15, "its", "Actor", Form.PRONOUN)
    troops = replace(mention(19, "troops", "ArmedForce", Form.NOMINAL), owner=its.span)
    velm = mention(40, "Velm", "Country", Form.NAME, subject=True, sentence=1)
    other = mention(55, "its", "Actor", Form.PRONOUN, sentence=1)
    others = replace(
        mention(59, "troops", "ArmedForce", Form.NOMINAL, sentence=1), owner=other.span
    )
    ties = (tie(its, kestria, 0.9), tie(other, velm, 0.9), tie(others, troops, 0.9))
    found = coreference(Extraction((kestria, its, troops, velm, other, others), (), anaphora=ties))
    assert others.span not in found


def test_a_name_with_and_without_the_arabic_article_is_one() -> None:
    long = mention(0, "Omar al-Sadiq", "Person", Form.NAME)
    short = mention(50, "Sadiq", "Person", Form.NAME, sentence=1)
    assert joined(long, short) == {"Sadiq": "Omar al-Sadiq"}


def test_the_agency_is_the_only_body_named_just_before() -> None:
    body = mention(0, "World Food Programme", "InternationalOrganisation", Form.NAME)
    other = mention(30, "Red Cross", "Organisation", Form.NAME)
    agency = replace(mention(60, "agency", "Organisation", Form.NOMINAL, sentence=1), definite=True)
    judged = (Anaphor(Span(200, 205), Span(210, 215), 1.0),)
    alone = coreference(Extraction((body, agency), (), anaphora=judged))
    assert [c.antecedent.text for c in alone.values()] == ["World Food Programme"]
    assert not coreference(Extraction((body, other, agency), (), anaphora=judged))


def test_a_city_is_no_camp() -> None:
    town = mention(0, "Velm", "Settlement", Form.NAME)
    camp = mention(10, "Lorn camp", "Settlement", Form.NAME)
    city = replace(mention(40, "city", "Settlement", Form.NOMINAL), definite=True)
    assert joined(town, camp, city) == {"city": "Velm"}


def test_the_capital_is_no_town_that_happens_to_be_named_last() -> None:
    town = mention(0, "Velm", "Settlement", Form.NAME)
    far = replace(mention(40, "capital", "Settlement", Form.NOMINAL), definite=True)
    beside = replace(mention(10, "capital", "Settlement", Form.NOMINAL), definite=True)
    assert joined(town, far) == {}
    assert joined(town, beside) == {"capital": "Velm"}

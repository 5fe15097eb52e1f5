"""Names of persons in many scripts, and the rule that a name alone never makes two people one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.kernels.names.persons import (
    AGAINST,
    Kind,
    Person,
    PersonMatcher,
    PersonName,
    Verdict,
    Why,
    compare,
    in_words,
    name_similarity,
)
from primacy.kernels.time import DateRange, parse_when

ONE_NAME = [
    ("Muhammad Yusuf", "Mohammed Youssouf"),
    ("Владимир Иванов", "Vladimir Ivanov"),
    ("Сергей Щербаков", "Serguei Chtcherbakov"),
    ("Юрий Жуков", "Youri Joukov"),
    ("Κώστας Παπαδόπουλος", "Kostas Papadopoulos"),
    ("محمد سليمان", "Mohammed Suleiman"),
    ("Koroma, Ernest Bai", "Ernest Bai Koroma"),
    ("Col. Amadou Toumani Traoré", "Amadou Toumani TRAORE"),
    ("Abdul Rahman Diallo", "Abdurrahman Jalloh"),
    ("J. Smith", "John Smith"),
    ("Jean-Baptiste Nguema", "Jean Baptiste Nguema"),
    ("Ivanov Petr Sergeevich", "Petr Ivanov"),
    ("José da Silva", "Jose Silva"),
]
OTHER_NAMES = [
    ("Jean Dupont", "Jean Durand"),
    ("Ahmed bin Hassan", "Hassan bin Ahmed"),
    ("Ibrahim Conteh", "Foday Conteh"),
    ("Maria Lopez", "Mario Gomez"),
    ("Kim Chol Su", "Pak Yong Ho"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert name_similarity(one, other).same, name_similarity(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER_NAMES)
def test_other_names(one: str, other: str) -> None:
    assert not name_similarity(one, other).same, name_similarity(one, other)


def test_legal_forms_do_not_make_another_organisation() -> None:
    one = PersonName("Meridian Trading Limited", Kind.ORGANISATION)
    assert name_similarity(one, PersonName("MERIDIAN TRADING LTD.", Kind.ORGANISATION)).same
    assert not name_similarity(one, PersonName("Meridian Shipping Ltd", Kind.ORGANISATION)).same


names = st.text(
    alphabet=st.sampled_from("abcdeéfghijklmnoprstuvyzшщжابمحد -.'"), min_size=1, max_size=24
)
days = st.dates(dt.date(1940, 1, 1), dt.date(2006, 12, 31))
births = st.one_of(
    st.just(()),
    days.map(lambda day: (DateRange(day, day),)),
    days.map(lambda day: (parse_when(str(day.year)),)),
)


@st.composite
def persons(draw: st.DrawFn, with_more: bool = True) -> Person:
    more = with_more and draw(st.booleans())
    return Person(
        id=draw(st.sampled_from("abc")),
        names=(draw(names),),
        births=draw(births) if more else (),
        sex=draw(st.sampled_from(["", "f", "m"])),
        places=("Bo",) if draw(st.booleans()) and more else (),
        ids=(("card", draw(st.sampled_from(["1", "2"]))),) if draw(st.booleans()) and more else (),
        postings=(("u", draw(st.one_of(st.none(), days.map(lambda d: DateRange(d, d))))),)
        if draw(st.booleans()) and more
        else (),
    )


@given(persons(), persons())
def test_a_comparison_is_the_same_both_ways_round(one: Person, other: Person) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there.score, there.verdict) == (back.score, back.verdict)
    assert {r.why for r in there.reasons} == {r.why for r in back.reasons}


@given(persons(with_more=False), persons())
def test_never_the_same_on_the_name_alone(one: Person, other: Person) -> None:
    assert compare(one, other).verdict is not Verdict.SAME
    same_name = Person("x", one.names)
    assert compare(one, same_name).verdict is not Verdict.SAME


@given(persons(), persons())
def test_the_same_only_with_proof_and_nothing_against(one: Person, other: Person) -> None:
    found = compare(one, other)
    if found.verdict is Verdict.SAME:
        whys = {reason.why for reason in found.reasons}
        assert not whys & AGAINST
        assert whys & {Why.ID_EQUAL, Why.BIRTH_EQUAL, Why.POSTING_EQUAL}
        assert found.name.same


def test_a_number_under_quite_another_name_is_a_question() -> None:
    one = Person("a", ("Ibrahim Conteh",), ids=(("card", "SL-77 12"),))
    other = Person("b", ("Mariama Sesay",), ids=(("card", "sl7712"),))
    found = compare(one, other)
    assert found.verdict is Verdict.REFER
    assert "the same card: sl7712" in [in_words(reason) for reason in found.reasons]


@pytest.mark.parametrize(
    ("born", "why"),
    [
        ("1980-03-07", Why.BIRTH_EQUAL),
        ("1980", Why.BIRTH_FITS),
        ("1980-07-03", Why.BIRTH_TURNED),
        ("1971", Why.BIRTH_DIFFERS),
    ],
)
def test_dates_of_birth_are_as_precise_as_they_are_known(born: str, why: Why) -> None:
    one = Person("a", ("Ibrahim Conteh",), births=(parse_when("1980-03-07"),), places=("Bo",))
    other = Person("b", ("Ibraheem Konteh",), births=(parse_when(born),), places=("BO",))
    found = compare(one, other)
    assert why in {reason.why for reason in found.reasons}
    assert (found.verdict is Verdict.SAME) == (why is Why.BIRTH_EQUAL)


def test_a_posting_in_common_at_another_time_proves_nothing() -> None:
    then, later = parse_when("2003"), parse_when("2009")
    one = Person("a", ("Ibrahim Conteh",), postings=(("u1", then),))
    assert compare(one, Person("b", ("Ibrahim Conteh",), postings=(("u1", then),))).verdict is (
        Verdict.SAME
    )
    for when in (later, None):
        other = Person("b", ("Ibrahim Conteh",), postings=(("u1", when),))
        assert compare(one, other).verdict is Verdict.REFER


def test_two_records_that_both_fit_go_to_a_person() -> None:
    records = [Person(one, ("Ibrahim Conteh",), ids=(("card", "7"),)) for one in "ab"]
    asked = Person("", ("Ibrahim Conteh",), ids=(("card", "7"),))
    match = PersonMatcher(records).match(asked)
    assert (match.verdict, match.same) == (Verdict.REFER, None)
    assert [reason.why for reason in match.because] == [Why.SEVERAL]
    assert PersonMatcher(records[:1]).match(asked).same == "a"


def test_the_register_is_searched_by_sound_number_and_order() -> None:
    matcher = PersonMatcher(
        [
            Person("a", ("Muhammad Yusuf Kamara",)),
            Person("b", ("Mohamed Y. Kargbo",)),
            Person("c", ("Щербаков Сергей Иванович",)),
            Person("d", ("Aminata Bangura",), ids=(("card", "11"),)),
        ]
    )
    assert matcher.match(Person("", ("Camara, Youssouf Mohamed",))).candidates[0].person == "a"
    assert matcher.match(Person("", ("Sergej Schtscherbakow",))).candidates[0].person == "c"
    assert matcher.match(Person("", ("?",), ids=(("card", "11"),))).candidates[0].person == "d"
    assert matcher.match(Person("", ("Wilhelmina Quist",))).verdict is Verdict.NONE

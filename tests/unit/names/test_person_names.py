"""Names of persons in many scripts, and the rule that a name alone never makes two people one."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.kernels.names.persons import (
    BLOCKS,
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
    ("يوسف إبراهيم", "Youssef Ibrahim"),
    ("علی رضایی", "Ali Rezaei"),
    ("عبد الرحمن الفاتح", "Abdul Rahman al-Fatih"),
    ("አቢይ አህመድ", "Abiy Ahmed"),
    ("김철수", "Kim Chol Su"),
    ("Слободан Милошевић", "Slobodan Milošević"),
    ("Иван Сергеевич Петров", "Ivan Sergejewitsch Petrow"),
    ("Maj Gen J. B. Koroma", "Johnny Bai Koroma"),
    ("Mehmet Yılmazoğlu", "Mehmet Yilmazoglu"),
    ("Sidi Ould Cheikh", "Sidi Wuld Sheikh"),
]
OTHER_NAMES = [
    ("Jean Dupont", "Jean Durand"),
    ("Ahmed bin Hassan", "Hassan bin Ahmed"),
    ("Ibrahim Conteh", "Foday Conteh"),
    ("Maria Lopez", "Mario Gomez"),
    ("Kim Chol Su", "Pak Yong Ho"),
    ("Mohamed Kamara", "Mohamed Koroma"),
    ("Amadou Diallo", "Aminata Diallo"),
    ("Mohamed Bah", "Mohamed Barry"),
    ("Zaid Said", "Said Zaki"),
    ("Unknown", "Unknown"),
    ("?", "?"),
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


def test_other_numbers_make_another_organisation() -> None:
    one = PersonName("Meridian Fund II", Kind.ORGANISATION)
    assert not name_similarity(one, PersonName("Meridian Fund III", Kind.ORGANISATION)).same
    assert name_similarity(one, PersonName("MERIDIAN FUND II LTD", Kind.ORGANISATION)).same


def test_a_score_of_names_says_why() -> None:
    said = [in_words(r) for r in name_similarity("Col. Ibrahim Conteh", "Ibraheem Kallon").reasons]
    assert said == [
        "words alike: ibrahim / ibraheem",
        "words in one name only: conteh / kallon",
        "ranks, titles and small words left aside: col",
    ]


def test_a_very_long_text_is_compared_in_no_time() -> None:
    text = "Ibrahim " * 50_000
    began = time.process_time()
    assert name_similarity(text, text[1:]).score <= 1
    assert time.process_time() - began < 0.5


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
        assert not whys & BLOCKS
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


DAY = parse_when("1980-03-07")
IN_U1 = (("u1", parse_when("2003")),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hassan Kamara", "Hussein Kamara"),
        ("Foday Sankoh", "Foday Sannoh"),
        ("Musa Conteh", "Issa Conteh"),
        ("Samuel Doe", "Samuel Dow"),
        ("Chan Li", "Han Li"),
        ("Kamara", "Kamara"),
        ("J. Kamara", "Joseph Kamara"),
        ("Colonel Kamara", "Colonel Kamara"),
        ("Unknown", "Unknown"),
        ("Commander", "Commander"),
    ],
)
def test_twins_comrades_and_half_names_are_never_one_by_birth_or_posting(
    one: str, other: str
) -> None:
    for more in (
        {"births": (DAY,), "places": ("Bo",)},
        {"births": (DAY,), "postings": IN_U1},
        {"postings": IN_U1},
    ):
        found = compare(Person("a", (one,), **more), Person("b", (other,), **more))  # type: ignore[arg-type]
        assert found.verdict is not Verdict.SAME


def test_a_middle_name_more_needs_the_day_of_birth_beside_the_posting() -> None:
    one = Person("a", ("Mohamed Kamara",), postings=IN_U1)
    other = Person("b", ("Mohamed Lamin Kamara",), postings=IN_U1)
    assert compare(one, other).verdict is Verdict.REFER
    born = [replace(person, births=(DAY,)) for person in (one, other)]
    assert compare(*born).verdict is Verdict.SAME


def test_given_and_family_names_count_together() -> None:
    def split(given: str, family: str) -> Person:
        names = (PersonName(given, Kind.GIVEN), PersonName(family, Kind.FAMILY))
        return Person("", names, postings=IN_U1)

    one = split("Ibrahim", "Conteh")
    assert compare(one, split("Ibrahim", "Koroma")).verdict is not Verdict.SAME
    assert compare(one, split("Foday", "Conteh")).verdict is not Verdict.SAME
    assert compare(one, split("Ibraheem", "Conteh")).verdict is Verdict.SAME
    assert compare(one, Person("", ("CONTEH Ibrahim",), postings=IN_U1)).verdict is Verdict.SAME


def test_a_nickname_in_common_proves_nothing() -> None:
    card = (("card", "7712"),)
    one = Person("a", ("Sam Bockarie", PersonName("Mosquito", Kind.NICKNAME)), ids=card)
    other = Person("b", ("Foday Kallon", PersonName("Mosquito", Kind.NICKNAME)), ids=card)
    assert compare(one, other).verdict is Verdict.REFER


def test_a_number_of_another_kind_that_differs_is_a_conflict() -> None:
    one = Person("a", ("Ibrahim Conteh",), ids=(("card", "7712"), ("passport", "P1")))
    other = Person("b", ("Ibrahim Conteh",), ids=(("card", "7712"), ("passport", "P2")))
    found = compare(one, other)
    assert found.verdict is Verdict.REFER
    assert {Why.ID_EQUAL, Why.ID_DIFFERS} <= {reason.why for reason in found.reasons}
    renewed = replace(other, ids=(*other.ids, ("passport", "p-1")))
    assert compare(one, renewed).verdict is Verdict.SAME


@pytest.mark.parametrize("filler", ["N/A", "-", "0000", "000-000", "none", "9999999", "unknown"])
def test_a_number_that_only_fills_the_field_is_no_number(filler: str) -> None:
    one = Person("a", ("Ibrahim Conteh",), ids=(("card", filler),))
    found = compare(one, replace(one, id="b"))
    assert found.verdict is Verdict.REFER
    assert not {Why.ID_EQUAL, Why.ID_DIFFERS} & {reason.why for reason in found.reasons}


def test_numbers_agree_in_any_figures() -> None:
    one = Person("a", ("Ibrahim Conteh",), ids=(("Card", "SL ٧٧١٢"),))
    assert compare(one, Person("b", one.names, ids=(("card", "sl-7712"),))).verdict is Verdict.SAME


def test_the_first_of_january_is_only_a_year_and_a_dash_no_place() -> None:
    one = Person("a", ("Ibrahim Conteh",), births=(parse_when("1980-01-01"),), places=("Bo",))
    found = compare(one, replace(one, id="b"))
    assert (found.verdict, Why.BIRTH_FITS in {r.why for r in found.reasons}) == (
        Verdict.REFER,
        True,
    )
    on_a_day = Person("b", one.names, births=(parse_when("1980-05-02"),))
    assert Why.BIRTH_DIFFERS not in {r.why for r in compare(one, on_a_day).reasons}
    nowhere = Person("a", one.names, births=(DAY,), places=("-", ""))
    assert compare(nowhere, replace(nowhere, id="b")).verdict is Verdict.REFER


def test_turned_dates_of_birth_keep_a_posting_from_proving() -> None:
    one = Person("a", ("Ibrahim Conteh",), births=(DAY,), postings=IN_U1)
    other = replace(one, id="b", births=(parse_when("1980-07-03"),))
    assert compare(one, other).verdict is Verdict.REFER


def test_a_namesake_among_hundreds_is_found_by_birth_or_posting() -> None:
    crowd = [
        Person(str(at), ("Mohamed Kamara",), births=(parse_when(f"{1950 + at % 50}-05-02"),))
        for at in range(600)
    ]
    wanted = Person("x", ("Mohamed Kamara",), births=(parse_when("1980-03-09"),), places=("Bo",))
    posted = Person("y", ("Kamara, Mohamed",), postings=IN_U1)
    matcher = PersonMatcher([*crowd, wanted, posted])
    assert matcher.match(replace(wanted, id="")).same == "x"
    assert matcher.match(Person("", ("Mohammed Camara",), postings=IN_U1)).same == "y"


def test_a_name_is_found_under_the_spelling_of_another_country() -> None:
    matcher = PersonMatcher([Person("a", ("Jalloh",)), Person("b", ("Kallon",))])
    assert matcher.match(Person("", ("Diallo",))).candidates[0].person == "a"


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Monica Janeth Verdugo Garcia", "Hamidullah Akhund"),
        ("Saif-al-Din Fulayyih Hassan Taha al-Mosuli", "Hans Joachim Friedrich"),
        ("Mohammed Qasim Mir Wali Khudai Rahim", "Alexander Lukin"),
        ("Abdul Hai Salek", "Mohammed Qasim Mir Wali Khudai Rahim"),
    ],
)
def test_long_names_that_share_nothing_are_far_apart(one: str, other: str) -> None:
    found = name_similarity(one, other)
    assert not found.same
    assert found.score < 0.3

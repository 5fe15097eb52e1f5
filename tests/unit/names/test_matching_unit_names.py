"""Which unit a name means: accepted, shown to a person, or none; never across numbers."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.kernels.names import (
    Asked,
    Model,
    Reason,
    Thresholds,
    Unit,
    UnitMatcher,
    Verdict,
    Why,
    in_words,
)
from primacy.kernels.names.units.normalise import read_name

UNITS = [
    Unit("bde21", ("21 Armoured Brigade, Kolawe",), parents=("7 Division",), places=("Kolawe",)),
    Unit("bde22", ("22 Armoured Brigade",), parents=("7 Division",)),
    Unit("bn2a", ("2 Battalion",), parents=("5 Brigade",), places=("Tamura",)),
    Unit("bn2b", ("2 Battalion",), parents=("6 Brigade",), places=("Belisso",)),
    Unit("bn145", ("145 Amphibious Battalion", "Battalion of the Creeks")),
    Unit("bn12", ("12 Infantry Battalion",)),
    Unit("bn112", ("112 Infantry Battalion",)),
    Unit("sq-k", ("Special Anti-Robbery Squad, Kolawe State",)),
    Unit("sq-t", ("Special Anti-Robbery Squad, Tamura State",)),
    Unit("com-k", ("Commissariat de police de Kolawe",)),
    Unit("com-b", ("Commissariat de police de Belisso",)),
    Unit("gend", ("Brigade de gendarmerie de Kolawe",)),
    Unit("ar3", ("الفرقة الثالثة مشاة",), country="Sudan"),
    Unit("east", ("Eastern Naval Command",)),
    Unit("west", ("Western Naval Command",)),
    Unit("navy9", ("Navy 9 Region",)),
    Unit("int", ("Directorate of Military Intelligence",)),
]
MATCHER = UnitMatcher(UNITS)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("21st Armd Bde", "bde21"),
        ("21ème brigade blindée de Kolawe", "bde21"),
        ("Brigada Blindada XXI", "bde21"),
        ("Twenty-second Armored Bde HQ", "bde22"),
        ("3 Infantry Division", "ar3"),
        ("3ème division d'infanterie", "ar3"),
        ("112 INF BN", "bn112"),
        ("SARS, Tamura", "sq-t"),
        ("S.A.R.S. Kolawe State", "sq-k"),
        ("Commissariat Police, BELISSO", "com-b"),
        ("DMI", "int"),
        ("battalion of the creeks", "bn145"),
        ("EASTERN NAVAL CMD", "east"),
    ],
)
def test_another_spelling_of_one_unit_is_accepted(name: str, unit: str) -> None:
    assert MATCHER.match(name).accepted == unit


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("23 Armoured Brigade", Why.OTHER_NUMBERS),
        ("Armoured Brigade, Kolawe", Why.NUMBER_MISSING),
        ("21 Artillery Brigade, Kolawe", Why.OTHER_ARM),
        ("21 Armoured Battalion, Kolawe", Why.OTHER_ECHELON),
        ("21 Armoured Brigade Training School, Kolawe", Why.OTHER_ECHELON),
        ("Southern Naval Command", Why.OTHER_SIDE),
        ("2 Battalion", Why.CLOSE_SECOND),
        ("armed forces 9 region", Why.OTHER_BRANCH),
        ("Special Anti-Robbery Squad", Why.CLOSE_SECOND),
    ],
)
def test_what_may_be_another_unit_goes_to_a_person_with_the_reason(name: str, why: Why) -> None:
    match = MATCHER.match(name)
    assert match.accepted is None
    assert why in {reason.why for reason in (*match.because, *match.candidates[0].reasons)}


def test_a_parent_or_place_tells_two_units_of_one_number_apart() -> None:
    assert MATCHER.match(Asked("2 Bn", parent="5 Brigade")).accepted == "bn2a"
    assert MATCHER.match(Asked("2 Bn", parent="6e brigade")).accepted == "bn2b"
    assert MATCHER.match("2 Bn, 6 Bde").candidates[0].unit == "bn2b"
    by_place = MATCHER.match(Asked("2nd Battalion", place="Belisso"))
    assert by_place.candidates[0].unit == "bn2b"
    assert {r.why for r in by_place.candidates[1].reasons} >= {Why.PLACE_DIFFERS}


def test_another_parent_is_never_accepted() -> None:
    match = MATCHER.match(Asked("22 Armoured Brigade", parent="8 Division"))
    assert match.accepted is None
    assert Reason(Why.PARENT_DIFFERS, ("8 Division", "7 Division")) in match.because


def test_another_country_is_never_accepted() -> None:
    assert MATCHER.match(Asked("3 Infantry Division", country="Sudan")).accepted == "ar3"
    match = MATCHER.match(Asked("3 Infantry Division", country="Chad"))
    assert match.accepted is None
    assert Why.OTHER_COUNTRY in {reason.why for reason in match.because}


def test_numbers_that_changed_places_are_not_the_same_unit() -> None:
    matcher = UnitMatcher([Unit("a", ("3 Battalion, 1 Brigade",))])
    assert matcher.match("3rd Bn, 1st Bde").accepted == "a"
    assert matcher.match("1 Battalion, 3 Brigade").accepted is None


def test_two_letters_are_never_enough() -> None:
    matcher = UnitMatcher([Unit("a", ("Military Intelligence",)), Unit("b", ("Mobile Unit",))])
    match = matcher.match("MI")
    assert match.accepted is None
    assert match.candidates[0].unit == "a"


def test_a_name_of_nothing_in_the_register_has_no_match() -> None:
    match = MATCHER.match("Ministry of Fisheries")
    assert match.verdict is Verdict.NO_MATCH
    assert match.because[-1].why is Why.LOW_SCORE


def test_an_empty_name_and_an_empty_register_have_no_match() -> None:
    assert MATCHER.match("").verdict is Verdict.NO_MATCH
    assert MATCHER.match("…!").verdict is Verdict.NO_MATCH
    assert UnitMatcher([]).match("21 Brigade").verdict is Verdict.NO_MATCH


def test_reasons_have_words() -> None:
    first = MATCHER.match("23 Armoured Brigade").candidates[0]
    assert "another number: 23 brigade asked" in " ".join(map(in_words, first.reasons))
    for why in Why:
        assert "{" not in in_words(Reason(why, ("a", "b")))


def test_a_spelt_out_short_name_says_so() -> None:
    best = MATCHER.match("SARS, Tamura").candidates[0]
    assert Why.SHORT_NAME in {reason.why for reason in best.reasons}


def test_joined_and_parted_places_meet() -> None:
    matcher = UnitMatcher(
        [Unit("a", ("Police Station Gwaga Lada",)), Unit("b", ("Police Station Gao",))]
    )
    assert matcher.match("Gwagalada Police Station").candidates[0].unit == "a"


NUMBER = st.integers(1, 300)
ECHELON = st.sampled_from(
    ["Battalion", "Bn", "bataillon", "Batallón", "كتيبة", "Brigade", "Bde", "Division"]
)
ARM = st.sampled_from(["", "Infantry", "Inf", "Armoured", "blindé", "Artillery", "مشاة"])
PLACE = st.sampled_from(["", "Kolawe", "Tamura", "Belisso"])
NAME = st.tuples(NUMBER, ECHELON, ARM, PLACE)


def name_of(parts: tuple[int, str, str, str]) -> str:
    return " ".join(str(part) for part in parts if part)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAME, min_size=1, max_size=25), st.lists(NAME, min_size=1, max_size=10))
def test_no_name_is_accepted_across_numbers(
    register: list[tuple[int, str, str, str]], asked: list[tuple[int, str, str, str]]
) -> None:
    loose = Model(thresholds=Thresholds(accept=0.0, margin=0.0, refer=0.0))
    matcher = UnitMatcher([Unit(str(at), (name_of(p),)) for at, p in enumerate(register)], loose)
    for parts, match in zip(asked, matcher.match_all([name_of(p) for p in asked]), strict=True):
        if match.accepted is not None:
            assert register[int(match.accepted)][0] == parts[0]
    for parts, match in zip(
        asked, matcher.match_all([name_of((0, *p[1:])) for p in asked]), strict=True
    ):
        assert match.accepted is None, parts


@settings(max_examples=60, deadline=None)
@given(st.lists(NAME, min_size=1, max_size=25), NAME, st.randoms(use_true_random=False))
def test_the_order_of_words_does_not_matter(
    register: list[tuple[int, str, str, str]],
    asked: tuple[int, str, str, str],
    rng: random.Random,
) -> None:
    matcher = UnitMatcher([Unit(str(at), (name_of(p),)) for at, p in enumerate(register)])
    words = name_of(asked).split()
    shuffled = rng.sample(words, len(words))
    first, second = matcher.match(" ".join(words)), matcher.match(" ".join(shuffled))
    assert [(c.unit, c.score) for c in first.candidates] == [
        (c.unit, c.score) for c in second.candidates
    ]
    assert first.verdict is second.verdict


@settings(max_examples=40, deadline=None)
@given(st.lists(NAME, min_size=1, max_size=40), st.lists(NAME, min_size=1, max_size=30))
def test_a_batch_and_single_names_get_the_same_answers(
    register: list[tuple[int, str, str, str]], asked: list[tuple[int, str, str, str]]
) -> None:
    matcher = UnitMatcher([Unit(str(at), (name_of(p),)) for at, p in enumerate(register)])
    names = [name_of(p) for p in asked]
    assert list(matcher.match_all(names)) == [matcher.match(name) for name in names]


@settings(max_examples=40, deadline=None)
@given(st.lists(NAME, min_size=1, max_size=25, unique=True))
def test_a_unit_is_found_by_its_own_name(register: list[tuple[int, str, str, str]]) -> None:
    matcher = UnitMatcher([Unit(str(at), (name_of(p),)) for at, p in enumerate(register)])
    for parts in register:
        best = matcher.match(name_of(parts)).candidates[0]
        own, said = read_name(best.name), read_name(name_of(parts))
        assert set(own.order) == set(said.order)

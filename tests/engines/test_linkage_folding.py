"""Persons made ready to be compared: names in one script, dates as far as they are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.engines.linkage import PeopleUnreadable
from primacy.engines.linkage.fold import folded, skeletons
from primacy.engines.linkage.people import one_short, prepare

SPELLINGS = [
    ["Mohamed", "Mohammed", "Muhammad", "محمد", "Мухаммад"],
    ["Abdelkader", "Abd al-Qadir", "Abdoul Kader", "عبد القادر"],
    ["Abdurrahman", "Abderrahmane", "Abdul Rahman", "عبد الرحمن"],
    ["Abdallah", "Abdullah", "عبد الله"],
    ["Youssef", "Yusuf", "يوسف", "Юсуф"],
    ["Cherif", "Sharif", "شريف", "Шариф"],
    ["Shevchenko", "Chevtchenko", "Шевченко"],
    ["Petrov", "Petrow", "Petroff", "Петров"],
    ["al-Hassan", "Elhassan", "الحسن"],
]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda names: names[0])
def test_spellings_of_one_name_share_a_skeleton(spellings: list[str]) -> None:
    assert len({skeletons(folded(name)) for name in spellings}) == 1


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


@given(st.text(max_size=40))
def test_every_name_that_has_letters_has_a_skeleton(name: str) -> None:
    plain = folded(name)
    assert bool(plain) == bool("".join(skeletons(plain)))


@pytest.mark.parametrize(
    ("written", "day", "month", "year"),
    [
        ("1990-05-17", "19900517", "199005", 1990),
        ("19900517", "19900517", "199005", 1990),
        ("1990-05", None, "199005", 1990),
        ("1990", None, None, 1990),
        ("1990-00-00", None, None, 1990),
        ("", None, None, None),
        ("last spring", None, None, None),
    ],
)
def test_a_birth_date_is_known_as_far_as_it_is_written(
    written: str, day: str | None, month: str | None, year: int | None
) -> None:
    (row,) = prepare([{"id": "a", "birth_date": written}]).rows
    assert (row["birth_date"], row["birth_month"], row["birth_year"]) == (day, month, year)


def test_what_cannot_be_read_is_counted_and_said() -> None:
    prepared = prepare(
        [
            {"id": "a", "birth_date": "17 May 1990", "sex": "x"},
            {"id": "b", "birth_date": "1990-02-31", "sex": "Femme"},
        ]
    )
    assert prepared.rows[1]["sex"] == "f"
    assert prepared.notes == [
        "1 birth dates are not in the calendar and are compared digit by digit",
        "1 birth dates could not be read (year-month-day is) and count as unknown",
        "1 entries for sex could not be read and count as unknown",
    ]


def test_numbers_keep_their_kind_and_lose_their_signs() -> None:
    (row,) = prepare([{"id": "a", "numbers": "Passport: a-12 34; 00567"}]).rows
    assert row["numbers"] == ["number:567", "passport:A1234"]
    assert row["kinds"] == ["number", "passport"]


def test_a_telephone_is_known_by_its_last_digits() -> None:
    rows = prepare(
        [{"id": "a", "contact": "+231 77 123 4567"}, {"id": "b", "contact": "077-123-4567"}]
    ).rows
    assert rows[0]["contact"] == rows[1]["contact"]


@given(st.text("0123456789", min_size=6, max_size=10), st.integers(0, 9), st.integers(0, 9))
def test_one_digit_changed_left_out_or_exchanged_stays_near(number: str, at: int, new: int) -> None:
    at %= len(number) - 1
    changed = number[:at] + str(new) + number[at + 1 :]
    shorter = number[:at] + number[at + 1 :]
    exchanged = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    for other in (changed, shorter, exchanged):
        assert one_short(f"card:{number}") & one_short(f"card:{other}")
    assert not one_short(f"card:{number}") & one_short(f"passport:{number}")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"given": "Ada"}], "Row 1 has no id"),
        ([{"id": "a"}, {"id": "a"}], "The id a stands in two rows"),
    ],
)
def test_rows_without_an_id_of_their_own_are_refused(
    rows: list[dict[str, object]], said: str
) -> None:
    with pytest.raises(PeopleUnreadable, match=said):
        prepare(rows)

"""Names that are worth a full comparison are found at a glance; unlike ones are not."""

import pytest

from primacy.kernels.names.persons import PersonName, closest_names, name_similarity


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Mohamed Amadou Barry", "MUHAMMAD Amadu Bari"),
        ("Ramimakhlouf", "Rami Makhlouf"),
        ("عبد الله يحيى الحاكم", "Abdullah Yahya al Hakim"),
        ("Сергей Иванов", "Ivanov Sergei"),
        ("Kalent, Brusko T.", "Brusko Kalent"),
    ],
)
def test_names_that_may_be_one_are_kept(asked: str, known: str) -> None:
    assert name_similarity(asked, known).same
    assert closest_names((asked,), ("Somebody Quite Else", known)) == (PersonName(known),)


def test_names_without_a_word_in_common_are_not_compared() -> None:
    assert closest_names(("Monica Janeth Verdugo",), ("Hamidullah Akhund", "Anayat Rahman")) == ()


def test_of_many_names_the_most_alike_stand_first() -> None:
    known = ("Brusk Kalend", "Brusko Kalent", "Brusko Kalentin", "B. Kalen")
    found = closest_names(("Brusko Kalent",), known)
    assert found[0] == PersonName("Brusko Kalent")
    assert len(found) == 2

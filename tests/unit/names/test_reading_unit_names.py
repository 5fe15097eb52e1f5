"""How a unit's name is read: languages, ordinals, number words, letters, abbreviations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.kernels.names import normal_form
from primacy.kernels.names.units.normalise import read_name
from primacy.kernels.names.units.similar import edits, likeness
from primacy.kernels.names.units.words import FORMS

SAME = {
    "21 brigade armoured": [
        "21ème Brigade blindée",
        "21e Bde blindé",
        "21ª Brigada Blindada",
        "XXI brigada acorazada",
        "اللواء 21 مدرع",
        "اللواء ٢١ المدرع",
        "Vingt et unième brigade blindée",
        "21st Bde (Armd)",
    ],
    "3 battalion infantry": [
        "3rd Bn Inf",
        "Troisième Bataillon d'Infanterie",
        "3º Batalhão de Infantaria",
        "Tercer Batallón de Infantería",
        "الكتيبة الثالثة مشاة",
        "Katibat 3 mushat",
        "III Battalion, Infantry",
        "bataillon n° 3 infanterie",
        "03 Btn Inf.",
    ],
    "4 company police": [
        "4ª Companhia de Polícia",
        "4ta Compañía de Policía",
        "IV company police",
        "السرية الرابعة شرطة",
        "Quatrième compagnie de police",
    ],
    "headquarters 7 division": [
        "HQ 7 Div",
        "État-major de la 7e division",
        "Estado-Maior 7ª Divisão",
        "Headquarters, Seventh Division",
    ],
}


@pytest.mark.parametrize(("form", "name"), [(f, n) for f, names in SAME.items() for n in names])
def test_languages_and_spellings_of_one_name_read_the_same(form: str, name: str) -> None:
    assert sorted(normal_form(name).split()) == sorted(form.split())


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("First Infantry Division", {"1"}),
        ("twenty-first battalion", {"21"}),
        ("V Corps", {"5"}),
        ("الفرقة الثالثة عشر", {"13"}),
        ("لواء المشاة الحادي والعشرون", {"21"}),
        ("C Company, 3 Bn", {"c", "3"}),
        ("Alpha Company", {"a"}),
        ("Delta State Command", set()),
        ("101RP Cotonou", {"101"}),
        ("1.ª Companhia", {"1"}),
        ("Company 1A", {"1", "a"}),
        ("2d Battalion", {"2"}),
        ("S.A.R.S. Borno", set()),
    ],
)
def test_numbers_and_letters_are_found(name: str, numbers: set[str]) -> None:
    assert read_name(name).designators == numbers


@pytest.mark.parametrize(
    ("name", "attached"),
    [
        ("3 Battalion, 1 Brigade", {("3", "battalion"), ("1", "brigade")}),
        ("1er bataillon de la 3e brigade", {("1", "battalion"), ("3", "brigade")}),
        ("الكتيبة 21 مشاة", {("21", "battalion")}),
        ("Batallón de Infantería No. 7", {("7", "battalion")}),
    ],
)
def test_a_number_counts_the_echelon_it_stands_with(
    name: str, attached: set[tuple[str, str]]
) -> None:
    assert read_name(name).attached == attached


def test_an_unknown_arabic_word_is_kept_in_latin_letters() -> None:
    read = read_name("شرطة مقديشو")
    assert read.meanings[0] == "police"
    assert likeness(read.meanings[1], "mogadishu", arabic=True) > 0.8


def test_places_of_one_letter_difference_are_not_the_same_place() -> None:
    assert likeness("gaoua", "gaya") == 0
    assert likeness("gao", "goa") == 0
    assert 0 < likeness("maiduguri", "maidugri") < 1


def test_a_place_near_a_word_of_the_trade_stays_a_place() -> None:
    assert normal_form("Marina Police Station") == "marina police station"


PIECES = st.sampled_from(
    [
        *sorted(" ".join(form) for form in FORMS),
        *(
            "Goma",
            "Kidal",
            "Zinder",
            "21st",
            "3ème",
            "XII",
            "2",
            "n° 4",
            "first",
            "de la",
            "A",
            "٣",
        ),
    ]
)


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_the_normal_form_of_a_normal_form_is_itself(name: str) -> None:
    assert normal_form(normal_form(name)) == normal_form(name)


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@given(st.text("abcd", max_size=9), st.text("abcd", max_size=9))
def test_edits_are_those_of_the_plain_table(first: str, second: str) -> None:
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, start=1):
        above, row = row, [at]
        for place, other in enumerate(second, start=1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != other)))
    assert edits(first, second) == row[-1]

"""Numbers in unit names: ordinals, number words, Roman numerals, letters of companies.

What numbers a unit carries is what tells it from its neighbours, so a number is read the same way
from "21st", "vingt et unième", "XXI", "الحادي والعشرون" and "٢١".
"""

# ruff: noqa: E501 (tables of words)

import re

from primacy.kernels.names.units.words import ECHELON_BITS, LETTERED

# English, French, Portuguese, Spanish, Arabic (folded, no article), Arabic in Latin letters.
UNITS_TABLE = """
1 one first unieme premier premiere primeiro primeira primero primera primer uno una اول اولي واحد awwal awal
2 two second deux deuxieme seconde dois duas segundo segunda dos ثاني ثانيه اثنان thani thaniya
3 three third trois troisieme tres terceiro terceira tercero tercera tercer ثالث ثالثه ثلاثه thalith thalitha
4 four fourth quatre quatrieme quatro quarto quarta cuatro cuarto cuarta رابع رابعه اربعه rabia
5 five fifth cinq cinquieme cinco quinto quinta خامس خامسه خمسه khamis khamisa
6 six sixth sixieme seis sexto sexta سادس سادسه سته sadis sadisa
7 seven seventh sept septieme sete setimo setima siete septimo septima سابع سابعه سبعه sabia
8 eight eighth huit huitieme oito oitavo oitava ocho octavo octava ثامن ثامنه ثمانيه thamin
9 nine ninth neuf neuvieme nove nono nona nueve noveno novena تاسع تاسعه تسعه tasia
10 ten tenth dix dixieme dez decimo decima diez عاشر عاشره عشره ashir
11 eleven eleventh onze onzieme once undecimo undecima حاديعشر
12 twelve twelfth douze douzieme doze doce duodecimo duodecima
13 thirteen thirteenth treize treizieme treze trece
14 fourteen fourteenth quatorze quatorzieme catorze catorce
15 fifteen fifteenth quinze quinzieme quince
16 sixteen sixteenth seize seizieme dezasseis dezesseis dieciseis
17 seventeen seventeenth dezassete dezessete diecisiete
18 eighteen eighteenth dezoito dieciocho
19 nineteen nineteenth dezanove dezenove diecinueve
20 twenty twentieth vingt vingtieme vinte vigesimo vigesima veinte عشرون عشرين
30 thirty thirtieth trente trentieme trinta trigesimo trigesima treinta ثلاثون ثلاثين
40 forty fortieth quarante quarantieme quarenta cuarenta اربعون اربعين
50 fifty fiftieth cinquante cinquantieme cinquenta cincuenta خمسون خمسين
60 sixty sixtieth soixante soixantieme sessenta sesenta ستون ستين
70 seventy seventieth setenta سبعون سبعين
80 eighty eightieth oitenta ochenta ثمانون ثمانين
90 ninety ninetieth noventa تسعون تسعين
100 hundred hundredth cent centieme cem cento cien ciento مائه مئه
"""
# In a unit's name these small words are nearly always what they are in ordinary text.
TOO_COMMON = frozenset("una uno dos once sabia".split())
WORDS = {
    form: int(line.split()[0])
    for line in UNITS_TABLE.strip().splitlines()
    for form in line.split()[1:]
    if form not in TOO_COMMON
} | {"حادي": 1, "حاديه": 1}

LETTER_WORDS = dict(
    zip(
        "alpha bravo charlie delta echo foxtrot golf hotel".split(),
        "abcdefgh",
        strict=True,
    )
)

TEN, HUNDRED = 10, 100
ARABIC_TEEN = frozenset("عشر عشره".split())
JOINING = frozenset("et e y and و".split())
ROMAN = re.compile(r"(?=[xvi]{2,})x{0,3}(ix|iv|v?i{0,3})")
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
ROMAN_ECHELONS = frozenset(
    "corps army division brigade regiment battalion group region zone sector district".split()
)


def roman(word: str) -> int | None:
    """Returns the value of a Roman numeral up to 39, or None."""
    if not word or not (ROMAN.fullmatch(word) or word in ROMAN_VALUES):
        return None
    values = [ROMAN_VALUES[letter] for letter in word]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def number_at(words: list[str], at: int) -> tuple[int, int] | None:
    """Returns the number that starts at a place and how many words it takes, or None."""
    first = WORDS.get(words[at])
    if first is None:
        return None
    after = words[at + 1] if at + 1 < len(words) else ""
    if after in ARABIC_TEEN and first < TEN:
        return TEN + first, 2
    if after.startswith("و") and first < TEN and WORDS.get(after[1:].removeprefix("ال"), 0) > TEN:
        return WORDS[after[1:].removeprefix("ال")] + first, 2
    joined = 1 if after in JOINING else 0
    last = WORDS.get(words[at + 1 + joined], 0) if at + 1 + joined < len(words) else 0
    if first > TEN and first % TEN == 0 and first < HUNDRED and 0 < last < TEN:
        return first + last, 2 + joined
    if joined and not words[at].isascii() and first < TEN < last < HUNDRED:
        return first + last, 3
    return first, 1


def single_letter(word: str, neighbours: tuple[str, str]) -> str | None:
    """Returns what a single letter or letter word names beside these two words, or None.

    "C Company" is a company's letter; "V Corps" is five; "Delta State" is neither.
    """
    beside = set(neighbours)
    if beside & LETTERED:
        return LETTER_WORDS.get(word) or (word if len(word) == 1 and word.isascii() else None)
    if word in ROMAN_VALUES and beside & ROMAN_ECHELONS:
        return str(roman(word))
    if len(word) == 1 and word.isascii() and neighbours[0] in ECHELON_BITS:
        return word
    if len(word) == 1 and word.isascii() and neighbours[0].isdecimal():
        return None if word in JOINING or neighbours[1].isdecimal() else word
    return None

"""The words of a person's or organisation's name, and what each of them is for."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from primacy.kernels.names.persons.scripts import in_latin

KEPT_READINGS = 16_384
MOST_LETTERS = 400
"""A longer text is no name; bounds the work a hostile sheet can ask for."""


class Use(StrEnum):
    """What a word is for: it names, it joins or marks descent, it honours, or it tells a form."""

    NAME = "name"
    PARTICLE = "particle"
    HONOUR = "honour"
    FORM = "form"
    INITIAL = "initial"
    NUMBER = "number"


PARTICLES = frozenset(
    "al el ul ol as ad ar an at az ash adh bin ibn ben bint ibnu ould wuld uld ag ait abu abou aba"
    " bou umm um de da do dos das du di del della la le les los las van von der den ter ten zu zur"
    " af y e i d o s st saint san santa the of and und et".split()
)
HONOURS = frozenset(
    "mr mrs ms miss mister dr prof professor eng ing sir lord lady dame president minister senator"
    " judge justice general gen maj major lt lieutenant col colonel capt captain sgt sergeant cpl"
    " corporal pte private brig brigadier marshal commander cdr cmdr commissioner inspector"
    " superintendent constable chief sheikh shaikh sheik shaykh cheikh haji hajji hadji al-hajj"
    " alhaji hajj elhadj sayed sayyid said-al mullah maulavi mawlawi maulana mufti imam ayatollah"
    " hojjat ustad ustaz hon honourable honorable general-de commandant adjudant sous chef colonel"
    " capitaine lieutenant-colonel monsieur madame mme mlle senor senora don dona herr frau".split()
)
FORMS = {
    word: form
    for form, words in {
        "limited": "ltd limited ltda lda llc ooo gmbh sarl srl bv bvba nv ag sa spa plc inc"
        " incorporated corp corporation co company cie pte pty kg ohg oy ab as aps asa oao zao pao"
        " ao jsc pjsc ojsc cjsc ojsk jv lp llp lllp kk sas sae fze fzco dmcc tbk bhd sdn doo dd ad"
        " ead eood tov kft zrt sro spol holding holdings group the".split(),
    }.items()
    for word in words
}
LONG_FORMS = (
    ("obshchestvo s ogranichennoi otvetstvennostyu", "llc"),
    ("societatea cu raspundere limitata", "srl"),
    ("aktsionernoe obshchestvo", "jsc"),
    ("publichnoe aktsionernoe obshchestvo", "pjsc"),
    ("zakrytoe aktsionernoe obshchestvo", "cjsc"),
    ("otkrytoe aktsionernoe obshchestvo", "ojsc"),
    ("joint stock company", "jsc"),
    ("public joint stock company", "pjsc"),
    ("open joint stock company", "ojsc"),
    ("closed joint stock company", "cjsc"),
    ("limited liability company", "llc"),
    ("united states", "us"),
    ("peoples republic of", ""),
    ("int l", "international"),
    ("intl", "international"),
    ("aktiengesellschaft", "ag"),
    ("gesellschaft mit beschrankter haftung", "gmbh"),
    ("sociedad anonima", "sa"),
    ("societe anonyme", "sa"),
)
SERVANT = frozenset("abd abdul abdel abdal abdoul abdu abdou abdi abdol abdur abdus".split())
"""The first half of names such as Abd al-Rahman, written apart or in one."""

DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
CAMEL = re.compile(r"(?<=[a-z\u00df-\u00f6])(?=[A-Z][a-z])")
WORD = re.compile(r"\d+|[a-z']+")
ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")


@dataclass(frozen=True)
class Word:
    """One word in Latin letters, and what it is for."""

    text: str
    use: Use


@lru_cache(maxsize=KEPT_READINGS)
def words_of(name: str, organisation: bool = False) -> tuple[Word, ...]:
    """Returns the words of a name in the order written; a pure function."""
    text = in_latin(CAMEL.sub(" ", name[:MOST_LETTERS])).replace("&", " and ")
    text = DOTTED.sub(lambda found: f" {found.group().replace('.', '')} ", text)
    text = text.replace("'", "").replace("`", "").replace("\u2019", "")
    found = WORD.findall(text)
    if organisation:
        return _organisation(found)
    return _person(found)


def _person(found: list[str]) -> tuple[Word, ...]:
    words: list[Word] = []
    at = 0
    while at < len(found):
        text = found[at]
        if text in SERVANT and at + 1 < len(found):
            after = at + 2 if found[at + 1] in PARTICLES and at + 2 < len(found) else at + 1
            words.append(Word("abd" + found[after], Use.NAME))
            at = after + 1
            continue
        words.append(Word(_joined_servant(text), _use(text)))
        at += 1
    if not any(word.use in (Use.NAME, Use.INITIAL) for word in words):
        return tuple(Word(word.text, Use.NAME) for word in words)
    return tuple(words)


def _joined_servant(text: str) -> str:
    """Returns Abdulrahman and Abdurrahman as Abdrahman."""
    for start in ("abdul", "abdel", "abdal", "abdoul", "abdol", "abdur", "abdus", "abdu", "abde"):
        if text.startswith(start) and len(text) > len(start) + 2:
            return "abd" + text[len(start) :]
    return text


def _use(text: str) -> Use:
    if text.isdecimal():
        return Use.NUMBER
    if len(text) == 1:
        return Use.INITIAL
    if text in PARTICLES:
        return Use.PARTICLE
    return Use.HONOUR if text in HONOURS else Use.NAME


def _organisation(found: list[str]) -> tuple[Word, ...]:
    text = f" {' '.join(found)} "
    for long, short in LONG_FORMS[::-1]:
        text = text.replace(f" {long} ", f" {short} ")
    words = []
    for word in text.split():
        if word.isdecimal():
            use = Use.NUMBER
        elif word in FORMS:
            use = Use.FORM
        elif word in PARTICLES or len(word) == 1:
            use = Use.PARTICLE
        elif ROMAN.fullmatch(word):
            use = Use.NUMBER
        else:
            use = Use.NAME
        words.append(Word(word, use))
    if not any(word.use is Use.NAME for word in words):
        return tuple(Word(word.text, Use.NAME) for word in words)
    return tuple(words)

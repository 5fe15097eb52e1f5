"""The words of a posting read: is the role a commanding one, is it acting, how senior is the rank.

The mission's own terms come first, then what is shipped, in the languages of the country first.
Where the words say more than a term does ("commander of the logistics company"), nothing is
certain unless the rest only names the unit the posting is in.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from primacy.rooms.persons.vocabulary.shipped import RANKS, ROLES, languages_of

ACTING = (
    "acting", "ag", "interim", "ad interim", "a i", "par interim", "interimaire", "interino",
    "em exercicio", "accidental", "caretaker", "officer in charge ad interim",
)  # fmt: skip
"""Words that say that the post is held for somebody else, or for a time."""

NOT_NOW = frozenset(
    "former ex designate elect retired ancien ancienne designe designee antigo antiga anterior "
    "designado designada eleito eleita electo electa".split()
)
"""Words that say that the post is held no more, or not yet."""

DEPUTY = re.compile(
    r"\b(deputy|vice|2ic|2 ic|second in command|executive officer|xo|adjointe?|en second|sous chef|"
    r"adjunt[oa]|segund[oa] comandante|segund[oa] jefe|subcomandante|subjefe|subdirector)\b"
)
"""Words of those who stand next to whoever commands, in the languages that are shipped."""

BY_OFFICE = re.compile(r"\bex off?icio\b")
"""Here "ex" does not mean a former holder."""

JOINS = ("of the", "of", "de la", "del", "de l", "de", "du", "des", "d", "da", "do", "dos", "das",
         "for", "at")  # fmt: skip
COMMANDS = {"yes": True, "no": False, "depends": None}


def key_of(text: str) -> str:
    """The words without case, accents and signs, as they are looked up."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(bare.split())


@dataclass(frozen=True)
class Reading:
    """What the words of a role say: commanding or not (None: they do not tell), and acting."""

    commanding: bool | None
    acting: bool = False
    known: bool = False
    own: bool = False
    """Whether the mission's own entry said so."""
    deputy: bool = False
    """Whether it is the post next to whoever commands."""


@dataclass(frozen=True)
class Vocabulary:
    """Roles and ranks by key: the mission's own, and those shipped for its country."""

    own_roles: Mapping[str, str]
    own_ranks: Mapping[str, int | None]
    roles: Mapping[str, str]
    ranks: Mapping[str, int]

    def role(self, words: str, unit_name: str = "") -> Reading:
        """What a role or title says. `unit_name` tells when the rest only names the unit."""
        key, acting = _without_acting(key_of(words))
        if not key:
            return Reading(None, acting)
        if key not in self.own_roles and NOT_NOW & set(BY_OFFICE.sub(" ", key).split()):
            return Reading(False, acting, known=True)
        for text in _shorter(key):
            own = self.own_roles.get(text)
            says = own or self.roles.get(text)
            if says is None:
                continue
            commands = COMMANDS[says]
            rest = key[len(text) :].strip()
            if commands and rest and not _names(rest, unit_name):
                commands = None
            return Reading(commands, acting, known=True, own=own is not None)
        return Reading(None, acting)

    def deputy(self, words: str) -> bool:
        """Whether a role or title is the post next to whoever commands.

        "Driver of the deputy commander" is not, nor is a rank that only sounds like it.
        """
        key, _acting = _without_acting(key_of(words))
        if not DEPUTY.search(key) or NOT_NOW & set(BY_OFFICE.sub(" ", key).split()):
            return False
        if key in self.ranks and key not in self.roles:
            return False
        known = next((one for one in _shorter(key) if one in self.roles), key)
        return DEPUTY.search(known) is not None

    def level(self, rank: str) -> int | None:
        """How senior a rank is; None where the words are not known."""
        key = key_of(rank)
        if key in self.own_ranks:
            return self.own_ranks[key]
        return self.ranks.get(key)


def vocabulary(
    country_code: str,
    own_roles: Mapping[str, str] | None = None,
    own_ranks: Mapping[str, int | None] | None = None,
) -> Vocabulary:
    """The vocabulary of a country with a mission's own terms, each by key."""
    roles, ranks = _shipped(languages_of(country_code))
    return Vocabulary(own_roles or {}, own_ranks or {}, roles, ranks)


def commanding_of(words: Vocabulary, role: str, title: str, unit_name: str) -> Reading:
    """What role and title of a posting say together: the one that is known, a plain "no" first."""
    read = [words.role(text, unit_name) for text in (role, title) if text.strip()]
    acting = any(one.acting for one in read)
    known = [one for one in read if one.known]
    said = {one.commanding for one in known}
    commanding = None if not known else False if False in said else True if True in said else None
    own = any(one.own for one in known)
    deputy = commanding is not True and any(words.deputy(text) for text in (role, title))
    if deputy and not own:
        # "Deputy battalion commander" is no entry of the vocabulary, and says all the same.
        commanding = False
    return Reading(commanding, acting, known=bool(known), own=own, deputy=deputy)


@lru_cache(maxsize=32)
def _shipped(languages: tuple[str, ...]) -> tuple[dict[str, str], dict[str, int]]:
    roles: dict[str, str] = {}
    ranks: dict[str, int] = {}
    for language in languages:
        for says, words in ROLES[language].items():
            for text in _terms(words):
                roles.setdefault(text, says)
        for level, words in RANKS[language]:
            for text in _terms(words):
                ranks.setdefault(text, level)
    return roles, ranks


def _terms(words: str) -> Iterable[str]:
    return (key_of(one) for one in words.split(";"))


def _without_acting(key: str) -> tuple[str, bool]:
    """The key without words that say "for a time", and whether there were any."""
    found = False
    for words in sorted(ACTING, key=len, reverse=True):
        bare = re.sub(rf"\b{re.escape(words)}\b", " ", key)
        if bare != key:
            found, key = True, " ".join(bare.split())
    return key, found


def _shorter(key: str) -> Iterable[str]:
    """The key, then its beginnings up to a joining word, longest first."""
    yield key
    words = key.split()
    for at in range(len(words) - 1, 0, -1):
        rest = " ".join(words[at:])
        if any(rest == join or rest.startswith(f"{join} ") for join in JOINS):
            yield " ".join(words[:at])


def _names(rest: str, unit_name: str) -> bool:
    """Whether the rest of a role only names the unit."""
    for join in JOINS:
        if rest.startswith(f"{join} "):
            rest = rest[len(join) + 1 :]
            break
    said = set(rest.split()) - {"the", "la", "le", "l", "de", "of", "da", "do"}
    return bool(said) and said <= set(key_of(unit_name).split())

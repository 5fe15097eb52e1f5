"""What the words of a posting say, by country."""

import pytest

from primacy.rooms.persons.vocabulary import RANKS, ROLES, commanding_of, key_of, vocabulary


@pytest.mark.parametrize(
    ("country", "role", "unit", "commanding", "acting"),
    [
        ("LBR", "Station Commander", "Zone 3", True, False),
        ("LBR", "Acting Station Commander", "Zone 3", True, True),
        ("LBR", "Deputy Commander", "Zone 3", False, False),
        ("SLE", "Local Unit Commander (LUC)", "Bo East", None, False),
        ("SLE", "Commander of the 3rd Brigade", "3rd Brigade", True, False),
        ("SLE", "Commander of the logistics company", "3rd Brigade", None, False),
        ("CIV", "Commandant", "Brigade de Bouaké", None, False),
        ("CIV", "Commandant de compagnie", "Compagnie de Man", True, False),
        ("CIV", "Chef de corps par intérim", "1er bataillon", True, True),
        ("TLS", "Comandante", "Polícia de Baucau", True, False),
        ("TLS", "Segundo Comandante", "Polícia de Baucau", False, False),
        ("COL", "Comandante", "Batallón 12", None, False),
        ("COL", "Comandante de batallón", "Batallón 12", True, False),
        ("LBR", "Former district commander", "Zone 3", False, False),
        ("LBR", "Station commander designate", "Zone 3", False, False),
        ("LBR", "Ex officio station commander", "Zone 3", None, False),
        ("CIV", "Ancien commandant de compagnie", "Compagnie de Man", False, False),
        ("COL", "Ex comandante de batallón", "Batallón 12", False, False),
        ("LBR", "keeper of the gate", "Zone 3", None, False),
        ("LBR", "", "Zone 3", None, False),
    ],
)
def test_a_role_is_read_in_the_words_of_its_country(
    country: str, role: str, unit: str, commanding: bool | None, acting: bool
) -> None:
    read = vocabulary(country).role(role, unit)
    assert (read.commanding, read.acting) == (commanding, acting)


def test_a_mission_says_what_its_own_words_mean() -> None:
    own = vocabulary("LBR", {key_of("Local Unit Commander (LUC)"): "yes"}, {"toiling hand": 3})
    assert own.role("Local Unit Commander (LUC)").commanding is True
    assert own.role("Local Unit Commander (LUC)").own
    assert own.level("Toiling Hand") == 3
    assert vocabulary("LBR").level("Toiling Hand") is None


def test_a_plain_no_in_role_or_title_outweighs_the_other() -> None:
    words = vocabulary("LBR")
    assert commanding_of(words, "Commander", "Deputy commander", "Zone 3").commanding is False
    assert commanding_of(words, "", "Station commander", "Zone 3").commanding is True
    assert commanding_of(words, "Keeper", "", "Zone 3").known is False


@pytest.mark.parametrize("language", sorted(RANKS))
def test_ranks_rise_and_no_word_stands_at_two_levels(language: str) -> None:
    levels = [level for level, _words in RANKS[language]]
    assert levels == sorted(set(levels))
    words = [key_of(one) for _level, text in RANKS[language] for one in text.split(";")]
    assert len(words) == len(set(words))
    assert all(words)


@pytest.mark.parametrize("language", sorted(ROLES))
def test_no_role_both_commands_and_does_not(language: str) -> None:
    keys = [key_of(one) for text in ROLES[language].values() for one in text.split(";")]
    assert len(keys) == len(set(keys))


def test_the_same_rank_counts_by_the_country() -> None:
    assert vocabulary("CIV").level("Commandant") == 12
    assert vocabulary("LBR").level("Superintendent of Police") == 13
    assert vocabulary("TLS").level("Inspector Chefe") == 10


@pytest.mark.parametrize(
    ("country", "role", "deputy"),
    [
        ("LBR", "Deputy commander", True),
        ("LBR", "Deputy Battalion Commander", True),
        ("LBR", "Acting 2IC", True),
        ("LBR", "Second in command", True),
        ("LBR", "Deputy commander (operations)", True),
        ("LBR", "Deputy Inspector General", True),
        ("CIV", "Commandant adjoint", True),
        ("CIV", "Adjoint du commandant", True),
        ("CIV", "Commandant en second", True),
        ("TLS", "Segundo Comandante", True),
        ("COL", "Subcomandante", True),
        ("LBR", "Station commander", False),
        ("LBR", "Driver of the deputy commander", False),
        ("LBR", "Former deputy commander", False),
        ("LBR", "Deputy Superintendent of Police", False),
        ("CIV", "Commissaire adjoint", False),
        ("CIV", "Adjudant", False),
        ("LBR", "", False),
    ],
)
def test_a_deputy_is_read_in_the_words_of_the_country(
    country: str, role: str, deputy: bool
) -> None:
    assert commanding_of(vocabulary(country), role, "", "Zone 3").deputy is deputy

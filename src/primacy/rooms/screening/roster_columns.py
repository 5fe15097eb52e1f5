"""The 37 columns of a roster sheet: what each is called, and which of them must be filled."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from django.utils.translation import override

from primacy.platform.language.later import later


@dataclass(frozen=True)
class Column:
    """One column: its key, what it holds, and the headers it is known by."""

    key: str
    title: str
    known_as: tuple[str, ...] = ()
    limit: int = 200


STATUS, GIVEN, FAMILY, NATIONAL_ID = "status", "given_names", "family_name", "national_id"
SEX, CITIZENSHIP, BIRTH = "sex", "citizenship", "date_of_birth"
BIRTH_CITY, BIRTH_STATE, BIRTH_COUNTRY = "birth_city", "birth_state", "birth_country"
UNIT_ID, UNIT_BREAKDOWN, UNIT_ALIAS = "unit_id", "unit_breakdown", "unit_alias"
POST, RANK, COMMANDS, FORCE_ID = "post", "rank", "is_unit_commander", "force_id"
VETTING, HOST_VETTED, HOST_VETTED_ON = "vetting_type", "host_vetting", "host_vetting_date"
OTHER_VETTED, OTHER_VETTING, OTHER_VETTED_ON = (
    "other_vetting", "other_vetting_kind", "other_vetting_date",
)  # fmt: skip
PASSPORT, PASSPORT_UNTIL = "passport", "passport_expiry"

COLUMNS: tuple[Column, ...] = (
    Column(STATUS, later("Takes part as"), ("participant status", "participation")),
    Column(GIVEN, later("Given and middle names"),
           ("first middle name", "first name", "first names", "given name", "prenom", "prenoms",
            "nombre", "nombres")),
    Column(FAMILY, later("Family name"),
           ("last name", "surname", "nom", "nom de famille", "apellido", "apellidos")),
    Column(NATIONAL_ID, later("National identity number"),
           ("national id number", "nid", "id number", "carte d identite")),
    Column(SEX, later("Sex"), ("gender", "sexe", "sexo")),
    Column(CITIZENSHIP, later("Citizenship"), ("nationality", "is us citizen", "us citizen")),
    Column(BIRTH, later("Date of birth"), ("dob", "birth date", "born", "date de naissance")),
    Column(BIRTH_CITY, later("Town of birth"),
           ("pob city", "place of birth city", "place of birth", "lieu de naissance")),
    Column(BIRTH_STATE, later("Province of birth"),
           ("pob state", "place of birth state", "birth province")),
    Column(BIRTH_COUNTRY, later("Country of birth"), ("pob country", "place of birth country")),
    Column("residence_city", later("Town of residence"), ("city of residence",)),
    Column("residence_state", later("Province of residence"), ("state of residence",)),
    Column("residence_country", later("Country of residence"), ("country of residence",)),
    Column("email", later("E-mail"), ("contact email", "e mail")),
    Column("phone", later("Telephone"), ("contact phone", "telephone")),
    Column("education", later("Highest education"), ("highest education",)),
    Column("english_level", later("Level of English"),
           ("english language proficiency", "english proficiency")),
    Column(UNIT_ID, later("Unit: its code"), ("unit gen id", "unit code", "unitgenid")),
    Column(UNIT_BREAKDOWN, later("Unit: from the top down"), ("unit hierarchy",), 500),
    Column(UNIT_ALIAS, later("Unit: its name"), ("unit", "unit name", "unite", "unidad"), 300),
    Column(POST, later("Post held"), ("job title", "job", "position", "function", "fonction")),
    Column(RANK, later("Rank"), ("grade", "grado")),
    Column(COMMANDS, later("Commands the unit"), ("unit commander", "commander")),
    Column("years_in_post", later("Years in the post"), ("years in position",)),
    Column(FORCE_ID, later("Police or military number"),
           ("police mil sec id", "police mil id", "service number", "matricule", "badge number")),
    Column("poc_name", later("Point of contact"), ("point of contact",)),
    Column("poc_email", later("E-mail of the point of contact"), ("poc email address",)),
    Column(VETTING, later("Kind of vetting"), ("vetting",)),
    Column(HOST_VETTED, later("Vetted by the host state"),
           ("has local gov trust", "host nation vetting")),
    Column(HOST_VETTED_ON, later("Vetted by the host state on"),
           ("local gov trust cert date", "host nation vetting date")),
    Column(OTHER_VETTED, later("Other vetting passed"), ("passed external vetting",)),
    Column(OTHER_VETTING, later("Other vetting: by whom"),
           ("external vetting description", "other vetting description")),
    Column(OTHER_VETTED_ON, later("Other vetting on"), ("external vetting date",)),
    Column("departure_city", later("Leaves from"), ("city of departure",)),
    Column(PASSPORT, later("Passport number"), ("passport no", "passeport")),
    Column(PASSPORT_UNTIL, later("Passport valid until"),
           ("passport expiration date", "passport expiration")),
    Column("comments", later("Remarks"), ("comment", "notes", "remarks"), 1000),
)  # fmt: skip
KEYS = tuple(column.key for column in COLUMNS)

FULL_NAME = Column("full_name", later("Whole name"), ("name", "participant", "nom et prenom"), 300)
"""Taken in place of the two columns of names, for sheets that have one."""

REPLACES = Column("replaces", later("Takes the place of"),
                  ("in place of", "instead of", "takes the place of", "replacement for",
                   "alternate for", "remplace", "en remplacement de", "a la place de",
                   "reemplaza a", "en lugar de"), 300)  # fmt: skip
"""Taken beside the columns of a vetting sheet: who comes may stand for somebody else."""

BESIDE = (FULL_NAME, REPLACES)

NAMES = (GIVEN, FAMILY, FULL_NAME.key)
UNITS = (UNIT_ID, UNIT_BREAKDOWN, UNIT_ALIAS)
FOR_LEAHY = (NATIONAL_ID, BIRTH, BIRTH_CITY, BIRTH_STATE, BIRTH_COUNTRY)
"""Mandatory for vetting under the Leahy laws, beside any one of the three columns of units."""

TITLES = {column.key: column.title for column in (*COLUMNS, *BESIDE)}
LIMITS = {column.key: column.limit for column in (*COLUMNS, *BESIDE)}


def plain_header(text: str) -> str:
    """A header as it is compared: small letters without accents, single blanks.

    What stands in brackets is a remark: "Date of birth (yyyy-mm-dd)".

    >>> plain_header("FirstMiddleName"), plain_header("Prénom(s)")
    ('first middle name', 'prenom')
    """
    text = re.sub(r"\([^()]*\)", "", text)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    spaced = re.sub(r"(?<=[A-Z])(?=[A-Z][a-z])", " ", spaced)
    folded = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded).split())


@cache
def _by_header() -> dict[str, str]:
    with override("en"):
        return {
            plain_header(name): column.key
            for column in (*COLUMNS, *BESIDE)
            for name in (column.key, str(column.title), *column.known_as)
        }


def column_of(header: str) -> str:
    """The key of the column a header means; empty where it is none of them."""
    plain = plain_header(header)
    known = _by_header()
    return known.get(plain) or known.get(plain.replace(" ", ""), "")

"""What is compared and in which steps: conditions in SQL, a grade, words, and first guesses.

The conditions use only what DuckDB and Spark both know; `{overlap}` stands for the one function
that has another name there. The steps of a comparison stand from the closest to the furthest, the
first that holds counts. `m` and `u` are the guesses training starts from, and stays with where a
list is too short to learn from.
"""

from dataclasses import dataclass

from primacy.engines.linkage.records import Grade


@dataclass(frozen=True)
class Level:
    """One step of a comparison."""

    code: str
    condition: str
    grade: Grade
    words: str
    m: float
    u: float
    frequency: str = ""


@dataclass(frozen=True)
class Comparison:
    """One thing compared, what makes it unknown, and its steps."""

    field: str
    unknown: str
    levels: tuple[Level, ...]
    needs: str

    def level(self, vector: int) -> Level | None:
        """Returns the step Splink numbers `vector`: -1 is unknown, 0 the furthest."""
        return None if vector < 0 else self.levels[len(self.levels) - 1 - vector]


ELSE = "ELSE"
SAME, NEAR, DIFFERS = Grade.SAME, Grade.NEAR, Grade.DIFFERS


def absent(column: str) -> str:
    """Returns the condition that a column is unknown on one side."""
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def spelling(column: str) -> str:
    """Returns the condition that two names have the same consonants, at least two of them."""
    return f"{column}_key_l = {column}_key_r AND length({column}_key_l) >= 2"


def within(one: str, other: str, slips: int) -> str:
    """Returns the condition that so many slips, exchanged neighbours being one, explain a change.

    The plain distance is nine times cheaper and never more than twice as large: it goes first.
    """
    plain = f"levenshtein({one}, {other}) <= {2 * slips}"
    return f"CASE WHEN {plain} THEN damerau_levenshtein({one}, {other}) <= {slips} ELSE FALSE END"


def typing(column: str) -> str:
    """Returns the condition that one slip of the keyboard, or two in a long name, explain it."""
    one, other = f"{column}_l", f"{column}_r"
    short = f"length({one}) >= 4 AND length({other}) >= 4"
    long = f"length({one}) >= 7 AND length({other}) >= 7"
    return f"({short} AND {within(one, other, 1)}) OR ({long} AND {within(one, other, 2)})"


def crossed(one: str, other: str) -> str:
    """Returns the condition that a given name is the other record's family name."""
    alike = within(f"{one}_l", f"{other}_r", 1)
    long = f"length({one}_l) >= 4 AND length({other}_r) >= 4"
    return f"({one}_key_l = {other}_key_r OR ({long} AND {alike}))"


SAME_AS_WRITTEN = "given_key_l = given_key_r OR family_key_l = family_key_r"
SWAPPED = f"{crossed('given', 'family')} AND {crossed('family', 'given')}"


def part(column: str) -> str:
    """Returns the condition that one name is a part, a beginning or an initial of the other."""
    starts = " OR ".join(
        f"((length({short}) = 1 OR length({short}) >= 3)"
        f" AND substr({long}, 1, length({short})) = {short})"
        for short, long in ((f"{column}_l", f"{column}_r"), (f"{column}_r", f"{column}_l"))
    )
    one_letter = f"{column}_key_l = {column}_key_r"
    return f"{{overlap}}({column}_parts_l, {column}_parts_r) OR {one_letter} OR {starts}"


def name_levels(column: str, words: str, swapped: bool) -> tuple[Level, ...]:
    """Returns the steps of a name."""
    exchange = Level(
        "given_swapped",
        f"{SWAPPED} AND NOT ({SAME_AS_WRITTEN})",
        NEAR,
        "given and family name have changed places",
        0.02,
        2e-6,
    )
    return (
        Level(
            f"{column}_same",
            f"{column}_l = {column}_r",
            SAME,
            f"the same {words}",
            0.72,
            0.01,
            column,
        ),
        *((exchange,) if swapped else ()),
        Level(
            f"{column}_spelling",
            spelling(column),
            SAME,
            f"the {words} in another spelling or script",
            0.1,
            0.005,
            f"{column}_key",
        ),
        Level(
            f"{column}_typing",
            typing(column),
            NEAR,
            f"the {words} within a slip of the pen",
            0.1,
            0.005,
        ),
        Level(
            f"{column}_part",
            part(column),
            NEAR,
            f"a part, short form or initial of the {words}",
            0.03,
            0.01,
        ),
        Level(f"{column}_other", ELSE, DIFFERS, f"another {words}", 0.03, 0.97),
    )


def set_levels(column: str, words: str, m: float) -> tuple[Level, ...]:
    """Returns the steps of a list of numbers, of which one in common is enough."""
    return (
        Level(
            f"{column}_same", f"{{overlap}}({column}_l, {column}_r)", SAME, f"the same {words}", m,
            1e-5,
        ),
        Level(
            f"{column}_near", f"{{overlap}}({column}_near_l, {column}_near_r)", NEAR,
            f"the {words} but for one character", 0.06, 2e-5,
        ),
        Level(f"{column}_other", ELSE, DIFFERS, f"another {words}", 0.94 - m, 0.9999),
    )  # fmt: skip


def birth_levels() -> tuple[Level, ...]:
    """Returns the steps of a birth date, which may be a year or a month only."""
    partial = "birth_date_l IS NULL OR birth_date_r IS NULL"
    no_month = "birth_month_l IS NULL OR birth_month_r IS NULL"
    apart = "abs(birth_year_l - birth_year_r)"
    month_day = "substr(birth_date_l, 5, 4) = substr(birth_date_r, 5, 4)"
    return (
        Level("birth_same", "birth_date_l = birth_date_r", SAME, "the same birth date", 0.75,
              1e-4, "birth_date"),
        Level("birth_swapped", "birth_date_l = birth_flipped_r", NEAR,
              "day and month of birth have changed places", 0.01, 5e-5),
        Level("birth_typing", within("birth_date_l", "birth_date_r", 1), NEAR,
              "the birth date but for one digit", 0.06, 1e-3),
        Level("birth_month", f"({partial}) AND birth_month_l = birth_month_r", NEAR,
              "the same month of birth, the day not known", 0.03, 2e-4),
        Level("birth_year", f"({partial}) AND ({no_month}) AND birth_year_l = birth_year_r", NEAR,
              "the same year of birth, the day not known", 0.06, 3e-3),
        Level("birth_year_near", f"({partial}) AND {apart} <= 1", DIFFERS,
              "years of birth one apart, a day not known", 0.01, 6e-3),
        Level("birth_part", f"birth_year_l = birth_year_r OR {month_day}", DIFFERS,
              "only the year, or only day and month of birth agree", 0.04, 0.03),
        Level("birth_other", ELSE, DIFFERS, "another birth date", 0.04, 0.96),
    )  # fmt: skip


def text_levels(
    column: str, words: str, near: str, m: tuple[float, float, float], frequency: bool = True
) -> tuple[Level, ...]:
    """Returns the steps of a place or address: the same, nearly, another."""
    return (
        Level(f"{column}_same", f"{column}_l = {column}_r", SAME, f"the same {words}", m[0], 0.02,
              column if frequency else ""),
        Level(f"{column}_near", near, NEAR, f"nearly the same {words}", m[1], 0.005),
        Level(f"{column}_other", ELSE, DIFFERS, f"another {words}", m[2], 0.97),
    )  # fmt: skip


def plain_levels(column: str, words: str, m: float, u: float, tf: bool) -> tuple[Level, ...]:
    """Returns the two steps of something that is the same or not."""
    return (
        Level(f"{column}_same", f"{column}_l = {column}_r", SAME, f"the same {words}", m, u,
              column if tf else ""),
        Level(f"{column}_other", ELSE, DIFFERS, f"another {words}", 1 - m, 1 - u),
    )  # fmt: skip


PLACE_NEAR = f"place_key_l = place_key_r OR {within('place_l', 'place_r', 2)}"
ADDRESS_NEAR = (
    f"{within('address_l', 'address_r', 3)}"
    " OR (address_number_l = address_number_r AND {overlap}(address_parts_l, address_parts_r))"
)
INTAKE_LEVELS = (
    Level("intake_same", "intake_l = intake_r", SAME, "the same intake year", 0.85, 0.05),
    Level("intake_near", "abs(intake_l - intake_r) = 1", NEAR, "intake years one apart", 0.08, 0.1),
    Level("intake_other", ELSE, DIFFERS, "another intake year", 0.07, 0.85),
)

COMPARISONS = (
    Comparison("given", absent("given"), name_levels("given", "given name", True), "given"),
    Comparison(
        "family",
        f"{absent('family')} OR ({SWAPPED} AND NOT ({SAME_AS_WRITTEN}))",
        name_levels("family", "family name", False),
        "family",
    ),
    Comparison("father", absent("father"), name_levels("father", "father's name", False), "father"),
    Comparison("birth", absent("birth_year"), birth_levels(), "birth_year"),
    Comparison(
        "numbers",
        f"{absent('numbers')} OR NOT {{overlap}}(kinds_l, kinds_r)",
        set_levels("numbers", "number of a document", 0.85),
        "numbers",
    ),
    Comparison(
        "contact",
        absent("contact"),
        set_levels("contact", "telephone, address of mail or account", 0.6),
        "contact",
    ),
    Comparison("sex", absent("sex"), plain_levels("sex", "sex", 0.98, 0.6, False), "sex"),
    Comparison(
        "place", absent("place"), text_levels("place", "place", PLACE_NEAR, (0.75, 0.1, 0.15)),
        "place",
    ),
    Comparison(
        "address", absent("address"),
        text_levels("address", "address", ADDRESS_NEAR, (0.6, 0.2, 0.2)),
        "address",
    ),
    Comparison("unit", absent("unit"), plain_levels("unit", "unit", 0.7, 0.02, True), "unit"),
    Comparison("intake", absent("intake"), INTAKE_LEVELS, "intake"),
)  # fmt: skip

BY_FIELD = {comparison.field: comparison for comparison in COMPARISONS}
NAME_FIELDS = ("given", "family")

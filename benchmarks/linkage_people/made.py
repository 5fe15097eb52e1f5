"""Made-up persons, a share of them enrolled a second time with what goes wrong at a second desk.

Names follow their real unevenness (many bear the same few), families share villages, some are
twins, some are namesakes born the same year in the same place: those are not duplicates and are
made hard on purpose. All from one seed; no row is of a real person.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.linkage_people.spellings import CULTURES, spellings

SEED = 20_261_123
PLACES, UNITS, FIRST_INTAKE = 120, 90, 1996
SYLLABLES = "ba bo da gbe go ka ki la lo ma mu na nga sa so ta to wa ya zo".split()
OTHER_SCRIPT, OTHER_SPELLING = 0.2, 0.45
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Row = dict[str, object]


@dataclass
class Made:
    """Rows to compare, and who is who: id of a row → number of the person."""

    rows: list[Row] = field(default_factory=list)
    person: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def pairs(self) -> set[frozenset[str]]:
        """The pairs of rows that are of one person."""
        of: dict[int, list[str]] = {}
        for row, person in self.person.items():
            of.setdefault(person, []).append(row)
        return {
            frozenset((one, other))
            for rows in of.values()
            for at, one in enumerate(rows)
            for other in rows[at + 1 :]
        }


@dataclass(frozen=True)
class Person:
    """A made-up person with every spelling of the names."""

    number: int
    given: list[str]
    family: list[str]
    father: list[str]
    birth: date
    sex: str
    place: str
    unit: str
    intake: int
    card: str
    phone: str


def people(size: int = 10_000, again: float = 0.08, seed: int = SEED) -> Made:
    """Rows of `size` persons, a share of whom stand there twice (a tenth of those three times)."""
    rng = random.Random(seed)
    places = [place(rng) for _ in range(PLACES)]
    units = [f"{n} {kind}" for n in range(1, UNITS // 3 + 1) for kind in ("Bn", "Coy", "Platoon")]
    everyone: list[Person] = []
    while len(everyone) < size:
        person = someone(rng, len(everyone), places, units)
        everyone.append(person)
        if rng.random() < 0.02 and len(everyone) < size:
            everyone.append(relative(rng, person, len(everyone)))
    made = Made()
    for person in everyone:
        add(made, person, first_row(rng, person), ())
    for person in rng.sample(everyone, round(size * again)):
        for _ in range(2 if rng.random() < 0.1 else 1):
            row, kinds = second_row(rng, person, places, units)
            add(made, person, row, kinds)
    order = list(range(len(made.rows)))
    rng.shuffle(order)
    made.rows = [made.rows[at] for at in order]
    return made


def add(made: Made, person: Person, row: Row, kinds: tuple[str, ...]) -> None:
    """Adds a row under an id that tells nothing."""
    own = f"r{(len(made.rows) * 7_919) % 1_000_003:06d}"
    made.rows.append({"id": own} | row)
    made.person[own] = person.number
    made.kinds[own] = kinds


def uneven(rng: random.Random, names: list[list[str]]) -> list[str]:
    """A name by its frequency: the first of a table is far commoner than the last."""
    weights = [1 / (rank + 2) for rank in range(len(names))]
    return rng.choices(names, weights)[0]


def place(rng: random.Random) -> str:
    """The name of a village."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()


def digits(rng: random.Random, number: int) -> str:
    """So many digits."""
    return "".join(rng.choice("0123456789") for _ in range(number))


def someone(rng: random.Random, number: int, places: list[str], units: list[str]) -> Person:
    """A person drawn by lot."""
    men, women, families = (spellings(table) for table in rng.choice(list(CULTURES.values())))
    sex = "f" if rng.random() < 0.2 else "m"
    birth = date(1965, 1, 1) + timedelta(days=rng.randrange(365 * 40))
    if rng.random() < 0.08:
        birth = birth.replace(month=1, day=1)
    second = uneven(rng, families)
    family = second if rng.random() < 0.6 else joined(second, uneven(rng, families))
    return Person(
        number,
        uneven(rng, women if sex == "f" else men),
        family,
        uneven(rng, men),
        birth,
        sex,
        rng.choice(places[: rng.randint(1, PLACES)]),
        rng.choice(units),
        min(max(birth.year + rng.randint(18, 26), FIRST_INTAKE), 2026),
        digits(rng, 9),
        "07" + digits(rng, 8),
    )


def joined(one: list[str], other: list[str]) -> list[str]:
    """A double name, spelling by spelling."""
    if one == other:
        return one
    return [f"{a} {b}" for a, b in zip(one, other, strict=False)]


def relative(rng: random.Random, person: Person, number: int) -> Person:
    """A twin, a brother born another year, or a namesake of the same village and year."""
    kind = rng.choice(("twin", "brother", "namesake"))
    men, women, _ = (spellings(table) for table in rng.choice(list(CULTURES.values())))
    others = [n for n in (women if person.sex == "f" else men) if n != person.given]
    birth = person.birth
    if kind == "brother":
        birth += timedelta(days=rng.randint(400, 2_500))
    if kind == "namesake":
        birth = date(birth.year, rng.randint(1, 12), rng.randint(1, 28))
    return Person(
        number,
        person.given if kind == "namesake" else rng.choice(others),
        person.family,
        person.father if kind != "namesake" else uneven(rng, men),
        birth,
        person.sex,
        person.place,
        person.unit if rng.random() < 0.5 else "1 Bn",
        person.intake,
        digits(rng, 9),
        "07" + digits(rng, 8),
    )


def written(name: list[str]) -> str:
    """The usual spelling."""
    return name[0]


def first_row(rng: random.Random, person: Person) -> Row:
    """How the first desk wrote a person down; not everybody has a card or a telephone."""
    return {
        "given": written(person.given),
        "family": written(person.family),
        "father": written(person.father) if rng.random() < 0.5 else "",
        "birth_date": person.birth.isoformat() if rng.random() < 0.9 else str(person.birth.year),
        "sex": person.sex,
        "place": person.place if rng.random() < 0.9 else "",
        "unit": person.unit,
        "intake_year": person.intake,
        "numbers": [f"card: {person.card}"] if rng.random() < 0.65 else [],
        "contact": [person.phone] if rng.random() < 0.5 else [],
    }


def second_row(
    rng: random.Random, person: Person, places: list[str], units: list[str]
) -> tuple[Row, tuple[str, ...]]:
    """How a second desk wrote the person down, with one to four things gone wrong, and which."""
    row = first_row(rng, person)
    kinds: list[str] = []
    if rng.random() < OTHER_SPELLING:
        for column, name in (("given", person.given), ("family", person.family)):
            latin = [one for one in name if one[0].isascii()]
            row[column] = rng.choice(latin)
        kinds.append("spelling")
    if rng.random() < OTHER_SCRIPT and other_script(person.given) and other_script(person.family):
        script = rng.randrange(2)
        row["given"] = other_script(person.given)[script]
        row["family"] = other_script(person.family)[script]
        kinds.append("transliteration")
    elif rng.random() < 0.35:
        column = rng.choice(("given", "family"))
        row[column] = slipped(rng, str(row[column]))
        kinds.append("typing")
    if rng.random() < 0.12:
        row["given"], row["family"] = row["family"], row["given"]
        kinds.append("swapped")
    kinds += date_gone_wrong(rng, row, person)
    kinds += about_gone_wrong(rng, row, person, places, units)
    return row, tuple(kinds)


def other_script(name: list[str]) -> list[str]:
    """The spellings outside Latin, those in Arabic first; empty if there are none."""
    others = [one for one in name if not any(c.isascii() and c.isalpha() for c in one)]
    others = [one for one in others if not one[0].isascii() and ord(one[0]) > 0x3FF]
    return sorted(others, key=lambda one: -ord(one[0])) if len(others) >= 2 else []


def slipped(rng: random.Random, name: str) -> str:
    """The name with one slip of the keyboard: a letter left out, put in, changed or exchanged."""
    at = rng.randrange(max(len(name) - 1, 1))
    kind = rng.randrange(4)
    if kind == 0 and len(name) > 3:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + rng.choice(LETTERS) + name[at:]
    if kind == 2:
        return name[:at] + rng.choice(LETTERS) + name[at + 1 :]
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


def date_gone_wrong(rng: random.Random, row: Row, person: Person) -> list[str]:
    """What went wrong with the birth date: a part of it, a digit, 1 January."""
    draw = rng.random()
    birth = person.birth
    if draw < 0.15:
        row["birth_date"] = str(birth.year)
        return ["year only"]
    if draw < 0.2:
        row["birth_date"] = f"{birth.year}-{birth.month:02d}"
        return ["month only"]
    if draw < 0.25:
        row["birth_date"] = f"{birth.year}-01-01"
        return ["placeholder"]
    if draw < 0.3 and birth.day <= 12:
        row["birth_date"] = f"{birth.year}-{birth.day:02d}-{birth.month:02d}"
        return ["day and month"]
    if draw < 0.36:
        whole = birth.isoformat()
        at = rng.choice((3, 6, 9))
        row["birth_date"] = whole[:at] + rng.choice("0123456789") + whole[at + 1 :]
        return ["digit"]
    return []


def about_gone_wrong(
    rng: random.Random, row: Row, person: Person, places: list[str], units: list[str]
) -> list[str]:
    """What went wrong with the rest: a number with a slip or none, a move, another unit."""
    kinds = []
    if row["numbers"] and rng.random() < 0.12:
        row["numbers"] = [f"card: {slipped_number(rng, person.card)}"]
        kinds.append("number slip")
    if rng.random() < 0.1:
        row["place"] = rng.choice(places)
        kinds.append("moved")
    if rng.random() < 0.3:
        row["unit"] = rng.choice(units)
        kinds.append("other unit")
    if rng.random() < 0.25:
        row["contact"] = ["07" + digits(rng, 8)]
        kinds.append("other telephone")
    if rng.random() < 0.1:
        row["intake_year"] = person.intake + rng.choice((-1, 1))
        kinds.append("intake")
    return kinds


def slipped_number(rng: random.Random, number: str) -> str:
    """The number with one digit changed."""
    at = rng.randrange(len(number))
    return number[:at] + rng.choice([d for d in "0123456789" if d != number[at]]) + number[at + 1 :]

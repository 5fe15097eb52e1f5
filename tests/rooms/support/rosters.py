"""Rosters with known answers: approved officers of some units, and lists of who comes, from a seed.

A clean list varies only what harms nothing: order of names, accents, case, a middle name left out,
another script beside an equal number. The other has problems planted, each of a known kind.
"""

import csv
import datetime as dt
import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from primacy.kernels.names.persons import Person, PersonName
from primacy.kernels.names.units import Unit
from primacy.kernels.time import DateRange
from primacy.rooms.support.models import LineStanding
from primacy.rooms.support.reconciling import Approval, ListedLine
from primacy.rooms.support.reconciling_units import NamedUnits

SERVICE, NATIONAL = "service number", "national id"
GIVEN = (
    "Amadou", "Béla", "Célestin", "Dovan", "Étienne", "Fidèle", "Gérard", "Hermann", "Ismaël",
    "Jovan", "Kossi", "Lambert", "Moïse", "Norbert", "Ousmane", "Pascal", "Quentin", "Raphaël",
    "Séverin", "Théodore", "Ulrich", "Valère", "Wilfried", "Xavier", "Yannick", "Zacharie",
)  # fmt: skip
SYLLABLES = ("ba", "ko", "té", "mi", "lu", "gar", "dan", "so", "ri", "vel", "mo", "ka", "zin", "fé",
             "to", "nar", "bel", "su", "pa", "dri", "go", "len", "ma", "tu")  # fmt: skip
SCRIPTS = (
    # the name as the register writes it, and as a list of that language does
    (("Yusuf", "يوسف"), ("Omar", "عمر"), ("Ibrahim", "إبراهيم"), ("Khalid", "خالد"),
     ("Hamid", "حميد"), ("Karim", "كريم"), ("Salim", "سليم"), ("Mansur", "منصور"),
     ("Nasir", "ناصر"), ("Tahir", "طاهر")),
    (("Boris", "Борис"), ("Viktor", "Виктор"), ("Petrov", "Петров"), ("Ivanov", "Иванов"),
     ("Sokolov", "Соколов"), ("Oleg", "Олег"), ("Morozov", "Морозов"), ("Anton", "Антон")),
)  # fmt: skip
UNIT_NAMES = (
    ("{n} Infantry Battalion", "{n} Inf Bn"),
    ("{n} Mobile Police Brigade", "{n} Mob Pol Bde"),
    ("{n} Engineer Company", "{n} Engr Coy"),
)
NEVER, NEAR, TWICE = LineStanding.NEVER, LineStanding.NEAR, LineStanding.TWICE
OTHER_LETTER = {"a": "o", "e": "u", "i": "a", "o": "e", "u": "i"}


@dataclass(frozen=True)
class Officer:
    """Somebody approved, with all that is known."""

    at: int
    names: tuple[str, ...]
    born: dt.date
    number: str
    unit: int
    other_script: str = ""
    national: str = ""

    @property
    def name(self) -> str:
        """The name in its usual order."""
        return " ".join(self.names)


@dataclass
class Roster:
    """A list with what each line is, and who of the approved is not on it."""

    units: NamedUnits
    approvals: list[Approval] = field(default_factory=list)
    lines: list[ListedLine] = field(default_factory=list)
    expected: dict[int, LineStanding] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)

    def add(self, line: ListedLine, standing: LineStanding, kind: str) -> None:
        """Nothing; adds a line in the next row."""
        row = len(self.lines) + 2
        self.lines.append(replace(line, row=row))
        self.expected[row], self.kinds[row] = standing, kind


class Maker:
    """Makes officers and lists from a seed."""

    def __init__(self, seed: int, size: int, units: int = 12) -> None:
        """`size` officers in so many units."""
        self.draw = random.Random(seed)
        self.unit_count = units
        self.taken: set[tuple[str, ...]] = set()
        self.numbers: set[str] = set()
        self.officers = [self.officer(at) for at in range(size)]
        kernel = [
            Unit(str(at), tuple(name.format(n=ordinal(at + 1)) for name in self.unit_names(at)))
            for at in range(units)
        ]
        self.units = NamedUnits(kernel, {f"U-{at}": str(at) for at in range(units)})

    def unit_names(self, at: int) -> tuple[str, ...]:
        """The long and the short pattern of a unit's name."""
        return UNIT_NAMES[at % len(UNIT_NAMES)]

    def officer(self, at: int) -> Officer:
        """A person whose name nobody bore so far."""
        draw, other = self.draw, ""
        while True:
            if draw.random() < 0.1:
                some = draw.sample(draw.choice(SCRIPTS), 2)
                names = (some[0][0], some[1][0])
                other = " ".join(word for _latin, word in some)
                # Few names in these scripts: a family name of its own keeps persons apart.
                family = self.family()
                names, other = (*names, family), f"{other} {family}"
            else:
                names = (draw.choice(GIVEN), draw.choice(GIVEN), self.family())
                other = ""
            if names[0] != names[1] and tuple(sorted(names)) not in self.taken:
                break
        self.taken.add(tuple(sorted(names)))
        born = dt.date(1960, 1, 2) + dt.timedelta(draw.randrange(14_000))
        if (born.day, born.month) == (1, 1) or born.day == born.month:
            born += dt.timedelta(33)
        return Officer(
            at, names, born, self.number(), at % self.unit_count, other,
            self.number() if draw.random() < 0.3 else "",
        )  # fmt: skip

    def family(self) -> str:
        """A made-up family name."""
        return "".join(self.draw.choice(SYLLABLES) for _ in range(4)).capitalize()

    def number(self) -> str:
        """A number nobody has."""
        while True:
            found = f"NP {self.draw.randrange(10**4, 10**6):06d}"
            if found not in self.numbers:
                self.numbers.add(found)
                return found

    def approval(self, one: Officer) -> Approval:
        """The officer as approved: most with number and birth, some with one of them only."""
        kind = one.at % 10
        ids = () if kind == 8 else ((SERVICE, one.number),)
        ids += ((NATIONAL, one.national),) if one.national and kind != 8 else ()
        births = () if kind == 9 else (DateRange(one.born, one.born),)
        person = Person(str(one.at), (PersonName(one.name),), births, ids=ids)
        return Approval(f"r{one.at}", one.name, str(one.unit), person)

    def line(self, one: Officer, **more: object) -> ListedLine:
        """The officer as a list has them, with everything."""
        given: dict[str, object] = {
            "row": 0, "name": one.name, "numbers": ((SERVICE, one.number),),
            "births": (DateRange(one.born, one.born),), "unit": self.unit_name(one.unit),
        }  # fmt: skip
        return ListedLine(**{**given, **more})  # type: ignore[arg-type]

    def unit_name(self, at: int, short: bool = False) -> str:
        """A unit by its long or its short name."""
        return self.unit_names(at)[short].format(n=ordinal(at + 1))

    def harmless(self, one: Officer) -> tuple[ListedLine, str]:
        """The officer written otherwise, so that nobody could doubt who it is."""
        line = self.line(one)
        born, number = {"births": ()}, {"numbers": ()}
        if one.at % 10 == 8:
            number = {}
        if one.at % 10 == 9:
            born = {}
        choices: dict[str, Callable[[], ListedLine]] = {
            "as approved": lambda: line,
            "family name first": lambda: replace(line, name=" ".join(turned(one)), **number),
            "no accents": lambda: replace(line, name=plain(one.name)),
            "capitals": lambda: replace(line, name=plain(one.name).upper(), **born),
            "no middle name": lambda: replace(line, name=f"{one.names[0]} {one.names[-1]}"),
            "number in other signs": lambda: replace(
                line, numbers=((SERVICE, one.number.replace(" ", "-").lower()),)
            ),
            "short name of the unit": lambda: replace(line, unit=self.unit_name(one.unit, True)),
            "unit by code": lambda: replace(line, unit="", unit_code=f"u {one.unit}"),
            "name and unit": lambda: replace(line, numbers=(), births=()),
            "no unit": lambda: replace(line, unit=""),
            "day and month in doubt": lambda: replace(line, births=both_ways(one.born)),
        }  # fmt: skip
        if one.other_script and one.at % 10 != 8:
            choices = {"other script": lambda: replace(line, name=one.other_script)}
        kind = self.draw.choice(sorted(choices))
        return choices[kind](), kind


def clean(seed: int = 5, size: int = 300, units: int = 12) -> Roster:
    """All approved come, each written in some harmless way."""
    maker = Maker(seed, size, units)
    found = Roster(maker.units, [maker.approval(one) for one in maker.officers])
    for one in maker.draw.sample(maker.officers, size):
        found.add(*_named(maker, one))
    return found


def _named(maker: Maker, one: Officer) -> tuple[ListedLine, LineStanding, str]:
    line, kind = maker.harmless(one)
    return line, LineStanding.APPROVED, kind


def planted(seed: int = 7, size: int = 300, each: int = 6, units: int = 12) -> Roster:
    """So many problems of each kind among harmless lines."""
    maker = Maker(seed, size, units)
    found = Roster(maker.units)
    approvals = {one.at: maker.approval(one) for one in maker.officers}
    # In the last unit nobody else is absent: there an alternate stands for the only one missing.
    last = units - 1
    usual = [one for one in maker.officers if one.unit != last and one.at % 10 not in (8, 9)
             and not one.other_script]  # fmt: skip
    maker.draw.shuffle(usual)
    used: set[int] = set()
    for kind, plant in PLANTS.items():
        for _ in range(each):
            one = usual.pop()
            used.add(one.at)
            plant(maker, found, approvals, one, kind)
    alone = next(one for one in maker.officers if one.unit == last)
    used.add(alone.at)
    found.absent.add(f"r{alone.at}")
    stranger = maker.officer(-1)
    line = maker.line(stranger, unit=maker.unit_name(last), takes_part_as="Alternate")
    found.add(line, LineStanding.REPLACED, "alternate")
    for one in maker.officers:
        if one.at not in used:
            found.add(*_named(maker, one))
    found.approvals = [approvals[one.at] for one in maker.officers]
    return _shuffled(maker, found)


def _shuffled(maker: Maker, roster: Roster) -> Roster:
    """The list in another order; of two lines for one person the second stays behind."""
    order = [line for line in roster.lines if roster.expected[line.row] is not TWICE]
    maker.draw.shuffle(order)
    order += [line for line in roster.lines if roster.expected[line.row] is TWICE]
    fresh = Roster(roster.units, roster.approvals, absent=roster.absent)
    for line in order:
        fresh.add(line, roster.expected[line.row], roster.kinds[line.row])
    return fresh


Plant = Callable[[Maker, Roster, dict[int, Approval], Officer, str], None]
Approvals = dict[int, Approval]


def _stranger(m: Maker, r: Roster, a: Approvals, one: Officer, kind: str) -> None:
    r.add(m.line(one), LineStanding.APPROVED, "beside a stranger")
    r.add(m.line(m.officer(-1), unit=m.unit_name(one.unit)), NEVER, kind)


def _kin(m: Maker, r: Roster, a: Approvals, one: Officer, kind: str) -> None:
    """A relative: the same family name, other given names, born otherwise, in the same unit."""
    r.add(m.line(one), LineStanding.APPROVED, "beside a relative")
    given = [name for name in GIVEN if name not in one.names]
    name = f"{m.draw.choice(given)} {m.draw.choice(given)} {one.names[-1]}"
    born = one.born + dt.timedelta(1_200)
    line = m.line(one, name=name, numbers=((SERVICE, m.number()),), births=(DateRange(born, born),))
    r.add(line, NEVER, kind)


def _namesake(m: Maker, r: Roster, a: Approvals, one: Officer, kind: str) -> None:
    r.add(m.line(one), LineStanding.APPROVED, "beside a namesake")
    born = one.born + dt.timedelta(2_000)
    line = m.line(one, numbers=((SERVICE, m.number()),), births=(DateRange(born, born),))
    r.add(line, NEVER, kind)


def _near(**changes: Callable[[Maker, Officer], object]) -> Plant:
    def plant(m: Maker, r: Roster, a: Approvals, one: Officer, kind: str) -> None:
        made = {name: change(m, one) for name, change in changes.items()}
        r.add(m.line(one, **made), NEAR, kind)
        r.absent.add(f"r{one.at}")

    return plant


def _approved_but(standing: LineStanding, **changes: object) -> Plant:
    def plant(m: Maker, r: Roster, a: Approvals, one: Officer, kind: str) -> None:
        a[one.at] = replace(a[one.at], **changes)  # type: ignore[arg-type]
        line, _kind = m.harmless(one)
        r.add(replace(line, unit=m.unit_name(one.unit), unit_code=""), standing, kind)

    return plant


def _elsewhere(number: Callable[[Maker, Officer], str]) -> Plant:
    def plant(m: Maker, r: Roster, a: Approvals, one: Officer, kind: str) -> None:
        r.add(m.line(one, unit=number(m, one)), LineStanding.WRONG_UNIT, kind)

    return plant


def _twice(m: Maker, r: Roster, a: Approvals, one: Officer, kind: str) -> None:
    r.add(m.line(one), LineStanding.APPROVED, "named twice, the first")
    r.add(m.line(one, name=" ".join(turned(one)).upper(), births=()), TWICE, kind)


def _replaced(says: Callable[[Officer], str]) -> Plant:
    def plant(m: Maker, r: Roster, a: Approvals, one: Officer, kind: str) -> None:
        r.absent.add(f"r{one.at}")
        line = m.line(m.officer(-1), unit=m.unit_name(one.unit), replaces=says(one))
        r.add(line, LineStanding.REPLACED, kind)

    return plant


def _absent(m: Maker, r: Roster, a: Approvals, one: Officer, kind: str) -> None:
    r.absent.add(f"r{one.at}")


PLANTS: dict[str, Plant] = {
    "stranger": _stranger,
    "relative": _kin,
    "namesake": _namesake,
    "name alone": _near(
        numbers=lambda m, o: (), births=lambda m, o: (), unit=lambda m, o: "",
    ),
    "misspelt, nothing beside": _near(
        name=lambda m, o: misspelt(o), numbers=lambda m, o: (), births=lambda m, o: (),
    ),
    "born a day later": _near(
        numbers=lambda m, o: (), births=lambda m, o: (day_after(o.born),),
    ),
    "day and month turned": _near(
        numbers=lambda m, o: (), births=lambda m, o: (turned_day(o.born),),
    ),
    "number of another name": _near(
        name=lambda m, o: m.officer(-1).name, births=lambda m, o: (),
    ),
    "another number": _near(numbers=lambda m, o: ((SERVICE, m.number()),)),
    "twin": _near(
        name=lambda m, o: f"{twin_of(o.names[0])} {o.names[1]} {o.names[2]}",
        numbers=lambda m, o: (),
    ),
    "another approved unit": _elsewhere(lambda m, o: m.unit_name((o.unit + 3) % m.unit_count)),
    "a unit nobody named": _elsewhere(
        lambda m, o: m.unit_names(o.unit)[0].format(n=ordinal(o.unit + 60))
    ),
    "excluded": _approved_but(LineStanding.EXCLUDED, barred=("Left out.",)),
    "expired": _approved_but(LineStanding.EXPIRED, expired=("Too old.",)),
    "named twice": _twice,
    "replaces by name": _replaced(lambda o: f"{o.names[0]} {o.names[-1]}"),
    "replaces by number": _replaced(lambda o: o.number),
    "replaces, misspelt": _replaced(lambda o: misspelt(o)),
    "absent": _absent,
}  # fmt: skip


def ordinal(number: int) -> str:
    """A number as units bear it."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


def turned(one: Officer) -> Sequence[str]:
    """The names with the family name first."""
    return (one.names[-1], *one.names[:-1])


def plain(text: str) -> str:
    """A text without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def misspelt(one: Officer) -> str:
    """The name with one vowel of the family name changed."""
    family = plain(one.names[-1])
    at = next(at for at in range(1, len(family)) if family[at] in OTHER_LETTER)
    family = family[:at] + OTHER_LETTER[family[at]] + family[at + 1 :]
    return " ".join((*one.names[:-1], family))


def twin_of(given: str) -> str:
    """A given name of which one letter is another."""
    bare = plain(given)
    at = max(at for at in range(len(bare)) if bare[at].lower() in OTHER_LETTER)
    return bare[:at] + OTHER_LETTER[bare[at].lower()] + bare[at + 1 :]


def day_after(born: dt.date) -> DateRange:
    """The next day, as a slip of the pen has it."""
    later = born + dt.timedelta(1)
    return DateRange(later, later)


def turned_day(born: dt.date) -> DateRange:
    """Day and month the other way round; where that is no day, ten years later."""
    try:
        day = dt.date(born.year, born.day, born.month)
    except ValueError:
        day = dt.date(born.year + 10, born.month, min(born.day, 28))
    return DateRange(day, day)


def both_ways(born: dt.date) -> tuple[DateRange, ...]:
    """Both days that a date written with two small numbers can mean."""
    own = DateRange(born, born)
    other = turned_day(born)
    return (own, other) if other.earliest.year == born.year else (own,)


def write_sheet(path: Path, lines: Sequence[ListedLine]) -> Path:
    """The lines as a CSV file."""
    columns = ("Name", "DOB", "Service number", "Unit", "Unit code", "Participant status",
               "Replaces")  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(columns)
        for line in lines:
            number = next((number for _kind, number in line.numbers), "")
            born = str(line.births[0]) if line.births else ""
            writer.writerow([line.name, born, number, line.unit, line.unit_code,
                             line.takes_part_as, line.replaces])  # fmt: skip
    return path

"""Commanders and deputies of Carana's forces: who held which post, as three lists state it.

Names are put together from syllables that belong to no language. What registers break on is among
them: an acting commander, two who are both named for one post, a post that is vacant, one who died
in the post, and officers who stand in the register twice.
"""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from primacy.demo.carana.country import Country
from primacy.demo.carana.options import words
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.rules import Dates
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.actions import (
    NewPerson,
    NewPosting,
    add_people,
    confirm_postings,
    judge_pair,
    put_pairs,
    read_apart,
)
from primacy.rooms.persons.facade import Merge, Pair, Person, PostingClaim, claims_of

GIVEN_ENDS = ("a", "o", "i", "an", "ek", "ul", "is", "em", "ora", "ido")
FAMILY_ENDS = ("amo", "eki", "iru", "oba", "uli", "enda", "isu", "ano", "eka", "imo", "oru", "anti")
OTHER_LETTERS = str.maketrans("kvise", "cwyze")
SERVICE_NUMBER = "service number"
REPLACED, TWICE = 0.15, 6
CHANGE_AT = 0.55
"""Share of the story after which new commanders take over."""

POSTS = (
    # beginning of the code, role, rank
    ("cnp-r", "regional commander", "Assistant Commissioner of Police"),
    ("cnp-d", "district commander", "Superintendent of Police"),
    ("cnp-", "officer in charge", "Deputy Superintendent of Police"),
    ("cnp", "Inspector General of Police", "Inspector General of Police"),
    ("gnd", "commander", "Lieutenant Colonel"),
    ("arm", "commanding officer", "Colonel"),
    ("cor", "commander", "Superintendent"),
)


@dataclass(frozen=True)
class _Post:
    """A post to be held: its unit, role and rank."""

    unit: Unit
    role: str
    rank: str


class People:
    """The commanders of the local forces, with chance of their own: the rest of Carana stays."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.rng = np.random.default_rng([country.options.seed, 77])
        self.given = words(country.settings, "first_syllables")
        self.number = 10_000
        self.held: list[tuple[_Post, Person]] = []

    def tell(self) -> None:
        """Writes the lists of commanders and their review into the diary."""
        country = self.country
        country.on(country.options.starts_on + dt.timedelta(days=9), self._first_list)
        country.on(country.day(CHANGE_AT), self._changes)
        country.on(country.options.last_day, self._confirmed)
        country.on(country.options.last_day, self._review)

    def _first_list(self) -> None:
        """The command list of the first days: predecessors, present commanders, deputies."""
        day = self.country.options.starts_on + dt.timedelta(days=9)
        source = self._list(day)
        posts = [self._post(unit) for unit in self._units()]
        now = [self._holder(post, source, self._since(day), day) for post in posts]
        before = [
            self._holder(post, source, self._since(day, years=4), None, until=day)
            for post in posts[:: max(1, len(posts) // 60)]
        ]
        deputies = [
            self._holder(replace(post, role=f"deputy {post.role}"), source, self._since(day), day)
            for post in posts
            if post.role in ("regional commander", "district commander")
        ]
        made = self._add([*now, *before, *deputies])
        self.held = list(zip(posts, made[: len(posts)], strict=True))

    def _changes(self) -> None:
        """Who took over later, and what a register breaks on."""
        day = self.country.day(CHANGE_AT)
        source = self._list(day)
        places = self.rng.permutation(len(self.held))
        taken = places[: max(6, round(REPLACED * len(places)))]
        new = [self._holder(self.held[at][0], source, day, day) for at in taken]
        acting, contested, vacant, dead = (self.held[at] for at in taken[:4])
        new[0] = self._holder(replace(acting[0], role=f"acting {acting[0].role}"), source, day, day)
        twin = self._holder(contested[0], source, day, day)
        new[2] = self._holder(vacant[0], source, day, None, until=day + dt.timedelta(days=60))
        died = self._holder(dead[0], source, day, day)
        month = (day + dt.timedelta(days=30), day + dt.timedelta(days=60))
        new[3] = replace(died, left=("died", *month))
        made = self._add([*new, twin])
        for at, person in zip(taken, made[: len(taken)], strict=True):
            self.held[at] = (self.held[at][0], person)
        self._add([self._again(person, source) for _post, person in self.held[:: self._step()]])

    def _confirmed(self) -> None:
        """The command list of the last day states again who holds which post."""
        country, day = self.country, self.country.options.last_day
        actor = country["rights"]
        people = {person.pk for _post, person in self.held}
        rows = claims_of(actor, PostingClaim, country.mission.pk).select_related("person")
        open_rows = [
            row
            for row in rows.order_by("claim")
            if row.person_id in people and not row.ending and not row.role.startswith("deputy")
            and not row.person.leaving_claims.exists()
        ]  # fmt: skip
        confirm_postings(
            actor=actor,
            mission=country.mission,
            claims=open_rows,
            seen_on=day,
            cite=Cite(self._list(day), accessed_on=day),
            reason="stated again by the command list",
        )

    def _review(self) -> None:
        """Records that may be one person: some wait, one pair is merged, one was read apart."""
        country = self.country
        judge, mission = country["rights"], country.mission
        doubles = {
            row.note: row for row in Person.objects.filter(mission=mission, note__startswith="P-")
        }
        first = Person.objects.filter(mission=mission, code__in=doubles).order_by("code")
        put_pairs(
            actor=judge, mission=mission, pairs=[(one, doubles[one.code], 0.9) for one in first]
        )
        merged, apart = Pair.objects.filter(mission=mission).order_by("id")[:2]
        for pair in (merged, apart):
            judge_pair(
                actor=judge, pair=pair, opinion="same", ground="number",
                reference="service number on both lists",
                reasons="Both lists give the same service number and post.",
            )  # fmt: skip
        read_apart(
            actor=judge,
            merge=Merge.objects.get(judgement__pair=apart),
            reasons="The pay office has two photographs under this number: two persons.",
        )

    def _units(self) -> list[Unit]:
        units = self.country.units
        return [units[code] for code in sorted(units) if not code.startswith("un-")]

    def _post(self, unit: Unit) -> _Post:
        if unit.code.startswith("cnp-d") and "-s" in unit.code:
            return _Post(unit, "station commander", "Inspector of Police")
        for begins, role, rank in POSTS:
            if unit.code.startswith(begins) and (begins != "cnp-d" or unit.code[5:6].isdigit()):
                return _Post(unit, role, rank)
        return _Post(unit, "commander", "")

    def _since(self, day: dt.date, years: int = 2) -> dt.date:
        return day - dt.timedelta(days=int(self.rng.integers(90, 365 * years)))

    def _holder(
        self,
        post: _Post,
        source: Source,
        since: dt.date,
        seen: dt.date | None,
        until: dt.date | None = None,
    ) -> NewPerson:
        """A new person in a post; every fourth list knows only the month in which they began."""
        last = until or seen or since
        if since < last and self.rng.random() < 0.25:
            month = since.replace(day=1)
            dates = Dates(
                first_imprecise=month, last_imprecise=last, first_precise=last, last_precise=last,
                starting=True, ending=until is not None,
            )  # fmt: skip
        else:
            dates = Dates(since, last, starting=True, ending=until is not None)
        self.number += int(self.rng.integers(1, 40))
        born = dt.date(int(self.rng.integers(1962, 1992)), int(self.rng.integers(1, 13)), 1)
        known = self.rng.random() < 0.6
        end = born.replace(day=28) if known else born.replace(month=12, day=31)
        return NewPerson(
            name=self._name(),
            source=source,
            force=post.unit.force,
            sex="f" if self.rng.random() < 0.18 else "m",
            born=(born if known else born.replace(month=1), end),
            numbers=[(SERVICE_NUMBER, str(self.number))],
            postings=[NewPosting(post.unit, dates, role=post.role, rank=post.rank)],
            point=str(self.number % 90 + 1),
        )

    def _again(self, person: Person, source: Source) -> NewPerson:
        """The same officer as another clerk wrote them: turned, shortened, with other letters."""
        given, family = person.name.split(" ", 1)
        shapes = (
            f"{family}, {given}",
            f"{given[0]}. {family}",
            f"{given[:2]}{given[1:]} {family.translate(OTHER_LETTERS)}",
        )
        number = person.number_claims.get().number
        shape = shapes[int(number) % len(shapes)]
        return NewPerson(
            name=shape, source=source, force=person.force, sex=person.sex,
            numbers=[(SERVICE_NUMBER, number)], note=person.code,
        )  # fmt: skip

    def _name(self) -> str:
        given = self.given[int(self.rng.integers(len(self.given)))]
        family = self.given[int(self.rng.integers(len(self.given)))]
        return (
            f"{given}{GIVEN_ENDS[int(self.rng.integers(len(GIVEN_ENDS)))]} "
            f"{family}{FAMILY_ENDS[int(self.rng.integers(len(FAMILY_ENDS)))]}"
        )

    def _step(self) -> int:
        return max(1, len(self.held) // TWICE)

    def _add(self, people: list[NewPerson]) -> list[Person]:
        country = self.country
        return add_people(actor=country["rights"], mission=country.mission, people=people)

    def _list(self, day: dt.date) -> Source:
        return self.country.source(self.country["rights"], f"Command list, {day}")

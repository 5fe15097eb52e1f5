"""Who is kept from an alert: the rule against a second one in other words, and the database.

The second rule walks the chart unit by unit and asks one question only: is there a way up or down
from where the asker stands to whom the alert accuses?
"""

import random
import uuid
from dataclasses import dataclass

import pytest

from primacy.platform.accounts.models import Organisation
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.warning.actions import accuse, keep_from
from primacy.rooms.warning.asking import asker_of, kept_of
from primacy.rooms.warning.models import Alert
from primacy.rooms.warning.queries import alerts
from primacy.rooms.warning.shield import Asker, Kept, Relations, is_kept
from tests.conftest import Board
from tests.rooms.warning.conftest import Watch, make_watch

DRAWN = 100_000
UNITS = [uuid.UUID(int=n) for n in range(1, 31)]
PARTIES = ("mission", "force", "ministry", "oversight", "partner", "civil_society", "")


@dataclass(frozen=True)
class Chart:
    """A made-up force: who ever stood under whom, and what became of what."""

    under: frozenset[tuple[uuid.UUID, uuid.UUID]]
    became: frozenset[tuple[uuid.UUID, uuid.UUID]]

    def way(self, start: uuid.UUID, to: uuid.UUID, *, up: bool) -> bool:
        """True where steps all upwards (or all downwards) lead from one to the other."""
        seen, edge = {start}, {start}
        while edge:
            if to in edge:
                return True
            pairs = {p if up else (p[1], p[0]) for p in self.under}
            pairs |= self.became | {(b, a) for a, b in self.became}
            edge = {b for a, b in pairs if a in edge} - seen
            seen |= edge
        return False


def chart(chance: random.Random) -> Chart:
    under = {(UNITS[n], UNITS[chance.randrange(n)]) for n in range(1, len(UNITS))}
    # Some once stood elsewhere, and some were made of others.
    under |= {(UNITS[n], UNITS[chance.randrange(n)]) for n in chance.sample(range(2, 30), 4)}
    became = {(UNITS[a], UNITS[b]) for a, b in [chance.sample(range(30), 2) for _ in range(2)]}
    return Chart(frozenset(under), frozenset(became))


def test_no_asker_near_the_accused_learns_of_an_alert() -> None:
    chance = random.Random(7)
    counts = {True: 0, False: 0}
    for number in range(DRAWN):
        if number % 2000 == 0:
            drawn = chart(chance)
            relations = Relations.of(drawn.under, drawn.became)
            near = {
                (a, b)
                for a in UNITS
                for b in UNITS
                if drawn.way(a, b, up=True) or drawn.way(a, b, up=False)
            }
        accused = frozenset(chance.sample(UNITS, chance.choice([0, 1, 1, 2])))
        named = chance.random() < 0.9
        alert = Kept(units=accused, named=named, accuses=bool(accused) or not named)
        stands = set(chance.sample(UNITS, chance.choice([0, 0, 1, 1, 2])))
        party = chance.choice(PARTIES)
        asker = Asker(uuid.uuid4(), uuid.uuid4(), party, relations.chain(stands))
        touched = any((own, other) in near for own in stands for other in accused)
        in_doubt = party in ("force", "ministry") and ((not stands and bool(accused)) or not named)
        kept = is_kept(alert, asker)
        assert kept == (touched or in_doubt)
        counts[kept] += 1
    assert min(counts.values()) > DRAWN / 10


def test_who_is_named_is_kept_away_whatever_their_party() -> None:
    me, office = uuid.uuid4(), uuid.uuid4()
    for party in PARTIES:
        assert is_kept(Kept(accounts=frozenset({me})), Asker(me, office, party))
        assert is_kept(Kept(organisations=frozenset({office})), Asker(me, office, party))
        assert not is_kept(Kept(), Asker(me, office, party))


@pytest.fixture
def watch(board: Board) -> Watch:
    return make_watch(board)


def test_the_database_keeps_the_same_alerts_from_the_same_people(watch: Watch) -> None:
    chance = random.Random(8)
    units = _more_units(watch, chance)
    operations = watch["operations"]
    for _number in range(60):
        alert = watch.enter()
        for _time in range(chance.choice([0, 1, 1, 2])):
            way = chance.choice(["unit", "unit", "person", "force"])
            if way == "unit":
                accuse(actor=operations, alert=alert, unit=chance.choice(units))
            elif way == "person":
                person = chance.choice(list(watch.desk.persons.values()))
                accuse(actor=operations, alert=alert, person=person)
            else:
                accuse(actor=operations, alert=alert, force="Men in uniform")
        if chance.random() < 0.3:
            _keep(watch, alert, chance, units)
    seen_by_some = 0
    for label in ("of_battalion", "of_brigade", "of_other", "of_nobody", "official", "commander",
                  "planner", "human_rights", "operations", "overseer"):  # fmt: skip
        viewer = watch[label]
        asker = asker_of(viewer, watch.mission)
        open_ones = set(alerts(viewer, watch.mission).values_list("pk", flat=True))
        for alert in Alert.objects.filter(mission=watch.mission):
            assert (alert.pk not in open_ones) == is_kept(kept_of(alert), asker), (label, alert)
        seen_by_some += bool(open_ones)
    assert seen_by_some == 10


def _more_units(watch: Watch, chance: random.Random) -> list[Unit]:
    units = list(watch.units.values())
    for number in range(12):
        units.append(
            add_unit(
                actor=watch["planner"], mission=watch.mission, code=f"x{number}",
                name=f"Company {number}", force="Police", side="local",
                parent=chance.choice(units), source=watch.desk.source(),
            )
        )  # fmt: skip
    return units


def _keep(watch: Watch, alert: Alert, chance: random.Random, units: list[Unit]) -> None:
    given = chance.choice(
        [
            {"unit": chance.choice(units)},
            {"account": watch.desk.accounts["of_other"]},
            {"organisation": Organisation.objects.get(name="Ministry of the interior")},
            {"organisation": Organisation.objects.get(name="Mission planning")},
        ]
    )
    keep_from(actor=watch["human_rights"], alert=alert, reason="They would be told.", **given)

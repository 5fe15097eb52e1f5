"""Numbers issued, the population, closing a round, and who makes up the force, by their pages."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client

from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Viewer
from primacy.rooms.census import composition
from primacy.rooms.census.composition import composition_of, composition_rows
from primacy.rooms.census.errors import Withheld
from primacy.rooms.census.models import (
    EnrolledPerson,
    NumberRange,
    PopulationCount,
    RecruitmentCohort,
    Sex,
)
from tests.rooms.census.conftest import DAY, Census
from tests.rooms.census.test_census_pages import client_of, read

BASE = "/m/exercise/census"
PEOPLE = {"year": "2024", "source_title": "Population census", "marking": "0",
          "counts": "women, North, 5000\nmen, North, 5000\nwomen, South, 4000\n"
                    "men, South, 4000"}  # fmt: skip


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))


@pytest.fixture
def force(census: Census) -> Census:
    """A roll of 300: few women, and the fewer the higher the rank."""
    rows = []
    for level, rank, women, men in ((1, "Constable", 60, 140), (2, "Sergeant", 12, 58),
                                    (3, "Inspector", 3, 27)):  # fmt: skip
        for n in range(women + men):
            rows.append(
                EnrolledPerson(
                    round=census.round, name_as_written=f"P{level}-{n}", row_key=f"{level}-{n}",
                    sex=Sex.WOMAN if n < women else Sex.MAN, rank=rank, rank_level=level,
                    region="North" if n % 3 else "South",
                )
            )  # fmt: skip
    EnrolledPerson.objects.bulk_create(rows)
    return census


def test_a_range_of_numbers_is_added_on_its_page(census: Census) -> None:
    client = client_of(census, "planner")
    typed = {"letters": "P", "first": "1", "last": "900", "issued_from": "2019-01-01",
             "source_title": "Personnel order 4", "marking": "2"}  # fmt: skip
    wrong = client.post(f"{BASE}/numbers/", {**typed, "last": "0"})
    assert wrong.status_code == 400
    assert b"Personnel order 4" in wrong.content
    assert not NumberRange.objects.exists()
    client.post(f"{BASE}/numbers/", typed)
    (made,) = NumberRange.objects.all()
    assert (made.prefix, made.first, made.last) == ("P", 1, 900)
    assert "census.numbers.add" in acts()
    assert "Personnel order 4" in read(client, f"{BASE}/numbers/")
    assert "P1-P900" in read(client, f"{BASE}/{census.round.pk}/")
    # An office that answers questions sees no range above its clearance, and adds none.
    assert "Personnel order 4" not in read(client_of(census, "commander"), f"{BASE}/numbers/")
    assert client_of(census, "commander").post(f"{BASE}/numbers/", typed).status_code == 403
    read(client_of(census, "donor"), f"{BASE}/numbers/", 403)
    assert NumberRange.objects.count() == 1


def test_the_population_is_recorded_by_year_with_its_source(census: Census) -> None:
    client = client_of(census, "planner")
    client.post(f"{BASE}/population/", PEOPLE)
    assert PopulationCount.objects.count() == 4
    page = read(client_of(census, "donor"), f"{BASE}/population/")
    assert "18 000" in page.replace("\xa0", " ").replace(" ", " ").replace(",", " ")
    assert "Population census" in page
    again = client.post(f"{BASE}/population/", PEOPLE)
    assert again.status_code == 400
    assert "on record already" in again.content.decode()
    assert client_of(census, "donor").post(f"{BASE}/population/", PEOPLE).status_code == 403


def test_a_closed_round_takes_no_more_rows(census: Census) -> None:
    client = client_of(census, "planner")
    address = f"{BASE}/{census.round.pk}"
    client.post(f"{address}/close/", {"closed_on": str(DAY - dt.timedelta(days=1))})
    census.round.refresh_from_db()
    assert census.round.is_open, "a round is not closed before its census day"
    assert client_of(census, "donor").post(f"{address}/close/").status_code == 403
    client.post(f"{address}/close/", {"closed_on": str(DAY)})
    census.round.refresh_from_db()
    assert census.round.closed_on == DAY
    assert "census.round.close" in acts()
    page = read(client, f"{address}/")
    assert "Close the round" not in page
    assert "Closed on" in page


def test_the_force_by_rank_and_sex_stands_beside_the_population(force: Census) -> None:
    client = client_of(force, "planner")
    client.post(f"{BASE}/population/", PEOPLE)
    page = read(client, f"{BASE}/{force.round.pk}/make-up/")
    assert "Inspector" in page
    assert "Representation by region" in page
    lines = list(csv.DictReader(io.StringIO(read(client, f"{BASE}/{force.round.pk}/make-up.csv"))))
    assert [line["level"] for line in lines] == ["all", "3", "2", "1"]
    top = lines[1]
    assert (top["women"], top["men"], top["all"]) == ("3", "27", "30")
    assert float(top["women_share"]) == pytest.approx(0.1)
    assert float(top["women_share_low"]) < 0.1 < float(top["women_share_high"])
    # Half of the population are women: a tenth of the inspectors gives an index of a fifth.
    assert float(top["index"]) == pytest.approx(0.2)
    assert float(top["index_high"]) < 1


def test_outside_the_team_no_small_group_is_shown_nor_can_it_be_worked_out(
    force: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outside(viewer: Viewer, permission: str, mission: object) -> bool:
        return False

    monkeypatch.setattr(composition, "in_owning_team", outside)
    found = composition_of(force["planner"], force.round)
    assert found.held_back
    assert (found.sexes, found.regions) == ((), ()), "no second table to compare with"
    by_level = {line.level: line for line in found.ranks if not line.all_ranks}
    inspectors = by_level[3]
    assert inspectors.counts["women"] is None
    assert inspectors.women is None, "a share would give the count"
    # Neither its row nor its column gives it away.
    assert None in (inspectors.all, inspectors.counts["men"])
    others = [by_level[level].counts["women"] for level in (1, 2)]
    assert None in (*others, found.ranks[0].counts["women"])
    rows = list(composition_rows(found.ranks))
    assert rows[1][3] == "held back"


def test_the_make_up_of_a_roll_that_is_not_wholly_open_is_not_told_in_part(force: Census) -> None:
    force.filled()
    with pytest.raises(Withheld):
        composition_of(force["commander"], force.round)
    read(client_of(force, "commander"), f"{BASE}/{force.round.pk}/make-up/", 404)


def test_a_class_is_marked_public_and_cancelled_on_its_pages(census: Census) -> None:
    client = client_of(census, "planner")
    client.post(
        "/m/exercise/recruitment/",
        {"name": "Class 16", "force": "Police", "advertised_on": "2026-01-01",
         "source_title": "Gazette", "marking": "0"},
    )  # fmt: skip
    row = RecruitmentCohort.objects.get(code="class-16")
    address = "/m/exercise/recruitment/class-16"
    client.post(
        f"{address}/do/window/",
        {"window-opens_on": "2026-02-01", "window-closes_on": "2026-03-01",
         "window-channel": "Any post, or the ombuds office"},
    )  # fmt: skip
    census.board.mission.open_to_guests = True
    census.board.mission.save()
    seen = read(Client(), f"{address}/")
    assert "Any post, or the ombuds office" in seen
    assert "Receive an objection" not in seen
    nameless = client.post(f"{address}/do/cancel/", {"cancel-reason": ""})
    assert nameless.status_code == 400
    client.post(f"{address}/do/cancel/", {"cancel-reason": "The budget was cut"})
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert client_of(census, "donor").post(f"{address}/do/cancel/").status_code == 403

"""Loading UCDP events: counts, repetition, releases, undo, refusals, areas."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from primacy.platform.audit.models import AuditEntry
from primacy.platform.audit.queries import verify
from primacy.platform.imports.errors import BadState, ImportRefused, RowsRefused
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.platform.policy import Denied, Marking, Viewer
from primacy.rooms.incidents.facade import (
    Incident,
    IncidentsLoaded,
    incidents,
    load_incidents,
    preview_ucdp,
    relocate_incidents,
    undo_incidents,
)
from primacy.rooms.places.facade import Mission, create_mission
from tests.rooms.incidents.conftest import Writer
from tests.unit.exchange.ucdp_samples import event


def loaded(actor: Viewer, mission: Mission, path: Path, **more: object) -> IncidentsLoaded:
    preview = preview_ucdp(actor=actor, mission=mission, path=path)
    return load_incidents(actor=actor, batch_or_preview=preview, **more)  # type: ignore[arg-type]


def present(actor: Viewer, mission: Mission) -> dict[str, str]:
    """The release of each event that counts now."""
    return dict(incidents(actor, mission).values_list("origin_id", "vintage"))


def test_every_field_of_an_event_is_stored(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    loaded(actor, mission, ucdp_file(event(7, type_of_violence=3, deaths_civilians=2, date_prec=2)))
    row = Incident.objects.get()
    assert (row.origin, row.origin_id, row.vintage) == ("ucdp_ged", "7", "23.1")
    assert (row.type, row.date_precision, row.where_precision) == ("one_sided", 2, 1)
    assert (row.date_start, row.date_end) == (dt.date(2020, 3, 5), dt.date(2020, 3, 6))
    assert (row.lat, row.lon, row.priogrid) == (4.85, 31.616667, 136504)
    assert (row.deaths_a, row.deaths_b, row.deaths_civilians, row.deaths_unknown) == (1, 2, 2, 0)
    assert (row.deaths_low, row.deaths_best, row.deaths_high) == (3, 3, 4)
    assert (row.place, row.adm_1, row.adm_2, row.country) == (
        "Galasi town", "North", "Galasi", "Carana",
    )  # fmt: skip
    assert (row.side_a, row.side_b) == ("Government of Carana", "Northern Front")
    assert (row.conflict, row.headline) == ("Carana: Government", "Clash near the river")
    assert row.source_text == "Carana Press, 2020-03-05"
    assert row.marking == Marking.PUBLIC
    assert row.pk.version == 7


def test_preview_stores_no_event(actor: Viewer, mission: Mission, ucdp_file: Writer) -> None:
    preview = preview_ucdp(actor=actor, mission=mission, path=ucdp_file(1, 2, 3))
    assert (preview.read, preview.new, preview.known, preview.bad) == (3, 3, 0, 0)
    assert preview.batch.status == BatchStatus.PREVIEWED
    assert Incident.objects.count() == 0


def test_second_load_of_the_same_file_adds_none(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    path = ucdp_file(1, 2, 3)
    assert loaded(actor, mission, path).added == 3
    again = loaded(actor, mission, path)
    assert (again.added, again.known, again.changed) == (0, 3, 0)
    assert Incident.objects.count() == 3


def test_a_previewed_batch_loads_from_its_file(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    path = ucdp_file(1, 2)
    batch = preview_ucdp(actor=actor, mission=mission, path=path).batch
    assert load_incidents(actor=actor, batch_or_preview=batch).added == 2
    with pytest.raises(BadState, match="cannot be loaded"):
        load_incidents(actor=actor, batch_or_preview=batch)


def test_another_file_than_previewed_is_refused(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    batch = preview_ucdp(actor=actor, mission=mission, path=ucdp_file(1, 2)).batch
    ucdp_file(1, 2, 3)
    with pytest.raises(BadState, match="another one than was previewed"):
        load_incidents(actor=actor, batch_or_preview=batch)
    assert Incident.objects.count() == 0


def test_two_previews_loaded_one_after_the_other_add_each_event_once(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    first = preview_ucdp(actor=actor, mission=mission, path=ucdp_file(1, 2))
    second = preview_ucdp(actor=actor, mission=mission, path=ucdp_file(1, 2, 3))
    load_incidents(actor=actor, batch_or_preview=first)
    done = load_incidents(actor=actor, batch_or_preview=second)
    assert (done.added, done.known) == (1, 2)


def test_same_release_with_other_values_is_reported_and_kept(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    loaded(actor, mission, ucdp_file(1, 2))
    done = loaded(actor, mission, ucdp_file(event(1, best=4), 2))
    assert (done.added, done.known, done.changed) == (0, 1, 1)
    assert Incident.objects.get(origin_id="1").deaths_best == 3
    assert any("other values" in note for note in done.notes)


def test_newer_release_supersedes_and_undo_brings_the_older_back(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    loaded(actor, mission, ucdp_file(1, 2, name="GEDEvent_v22_1.csv"))
    newer = loaded(actor, mission, ucdp_file(event(2, best=4), 3, name="GEDEvent_v23_1.csv"))
    assert (newer.added, newer.superseded) == (2, 1)
    assert present(actor, mission) == {"1": "22.1", "2": "23.1", "3": "23.1"}
    assert undo_incidents(actor=actor, batch=newer.batch, reason="wrong file") == 2
    assert present(actor, mission) == {"1": "22.1", "2": "22.1"}


def test_a_late_older_release_does_not_count_and_middle_undo_keeps_the_newest(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    loaded(actor, mission, ucdp_file(1, name="GEDEvent_v24_1.csv"))
    loaded(actor, mission, ucdp_file(1, name="GEDEvent_v9_1.csv".replace("v9", "v09")))
    middle = loaded(actor, mission, ucdp_file(1, name="GEDEvent_v23_1.csv"))
    assert present(actor, mission) == {"1": "24.1"}
    undo_incidents(actor=actor, batch=middle.batch, reason="not needed")
    assert present(actor, mission) == {"1": "24.1"}


def test_incidents_as_known_on_a_day(actor: Viewer, mission: Mission, ucdp_file: Writer) -> None:
    loaded(actor, mission, ucdp_file(1, name="GEDEvent_v22_1.csv"))
    weeks_ago = timezone.now() - dt.timedelta(days=14)
    Incident.objects.update(recorded_at=weeks_ago)
    loaded(actor, mission, ucdp_file(1, name="GEDEvent_v23_1.csv"))
    today = timezone.now().date()

    def known(day: dt.date) -> list[str]:
        return list(incidents(actor, mission, known_on=day).values_list("vintage", flat=True))

    assert known(today) == ["23.1"]
    assert known(today - dt.timedelta(days=7)) == ["22.1"]
    assert known(today - dt.timedelta(days=30)) == []


def test_undo_leaves_nothing_and_needs_a_reason(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    done = loaded(actor, mission, ucdp_file(1, 2, 3))
    with pytest.raises(ImportRefused, match="reason"):
        undo_incidents(actor=actor, batch=done.batch, reason="  ")
    assert Incident.objects.count() == 3
    assert undo_incidents(actor=actor, batch=done.batch, reason="wrong mission") == 3
    assert Incident.objects.count() == 0
    with pytest.raises(BadState):
        undo_incidents(actor=actor, batch=done.batch, reason="again")


def test_bad_rows_are_named_and_the_person_chooses(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    path = ucdp_file(1, event(2, latitude=95), 3)
    preview = preview_ucdp(actor=actor, mission=mission, path=path)
    problem = preview.problems[0]
    assert (problem.row, problem.column, problem.value) == (3, "latitude", "95")
    assert problem.expected
    assert problem.action
    with pytest.raises(RowsRefused, match=r"1 of 3 rows.*row 3, column latitude"):
        load_incidents(actor=actor, batch_or_preview=preview, keep_good=False)
    assert Incident.objects.count() == 0
    done = load_incidents(actor=actor, batch_or_preview=preview, keep_good=True)
    assert (done.added, done.bad) == (2, 1)


@pytest.mark.parametrize("damage", ["columns", "cut", "binary", "empty", "release"])
def test_a_damaged_file_changes_nothing(
    actor: Viewer, mission: Mission, ucdp_file: Writer, damage: str
) -> None:
    path = ucdp_file(*range(1, 50))
    text = path.read_text(encoding="utf-8")
    if damage == "columns":
        path.write_text(text.replace("type_of_violence", "kind"), encoding="utf-8")
    elif damage == "cut":
        path.write_text(text[: len(text) - 60], encoding="utf-8")
    elif damage == "binary":
        path.write_bytes(bytes(range(256)) * 20)
    elif damage == "empty":
        path.write_bytes(b"")
    else:
        path = path.rename(path.with_name("events.csv"))
    before = (ImportBatch.objects.count(), AuditEntry.objects.count())
    with pytest.raises(ImportRefused):
        preview_ucdp(actor=actor, mission=mission, path=path)
    assert Incident.objects.count() == 0
    assert (ImportBatch.objects.count(), AuditEntry.objects.count()) == before


def test_one_audit_entry_holds_hash_and_counts(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    done = loaded(actor, mission, ucdp_file(1, 2))
    entry = AuditEntry.objects.get(action="imports.batch.loaded")
    assert done.batch.sha256 in entry.body
    assert '"added":2' in entry.body
    assert verify(actor).intact


def test_events_are_put_into_areas_and_those_outside_are_kept(
    actor: Viewer, mission: Mission, ucdp_file: Writer, load_two_areas: Callable[[], None]
) -> None:
    load_two_areas()
    done = loaded(
        actor, mission, ucdp_file(1, event(2, longitude=30.5), event(3, longitude=40, latitude=5))
    )
    names = dict(Incident.objects.values_list("origin_id", "area__name"))
    assert names == {"1": "East", "2": "West", "3": None}
    assert done.outside_areas == 1


def test_areas_that_come_later_take_the_events_in(
    actor: Viewer, mission: Mission, ucdp_file: Writer, load_two_areas: Callable[[], None]
) -> None:
    assert loaded(actor, mission, ucdp_file(1, event(2, longitude=30.5))).outside_areas == 2
    load_two_areas()
    done = relocate_incidents(actor=actor, mission=mission)
    assert (done.incidents, done.moved, done.outside) == (2, 2, 0)
    assert relocate_incidents(actor=actor, mission=mission).moved == 0


def test_candidate_events_are_a_series_of_their_own_and_doubling_is_said(
    actor: Viewer, mission: Mission, ucdp_file: Writer
) -> None:
    loaded(actor, mission, ucdp_file(1, name="GEDEvent_v20_0_3.csv"))
    done = loaded(actor, mission, ucdp_file(1, name="GEDEvent_v21_1.csv"))
    assert set(Incident.objects.values_list("origin", flat=True)) == {"ucdp_ged", "ucdp_candidate"}
    assert done.superseded == 0
    assert any("count twice" in note for note in done.notes)


@pytest.mark.parametrize("role", ["adviser", "commander", "partner", "administrator"])
def test_people_without_the_right_cannot_import(
    mission: Mission, ucdp_file: Writer, holder: Callable[[str], Viewer], role: str
) -> None:
    with pytest.raises(Denied):
        preview_ucdp(actor=holder(role), mission=mission, path=ucdp_file(1))
    assert ImportBatch.objects.count() == 0


def test_rights_on_one_mission_show_nothing_of_another(
    actor: Viewer, mission: Mission, ucdp_file: Writer, holder: Callable[[str], Viewer]
) -> None:
    other = create_mission(
        actor=actor, code="other", name="Other", short_name="Other", country="Other"
    )
    done = loaded(actor, other, ucdp_file(1))
    planner = holder("planner")
    assert not incidents(planner, other).exists()
    with pytest.raises(Denied):
        undo_incidents(actor=planner, batch=done.batch, reason="not mine")
    assert Incident.objects.count() == 1

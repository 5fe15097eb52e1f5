"""Real UCDP files and the service's own protocol, loaded completely."""

import numpy as np
import pytest

from primacy.kernels.grid import h3_resolution, priogrid_id
from primacy.platform.imports.errors import ImportRefused
from primacy.platform.imports.models import ImportBatch
from primacy.platform.policy import Viewer
from primacy.rooms.incidents.facade import (
    Incident,
    load_incidents,
    load_ucdp_api,
    preview_ucdp,
    undo_incidents,
)
from primacy.rooms.places.facade import Mission
from tests.ucdp_server import Fault, UcdpServer
from tests.unit.exchange.ucdp_samples import events, shared_file

SERVICE = {"version": "23.1", "token": "test-token"}


def test_central_african_republic_once_twice_and_undone(actor: Viewer, mission: Mission) -> None:
    path = shared_file("GEDEvent_v23_1_CAR_482.geojson.gz")
    preview = preview_ucdp(actor=actor, mission=mission, path=path)
    done = load_incidents(actor=actor, batch_or_preview=preview)
    assert (done.read, done.added, done.bad) == (1848, 1848, 0)
    assert done.by_type == {"state_based": 401, "non_state": 371, "one_sided": 1076}
    assert Incident.objects.filter(type="state_based").count() == 401
    rows = np.array(Incident.objects.values_list("lat", "lon", "priogrid", "h3"))
    assert np.array_equal(rows[:, 2].astype(int), priogrid_id(rows[:, 0], rows[:, 1]))
    cells = np.array(Incident.objects.values_list("h3", flat=True), np.int64)
    assert set(h3_resolution(cells).tolist()) == {9}
    # UCDP's own files break low <= best <= high in 20 rows: kept as published.
    assert len(done.problems) == 20
    again = preview_ucdp(actor=actor, mission=mission, path=path)
    assert (again.new, again.known, again.changed) == (0, 1848, 0)
    assert load_incidents(actor=actor, batch_or_preview=again).added == 0
    assert undo_incidents(actor=actor, batch=done.batch, reason="test") == 1848
    assert Incident.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "vintage", "count", "origin"),
    [
        ("hdx_conflict_data_ssd.csv", "22.1", 941, "ucdp_ged"),
        ("GEDEvent_v23_0_10_candidate.csv.gz", "", 2391, "ucdp_candidate"),
    ],
)
def test_other_published_files(
    actor: Viewer, mission: Mission, name: str, vintage: str, count: int, origin: str
) -> None:
    preview = preview_ucdp(actor=actor, mission=mission, path=shared_file(name), vintage=vintage)
    assert load_incidents(actor=actor, batch_or_preview=preview).added == count
    assert set(Incident.objects.values_list("origin", flat=True)) == {origin}


def test_service_is_read_page_by_page_and_stored_once(actor: Viewer, mission: Mission) -> None:
    with UcdpServer(events(1_250)) as server:
        first = load_ucdp_api(actor=actor, mission=mission, base_url=server.base_url, **SERVICE)
        again = load_ucdp_api(actor=actor, mission=mission, base_url=server.base_url, **SERVICE)
        assert len(server.requests) == 4
    assert (first.added, again.added, again.known) == (1_250, 0, 1_250)


def test_token_is_nowhere_kept(actor: Viewer, mission: Mission) -> None:
    with UcdpServer(events(2), token="very-secret") as server:
        done = load_ucdp_api(
            actor=actor, mission=mission, version="23.1", token="very-secret",
            base_url=server.base_url,
        )  # fmt: skip
    kept = ImportBatch.objects.values().get(pk=done.batch.pk)
    assert "very-secret" not in str(kept)


@pytest.mark.parametrize("token", ["", "wrong"])
def test_service_without_the_right_token_changes_nothing(
    actor: Viewer, mission: Mission, token: str
) -> None:
    with (
        UcdpServer(events(3)) as server,
        pytest.raises(ImportRefused, match=r"[Tt]oken"),
    ):
        load_ucdp_api(
            actor=actor, mission=mission, version="23.1", token=token, base_url=server.base_url
        )
    assert (Incident.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_service_that_fails_midway_changes_nothing(actor: Viewer, mission: Mission) -> None:
    with UcdpServer(events(1_250)) as server:
        server.faults.extend([Fault.NONE, Fault.NOT_JSON])
        with pytest.raises(ImportRefused):
            load_ucdp_api(actor=actor, mission=mission, base_url=server.base_url, **SERVICE)
    assert (Incident.objects.count(), ImportBatch.objects.count()) == (0, 0)

"""The permission layer, walked: every route as every role; nothing planted is seen."""

import datetime as dt
import os
from collections.abc import Callable

import pytest
from django.conf import LazySettings

from primacy.platform.accounts.models import Account
from tests.conftest import Board
from tests.permissions.callers import COLUMNS, clients
from tests.permissions.planting import HIDDEN, furnish, plant_twins, protected_models
from tests.permissions.routes import Route, api_routes, pages
from tests.permissions.support import furnish_elsewhere
from tests.permissions.walk import (
    HIDDEN as NOT_THERE,
)
from tests.permissions.walk import (
    MATRIX,
    OPEN,
    SKIPPED,
    ask,
    bodies,
    fill,
    readable,
    samples,
    written,
)

FOREIGN = "FOREIGNMISSION"


@pytest.fixture
def walked(
    make_board: Callable[..., Board],
    make_account: Callable[..., Account],
    settings: LazySettings,
    tmp_path: object,
    today: dt.date,
) -> dict[str, dict[str, str]]:
    """Route by caller; asserts on the way that no answer is an error or holds a planted word."""
    settings.MEDIA_ROOT = tmp_path
    board = make_board()
    other = make_board("other")
    for area in other.areas:
        area.name = f"{FOREIGN} {area.code}"
        area.save()
    furnish_elsewhere(other, FOREIGN, today)
    found = furnish(board, today)
    planted = plant_twins(board)
    assert set(planted) >= {
        "places.area", "places.site", "forces.unit", "forces.strength", "forces.nameclaim",
        "forces.relationclaim",
        "forces.positionclaim", "forces.classificationclaim", "forces.lineageclaim",
        "claims.citation", "incidents.incident",
        "readiness.observation", "readiness.leadentry", "readiness.assessment",
        "readiness.decision", "cases.fact", "sources.source", "imports.importbatch",
        "support.supportcase", "support.delivery", "support.gravefinding", "support.suspension",
        "support.stopentry", "support.hostnotice", "support.supporttask", "support.policyversion",
        "support.countryframework", "support.clearance", "support.reconciliation",
        "warning.alert",
    }, f"no twin of {[m._meta.label_lower for m in protected_models()]}"  # fmt: skip
    callers = clients(board, other, make_account)
    values, posted = samples(found), bodies(found, today.isoformat())
    lines: dict[str, dict[str, str]] = {}
    for route in [*pages(), *api_routes()]:
        if route.name in SKIPPED:
            continue
        address = fill(route, found, values)
        kind, *_given, act = route.address.split("/")[-3:]
        body = posted.get(f"{kind} {act}", posted.get(act))
        line = lines.setdefault(str(route), {})
        for who in COLUMNS:
            line[who], content, status = ask(callers[who], route, address, body)
            text = readable(content)
            assert status < 500, f"{route} as {who}: {status}\n{text[:2000]}"
            assert HIDDEN not in text, f"{route} shows {who} a record of a foreign compartment"
            if who != "elsewhere" and not _of_accounts(route):
                assert FOREIGN not in text, f"{route} shows {who} another mission"
    return lines


def _of_accounts(route: Route) -> bool:
    """Pages about people and the log span missions by their nature."""
    return route.address.startswith(("/audit/", "/people/", "/api/v1/audit/"))


def test_the_walk_finds_what_was_reviewed(walked: dict[str, dict[str, str]]) -> None:
    text = written(walked)
    if os.environ.get("PRIMACY_WRITE_MATRIX"):
        MATRIX.write_text(text, encoding="utf-8")
    reviewed = MATRIX.read_text(encoding="utf-8").splitlines()
    changed = [
        f"now:      {new}\nreviewed: {old}"
        for new, old in zip(text.splitlines(), reviewed, strict=False)
        if new != old
    ]
    assert text.splitlines() == reviewed, (
        "rights changed; run `python -m tests.permissions`, read the difference of "
        "docs/permissions.md, and commit it where it is meant:\n" + "\n".join(changed[:10])
    )
    for route, line in walked.items():
        if "/m/{mission}/" in route or "/missions/{code}" in route:
            assert line["elsewhere"] != OPEN, f"{route} is open to people of another mission"
            assert line["no role"] != OPEN, f"{route} is open without any role"
            assert line["guest"] != OPEN, f"{route} is open to guests of a closed mission"
            assert line["administrator"] in (NOT_THERE, "refused", "sign in", "rule"), route

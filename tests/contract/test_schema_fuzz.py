"""Ten thousand calls made up from the description: no error, no leak, no answer of another shape.

Every example is sent by every caller. The site holds a twin of each record in a compartment that
nobody belongs to, and a second mission that no caller but its own planner may read.
"""

import datetime as dt
import gc
import json
import logging
import os
from collections.abc import Callable

import pytest
from django.test import Client

from primacy.platform.accounts.models import Account
from tests.conftest import Board
from tests.contract.test_openapi import PINNED
from tests.permissions.callers import ELSEWHERE, GUEST, NO_ROLE, clients
from tests.permissions.planting import HIDDEN, furnish, plant_twins

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

from tests.contract.fuzzing import Tally, aim, call_of, examples, faults, send  # noqa: E402

SCHEMA = schemathesis.openapi.from_dict(json.loads(PINNED.read_text(encoding="utf-8")))
SCHEMA.config.phases.coverage.enabled = False
CALLS = int(os.environ.get("FUZZ_CALLS", "10000"))
FOREIGN = "FOREIGNMISSION"
CALLERS = (
    GUEST, NO_ROLE, "partner", "planner", "commander", "human_rights", "oversight",
    "administrator", ELSEWHERE,
)  # fmt: skip


@pytest.fixture
def site(
    make_board: Callable[..., Board], make_account: Callable[..., Account], today: dt.date
) -> tuple[dict[str, Client], dict[str, str]]:
    """The callers, and a value for each place of an address that reaches a record."""
    board, other = make_board(), make_board("other")
    for area in other.areas:
        area.name = f"{FOREIGN} {area.code}"
        area.save()
    found = furnish(board, today)
    assert len(plant_twins(board)) > 10
    known = {
        "code": found["mission"],
        "area": found["area"],
        "assessments": found["assessment"],
        "decisions": found["decision"],
        "conditions": found["condition"],
        "standards": found["standard"],
        "incidents": found["incident"],
        "cases": found["case"],
        "deliveries": found["delivery"],
        "one of recipients": found["support-recipient"],
        "one of conditions": found["support-condition"],
        "one of suspensions": found["suspension"],
        "one of findings": found["finding"],
        "one of tasks": found["support-task"],
        "one of notices": found["notice"],
        "one of visits": found["visit"],
        "one of intercessions": found["intercession"],
    }
    people = clients(board, other, make_account)
    return {label: people[label] for label in CALLERS}, known


def test_ten_thousand_calls_find_no_error_no_secret_and_no_undescribed_answer(
    site: tuple[dict[str, Client], dict[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    people, known = site
    # Every refusal would be a line of the log.
    caplog.set_level(logging.CRITICAL, logger="django.request")
    operations = [found.ok() for found in SCHEMA.get_all_operations()]
    each = -(-CALLS // (len(operations) * len(people)))
    tally = Tally()
    # The site's modules stay for good: looking through them again and again takes a fifth of it.
    gc.collect()
    gc.freeze()
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    for operation in operations:
        for number, case in enumerate(examples(operation, each)):
            aim(case, known, number)
            call = call_of(case)
            for who, client in people.items():
                answer = send(client, call)
                secrets = (HIDDEN,) if who == ELSEWHERE else (HIDDEN, FOREIGN)
                tally.calls += 1
                counted = tally.by_status.get(answer.status_code, 0)
                tally.by_status[answer.status_code] = counted + 1
                tally.wrong += [f"{who}: {fault}" for fault in faults(case, answer, secrets)]
    gc.set_threshold(*usual)
    gc.unfreeze()
    assert not tally.wrong, f"{len(tally.wrong)} of {tally.calls}:\n" + "\n".join(tally.wrong[:40])
    assert tally.calls >= CALLS
    # A run that never got in would prove nothing.
    assert tally.by_status[200] > tally.calls / 10, tally.by_status

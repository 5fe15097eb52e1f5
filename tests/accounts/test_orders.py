"""Two-person orders: one asks, another releases, once, in time; never the operator alone."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from primacy.platform import clock
from primacy.platform.accounts.actions import close_account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.audit.models import AuditEntry
from primacy.platform.orders.actions import ask, release, take_up, withdraw
from primacy.platform.orders.errors import BadOrder, NotReleasable, NotReleased
from primacy.platform.orders.models import Order
from primacy.platform.policy import Denied, Viewer
from tests.accounts.conftest import STEWARD, Person

pytestmark = pytest.mark.django_db
WHY = "The compound is about to be overrun."


@pytest.fixture
def two(person: Person) -> tuple[Viewer, Viewer]:
    return viewer_of(person("planner", "planner")), viewer_of(person("overseer", "oversight"))


def test_an_act_happens_once_after_two_persons_ordered_it(two: tuple[Viewer, Viewer]) -> None:
    first, second = two
    with pytest.raises(NotReleased, match="there is no order yet"):
        take_up(actor=STEWARD, kind="wipe")
    order = ask(actor=first, kind="wipe", reason=WHY)
    with pytest.raises(NotReleased, match="nobody released"):
        take_up(actor=STEWARD, kind="wipe")
    release(actor=second, order=order)
    done = take_up(actor=STEWARD, kind="wipe")
    assert done.pk == order.pk
    assert done.carried_out_at is not None
    with pytest.raises(NotReleased, match="carried out"):
        take_up(actor=STEWARD, kind="wipe")
    acts = AuditEntry.objects.filter(action__startswith="emergency.").order_by("sequence")
    assert [a.action for a in acts] == [
        "emergency.ask",
        "emergency.release",
        "emergency.carry_out",
    ]


def test_nobody_releases_the_own_order_and_the_operator_none(two: tuple[Viewer, Viewer]) -> None:
    first, _ = two
    order = ask(actor=first, kind="evacuate", reason=WHY)
    with pytest.raises(NotReleasable, match="yourself"):
        release(actor=first, order=order)
    for act in (release, withdraw):
        with pytest.raises(Denied):
            act(actor=STEWARD, order=order)
    with pytest.raises(Denied):
        ask(actor=STEWARD, kind="evacuate", reason=WHY)


def test_the_database_itself_refuses_one_person_in_both_places(
    two: tuple[Viewer, Viewer],
) -> None:
    order = ask(actor=two[0], kind="wipe", reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(released_by=two[0].account_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(carried_out_at=timezone.now())


def test_an_order_lapses_unreleased_and_released(two: tuple[Viewer, Viewer]) -> None:
    first, second = two
    late = ask(actor=first, kind="wipe", reason=WHY)
    with clock.standing(timezone.now() + dt.timedelta(hours=25)):
        with pytest.raises(NotReleasable, match="lapsed"):
            release(actor=second, order=late)
    release(actor=second, order=late)
    with clock.standing(timezone.now() + dt.timedelta(hours=5)):
        with pytest.raises(NotReleased, match="lapsed"):
            take_up(actor=STEWARD, kind="wipe")


def test_an_order_holds_for_its_own_kind_and_subject_only(two: tuple[Viewer, Viewer]) -> None:
    first, second = two
    given = {"kind": "break_glass", "reason": WHY, "subject": "adviser", "all_missions": True}
    release(actor=second, order=ask(actor=first, **given))
    for kind, subject in (("wipe", ""), ("evacuate", ""), ("break_glass", "administrator")):
        with pytest.raises(NotReleased):
            take_up(actor=first, kind=kind, subject=subject)
    assert take_up(actor=first, kind="break_glass", subject="adviser").subject == "adviser"


def test_a_withdrawn_order_and_one_of_a_closed_account_hold_nothing(
    two: tuple[Viewer, Viewer], person: Person
) -> None:
    first, second = two
    order = release(actor=second, order=ask(actor=first, kind="wipe", reason=WHY))
    withdraw(actor=first, order=order)
    with pytest.raises(NotReleased, match="withdrawn"):
        take_up(actor=STEWARD, kind="wipe")
    with pytest.raises(NotReleasable):
        release(actor=second, order=order)
    gone = person("gone", "planner")
    release(actor=second, order=ask(actor=viewer_of(gone), kind="wipe", reason=WHY))
    close_account(actor=STEWARD, account=gone, reason="account was stolen")
    with pytest.raises(NotReleased, match="closed"):
        take_up(actor=STEWARD, kind="wipe")


@pytest.mark.parametrize("role", ["adviser", "commander", "ministry", "operations", "partner"])
def test_other_roles_may_neither_ask_nor_carry_out(person: Person, role: str) -> None:
    me = viewer_of(person("somebody", role))
    with pytest.raises(Denied):
        ask(actor=me, kind="wipe", reason=WHY)
    with pytest.raises(Denied):
        take_up(actor=me, kind="wipe")


def test_an_order_needs_a_known_kind_a_reason_and_a_role_where_one_is_named(
    two: tuple[Viewer, Viewer],
) -> None:
    for given in (
        {"kind": "launch", "reason": WHY},
        {"kind": "wipe", "reason": "now"},
        {"kind": "break_glass", "reason": WHY},
        {"kind": "break_glass", "reason": WHY, "subject": "king"},
    ):
        with pytest.raises(BadOrder):
            ask(actor=two[0], **given)
    assert not Order.objects.exists()

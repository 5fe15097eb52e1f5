"""The emergency account at the command line: every act by one's own password, refusals in words."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from primacy.platform.accounts.models import Account, RoleGrant
from primacy.platform.audit.models import AuditEntry
from primacy.platform.orders.models import EmergencyOpening, Order
from primacy.rooms.places.facade import Mission
from tests.accounts.conftest import PASSWORD, Person, code, whoami
from tests.accounts.test_people_pages import run

pytestmark = pytest.mark.django_db
WHY = "Both planners are cut off and the board must open."
NOTE = "Opened the board of one district; nothing else was touched."
BY = {"PRIMACY_PASSWORD": PASSWORD}


@pytest.fixture
def two(person: Person) -> tuple[str, str]:
    return person("planner", "planner").email, person("overseer", "oversight").email


@pytest.fixture
def here(make_mission: Callable[..., Mission]) -> Mission:
    make_mission("elsewhere")
    return make_mission("here")


def done(*words: str, **environment: str) -> str:
    """The words of a command that worked."""
    status, said = run(*words, **(environment or BY))
    assert status == 0, said
    return said


def refused(*words: str, **environment: str) -> str:
    """The words of a command that was refused."""
    status, said = run(*words, **(environment or BY))
    assert status != 0, said
    return said


def asked(account: str, *more: str) -> str:
    """The id of a new order for the emergency account."""
    words = ("emergency", "ask", "break_glass", "--subject", "planner", "--reason", WHY)
    found = re.search(r"Asked for as ([0-9a-f-]{36})", done(*words, "--as", account, *more))
    assert found is not None
    return found[1]


def listed() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(done("emergency", "list", "--json"))
    return rows


def test_asked_for_released_opened_closed_and_reviewed(
    two: tuple[str, str], here: Mission, person: Person
) -> None:
    first, second = two
    order = asked(first, "--mission", "here")
    [row] = listed()
    assert (row["stage"], row["mission"], row["subject"]) == ("asked", "here", "planner")
    assert row["released_by"] == ""
    assert "yourself" in refused("emergency", "release", order, "--as", first)
    opening = ("emergency", "open", "planner", "--mission", "here", "--as", first)
    assert "nobody released" in refused(*opening)
    done("emergency", "release", order, "--as", second)
    said = done(*opening)
    link = re.search(r"/enter/[\w-]+/", said)
    assert link is not None
    browser = Client()
    browser.post(link[0])
    assert whoami(browser) == "Emergency account"
    grant = RoleGrant.objects.get(account__emergency=True)
    assert (grant.role, grant.mission_id) == ("planner", here.pk)
    assert "open until" in done("emergency", "list")

    third = person("inspector", "oversight").email
    review = ("emergency", "review", order, "--note", NOTE, "--as")
    assert "still open" in refused(*review, third)
    done("emergency", "close", "--as", second)
    assert whoami(browser) == "guest"
    assert "closed already" in refused("emergency", "close", "--as", second)
    assert "to be reviewed" in done("emergency", "list")
    assert "can't review" in refused(*review, second)
    assert "Nothing was kept" in refused(
        "emergency", "review", order, "--note", "ok", "--as", third
    )
    done(*review, third)
    assert EmergencyOpening.objects.get().review == NOTE
    assert listed()[0]["reviewed"] is True
    assert "reviewed already" in refused(*review, third)
    acts = AuditEntry.objects.filter(action__startswith="emergency.").order_by("sequence")
    assert [act.action for act in acts] == [
        "emergency.ask", "emergency.release", "emergency.carry_out", "emergency.account.open",
        "emergency.account.close", "emergency.account.review",
    ]  # fmt: skip
    assert {act.mission_id for act in acts} == {str(here.pk)}


def test_the_mission_is_named_and_all_of_them_are_asked_for_in_words(
    two: tuple[str, str], here: Mission
) -> None:
    first, second = two
    ask = ("emergency", "ask", "break_glass", "--subject", "planner", "--reason", WHY)
    assert "Name the mission" in refused(*ask, "--as", first)
    assert "not both" in refused(*ask, "--as", first, "--mission", "here", "--all-missions")
    assert "No mission 'nowhere'" in refused(*ask, "--as", first, "--mission", "nowhere")
    assert not Order.objects.exists()
    order = asked(first, "--all-missions")
    done("emergency", "release", order, "--as", second)
    only_here = ("emergency", "open", "planner", "--mission", "here", "--as", first)
    assert "there is no order yet" in refused(*only_here)
    assert "all missions" in done("emergency", "list")
    done("emergency", "open", "planner", "--as", first)
    assert RoleGrant.objects.get(account__emergency=True).mission_id is None


def test_a_withdrawn_order_opens_nothing(two: tuple[str, str], here: Mission) -> None:
    first, second = two
    order = asked(first, "--mission", "here")
    done("emergency", "release", order, "--as", second)
    done("emergency", "withdraw", order, "--as", second, "--reason", "the planner is back")
    opening = ("emergency", "open", "planner", "--mission", "here", "--as", first)
    assert "withdrawn" in refused(*opening)
    assert "over already" in refused("emergency", "withdraw", order, "--as", first)
    assert "the planner is back" in AuditEntry.objects.get(action="emergency.withdraw").body
    assert not Account.objects.filter(emergency=True).exists()


def test_each_act_takes_the_own_password_and_code(person: Person, here: Mission) -> None:
    first, second = person("planner", "planner", factor=True), person("overseer", "oversight")
    ask = (
        "emergency", "ask", "break_glass", "--subject", "planner", "--reason", WHY,
        "--mission", "here", "--as", first.email,
    )  # fmt: skip
    assert "do not fit" in refused(*ask, PRIMACY_PASSWORD="guessed")
    assert "not right" in refused(*ask, **BY, PRIMACY_CODE="000000")
    now = code()
    done(*ask, **BY, PRIMACY_CODE=now)
    assert "used already" in refused(*ask, **BY, PRIMACY_CODE=now)
    order = str(Order.objects.get().pk)
    for act in (("release", order), ("withdraw", order), ("open", "planner"), ("close",)):
        assert "do not fit" in refused(
            "emergency", *act, "--as", second.email, PRIMACY_PASSWORD="guessed"
        )
    assert Order.objects.get().released_by is None


def test_an_unknown_order_and_one_that_opened_nothing_are_told_in_words(
    two: tuple[str, str], here: Mission
) -> None:
    first, second = two
    assert "There is no order" in refused("emergency", "release", "abc", "--as", second)
    order = asked(first, "--mission", "here")
    review = ("emergency", "review", order, "--note", NOTE, "--as", second)
    assert "nothing to review" in refused(*review)

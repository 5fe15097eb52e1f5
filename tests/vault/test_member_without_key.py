"""A member who holds no share is told whom to ask, in the same words everywhere."""

import pytest

from primacy.platform.accounts.actions import admit_to_compartment
from primacy.platform.policy import operator
from tests.contract.callers import Caller
from tests.vault.conftest import NAME, Circle
from tests.vault.test_compartment_commands import Desk, desk
from tests.vault.test_compartment_pages import INSIDE, enter, text

WORDS = "restricted information: ask Human rights component"

__all__ = ["desk"]


@pytest.fixture
def member(circle: Circle) -> str:
    """A planner whom the site's operator made a member: the key is not the operator's to give."""
    admit_to_compartment(
        actor=operator("root"),
        compartment=circle.vault.compartment,
        account=circle.accounts["planner"],
    )
    return "planner"


def test_page_api_and_command_name_the_owner_to_a_member_without_key(
    circle: Circle, member: str, desk: Desk
) -> None:
    row = circle.report()
    page = text(enter(circle, member), INSIDE)
    listed = Caller(circle.accounts[member]).get("/compartments/sources/identities")[1]
    printed = desk.do(member, "identities", "sources", answers=[])[1]
    for shown in (page, listed["items"][0]["content"], printed):
        assert WORDS in shown
        assert NAME not in shown
    assert row.pseudonym in page


def test_a_reader_whose_key_is_locked_is_told_that_it_is_sealed(circle: Circle, desk: Desk) -> None:
    circle.report()
    page = text(enter(circle, "human_rights"), INSIDE)
    assert "sealed" in page
    assert WORDS not in page
    assert WORDS not in desk.do("human_rights", "identities", "sources", answers=[])[1]


def test_who_is_no_member_is_not_even_told_that_something_is_restricted(circle: Circle) -> None:
    circle.report()
    assert WORDS not in text(enter(circle, "adviser"), INSIDE)
    status, told = Caller(circle.accounts["adviser"]).get("/compartments/sources/identities")
    assert status == 404
    assert "restricted" not in str(told)

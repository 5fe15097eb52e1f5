"""The permission layer against its own table, and `visible` against a brute-force reading."""

import itertools
import uuid
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primacy.platform.accounts.actions import admit_to_compartment, create_compartment
from primacy.platform.accounts.models import Account, Compartment, Organisation
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import (
    Denied,
    Grant,
    Marking,
    UnknownPermission,
    Viewer,
    ViewerKind,
    guest,
    may_read,
    operator,
    require,
    visible,
)
from primacy.platform.policy.roles import (
    GUEST_PERMISSIONS,
    PERMISSIONS,
    ROLES,
    clearance_of,
    permissions_of,
)
from primacy.rooms.places.models import Area, Mission

OURS, THEIRS = uuid.UUID(int=1), uuid.UUID(int=2)


def holder(role: str, mission_id: uuid.UUID | None) -> Viewer:
    return Viewer(kind=ViewerKind.ACCOUNT, label=role, grants=(Grant(role, mission_id),))


@pytest.mark.parametrize(("role", "permission"), itertools.product(ROLES, PERMISSIONS))
def test_a_role_may_exactly_what_its_table_says_and_only_on_its_mission(
    role: str, permission: str
) -> None:
    listed = permission in ROLES[role][1]
    for scope, asked, allowed in (
        (OURS, OURS, listed),
        (OURS, THEIRS, False),
        (OURS, None, False),
        (None, OURS, listed),
        (None, None, listed),
    ):
        viewer = holder(role, scope)
        if allowed:
            require(viewer, permission, asked)
        else:
            with pytest.raises(Denied) as refusal:
                require(viewer, permission, asked)
            assert str(PERMISSIONS[permission]) in refusal.value.reason


def test_duties_stay_separated() -> None:
    assert not permissions_of("administrator") & {p for p in PERMISSIONS if p.endswith(".view")}
    assert not any(
        "readiness.sign" in permissions_of(role)
        for role in ("administrator", "oversight", "partner", "human_rights", "operations")
    )
    writing = {p for p in PERMISSIONS if not p.endswith((".view", ".read", ".reads"))}
    # Oversight keeps its own sources apart, is one of two persons behind an emergency order, and
    # answers what is asked of the inspectorate; it writes no other record of the mission.
    assert permissions_of("oversight") & writing == {
        "compartments.own", "emergency.order", "census.answer",
    }  # fmt: skip
    assert not permissions_of("partner") & writing
    assert [role for role in ROLES if "accounts.manage" in permissions_of(role)] == [
        "administrator"
    ]
    assert all(permissions_of(role) <= set(PERMISSIONS) for role in ROLES)
    assert set(PERMISSIONS) >= GUEST_PERMISSIONS


def test_a_role_that_does_not_exist_carries_nothing() -> None:
    assert permissions_of("king") == frozenset()
    assert clearance_of("king") == Marking.PUBLIC
    with pytest.raises(Denied):
        require(holder("king", None), "places.view", OURS)


@pytest.mark.parametrize("viewer", [guest(), operator("x"), holder("planner", None)])
def test_a_permission_nobody_defined_is_an_error_and_not_a_refusal(viewer: Viewer) -> None:
    with pytest.raises(UnknownPermission):
        require(viewer, "places.paint", OURS)
    with pytest.raises(UnknownPermission):
        viewer.missions_with("places.paint")


def test_guests_may_nothing_that_writes() -> None:
    for permission in PERMISSIONS:
        with pytest.raises(Denied):
            require(guest(), permission, OURS)


@pytest.fixture
def planted(db: None) -> tuple[list[Mission], list[Compartment]]:
    """An area of every marking, in and out of compartments, in a closed and an open mission."""
    owner = Organisation.objects.create(name="Human rights")
    compartments = [
        Compartment.objects.create(code=code, name=code, owner=owner) for code in ("blue", "red")
    ]
    missions = [
        Mission.objects.create(
            code=code, name=code, short_name=code, country=code, open_to_guests=open_to
        )
        for code, open_to in (("closed", False), ("open", True))
    ]
    for mission, marking, compartment in itertools.product(
        missions, Marking, (None, *compartments)
    ):
        code = f"{marking}-{compartment.code if compartment else 'none'}"
        Area.objects.create(
            mission=mission,
            code=code,
            name=code,
            level=1,
            marking=marking,
            compartment=compartment,
        )
    return missions, compartments


roles = st.sampled_from([*ROLES, "king"])


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    grants=st.lists(st.tuples(roles, st.sampled_from([0, 1, None])), max_size=3),
    inside=st.sets(st.sampled_from([0, 1])),
    kind=st.sampled_from(ViewerKind),
    permission=st.sampled_from(["places.view", "places.edit", "audit.read"]),
)
def test_nobody_ever_reads_a_foreign_mission_a_higher_marking_or_a_foreign_compartment(
    planted: tuple[list[Mission], list[Compartment]],
    grants: list[tuple[str, int | None]],
    inside: set[int],
    kind: ViewerKind,
    permission: str,
) -> None:
    missions, compartments = planted
    held = kind is ViewerKind.ACCOUNT
    viewer = Viewer(
        kind=kind,
        label="somebody",
        grants=tuple(
            Grant(role, None if at is None else missions[at].pk) for role, at in grants if held
        ),
        compartments=frozenset(compartments[at].pk for at in inside if held),
    )

    seen = set(visible(viewer, Area.objects.all(), permission).values_list("pk", flat=True))

    for area in Area.objects.select_related("mission"):
        open_row = area.mission.open_to_guests and area.marking == Marking.PUBLIC
        cleared = any(
            grant.mission_id in (None, area.mission_id)
            and permission in permissions_of(grant.role)
            and area.marking <= clearance_of(grant.role)
            for grant in viewer.grants
        )
        expected = (area.compartment_id is None or area.compartment_id in viewer.compartments) and (
            cleared or kind is ViewerKind.OPERATOR or (open_row and permission in GUEST_PERMISSIONS)
        )
        assert (area.pk in seen) == expected, (area.mission.code, area.code)
        assert expected == may_read(
            viewer,
            permission,
            mission_id=area.mission_id,
            open_to_guests=area.mission.open_to_guests,
            marking=area.marking,
            compartment_id=area.compartment_id,
        )


def test_only_members_read_a_compartment_and_not_even_the_operator(
    planted: tuple[list[Mission], list[Compartment]],
    make_account: Callable[..., Account],
    steward: Viewer,
) -> None:
    missions, (blue, _) = planted
    officer = make_account("human_rights", missions[0])
    rows = Area.objects.filter(mission=missions[0], compartment=blue)
    assert visible(viewer_of(officer), rows, "places.view").count() == 0
    assert visible(steward, rows, "places.view").count() == 0

    admit_to_compartment(actor=steward, compartment=blue, account=officer)

    assert visible(viewer_of(officer), rows, "places.view").count() == len(Marking)


def test_an_administrator_of_another_organisation_admits_nobody(
    planted: tuple[list[Mission], list[Compartment]],
    make_account: Callable[..., Account],
    steward: Viewer,
) -> None:
    administrator = make_account("administrator")
    owner = make_account("administrator.owner").organisation
    theirs = create_compartment(actor=steward, code="green", name="green", owner=owner)
    me = viewer_of(administrator)
    with pytest.raises(Denied, match="belongs to Human rights"):
        admit_to_compartment(actor=me, compartment=planted[1][0], account=administrator)
    admit_to_compartment(actor=me, compartment=theirs, account=administrator)
    assert viewer_of(administrator).compartments == {theirs.pk}


def test_child_rows_are_filtered_by_the_record_they_belong_to(
    planted: tuple[list[Mission], list[Compartment]],
) -> None:
    from primacy.platform.sources.models import Source
    from primacy.rooms.places.models import AreaPopulation

    source = Source.objects.create(title="Census")
    for area in Area.objects.all():
        AreaPopulation.objects.create(area=area, year=2010, value=1, source=source)
    rows = visible(guest(), AreaPopulation.objects.all(), "places.view", via="area")
    assert [row.area.code for row in rows] == ["0-none"]

"""Exercise accounts: one person per party, so that a stranger can try a joint decision."""

from primacy.platform.accounts.actions import (
    create_account,
    ensure_organisation,
    grant_role,
    issue_sign_in_link,
)
from primacy.platform.accounts.errors import NoSuchAccount
from primacy.platform.accounts.queries import account_by_email
from primacy.platform.policy import Viewer

PEOPLE = (
    ("Mission planner", "planner", "planner", "Mission planning unit (exercise)", "mission"),
    ("UN police adviser", "adviser", "adviser", "Mission police (exercise)", "mission"),
    ("Human rights officer", "rights", "human_rights", "Human rights (exercise)", "mission"),
    ("Local police commander", "commander", "commander", "Local police (exercise)", "force"),
    (
        "Ministry official",
        "ministry",
        "ministry",
        "Ministry of the interior (exercise)",
        "ministry",
    ),
)
"""Label, address, role, organisation and party of each made-up person."""


def exercise_links(*, actor: Viewer) -> list[tuple[str, str]]:
    """A fresh one-time link for each exercise account, made where it does not exist yet."""
    links = []
    for label, address, role, organisation, party in PEOPLE:
        email = f"{address}@exercise.primacy.local"
        try:
            account = account_by_email(email)
        except NoSuchAccount:
            place = ensure_organisation(actor=actor, name=organisation, party=party)
            account = create_account(
                actor=actor, email=email, name=f"{label} (exercise)", organisation=place
            )
            grant_role(actor=actor, account=account, role=role)
        links.append((label, issue_sign_in_link(actor=actor, account=account)))
    return links

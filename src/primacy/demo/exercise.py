"""Exercise accounts: invented people of every party, so that a stranger can try a joint decision.

They hold roles on exercise missions only, which is where they are made (see `demo.carana`).
"""

from django.utils.translation import gettext as _

from primacy.platform.accounts.actions import issue_sign_in_link
from primacy.platform.accounts.queries import accounts
from primacy.platform.policy import Viewer


class NoExerciseAccounts(LookupError):
    """The site holds no exercise, so nobody can be given a link to one."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This site has no exercise accounts. No link was made. Build the exercise country "
                "in a folder of its own: primacy --home FOLDER demo carana"
            )
        )


def exercise_links(*, actor: Viewer) -> list[tuple[str, str]]:
    """A fresh one-time link for each open exercise account, by the name of the person."""
    rows = accounts(actor).filter(exercise=True, is_active=True).order_by("date_joined", "email")
    return [(row.name, issue_sign_in_link(actor=actor, account=row)) for row in rows]

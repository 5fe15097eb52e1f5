"""Who acts: a named person, where the operator of the server would not do."""

import uuid

from django.utils.translation import gettext as _

from primacy.platform.policy import Viewer
from primacy.rooms.support.errors import BadRequest


def named_person(who: Viewer) -> uuid.UUID:
    """The account of who acts; `BadRequest` for the server's operator, who belongs to no office."""
    if who.account_id is None:
        raise BadRequest(_("A named person does this: act with an account."))
    return who.account_id

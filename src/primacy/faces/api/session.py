"""Who calls: the session of the pages. Guests read what is open; writes carry the CSRF token."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf
from pydantic import BaseModel

from primacy.faces.api.refusals import CsrfRefused
from primacy.platform.policy import Viewer
from primacy.rooms.places.api.frame import viewer_of

router = Router(tags=["Session"])


class SessionViewer(APIKeyCookie):
    """Lets every viewer in, guests too: what each may see and do is decided by the rooms."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        # The check is made below, so that its refusal has the API's own shape.
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer:
        """The viewer of the request; a session without token may not write."""
        viewer = viewer_of(request)
        # A guest has no session that a foreign page could ride on, and no right to write.
        if not viewer.is_guest and check_csrf(request) is not None:
            raise CsrfRefused
        return viewer


class SessionOut(BaseModel):
    """Who you are to this site, and the token that writes must carry."""

    kind: str
    label: str
    party: str
    roles: list[str]
    csrf_token: str


@router.get("/session", response=SessionOut)
def get_session(request: HttpRequest) -> SessionOut:
    """Who you are here. Send `csrf_token` as the header X-CSRFToken with every write."""
    viewer = viewer_of(request)
    return SessionOut(
        kind=viewer.kind.value,
        label=viewer.label,
        party=viewer.party,
        roles=sorted({grant.role for grant in viewer.grants}),
        csrf_token=get_token(request),
    )

"""What every page's frame needs."""

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """The viewer, for the account menu; pages add mission, date and crumbs."""
    return {"viewer": getattr(request, "viewer", None)}

"""The HTTP API of the site: the rooms' routers under one roof. Mount at `api/v1/`."""

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Router
from ninja.operation import Operation

from primacy.faces.api import audit, compartments, imports, session
from primacy.faces.api.listing import RouteTable
from primacy.faces.api.refusals import attach
from primacy.rooms.cases.api import router as cases
from primacy.rooms.census.api import router as census
from primacy.rooms.forces.api import router as forces
from primacy.rooms.incidents.api import router as incidents
from primacy.rooms.persons.api import router as persons
from primacy.rooms.places.api import router as places
from primacy.rooms.readiness.api import router as readiness
from primacy.rooms.screening.api import router as screening
from primacy.rooms.support.api import router as support
from primacy.rooms.training.api import router as training

ROUTERS = (
    session.router,
    places,
    readiness,
    forces,
    persons,
    incidents,
    screening,
    support,
    census,
    training,
    cases,
    compartments.router,
    imports.router,
    audit.router,
)

remainder = Router()


class SiteApi(NinjaAPI):
    """A NinjaAPI whose operations are named by their functions, so that clients read well."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function; every route has one of its own."""
        return str(operation.view_func.__name__)


def build() -> SiteApi:
    """The API with all routers and the one shape of refusals."""
    made = SiteApi(
        title="Primacy API",
        version="1",
        description=(
            # English as the names of the fields are, and made once for all.
            "Who leads security now, whether the local force is ready to lead, on what evidence. "
            "The same reads and acts as the pages and the command line, with the same rights."
        ),
        urls_namespace="api",
        docs=RouteTable(),
        docs_url="/docs",
        openapi_url="/openapi.json",
        auth=session.SessionViewer(),
        openapi_extra={"info": {"license": {"name": "Apache-2.0"}}},
    )
    attach(made)
    for router in ROUTERS:
        made.add_router("", router)
    # Last, so that it takes only what no other route takes.
    made.add_router("", remainder)
    return made


@remainder.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False
)
def nothing_here(request: HttpRequest, rest: str) -> None:
    """Never returns: an address without a route is answered in the API's own shape."""
    raise Http404(rest)


api = build()

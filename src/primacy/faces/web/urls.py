"""Routes of the site: each room brings its own, the face adds the frame's."""

from django.urls import URLPattern, URLResolver, include, path

from primacy.faces.api.site import api
from primacy.faces.web.views import case, enter, home, imports, map, search, site_audit, start

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("missions/", home.mission_list, name="missions"),
    path("missions/new/", start.new_mission, name="mission-new"),
    path("enter/<str:token>/", enter.enter, name="enter"),
    path("audit/", site_audit.audit, name="audit"),
    path("api/v1/", api.urls),
    path("accounts/", include("primacy.faces.web.account_urls")),
    path("m/<slug:mission>/case/", case.case, name="case"),
    path("m/<slug:mission>/case/leads/", case.leads, name="case-leads"),
    path("m/<slug:mission>/map/", map.map_page, name="map"),
    path("m/<slug:mission>/map/areas.geojson", map.areas, name="map-areas"),
    path("m/<slug:mission>/map/basemap.geojson", map.base_map, name="map-basemap"),
    path("m/<slug:mission>/map/incidents.geojson", map.incidents, name="map-incidents"),
    path("m/<slug:mission>/map/sites.geojson", map.site_points, name="map-sites"),
    path("m/<slug:mission>/map/panel/<str:kind>/<str:key>/", map.panel, name="map-panel"),
    path("m/<slug:mission>/search/", search.search, name="search"),
    path("m/<slug:mission>/imports/", imports.import_list, name="imports"),
    path("m/<slug:mission>/imports/<uuid:pk>/", imports.import_page, name="import"),
    path("m/<slug:mission>/imports/<uuid:pk>/load/", imports.load, name="import-load"),
    path("m/<slug:mission>/imports/<uuid:pk>/cancel/", imports.cancel, name="import-cancel"),
    path("m/<slug:mission>/imports/<uuid:pk>/undo/", imports.undo, name="import-undo"),
    path(
        "m/<slug:mission>/imports/<uuid:pk>/problems.csv",
        imports.problems,
        name="import-problems",
    ),
    path("m/<slug:mission>/", include("primacy.rooms.readiness.urls")),
    path("m/<slug:mission>/", include("primacy.rooms.places.urls")),
    path("m/<slug:mission>/", include("primacy.rooms.forces.urls")),
    path("m/<slug:mission>/", include("primacy.rooms.incidents.urls")),
    path("m/<slug:mission>/", include("primacy.rooms.cases.urls")),
]

handler400 = "primacy.faces.web.refusals.bad_request"
handler403 = "primacy.faces.web.refusals.forbidden"
handler404 = "primacy.faces.web.refusals.not_found"
handler500 = "primacy.faces.web.refusals.server_error"

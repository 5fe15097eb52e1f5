"""Run inside a site's environment: builds the country, opens sessions, serves, counts afterwards.

`python -m benchmarks.web.site build|sessions|serve|count …`: a process of its own for each, so
that the client never shares memory or time with the server.
"""

import datetime as dt
import json
import os
import sys

import django

FLOOR = "/floor/"
"""The address of a page with one query and ten lines: what the server itself costs."""


def build(districts: int, police: int, incidents: int) -> None:
    """Nothing; builds Carana of this size into the site, unless it is there."""
    from primacy.demo.carana import CODE, CaranaOptions
    from primacy.demo.carana.build import build_carana
    from primacy.platform.policy import operator
    from primacy.rooms.places.facade import missions

    me = operator("benchmark")
    if missions(me).filter(code=CODE).exists():
        return
    until = dt.date.today()
    options = CaranaOptions(until=until, districts=districts, police=police, incidents=incidents)
    build_carana(operator=me, options=options, progress=lambda what: None)


def sessions(officers: int) -> None:
    """Nothing; prints one cookie an officer, and what their forms need."""
    from django.conf import settings
    from django.test import Client

    from primacy.platform.accounts.models import Account
    from primacy.platform.accounts.queries import viewer_of
    from primacy.platform.policy import operator
    from primacy.rooms.places.facade import missions
    from primacy.rooms.readiness.facade import assessments, board_areas, open_ledger

    settings.ALLOWED_HOSTS = ["*"]
    me = operator("benchmark")
    mission = missions(me).get(code="carana")
    people = [
        account
        for account in Account.objects.order_by("email")
        if viewer_of(account).has("readiness.observe", mission.pk)
        and viewer_of(account).has("incidents.edit", mission.pk)
    ]
    cookies = []
    for number in range(officers):
        client = Client()
        account = people[number % len(people)]
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        cookies.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    known = board_areas(me, mission, open_ledger(me, mission))
    boxes = [(str(area.pk), area.code) for area in known]
    found = {
        "name": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "cookies": cookies,
        "areas": boxes,
        "assessments": [str(row.pk) for row in assessments(me, mission)[:200]],
    }
    print(json.dumps(found))


def count(marker: str) -> None:
    """Nothing; prints how many records of a run are there, and whether the audit chain holds."""
    from primacy.platform.audit.queries import verify
    from primacy.platform.policy import operator
    from primacy.rooms.incidents.facade import incidents
    from primacy.rooms.places.facade import missions
    from primacy.rooms.readiness.facade import observations

    me = operator("benchmark")
    mission = missions(me).get(code="carana")
    found = {
        "evidence": observations(me, mission).filter(note__startswith=marker).count(),
        "incidents": incidents(me, mission).filter(headline__startswith=marker).count(),
        "chain": verify(me).intact,
    }
    print(json.dumps(found))


def serve(port: int) -> None:
    """Nothing; serves as `primacy serve` does, with the floor page beside the site."""
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from primacy.faces.cli.serving import serve_site
    from primacy.faces.web import urls

    def floor(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse("<p>floor</p>" * 10)

    urls.urlpatterns.insert(0, path(FLOOR.strip("/") + "/", floor))
    serve_site("127.0.0.1", port)


def main() -> None:
    """Does what the command line names."""
    from primacy.platform.database.owner import bring_up_to_date
    from primacy.platform.database.viewer_scope import viewer_scope
    from primacy.platform.policy import operator

    what, *given = sys.argv[1:]
    acts = {"build": build, "sessions": sessions}
    if what == "serve":
        # Nobody asks until a request does.
        serve(int(given[0]))
        return
    bring_up_to_date()
    with viewer_scope(operator("benchmark")):
        if what == "count":
            count(given[0])
        else:
            acts[what](*map(int, given))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "primacy.settings.embedded")
if __name__ == "__main__":
    django.setup()
    main()

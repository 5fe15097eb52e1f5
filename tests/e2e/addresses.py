"""The addresses of every page of a served site, with the role that sees each."""

import json
import subprocess
import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, StorageState

from tests.e2e.site import ROOT, Site
from tests.permissions.routes import pages
from tests.permissions.walk import SKIPPED, fill, samples

MISSION = "carana"
ROLES = ("planner", "administrator", "oversight", "guest")
"""Who is asked, in this order, until a page opens."""
NOT_WALKED = SKIPPED | {"account_logout": "signs out", "home": "goes on to a board"}

# Runs in the site's own folder; prints one sample of each record.
SAMPLES = """
import json, django
django.setup()
from django.apps import apps
from primacy.platform.database.viewer_scope import no_viewer
def one(model, **where):
    return apps.get_model(model)._base_manager.filter(**where).order_by("pk").first()
with no_viewer():
    mission = one("places.mission", code="MISSION")
    inside = {"mission_id": mission.pk}
    def of(model, column="pk"):
        row = one(model, **inside)
        return str(getattr(row, column)) if row else "0190f000-0000-7000-8000-000000000001"
    account = one("accounts.account", is_active=True)
    print(json.dumps({"mission": mission.code, "area": of("places.area", "code"),
        "unit": of("forces.unit", "code"), "assessment": of("readiness.assessment"),
        "decision": of("readiness.assessment"), "condition": of("readiness.assessment"),
        "standard": of("readiness.standard"), "incident": of("incidents.incident"),
        "import": of("imports.importbatch"), "job": of("jobs.job"),
        "list": of("screening.listfile"), "screening": of("screening.screening"),
        "roster": of("screening.roster"), "match": of("screening.screening"),
        "task": of("screening.screening"),
        "claim": of("forces.nameclaim", "claim"), "recipient": of("training.recipientname"),
        "responsibility": of("incidents.responsibilityclaim", "claim"),
        "register-person": of("persons.person", "code"), "pair": of("persons.pair"),
        "person-claim": of("persons.postingclaim", "claim"), "merge": of("persons.merge"),
        "term": of("persons.term"), "round": of("census.enrolmentround"),
        "question": of("census.question"), "cohort": of("census.recruitmentcohort", "code"),
        "case": of("support.supportcase"), "reconciliation": of("support.reconciliation"),
        "intercession": of("places.area"), "notice": of("support.hostnotice"),
        "fact": of("cases.fact", "reference"), "account": str(account.pk),
        "grant": str(account.pk)}))
"""


@dataclass(frozen=True)
class Page:
    """One page: its route's name, its address and the role that is shown it."""

    name: str
    path: str
    role: str


def found_on(site: Site) -> dict[str, str]:
    """One sample of each record of the site's training mission."""
    settings = {
        "PRIMACY_HOME": str(site.home),
        "DJANGO_SETTINGS_MODULE": "primacy.settings.embedded",
    }
    done = subprocess.run(
        [sys.executable, "-c", SAMPLES.replace("MISSION", MISSION)],
        capture_output=True,
        text=True,
        env={**site.environment(), **settings},
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def open_pages(site: Site, browser: Browser, states: dict[str, StorageState | None]) -> list[Page]:
    """Every address that answers one of the roles with a page, not a file or a refusal."""
    found = found_on(site)
    values = samples(found)
    contexts = {role: browser.new_context(storage_state=states[role]) for role in ROLES}
    opened = []
    for route in pages():
        if route.name in NOT_WALKED or not route.address.endswith("/"):
            # Without the closing slash: a file to download, not a page.
            continue
        path = fill(route, found, values)
        for role, context in contexts.items():
            answer = context.request.get(site.url + path, max_redirects=0)
            html = answer.headers.get("content-type", "").startswith("text/html")
            if answer.status == 200 and html and "<html" in answer.text():
                opened.append(Page(route.name, path, role))
                break
    for context in contexts.values():
        context.close()
    return opened

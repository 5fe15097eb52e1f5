"""Walks every route as every role; what it finds is the written matrix of the documentation."""

import io
import json
import zipfile
from pathlib import Path

from django.contrib.messages import ERROR, get_messages
from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from primacy.platform.policy.roles import PERMISSIONS, ROLES
from tests.permissions.callers import COLUMNS
from tests.permissions.routes import Route
from tests.permissions.support import bodies_of_support

MATRIX = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"

OPEN, REFUSED, HIDDEN, SIGN_IN, RULE = "open", "refused", "not there", "sign in", "rule"
SIGNS = {OPEN: "●", REFUSED: "✕", HIDDEN: "–", SIGN_IN: "→", RULE: "◌"}

SKIPPED = {
    "openid_connect_login": "goes to another site; tested with a local provider",
    "openid_connect_callback": "comes from another site; tested with a local provider",
}


CLEARANCE = "api /api/v1/missions/{code}/support/clearance"
"""The one read that answers only to a question: who is meant, and what for."""

COMPARTMENT_PAGES = (
    "compartment",
    "compartment-report",
    "compartment-admit",
    "compartment-remove",
    "compartment-rotate",
    "compartment-holders",
    "compartment-recover",
    "compartment-recovery",
    "identity-open",
    "identity-erase",
)
"""Pages within a compartment: walked in one that nobody of the site belongs to."""


def samples(found: dict[str, str]) -> dict[str, str]:
    """A value for each place of each address, by route name and place."""
    some = "0190f000-0000-7000-8000-000000000001"
    values: dict[str, str] = {}

    def give(names: str, place: str, value: str) -> None:
        values.update({f"{name}.{place}": value for name in names.split()})

    give("area area-leads-export", "code", found["area"])
    give("unit claim-new", "code", found["unit"])
    give("claim-new", "kind", "name")
    give("claim claim-correct claim-withdraw", "claim", found["claim"])
    give("assessment assessment-evidence assessment-act assessment-paper", "pk",
         found["assessment"])  # fmt: skip
    give("assessment-act", "act", "remark")
    give("decision-sign decision-withdraw", "pk", found["decision"])
    give("condition-close", "pk", found["condition"])
    give("standard-version standard-sign standard-withdraw", "pk", found["standard"])
    give("incident incident-responsible", "pk", found["incident"])
    give("responsibility responsibility-withdraw", "claim", found["responsibility"])
    give("import import-load import-cancel import-undo import-problems", "pk", found["import"])
    give("register-person person-withdraw person-beside person-claim-new", "code",
         found["register-person"])  # fmt: skip
    give("person-claim-new", "kind", "posting")
    give("person-claim person-claim-correct person-claim-withdraw", "claim", found["person-claim"])
    give("persons-pair", "pk", found["pair"])
    give("persons-apart", "pk", found["merge"])
    give("persons-term-withdraw", "pk", found["term"])
    give("chain-of-command", "unit", found["unit"])
    give("persons-export", "form", "csv")
    give("training-name", "pk", found["recipient"])
    give("exchange-export", "form", "sheets")
    give("job job-cancel job-again", "pk", found["job"])
    give("case-fact", "reference", found["fact"])
    give("census-round census-ask census-counts census-counts-export", "pk", found["round"])
    give("census-close census-make-up census-make-up-export", "pk", found["round"])
    give("census-question", "pk", found["question"])
    give("cohort cohort-act cohort-export", "code", found["cohort"])
    give("cohort-act", "what", "confirm")
    give(
        "board-export case-facts-export incidents-export assessments-export evidence-export "
        "forces-export claims-export sites-export standard-export leads-export area-leads-export "
        "imports-export jobs-export missions-export people-export training-export "
        "training-names-export",
        "form",
        "csv",
    )
    give("census-counts-export census-questions-export cohort-export census-make-up-export",
         "form", "csv")  # fmt: skip
    give("screening screening-export screening-undo screening-stop screening-match "
         "screening-paper", "pk", found["screening"])  # fmt: skip
    give("screening-match", "match", found["match"])
    give("screening-list", "pk", found["list"])
    give("screening-roster screening-roster-drop screening-roster-screen", "pk", found["roster"])
    give("screening-task-done", "pk", found["task"])
    give("screening-export", "form", "csv")
    give("support-case support-do support-edit support-scope support-risk support-joint", "pk",
         found["case"])  # fmt: skip
    give("support-do", "what", "settle")
    give("support-export support-deliveries-export support-report-export", "form", "csv")
    give("support-roster", "pk", found["reconciliation"])
    give("support-letter-paper", "pk", found["intercession"])
    give("support-notice-paper", "pk", found["notice"])
    give("map-panel", "kind", "area")
    give("map-panel", "key", found["area"])
    give("enter", "token", "x" * 32)
    for name in COMPARTMENT_PAGES:
        give(name, "code", "child")
        give(name, "pk", some)
        give(name, "account", some)
    give("person person-act person-grant person-revoke", "key", found["account"])
    give("person-revoke", "grant_key", found["grant"])
    give("person-act", "what", "deactivate")
    give("emergency-close emergency-open emergency-release emergency-review emergency-withdraw",
         "key", some)  # fmt: skip
    give("session-end", "key", "x" * 32)
    give("mfa_edit_webauthn mfa_remove_webauthn", "pk", "1")
    give("audit-person", "pk", found["account"])
    give("audit-seen", "label", "incidents.incident")
    give("audit-seen", "pk", found["incident"])
    return values


def fill(route: Route, found: dict[str, str], values: dict[str, str]) -> str:
    """The address of a route with its samples; a route without one must be given one."""
    known = dict(values)
    for place in route.places:
        if place == "mission" or (route.name.startswith("api ") and place == "code"):
            known[f"{route.name}.{place}"] = found["mission"]
    if route.name.startswith("api "):
        known.update(_api_values(route, found))
    asked = f"?unit={found['unit']}&purpose=fuel" if route.name == CLEARANCE else ""
    try:
        return route.filled(known) + asked
    except KeyError as missing:
        raise AssertionError(f"give a sample for {missing} in tests/permissions/walk.py") from None


def _api_values(route: Route, found: dict[str, str]) -> dict[str, str]:
    kinds = {
        "assessments": "assessment",
        "decisions": "decision",
        "conditions": "condition",
        "standards": "standard",
        "incidents": "incident",
        "seen": "incident",
        "imports": "import",
        "screenings": "screening",
        "training-names": "recipient",
    }
    parts = route.address.split("/")
    if "support" in parts:
        kinds = {"cases": "case", "deliveries": "delivery"}
        ones = {"recipients": "support-recipient", "conditions": "support-condition",
                "suspensions": "suspension", "findings": "finding", "tasks": "support-task",
                "notices": "notice", "visits": "visit",
                "intercessions": "intercession"}  # fmt: skip
        one = next((ones[p] for p in reversed(parts) if p in ones), "case")
        owner = next((kinds[p] for p in parts if p in kinds), "case")
        return {f"{route.name}.pk": found[owner], f"{route.name}.one": found[one]}
    owner = next((kinds[p] for p in parts if p in kinds), "incident")
    return {
        f"{route.name}.pk": found[owner],
        f"{route.name}.area": found["area"],
        f"{route.name}.unit": found["unit"],
        f"{route.name}.label": "incidents.incident",
        f"{route.name}.compartment": "child",
        f"{route.name}.claim": found["person-claim" if "person-claims" in parts else "claim"],
        f"{route.name}.person": found["register-person"],
        f"{route.name}.pair": found["pair"],
        f"{route.name}.merge": found["merge"],
        f"{route.name}.term": found["term"],
        f"{route.name}.round_id": found["round"],
        f"{route.name}.question": found["question"],
        f"{route.name}.cohort": found["cohort"],
        f"{route.name}.match": found["match"],
        f"{route.name}.task_id": found["task"],
    }


def bodies(found: dict[str, str], today: str) -> dict[str, object]:
    """A body for each API route that writes, good enough to reach the rights.

    By its last word; where several share one, by the word of the collection and the last.
    """
    function = "patrol_presence"
    return {
        **bodies_of_support(found, today),
        "assessments": {"area": found["area"], "responsibility": function,
                        "target_lead": "local_supported"},
        "conditions": {"criterion": "logistics.fuel_days", "action": "Act", "owner": "Us",
                       "due_on": today},
        "propose": {"effective_on": today},
        "remarks": {"text": "Seen."},
        "identities": {"mission": found["mission"], "kind": "source", "name": "Somebody"},
        "find": {"passphrase": "four quiet words of a walk", "text": "Somebody"},
        "open": {"passphrase": "four quiet words of a walk"},
        "close": {"closed_on": today, "evidence": "Seen."},
        "sign": {"agrees": True},
        "withdraw": {"reason": "A mistake."},
        "leads": {"areas": [found["area"]], "responsibilities": [function], "lead": "joint",
                  "since": today, "source": "Order"},
        "observations": {"indicator": "logistics.fuel_days", "method": "field",
                         "observed_on": today, "source": "Visit", "area": found["area"],
                         "value": 9},
        "standards": {"name": "New", "change_note": "why", "criteria": []},
        "claims": {"kind": "name", "name": "Harbour guard",
                   "terms": {"first_precise": today, "source": "Visit"}},
        "correct": {"version": 1, "reason": "A slip.", "name": "Harbour guard",
                    "terms": {"first_precise": today, "source": "Visit"}},
        "screenings": {"title": "Course", "kind": "unit", "asked": [{"name": "Harbour guard"}]},
        "person-claims correct": {"version": 1, "reason": "A slip.", "unit": found["unit"],
                                  "terms": {"first_precise": today, "source": "Visit"}},
        "persons": {"name": "Jeanne Ndaye", "source": "Order 4"},
        "search": {"name": "Jeanne Ndaye"},
        "person-pairs": {"one": found["register-person"], "other": found["register-person"]},
        "judgement": {"opinion": "unsure", "reasons": "Seen both records, cannot say."},
        "apart": {"reasons": "Seen together at one parade."},
        "person-terms": {"kind": "role", "words": "Chef de zone", "source": "Order 4"},
        "undo": {"reason": "A mistake."},
        "stop": {"reason": "The course is over."},
        "judgements": {"kind": "cannot_say", "reasons": "Seen both, cannot say."},
        "done": {"outcome": "Looked at both records."},
        "reading": {"reading": "refer", "reason": "Somebody else is to look."},
        "census-rounds": {"name": "Census 2030", "opened_on": today, "census_day": today,
                          "source": "Order 4"},
        "questions": {"rules": []},
        "answer": {"said_by": "Personnel office", "text": "The record is right."},
        "contest": {"said_by": "Somebody concerned", "text": "It is not."},
        "unheard": {"text": "Asked twice at the station."},
        "settle": {"outcome": "explained", "text": "The record is right."},
        "step-back": {"area": found["area"], "responsibility": function, "lead": "mission",
                      "effective_on": today, "reason": "Unrest"},
    }  # fmt: skip


def ask(client: Client, route: Route, address: str, body: object) -> tuple[str, bytes, int]:
    """What one caller gets at one route: the outcome, the content, the status. All is undone."""
    with transaction.atomic():
        if route.method == "GET":
            answer = client.get(address)
            if answer.status_code == 405:
                answer = client.post(address, {})
        else:
            text = json.dumps(body or {})
            answer = client.generic(route.method, address, text, content_type="application/json")
        content = b"".join(answer) if answer.streaming else answer.content
        told = [m.level for m in get_messages(answer.wsgi_request)]
        transaction.set_rollback(True)
    reached = outcome(answer.status_code, answer.headers.get("Location", ""))
    if reached == OPEN and answer.status_code == 302 and ERROR in told:
        # The page answers a refusal by going back with a message.
        reached = RULE
    return reached, content, answer.status_code


def outcome(status: int, location: str) -> str:
    """The status as the matrix says it."""
    if status in (301, 302) and "/accounts/login" in location:
        return SIGN_IN
    if status == 401:
        return SIGN_IN
    if status < 400:
        return OPEN
    if status == 403:
        return REFUSED
    if status == 404:
        return HIDDEN
    return RULE if status in (400, 409, 422) else f"error {status}"


def readable(content: bytes) -> str:
    """All words of an answer, also of a workbook or a PDF."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "replace")


def written(lines: dict[str, dict[str, str]]) -> str:
    """The matrix as a page of the documentation."""
    heads = " | ".join(COLUMNS)
    rule = " | ".join("---" for _ in range(len(COLUMNS) + 1))
    body = "\n".join(
        f"| `{route}` | " + " | ".join(SIGNS.get(found[c], found[c]) for c in COLUMNS) + " |"
        for route, found in lines.items()
    )
    return f"{HEAD}\n| route | {heads} |\n| {rule} |\n{body}\n{_rights()}"


HEAD = """# Who may what

Made by walking every page and every API route of a furnished site as every role
(`tests/permissions`); a test compares each run with this page, so a change of rights is read here
before it lands. The mission is not open to guests; each role is held on that mission alone.
"elsewhere" holds a planner's role on another mission, "no role" has an account and nothing else.

● open · ◌ the right is there, a rule refuses this body or moment · ✕ refused · – not there for this
person · → sign in first

Compartments are beside the roles: a record in a compartment is not there for anybody outside it,
whatever the role. The same walk looks for planted records of a foreign compartment, of another
mission and above the clearance in every answer, and finds none.
"""


def _rights() -> str:
    lines = ["", "## Roles and their permissions", "", "| permission | " + " | ".join(ROLES) + " |"]
    lines.append("| " + " | ".join("---" for _ in range(len(ROLES) + 1)) + " |")
    for code, words in PERMISSIONS.items():
        cells = " | ".join("●" if code in ROLES[role][1] else "" for role in ROLES)
        lines.append(f"| `{code}`: {words} | {cells} |")
    clearances = " | ".join(ROLES[role][2].name.lower() for role in ROLES)
    lines.append(f"| clearance | {clearances} |")
    return "\n".join(lines) + "\n"

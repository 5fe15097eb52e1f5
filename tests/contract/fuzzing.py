"""Calls made up from the description of the API, sent as each kind of caller."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import schemathesis
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.core.transport import Response

SERVER = "http://testserver"
KEEPS_ITS_OWN = 4
"""Of so many examples one keeps its made-up code and id; the others reach a record that exists."""


@dataclass
class Tally:
    """What a run did: calls, and what was wrong in each."""

    calls: int = 0
    by_status: dict[int, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def examples(
    operation: schemathesis.schemas.APIOperation, count: int
) -> Iterator["schemathesis.Case"]:
    """So many cases of one operation, the same in every run; nothing is shrunk or kept."""
    found: list[schemathesis.Case] = []

    @seed(20)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def gather(case: "schemathesis.Case") -> None:
        found.append(case)

    gather()
    # An operation with few possible cases gives fewer: they are sent again.
    for at in range(count):
        yield found[at % len(found)]


def aim(case: "schemathesis.Case", known: Mapping[str, str], number: int) -> None:
    """Nothing; lets most cases reach a record of the site instead of a made-up one."""
    # Not the first: a short run has no other.
    if number % KEEPS_ITS_OWN == KEEPS_ITS_OWN - 1:
        return
    parts = case.path.split("/")
    owner = next((known[part] for part in parts if part in known), None)
    for name in case.path_parameters:
        if name == "pk" and owner is not None:
            case.path_parameters[name] = owner
        elif name == "one":
            # One of several records below another: the word before it says of which kind.
            kind = f"one of {parts[parts.index('{one}') - 1]}"
            case.path_parameters[name] = known.get(kind, case.path_parameters[name])
        elif name in known:
            case.path_parameters[name] = known[name]


@dataclass(frozen=True)
class Call:
    """A case as it goes over the wire."""

    method: str
    address: str
    body: str | bytes


def call_of(case: "schemathesis.Case") -> Call:
    """The call that a case makes."""
    sent = case.as_transport_kwargs(base_url=SERVER)
    query = urlencode(sent.get("params") or {}, doseq=True)
    address = quote(sent["url"].removeprefix(SERVER), safe="/%:@")
    body = json.dumps(sent["json"]) if "json" in sent else sent.get("data") or ""
    return Call(case.method, f"{address}?{query}", body)


def send(client: Client, call: Call) -> HttpResponse:
    """The answer to one call; whatever it wrote is taken back."""
    with transaction.atomic():
        answer = client.generic(
            call.method, call.address, call.body, content_type="application/json"
        )
        transaction.set_rollback(True)
    return answer


def faults(case: "schemathesis.Case", answer: HttpResponse, secrets: tuple[str, ...]) -> list[str]:
    """What is wrong with an answer: an error of the site, a secret, a shape nobody described."""
    at = f"{case.method} {answer.wsgi_request.get_full_path()[:300]}"
    if answer.status_code >= 500:
        return [f"{at}: {answer.status_code} {answer.content[:300]!r}"]
    declared = {int(status) for status in case.operation.definition.raw["responses"]}
    text = answer.content.decode()
    found = [f"{at}: shows {word}" for word in secrets if word in text]
    if answer.status_code not in declared:
        found.append(f"{at}: {answer.status_code} is not described: {text[:200]}")
        return found
    try:
        case.operation.validate_response(_as_described(answer))
    except BaseExceptionGroup as problems:
        found += [f"{at}: {answer.status_code} {_line(one)}" for one in problems.exceptions]
    return found


def _line(problem: BaseException) -> str:
    """What a failure says, on one line."""
    return " ".join(str(problem).split())[:250]


def _as_described(answer: HttpResponse) -> Response:
    import requests

    asked = requests.Request("GET", SERVER).prepare()
    return Response(
        status_code=answer.status_code,
        headers={name.lower(): [value] for name, value in answer.headers.items()},
        content=answer.content,
        request=asked,
        elapsed=0.0,
        verify=False,
    )

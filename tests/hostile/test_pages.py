"""Every page with made-up values in its address and its query: never an error of the site."""

import datetime as dt
import random
from collections.abc import Callable
from urllib.parse import quote, urlencode

from django.conf import LazySettings
from django.test import Client

from primacy.platform.accounts.models import Account
from tests.conftest import Board
from tests.permissions.callers import clients
from tests.permissions.planting import HIDDEN, furnish, plant_twins
from tests.permissions.routes import pages
from tests.permissions.walk import SKIPPED, fill, readable, samples

POISON = (
    "", "\0", "a\0b", "../../etc/passwd", "..%2f..%2f", "9" * 400, "-1", "0", "1e999", "NaN",
    "2026-02-30", "9999-12-31", "0001-01-01", "10000-01-01", "2026-13", "\u0661\u0662", "\u202e",
    "'\"><script>", "%00", "{{7*7}}", "\U0001f4a3" * 50, "x" * 4000, "18446744073709551616",
    "0190f000-0000-7000-8000-000000000001", "00000000-0000-0000-0000-000000000000", "a,b,c",
    "1,2,3,4", "nan,nan,nan,nan", "inf,1,2,3", "[]", "\r\nSet-Cookie: a=b", "\ud7ff\ufffe",
)  # fmt: skip
QUERIES = (
    "as_of", "known_on", "page", "q", "text", "sort", "from", "to", "type", "area", "unit", "level",
    "bbox", "responsibility", "state", "theme", "place", "kind", "key", "next", "action", "mission",
    "before", "limit", "dimension", "search", "origin", "after", "format", "lang", "standard",
)  # fmt: skip
VARIANTS = 5


def test_no_value_in_an_address_or_a_query_is_an_error(
    make_board: Callable[..., Board],
    make_account: Callable[..., Account],
    settings: LazySettings,
    tmp_path: object,
    today: dt.date,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    board, other = make_board(), make_board("other")
    found = furnish(board, today)
    plant_twins(board)
    people = clients(board, other, make_account)
    chance, wrong, calls = random.Random(20), [], 0
    for route in pages():
        if route.name in SKIPPED or "logout" in route.address:
            continue
        for variant in range(VARIANTS):
            values = dict(samples(found))
            address = fill(route, found, values)
            if route.places and variant % 2:
                spoilt = {place: quote(chance.choice(POISON), safe="") for place in route.places}
                if "mission" in spoilt and variant != 1:
                    spoilt["mission"] = found["mission"]
                address = route.address.format(**spoilt)
            asked = {name: chance.choice(POISON) for name in chance.sample(QUERIES, 12)}
            for who in ("planner", "administrator" if variant % 2 else "guest"):
                calls += 1
                wrong += faults(people[who], f"{address}?{urlencode(asked)}", who)
    assert not wrong, f"{len(wrong)} of {calls}:\n" + "\n".join(wrong[:30])
    assert calls > 500


def faults(client: Client, address: str, who: str) -> list[str]:
    """What is wrong with the answer to one address."""
    answer = client.get(address)
    content = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code >= 500:
        return [f"{who} {answer.status_code} {address[:400]}"]
    if answer.headers.get("Set-Cookie") or HIDDEN in readable(content):
        return [f"{who} was shown what is not theirs at {address[:400]}"]
    return []

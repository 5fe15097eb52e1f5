"""How alerts were answered: each share of what it says, recounted from the steps themselves."""

import datetime as dt
import random

from primacy.platform import clock
from primacy.platform.policy import Marking
from primacy.rooms.warning.actions import accuse, join
from primacy.rooms.warning.measures import Measured, measured
from primacy.rooms.warning.models import AlertStep
from primacy.rooms.warning.queries import alerts
from tests.rooms.warning.conftest import Watch, ago


def of_week(watch: Watch, who: str = "operations", by: str = "") -> list[Measured]:
    """The figures of the last seven days."""
    return measured(watch[who], watch.mission, ago(7 * 1440), clock.now(), by)


def parts(one: Measured) -> dict[str, tuple[int, int]]:
    """Part and whole of each share."""
    return {share.code: (share.part, share.whole) for share in one.shares}


def test_nothing_received_is_no_figure(watch: Watch) -> None:
    assert of_week(watch) == []
    watch.enter()
    [one] = of_week(watch)
    assert parts(one)["in_time"] == (0, 0)
    assert {share.value for share in one.shares} == {0, None}
    assert one.spans[0].median is None


def test_each_share_says_of_what(watch: Watch) -> None:
    watch.to("fed_back", watch.enter(received_at=ago(30)))
    watch.to("on_site", watch.enter(received_at=ago(3000)))
    watch.to("closed", watch.enter(received_at=ago(20), can_be_told=False))
    watch.step(watch.to("acknowledged"), "close", outcome="no", no_action="not_credible")
    joined = watch.enter()
    join(actor=watch["operations"], alert=joined, to=watch.enter(), reason="Same.")
    [one] = of_week(watch)
    assert one.received == 5
    assert parts(one) == {
        "acknowledged": (4, 5), "tasked": (3, 5), "in_time": (2, 3), "known": (1, 3),
        "told": (1, 2),
    }  # fmt: skip
    assert [span.count for span in one.spans] == [4, 3, 3]
    share = next(share for share in one.shares if share.code == "tasked")
    assert share.low is not None
    assert share.high is not None
    assert share.low < 0.6 < share.high


def test_figures_equal_a_recount_from_the_steps(watch: Watch) -> None:
    chance = random.Random(5)
    states = ["received", "triaged", "acknowledged", "tasked", "departed", "on_site", "closed",
              "fed_back"]  # fmt: skip
    for _number in range(25):
        watch.to(chance.choice(states), watch.enter(received_at=ago(chance.uniform(1, 9000))))
    [one] = of_week(watch)
    did: dict[str, set[object]] = {}
    for step in AlertStep.objects.select_related("alert"):
        did.setdefault(step.act, set()).add(step.alert_id)
    assert parts(one)["acknowledged"] == (len(did["acknowledge"]), 25)
    assert parts(one)["tasked"] == (len(did["task"]), 25)
    assert parts(one)["told"] == (len(did["feed_back"]), len(did["close"]))
    reached = AlertStep.objects.filter(act="arrive")
    late = [s for s in reached if s.happened_at - s.alert.received_at > dt.timedelta(minutes=405)]
    assert parts(one)["in_time"] == (len(did["arrive"]) - len(late), len(did["task"]))
    by_urgency = of_week(watch, by="urgency")
    assert sum(group.received for group in by_urgency) == 25


def test_the_host_state_is_given_no_figure_that_an_accusing_alert_moves(watch: Watch) -> None:
    watch.enter()
    before = of_week(watch, "of_other")
    secret = watch.enter()
    accuse(actor=watch["operations"], alert=secret, unit=watch.desk.battalion)
    watch.enter(marking=Marking.CONFIDENTIAL)
    assert alerts(watch["of_other"], watch.mission).filter(pk=secret.pk).exists()
    assert of_week(watch, "of_other") == before
    assert of_week(watch)[0].received == 3


def test_by_responder_each_who_was_sent_counts(watch: Watch) -> None:
    watch.to("on_site")
    watch.enter()
    assert [(one.label, one.received) for one in of_week(watch, by="responder")] == [
        ("Mission force", 1)
    ]
    assert [one.label for one in of_week(watch, by="area")] == ["no area"]

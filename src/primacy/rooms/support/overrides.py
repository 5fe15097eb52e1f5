"""How often decisions and recommendations differ from what the screening offices answered.

Counted from the newest answer of an office in the round of the decision, as the mission in the
Congo counted it. A decision that only puts the case off decides nothing and is not counted.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from primacy.platform.policy import Viewer, held_aside, visible
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import (
    Colour,
    Consolidation,
    RecipientRuling,
    Ruling,
    ScreeningAnswer,
)

VIEW = "support.view"
SEVERITY = {Colour.GREEN.value: 0, Colour.YELLOW.value: 1, Colour.RED.value: 2}
"""How much stands against the recipient; an answer that is pending says nothing."""

Key = tuple[uuid.UUID, int]
"""A recipient in a round."""


@dataclass(frozen=True)
class OverrideLine:
    """The answers of one office on recipients that were decided in one month.

    `recommended`: of them those with a recommendation to compare with. `milder`: ruled with less
    against the recipient than the office had answered.
    """

    office: str
    month: dt.date
    answered: int
    recommended: int
    agreed_recommendation: int
    agreed_ruling: int
    milder: int


@dataclass(frozen=True)
class RulingLine:
    """What was decided in one month beside what was recommended: recipients, not cases."""

    month: dt.date
    ruled: int
    as_recommended: int
    milder: int


@dataclass(frozen=True)
class _Ruled:
    """A colour that a decision gave a recipient."""

    recipient: uuid.UUID
    round: int
    month: dt.date
    colour: str

    @property
    def key(self) -> Key:
        return self.recipient, self.round


@dataclass(frozen=True)
class Overrides:
    """Both comparisons for the months of a period."""

    offices: tuple[OverrideLine, ...]
    rulings: tuple[RulingLine, ...]


def overrides(
    viewer: Viewer, mission: Mission, first: dt.date, last: dt.date
) -> list[OverrideLine]:
    """For each office and month how often it was followed, months in order."""
    return list(compared(viewer, mission, first, last).offices)


def compared(viewer: Viewer, mission: Mission, first: dt.date, last: dt.date) -> Overrides:
    """Rulings of a period beside the answers of each office and beside the recommendations."""
    with held_aside():
        ruled = _ruled(viewer, mission, first, last)
        keys = {one.key for one in ruled}
        recommended = _recommended(viewer, mission, keys)
        answered, names = _answered(viewer, mission, keys)
    offices: dict[tuple[dt.date, str], Counter[str]] = {}
    rulings: dict[dt.date, Counter[str]] = {}
    for one in ruled:
        advice = recommended.get(one.key)
        if advice is not None:
            count = rulings.setdefault(one.month, Counter())
            count["ruled"] += 1
            count["agreed"] += one.colour == advice
            count["milder"] += SEVERITY[one.colour] < SEVERITY[advice]
        for office, colour in answered.get(one.key, {}).items():
            count = offices.setdefault((one.month, office), Counter())
            count["answered"] += 1
            count["recommended"] += advice is not None
            count["advised"] += advice == colour
            count["agreed"] += one.colour == colour
            count["milder"] += SEVERITY[one.colour] < SEVERITY[colour]
    return Overrides(
        tuple(
            OverrideLine(
                names[code], month, of["answered"], of["recommended"], of["advised"],
                of["agreed"], of["milder"],
            )
            for (month, code), of in sorted(offices.items())
        ),
        tuple(
            RulingLine(month, of["ruled"], of["agreed"], of["milder"])
            for month, of in sorted(rulings.items())
        ),
    )  # fmt: skip


def _ruled(viewer: Viewer, mission: Mission, first: dt.date, last: dt.date) -> list[_Ruled]:
    rows = RecipientRuling.objects.filter(
        decision__case__mission=mission, decision__decided_on__range=(first, last)
    ).exclude(decision__ruling=Ruling.DEFERRED)
    found = visible(viewer, rows, VIEW, via="decision__case").values_list(
        "recipient_id", "decision__round", "decision__decided_on", "colour"
    )
    return [
        _Ruled(recipient, number, day.replace(day=1), colour)
        for recipient, number, day, colour in found
        if colour in SEVERITY
    ]


def _recommended(viewer: Viewer, mission: Mission, keys: Collection[Key]) -> dict[Key, str]:
    """The newest recommendation on each recipient in each round."""
    rows = Consolidation.objects.filter(case__mission=mission)
    found = visible(viewer, rows, VIEW, via="case").order_by("id")
    return {
        (recipient, number): colour
        for recipient, number, colour in found.values_list("recipient_id", "round", "colour")
        if (recipient, number) in keys and colour in SEVERITY
    }


def _answered(
    viewer: Viewer, mission: Mission, keys: Collection[Key]
) -> tuple[dict[Key, dict[str, str]], dict[str, str]]:
    """The newest answer of each office on each recipient in each round; names by office code."""
    rows = ScreeningAnswer.objects.filter(case__mission=mission)
    found = visible(viewer, rows, VIEW, via="case").order_by("id")
    newest: dict[Key, dict[str, str]] = {}
    names: dict[str, str] = {}
    for recipient, number, code, name, colour in found.values_list(
        "recipient_id", "round", "office__code", "office__name", "colour"
    ):
        names[code] = name
        if (recipient, number) in keys:
            newest.setdefault((recipient, number), {})[code] = colour
    said = {
        key: {code: colour for code, colour in some.items() if colour in SEVERITY}
        for key, some in newest.items()
    }
    return said, names

"""Why something is certain, possible or left out: a code, what it rests on, and words for it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from primacy.kernels.readiness.sentence import Sentence


class Why(StrEnum):
    """What a reason says; `WORDS` holds its sentence."""

    STATED = "stated"
    WITHIN = "within"
    AFTER_LAST = "after_last"
    BEFORE_FIRST = "before_first"
    UNDATED = "undated"
    BOTH_SIDES = "both_sides"
    STATUS = "status"
    ROLE_UNKNOWN = "role_unknown"
    ACTING = "acting"
    TOO_SENIOR = "too_senior"
    CONTESTED_COMMANDER = "contested_commander"
    CONTESTED_SUPERIOR = "contested_superior"
    ENDED = "ended"
    NOT_BEGUN = "not_begun"
    OWN_END = "own_end"
    OWN_START = "own_start"
    OTHER_COMMANDER = "other_commander"
    OTHER_SUPERIOR = "other_superior"
    OTHER_NAME = "other_name"
    DIED = "died"
    RETIRED = "retired"
    DISMISSED = "dismissed"
    MOVED = "moved"
    CAME_FROM = "came_from"
    LONG_AGO = "long_ago"
    LONG_BEFORE = "long_before"
    NOT_COMMANDING = "not_commanding"
    NO_ROLE = "no_role"
    PLACEHOLDER = "placeholder"
    DISBANDED = "disbanded"
    MERGED = "merged"
    SPLIT = "split"
    MAYBE_GONE = "maybe_gone"
    ATTACHED = "attached"
    ELSEWHERE = "elsewhere"
    MAYBE_ATTACHED = "maybe_attached"
    CYCLE = "cycle"
    NEVER = "never"
    TOP = "top"
    TWO_POSTS = "two_posts"


WORDS: dict[Why, Sentence] = {
    Why.STATED: Sentence("stated for this day"),
    Why.WITHIN: Sentence("true on at least one day between %(day)s and %(until)s"),
    Why.AFTER_LAST: Sentence("last known on %(day)s; nobody knows whether it went on"),
    Why.BEFORE_FIRST: Sentence("first known on %(day)s; nobody knows whether it began earlier"),
    Why.UNDATED: Sentence("no first day is on record"),
    Why.BOTH_SIDES: Sentence("known before and after this day, not on it"),
    Why.STATUS: Sentence("the claim is not accepted: %(text)s"),
    Why.ROLE_UNKNOWN: Sentence("nobody has said whether this role commands: %(text)s"),
    Why.ACTING: Sentence("acting commander"),
    Why.TOO_SENIOR: Sentence(
        "too senior to command such a unit directly: %(text)s; probably the ultimate commander"
    ),
    Why.CONTESTED_COMMANDER: Sentence("%(person)s is named as commander of the same day as well"),
    Why.CONTESTED_SUPERIOR: Sentence("%(unit)s is named as superior of the same day as well"),
    Why.ENDED: Sentence("ended by %(day)s"),
    Why.NOT_BEGUN: Sentence("did not begin before %(day)s"),
    Why.OWN_END: Sentence("another claim says that it ended by %(day)s"),
    Why.OWN_START: Sentence("another claim says that it did not begin before %(day)s"),
    Why.OTHER_COMMANDER: Sentence("%(person)s certainly commanded on %(day)s"),
    Why.OTHER_SUPERIOR: Sentence("certainly under %(unit)s on %(day)s"),
    Why.OTHER_NAME: Sentence("certainly called %(text)s on %(day)s"),
    Why.DIED: Sentence("died by %(day)s"),
    Why.RETIRED: Sentence("retired by %(day)s"),
    Why.DISMISSED: Sentence("was dismissed by %(day)s"),
    Why.MOVED: Sentence("took command of %(unit)s on %(day)s"),
    Why.CAME_FROM: Sentence("commanded %(unit)s until %(day)s"),
    Why.LONG_AGO: Sentence("last known on %(day)s, too long before this day"),
    Why.LONG_BEFORE: Sentence("first known on %(day)s, too long after this day"),
    Why.NOT_COMMANDING: Sentence("not a commanding role: %(text)s"),
    Why.NO_ROLE: Sentence("no role is on record"),
    Why.PLACEHOLDER: Sentence("the unit stands for one that is not known, and carries no person"),
    Why.DISBANDED: Sentence("the unit was disbanded by %(day)s"),
    Why.MERGED: Sentence("the unit was merged into another by %(day)s"),
    Why.SPLIT: Sentence("the unit was split up by %(day)s"),
    Why.MAYBE_GONE: Sentence("the unit may have come to its end by this day"),
    Why.ATTACHED: Sentence("attached, over its own superior"),
    Why.ELSEWHERE: Sentence("attached to %(unit)s on this day"),
    Why.MAYBE_ATTACHED: Sentence("may have been attached to %(unit)s on this day"),
    Why.CYCLE: Sentence("would put the unit under itself"),
    Why.NEVER: Sentence("no commander is on record for any earlier day"),
    Why.TOP: Sentence("no superior is on record for this day"),
    Why.TWO_POSTS: Sentence("%(person)s holds posts at both levels, and is their own superior"),
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `unit` and `person` are ids, `claim` the id of the claim it rests on."""

    why: Why
    day: dt.date | None = None
    until: dt.date | None = None
    unit: str = ""
    person: str = ""
    text: str = ""
    claim: str = ""

    def words(
        self, unit: Callable[[str], str] = str, person: Callable[[str], str] = str
    ) -> Sentence:
        """The reason as a sentence; `unit` and `person` turn ids into names a reader may see."""
        template = WORDS[self.why].template
        if "%(" not in template:
            return WORDS[self.why]
        return Sentence(
            template,
            day=day_words(self.day),
            until=day_words(self.until),
            unit=unit(self.unit) if self.unit else "",
            person=person(self.person) if self.person else "",
            text=self.text,
        )


def day_words(day: dt.date | None) -> str:
    """A day in words: 27 March 2009."""
    return "" if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

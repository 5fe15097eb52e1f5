"""What a task says: a full sentence on what happened and one on what to do.

It names units that whoever reads the case may know, and never a person, an incident or a source:
these are read where they are kept, through one's own rights.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.platform.language.dates import long_day
from primacy.platform.policy import restricted
from primacy.rooms.support.models import TaskKind


@dataclass(frozen=True)
class Words:
    """What is told of a change: `above` is the name of a unit above, empty where it is closed."""

    kind: TaskKind
    name: str
    above: str | None
    gone: bool
    closed: bool
    day: dt.date


def words_of(words: Words) -> str:
    """The reason of a task that a change of the registers raised."""
    told = {"unit": words.name, "day": long_day(words.day), "above": _above(words)}
    if words.closed:
        told["ask"] = str(restricted())
        said = _(
            "Something that bears on %(unit)s changed since it was last confirmed as of %(day)s: "
            "%(ask)s. Have them say whether the assessment still holds."
        )
        return said % told
    happened = _happened_above(words) if words.above is not None else _happened(words)
    return f"{happened % told} {_to_do(words.kind)}"


def _above(words: Words) -> str:
    return words.above or str(restricted())


def _happened(words: Words) -> str:
    if words.gone:
        return {
            TaskKind.COMMANDER: _(
                "The commander of %(unit)s as of %(day)s is no longer on record as such, and "
                "nobody new is."
            ),
            TaskKind.DEPUTY: _(
                "The deputy commander of %(unit)s as of %(day)s is no longer on record as such, "
                "and nobody new is."
            ),
            TaskKind.PARENT: _(
                "%(unit)s no longer stands under the unit that was above it as of %(day)s."
            ),
            TaskKind.ATTACHED: _(
                "%(unit)s, attached elsewhere as of %(day)s, is attached there no longer."
            ),
        }[words.kind]
    return {
        TaskKind.COMMANDER: _(
            "Another commander is on record for %(unit)s than was confirmed as of %(day)s."
        ),
        TaskKind.DEPUTY: _(
            "Another deputy commander is on record for %(unit)s than was confirmed as of %(day)s."
        ),
        TaskKind.LINEAGE: _(
            "%(unit)s was renamed, merged, split or disbanded since it was confirmed as of %(day)s."
        ),
        TaskKind.PARENT: _(
            "%(unit)s stands, or may stand, under another unit than was confirmed as of %(day)s."
        ),
        TaskKind.ATTACHED: _(
            "%(unit)s is, or may be, attached to another unit since it was confirmed as of %(day)s."
        ),
        TaskKind.ALLEGATION: _(
            "An allegation that bears on %(unit)s, a unit above it or its commander is on record "
            "and was not when it was confirmed as of %(day)s. It is what a source says, no finding."
        ),
    }[words.kind]


def _happened_above(words: Words) -> str:
    if words.gone:
        return {
            TaskKind.COMMANDER: _(
                "The commander of the unit above %(unit)s (%(above)s) as of %(day)s is no longer "
                "on record as such, and nobody new is."
            ),
            TaskKind.DEPUTY: _(
                "The deputy commander of the unit above %(unit)s (%(above)s) as of %(day)s is no "
                "longer on record as such, and nobody new is."
            ),
            TaskKind.PARENT: _(
                "The unit above %(unit)s (%(above)s) no longer stands under the unit that was "
                "above it as of %(day)s."
            ),
            TaskKind.ATTACHED: _(
                "The unit above %(unit)s (%(above)s), attached elsewhere as of %(day)s, is "
                "attached there no longer."
            ),
        }[words.kind]
    return {
        TaskKind.COMMANDER: _(
            "Another commander of the unit above %(unit)s (%(above)s) is on record than was "
            "confirmed as of %(day)s."
        ),
        TaskKind.DEPUTY: _(
            "Another deputy commander of the unit above %(unit)s (%(above)s) is on record than "
            "was confirmed as of %(day)s."
        ),
        TaskKind.LINEAGE: _(
            "The unit above %(unit)s (%(above)s) was renamed, merged, split or disbanded since "
            "it was confirmed as of %(day)s."
        ),
        TaskKind.PARENT: _(
            "The unit above %(unit)s (%(above)s) stands, or may stand, under another unit than "
            "was confirmed as of %(day)s."
        ),
        TaskKind.ATTACHED: _(
            "The unit above %(unit)s (%(above)s) is, or may be, attached to another unit since "
            "it was confirmed as of %(day)s."
        ),
    }[words.kind]


def _to_do(kind: TaskKind) -> str:
    if kind is TaskKind.ALLEGATION:
        return _("Look at it, and reopen the case where the assessment no longer holds.")
    return _("Look whether the assessment still holds; reopen the case where it does not.")


def finding_words(name: str, *, closed: bool) -> str:
    """The reason where a finding stands that reaches a recipient."""
    if closed:
        return _(
            "Something stands against support to %(name)s: %(ask)s. Nothing is to be handed over "
            "before they answered."
        ) % {"name": name, "ask": restricted()}
    return _(
        "A finding of grave violations stands that reaches %(name)s, itself, through a unit above "
        "it or through its commander. Support must be suspended or withdrawn; nothing overrides it."
    ) % {"name": name}


def freshness_words(office: str, number: int, answered: dt.date, days: int, count: int) -> str:
    """The reason where an office's answers of a day are older than the procedure lets them be."""
    said = ngettext(
        "The answer of %(office)s of %(day)s on %(count)d recipient of case %(number)d is older "
        "than %(days)d days and counts no more. Ask the office to confirm or change it.",
        "The answers of %(office)s of %(day)s on %(count)d recipients of case %(number)d are "
        "older than %(days)d days and count no more. Ask the office to confirm or change them.",
        count,
    )
    return said % {
        "office": office, "day": long_day(answered), "count": count, "number": number,
        "days": days,
    }  # fmt: skip


def condition_words(text: str, owner: str, due_on: dt.date) -> str:
    """The reason where a condition was due and is open."""
    return _(
        "A condition was due on %(day)s and is not met: %(text)s. Its owner is %(owner)s: have it "
        "met with evidence or waived, or suspend support."
    ) % {"day": long_day(due_on), "text": text.rstrip("."), "owner": owner}


def waiver_words(text: str, expired: dt.date) -> str:
    """The reason where the waiver of a condition has run out."""
    return _(
        "The waiver of a condition ran out on %(day)s: %(text)s. Have the condition met, or waived "
        "anew by who has the authority."
    ) % {"day": long_day(expired), "text": text.rstrip(".")}


def ended_words(number: int, last: dt.date) -> str:
    """The reason where an approval, or the support itself, is past its last day."""
    return _(
        "What was approved in case %(number)d ended on %(day)s. Nothing may be handed over any "
        "more: let the case expire, complete it, or have it assessed again."
    ) % {"number": number, "day": long_day(last)}


def clock_words(number: int, state: str, due_on: dt.date, *, twice: bool) -> str:
    """The reason where a case stands in its state for longer than the procedure lets it."""
    told = {"number": number, "state": state, "day": long_day(due_on)}
    if twice:
        return (
            _(
                "Case %(number)d is '%(state)s' for twice as long as the procedure lets it: it was "
                "due on %(day)s. Those who decide take it up."
            )
            % told
        )
    return (
        _("Case %(number)d is '%(state)s' and was due on %(day)s. Take the next step, or say why "
          "it waits.") % told
    )  # fmt: skip


def framework_words(number: int, title: str) -> str:
    """The reason where the country framework that a case rests on is no longer the newest."""
    return _(
        "A newer country framework is in force than the one case %(number)d rests on: %(title)s. "
        "Look whether the assessment still holds under it."
    ) % {"number": number, "title": title}


def visit_words(what: str, planned: dt.date, owner: str) -> str:
    """The reason where a planned visit is not on record as done."""
    return _(
        "A monitoring visit was planned for %(day)s and is not on record as done: %(what)s. "
        "%(owner)s records what was seen, or that access was refused."
    ) % {"day": long_day(planned), "what": what.rstrip("."), "owner": owner}


def response_words(addressee: str, due_on: dt.date) -> str:
    """The reason where those in authority were asked and did not answer by the day given."""
    return _(
        "No response of %(addressee)s is on record; it was due on %(day)s. Record it, remind them, "
        "or suspend support."
    ) % {"addressee": addressee, "day": long_day(due_on)}

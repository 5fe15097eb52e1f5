"""Acts on how the mission checks: versions of the procedure, versions of the country framework."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.elements import CLOCKS, HIGH, LOW, MATRIX, MEDIUM, SECTIONS
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.models import CountryFramework, PolicyVersion, ScreeningOffice
from primacy.rooms.support.models.case import CaseState

CONFIGURE = "support.configure"


@dataclass(frozen=True)
class NewOffice:
    """An office that must answer; `organisation` names whose people answer for it."""

    code: str
    name: str
    organisation_id: uuid.UUID | None = None


def put_policy_in_force(
    *,
    actor: Viewer,
    mission: Mission,
    title: str,
    offices: Sequence[NewOffice],
    source_title: str,
    in_force_from: dt.date | None = None,
    freshness_days: int = 90,
    levels_above: int = 2,
    clocks: Mapping[str, int] | None = None,
    matrix: list[list[str]] | None = None,
) -> PolicyVersion:
    """A new version of the procedure with its offices; cases already submitted keep theirs."""
    require(actor, CONFIGURE, mission.pk)
    clocks = {**CLOCKS, **(clocks or {})}
    matrix = matrix or MATRIX
    reasons = _against_policy(title, offices, freshness_days, clocks, matrix)
    if reasons:
        raise BadRequest(" ".join(reasons))
    with transaction.atomic():
        Mission.objects.select_for_update(no_key=True).get(pk=mission.pk)
        last = PolicyVersion.objects.filter(mission=mission).order_by("-number").first()
        source = ensure_source(actor=actor, mission_id=mission.pk, title=source_title)
        policy = PolicyVersion.objects.create(
            mission=mission,
            number=last.number + 1 if last is not None else 1,
            title=" ".join(title.split())[:200],
            in_force_from=in_force_from or clock.today(),
            freshness_days=freshness_days,
            levels_above=levels_above,
            clocks=clocks,
            matrix=matrix,
            source=source,
            marking=Marking.INTERNAL,
            recorded_by_id=actor.account_id,
        )
        ScreeningOffice.objects.bulk_create(
            ScreeningOffice(
                policy=policy,
                code=one.code,
                name=" ".join(one.name.split())[:200],
                organisation_id=one.organisation_id,
                recorded_by_id=actor.account_id,
            )
            for one in offices
        )
        body = {"number": policy.number, "offices": [one.code for one in offices]}
        record(actor, "support.policy.begin", policy, body)
    return policy


def put_framework_in_force(
    *,
    actor: Viewer,
    mission: Mission,
    title: str,
    sections: Mapping[str, str],
    source_title: str,
    measures: Sequence[str] = (),
    what_changed: str = "",
    in_force_from: dt.date | None = None,
    marking: Marking = Marking.CONFIDENTIAL,
) -> CountryFramework:
    """A new version of the general and preliminary risk assessment framework.

    Which open cases rest on an older one: `queries.cases_on_older_framework`.
    """
    require(actor, CONFIGURE, mission.pk)
    unknown = set(sections) - {code for code, _title in SECTIONS}
    if unknown or not title.strip():
        raise BadRequest(
            _("A framework has a title and these sections: %(known)s.")
            % {"known": ", ".join(code for code, _title in SECTIONS)}
        )
    with transaction.atomic():
        Mission.objects.select_for_update(no_key=True).get(pk=mission.pk)
        last = CountryFramework.objects.filter(mission=mission).order_by("-number").first()
        if last is not None and not what_changed.strip():
            raise BadRequest(_("Say what changed against the framework before."))
        source = ensure_source(actor=actor, mission_id=mission.pk, title=source_title)
        framework = CountryFramework.objects.create(
            mission=mission,
            number=last.number + 1 if last is not None else 1,
            title=" ".join(title.split())[:200],
            in_force_from=in_force_from or clock.today(),
            sections={code: text.strip() for code, text in sections.items() if text.strip()},
            measures=[line.strip() for line in measures if line.strip()],
            what_changed=what_changed.strip(),
            source=source,
            marking=max(marking, Marking.CONFIDENTIAL),
            recorded_by_id=actor.account_id,
        )
        record(actor, "support.framework.begin", framework, {"number": framework.number})
    return framework


def _against_policy(
    title: str,
    offices: Sequence[NewOffice],
    freshness_days: int,
    clocks: Mapping[str, int],
    matrix: list[list[str]],
) -> list[str]:
    reasons = []
    if not title.strip():
        reasons.append(_("Give the procedure a title."))
    codes = [one.code for one in offices]
    if not offices:
        reasons.append(_("Name at least one screening office."))
    if len(set(codes)) != len(codes) or not all(one.name.strip() for one in offices):
        reasons.append(_("Each office needs a code of its own and a name."))
    if not 1 <= freshness_days <= 730:
        reasons.append(_("An answer stays fresh between 1 and 730 days."))
    wrong = [key for key, days in clocks.items() if key not in CaseState.values or days < 0]
    if wrong:
        reasons.append(
            _("These are no clocks of states: %(wrong)s.") % {"wrong": ", ".join(sorted(wrong))}
        )
    levels = {LOW, MEDIUM, HIGH}
    if len({len(row) for row in matrix}) != 1 or any(
        one not in levels for r in matrix for one in r
    ):
        reasons.append(_("The risk matrix has rows of one length, with low, medium or high."))
    return reasons

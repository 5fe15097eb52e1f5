"""The act that makes a forecast: read, worked out, then written in one short transaction."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from primacy.kernels.forecast.errors import ForecastError
from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.actions.holding import numbered
from primacy.rooms.warning.errors import CannotForecast
from primacy.rooms.warning.forecasting import Question, ground_of, make
from primacy.rooms.warning.models import AreaForecast, ForecastRun, Measure, Target

RUN = "forecasts.run"
MOST_AHEAD = 14


def run_forecast(
    *,
    actor: Viewer,
    mission: Mission,
    level: int,
    target: str = Target.ORGANISED,
    measure: str = Measure.EVENTS,
    known_on: dt.date | None = None,
    horizons: int = 6,
) -> ForecastRun:
    """A forecast for all areas of a level, from what the actor may see of what was known that day.

    It is marked as high as the highest incident in it; forecasts of deaths are confidential.
    """
    require(actor, RUN, mission.pk)
    day = known_on or clock.today()
    reasons = []
    if target not in Target.values or measure not in Measure.values:
        reasons.append(_("Choose what is forecast, and in what it is counted."))
    if not 1 <= horizons <= MOST_AHEAD:
        reasons.append(_("A forecast looks 1 to 14 months ahead."))
    if day > clock.today():
        reasons.append(_("Nothing is known of a day to come."))
    if reasons:
        raise CannotForecast(" ".join(reasons))
    asked = Question(level, target, measure, day, horizons)
    try:
        ground = ground_of(actor, mission, asked)
        made = make(ground, horizons)
    except ForecastError as problem:
        raise CannotForecast(str(problem)) from problem
    least = Marking.CONFIDENTIAL if measure == Measure.DEATHS else Marking.INTERNAL
    with transaction.atomic():
        numbered(mission)
        last = ForecastRun.objects.filter(mission=mission).aggregate(n=Max("number"))["n"] or 0
        run = ForecastRun.objects.create(
            mission=mission, number=last + 1, level=level, target=target, measure=measure,
            known_on=day, cut=asked.cut, horizons=horizons, model=made.model, seed=0,
            incidents=ground.incidents, outside=ground.outside, skill=made.skill,
            digest=made.digest, marking=max(ground.marking, least),
            recorded_by_id=actor.account_id,
        )  # fmt: skip
        AreaForecast.objects.bulk_create(
            AreaForecast(
                run=run, area_id=line.area, rank=line.rank, chance=line.chance,
                naive_chance=line.naive_chance, months=line.months,
                recorded_by_id=actor.account_id,
            )
            for line in made.lines
        )  # fmt: skip
        body = {"number": run.number, "target": target, "digest": made.digest}
        record(actor, "warning.forecast.run", run, body)
    return run

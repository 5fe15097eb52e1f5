"""The indicators of the default standard: what each measures, in which unit.

The thresholds stand in the standard, not here: they are the parties' choice.
"""

from django.utils.translation import gettext_noop

from primacy.platform.indicators import Indicator, register

ENTRIES = (
    Indicator(
        "response.median_minutes",
        gettext_noop("Minutes from alert to arrival, local force alone (median, 90 days)"),
        "minutes",
        "response",
        gettext_noop(
            "Half of the alerts answered without mission help were reached faster than this."
        ),
    ),
    Indicator(
        "response.unaided_share",
        gettext_noop("Alerts answered without mission help (90 days)"),
        "share",
        "response",
        gettext_noop("Alerts answered by the local force alone out of all alerts answered."),
        gettext_noop("alerts answered alone"),
        gettext_noop("alerts answered"),
    ),
    Indicator(
        "response.population_covered",
        gettext_noop("Residents within 60 minutes of a post that can respond"),
        "share",
        "response",
        gettext_noop("Residents who can be reached within an hour out of all residents."),
        gettext_noop("residents within reach"),
        "residents",
    ),
    Indicator(
        "presence.officers_share",
        gettext_noop("Officers present against the plan"),
        "share",
        "presence",
        gettext_noop("Officers present for duty out of the officers the plan requires."),
        gettext_noop("officers present"),
        gettext_noop("officers required"),
    ),
    Indicator(
        "presence.priority_places_visited",
        gettext_noop("Priority places visited by a locally led patrol (14 days)"),
        "share",
        "presence",
        gettext_noop("Priority places with at least one visit out of all priority places."),
        gettext_noop("places visited"),
        gettext_noop("priority places"),
    ),
    Indicator(
        "certification.certified_present_share",
        gettext_noop("Certified and present officers"),
        "share",
        "certification",
        gettext_noop(
            "Officers with valid vetting and basic certificate who are present, out of "
            "those eligible."
        ),
        gettext_noop("certified officers"),
        gettext_noop("eligible officers"),
    ),
    Indicator(
        "logistics.vehicles_share",
        gettext_noop("Serviceable vehicles against the scale of issue"),
        "share",
        "logistics",
        gettext_noop("Vehicles that run today out of the vehicles the unit should hold."),
        gettext_noop("serviceable vehicles"),
        gettext_noop("vehicles on the scale"),
    ),
    Indicator(
        "logistics.radios_share",
        gettext_noop("Serviceable radios against the scale of issue"),
        "share",
        "logistics",
        gettext_noop("Radios that work today out of the radios the unit should hold."),
        gettext_noop("serviceable radios"),
        gettext_noop("radios on the scale"),
    ),
    Indicator(
        "logistics.fuel_days",
        gettext_noop("Fuel in days of average use"),
        "days",
        "logistics",
        gettext_noop("Fuel in stock divided by the average use of a day."),
    ),
    Indicator(
        "stability.commander_and_chain",
        gettext_noop("Commander in post for 90 days, command chain complete"),
        "yes_no",
        "stability",
        gettext_noop(
            "Yes where the commander has been in post for 90 days and no link of the "
            "chain is empty."
        ),
    ),
    Indicator(
        "stability.open_interference",
        gettext_noop("Open interference reports"),
        "reports",
        "stability",
        gettext_noop("Reports of outside interference with the force that are not closed."),
    ),
    Indicator(
        "accountability.no_grave_finding",
        gettext_noop("No standing grave-violation finding on the unit or its commander"),
        "yes_no",
        "accountability",
        gettext_noop(
            "Yes where no such finding stands under the UN human rights due diligence policy."
        ),
    ),
    Indicator(
        "accountability.complaints_concluded_share",
        gettext_noop("Complaints concluded within 90 days"),
        "share",
        "accountability",
        gettext_noop("Complaints concluded in time out of the complaints due."),
        gettext_noop("complaints concluded"),
        gettext_noop("complaints due"),
    ),
    Indicator(
        "community.would_report_share",
        gettext_noop("Residents who would report a crime to the local police"),
        "share",
        "community",
        gettext_noop("Survey share; the lower bound of its interval is what counts."),
        gettext_noop("residents who would report"),
        gettext_noop("residents asked"),
    ),
    Indicator(
        "community.concerns_closed_share",
        gettext_noop("Concerns closed with feedback within 30 days"),
        "share",
        "community",
        gettext_noop(
            "Concerns answered back to those who raised them, out of the concerns raised."
        ),
        gettext_noop("concerns closed"),
        gettext_noop("concerns raised"),
    ),
    Indicator(
        "sustainability.domestic_share",
        gettext_noop("Recurrent cost covered by the domestic budget"),
        "share",
        "sustainability",
        gettext_noop("Recurrent cost paid from the state's own budget out of all recurrent cost."),
    ),
    Indicator(
        "threat.incident_ratio",
        gettext_noop("Incidents forecast against incidents the local force answered alone"),
        "ratio",
        "threat",
        gettext_noop(
            "Incidents forecast for 3 months against a quarter of those answered alone "
            "in 12 months."
        ),
    ),
)


def register_all() -> None:
    """Puts the catalogue into the registry; called when the app is ready."""
    for entry in ENTRIES:
        register(entry)

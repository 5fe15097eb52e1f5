"""The indicators of the default standard: what each measures, in which unit.

The thresholds stand in the standard, not here: they are the parties' choice.
"""

from primacy.platform.indicators import Indicator, register

ENTRIES = (
    Indicator(
        "response.median_minutes",
        "Minutes from alert to arrival, local force alone (median, 90 days)",
        "minutes",
        "response",
        "Half of the alerts answered without mission help were reached faster than this.",
    ),
    Indicator(
        "response.unaided_share",
        "Alerts answered without mission help (90 days)",
        "share",
        "response",
        "Alerts answered by the local force alone out of all alerts answered.",
        "alerts answered alone",
        "alerts answered",
    ),
    Indicator(
        "response.population_covered",
        "Residents within 60 minutes of a post that can respond",
        "share",
        "response",
        "Residents who can be reached within an hour out of all residents.",
        "residents within reach",
        "residents",
    ),
    Indicator(
        "presence.officers_share",
        "Officers present against the plan",
        "share",
        "presence",
        "Officers present for duty out of the officers the plan requires.",
        "officers present",
        "officers required",
    ),
    Indicator(
        "presence.priority_places_visited",
        "Priority places visited by a locally led patrol (14 days)",
        "share",
        "presence",
        "Priority places with at least one visit out of all priority places.",
        "places visited",
        "priority places",
    ),
    Indicator(
        "certification.certified_present_share",
        "Certified and present officers",
        "share",
        "certification",
        "Officers with valid vetting and basic certificate who are present, out of those eligible.",
        "certified officers",
        "eligible officers",
    ),
    Indicator(
        "logistics.vehicles_share",
        "Serviceable vehicles against the scale of issue",
        "share",
        "logistics",
        "Vehicles that run today out of the vehicles the unit should hold.",
        "serviceable vehicles",
        "vehicles on the scale",
    ),
    Indicator(
        "logistics.radios_share",
        "Serviceable radios against the scale of issue",
        "share",
        "logistics",
        "Radios that work today out of the radios the unit should hold.",
        "serviceable radios",
        "radios on the scale",
    ),
    Indicator(
        "logistics.fuel_days",
        "Fuel in days of average use",
        "days",
        "logistics",
        "Fuel in stock divided by the average use of a day.",
    ),
    Indicator(
        "stability.commander_and_chain",
        "Commander in post for 90 days, command chain complete",
        "yes_no",
        "stability",
        "Yes where the commander has been in post for 90 days and no link of the chain is empty.",
    ),
    Indicator(
        "stability.open_interference",
        "Open interference reports",
        "reports",
        "stability",
        "Reports of outside interference with the force that are not closed.",
    ),
    Indicator(
        "accountability.no_grave_finding",
        "No standing grave-violation finding on the unit or its commander",
        "yes_no",
        "accountability",
        "Yes where no such finding stands under the UN human rights due diligence policy.",
    ),
    Indicator(
        "accountability.complaints_concluded_share",
        "Complaints concluded within 90 days",
        "share",
        "accountability",
        "Complaints concluded in time out of the complaints due.",
        "complaints concluded",
        "complaints due",
    ),
    Indicator(
        "community.would_report_share",
        "Residents who would report a crime to the local police",
        "share",
        "community",
        "Survey share; the lower bound of its interval is what counts.",
        "residents who would report",
        "residents asked",
    ),
    Indicator(
        "community.concerns_closed_share",
        "Concerns closed with feedback within 30 days",
        "share",
        "community",
        "Concerns answered back to those who raised them, out of the concerns raised.",
        "concerns closed",
        "concerns raised",
    ),
    Indicator(
        "sustainability.domestic_share",
        "Recurrent cost covered by the domestic budget",
        "share",
        "sustainability",
        "Recurrent cost paid from the state's own budget out of all recurrent cost.",
    ),
    Indicator(
        "threat.incident_ratio",
        "Incidents forecast against incidents the local force answered alone",
        "ratio",
        "threat",
        "Incidents forecast for 3 months against a quarter of those answered alone in 12 months.",
    ),
)


def register_all() -> None:
    """Puts the catalogue into the registry; called when the app is ready."""
    for entry in ENTRIES:
        register(entry)

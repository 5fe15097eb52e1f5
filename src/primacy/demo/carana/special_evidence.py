"""Evidence on special units, and the few records that are kept apart from everybody."""

import datetime as dt

from primacy.demo.carana.country import Country
from primacy.demo.carana.options import ADDRESSES, section
from primacy.demo.carana.profiles import Part
from primacy.platform.accounts.actions import admit_to_compartment, close_account
from primacy.platform.accounts.models import Compartment
from primacy.platform.accounts.queries import account_by_email, viewer_of
from primacy.platform.database.viewer_scope import viewer_scope
from primacy.platform.policy import Marking
from primacy.rooms.readiness.actions import observe


def tell_of_units(country: Country, day: dt.date) -> None:
    """Evidence on special units; one sees itself far better than the joint team does."""
    crime, rapid = country.units["cnp-crime"], country.units["cnp-rapid"]
    title = f"Visit to the Criminal Investigation Branch, {day}"
    for person, method, value in (("commander", "self", 0.95), ("adviser", "field", 0.52)):
        for indicator in ("logistics.vehicles_share", "certification.certified_present_share"):
            observe(
                actor=country[person],
                mission=country.mission,
                indicator=indicator,
                method=method,
                observed_on=day,
                source_title=title if method == "field" else f"Own report of the branch, {day}",
                unit=crime,
                value=value,
                note="Two vehicles counted that do not run." if method == "field" else "",
                marking=Marking.PUBLIC,
            )
    for unit, value, marking in ((crime, 1.0, Marking.PUBLIC), (rapid, 0.0, Marking.CONFIDENTIAL)):
        observe(
            actor=country["rights"],
            mission=country.mission,
            indicator="accountability.no_grave_finding",
            method="records",
            observed_on=day,
            source_title=f"Human rights screening of special units, {unit.name}, {day}",
            unit=unit,
            value=value,
            marking=marking,
        )


def set_apart(country: Country, day: dt.date) -> None:
    """A few records in a compartment that no exercise account can open; its keeper is closed."""
    keeper = account_by_email(f"keeper@{ADDRESSES}")
    code = str(section(country.settings, "compartment")["code"])
    compartment = Compartment.objects.get(code=code)
    admit_to_compartment(actor=country.operator, compartment=compartment, account=keeper)
    viewer = viewer_of(keeper)
    # The operator who builds the country reaches no compartment: the database must know who asks.
    with viewer_scope(viewer):
        for at in country.with_part(Part.WEAK)[:3]:
            observe(
                actor=viewer,
                mission=country.mission,
                indicator="stability.open_interference",
                method="field",
                observed_on=day,
                source_title="Statement kept apart",
                area=country.districts[at],
                value=1.0,
                note="Invented statement of an invented source.",
                marking=Marking.STRICT,
                compartment=compartment,
            )
    reason = "The exercise keeps nobody who may open the compartment."
    close_account(actor=country.operator, account=keeper, reason=reason)

"""Papers of support: letters to the authorities and the report of a period.

The letters follow the sample letter in annex II of the Guidance Note of 2015 in what they say: the
policy, what was reported, what is asked, by when, and what follows. They name no source.
"""

import datetime as dt

from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, Viewer
from primacy.platform.reports import Block, Facts, Heading, Listing, Paper, Table, Text
from primacy.platform.reports.words import long_day
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.facade import (
    HostNotice,
    Intercession,
    annual_report,
    report_cells,
)

POLICY = "A/67/775-S/2013/110"


def intercession_letter(viewer: Viewer, row: Intercession) -> Paper:
    """The letter by which violations are raised with those in authority."""
    case = row.case
    blocks: list[Block] = [
        Facts([
            (_("To"), row.addressee),
            (_("Date"), long_day(row.made_on)),
            (_("Reference"), _("Case %(number)d") % {"number": case.number}),
        ]),
        Text(
            _(
                "The United Nations supports security forces under its human rights due diligence "
                "policy (%(policy)s). Support may not be given, or must end, where there are "
                "substantial grounds for believing in a real risk that those who receive it commit "
                "grave violations of humanitarian, human rights or refugee law, and where the "
                "authorities do not take the measures needed."
            )
            % {"policy": POLICY}
        ),
        Heading(_("What was reported")),
        Text(row.text),
        Heading(_("What we ask")),
        Text(row.asked),
        Text(
            _(
                "We ask for your answer by %(day)s. Where the violations go on, the policy obliges "
                "the United Nations to suspend or withdraw its support. We stand ready to assist "
                "with the measures that would end them."
            )
            % {"day": long_day(row.response_due)}
        ),
    ]  # fmt: skip
    return Paper(
        title=_("Letter to %(who)s") % {"who": row.addressee},
        subtitle=_("Support under the human rights due diligence policy"),
        mission=case.mission.name,
        as_of=row.made_on,
        marking=Marking(case.marking),
        printed_for=viewer.label,
        blocks=blocks,
    )


def notice_letter(viewer: Viewer, row: HostNotice) -> Paper:
    """What the host state is told of a decision, as a letter."""
    pairs = [(_("To"), row.addressee), (_("Date"), long_day(row.sent_on)),
             (_("About"), row.get_kind_display())]  # fmt: skip
    if row.case_number is not None:
        pairs.append((_("Reference"), _("Case %(number)d") % {"number": row.case_number}))
    if row.unit is not None:
        pairs.append((_("Unit"), row.unit.name))
    blocks: list[Block] = [Facts(pairs), Text(row.text)]
    if row.what_would_change:
        blocks += [Heading(_("What would change the decision")), Text(row.what_would_change)]
    blocks.append(
        Text(
            _("This is said under the human rights due diligence policy (%(policy)s). You may "
              "answer it; the answer is kept with the decision.") % {"policy": POLICY}
        )
    )  # fmt: skip
    return Paper(
        title=row.get_kind_display(),
        subtitle=_("Notice to the authorities"),
        mission=row.mission.name,
        as_of=row.sent_on,
        marking=Marking(row.marking),
        printed_for=viewer.label,
        blocks=blocks,
    )


def support_report(viewer: Viewer, mission: Mission, first: dt.date, last: dt.date) -> Paper:
    """The report of a period: open questions first, then every table with its days."""
    made = annual_report(viewer, mission, first, last)
    blocks: list[Block] = [
        Heading(_("Open questions")),
        Listing(made.open_questions or [_("Nothing stands open.")]),
    ]
    for table in made.tables:
        blocks.append(Heading(table.title))
        rows = report_cells(table)
        blocks.append(
            Table(table.said, table.columns, rows) if rows else Text(_("Nothing in this period."))
        )
    blocks.append(
        Text(_("Figures are counted from the raw history of cases. Currencies and measures are "
               "never added together; what is not known is said to be."), quiet=True)
    )  # fmt: skip
    return Paper(
        title=_("Report on support"),
        subtitle=made.said,
        mission=mission.name,
        as_of=made.made_on,
        marking=Marking.CONFIDENTIAL,
        printed_for=viewer.label,
        blocks=blocks,
        landscape=True,
    )

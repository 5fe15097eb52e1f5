"""Triggers of the gate, and tables that are only added to."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from primacy.platform.audit.triggers import AppendOnly
from primacy.rooms.support.gate_triggers import CLEARANCE, NEW_CASE, Gate, case_checks, gated

MOVES = (
    "draft>submitted", "draft>cancelled", "submitted>cancelled", "validated>cancelled",
    "screening>cancelled", "consolidated>cancelled", "deferred>cancelled", "submitted>draft", "submitted>validated",
    "submitted>out_of_scope", "validated>draft", "validated>screening", "screening>consolidated",
    "consolidated>screening", "consolidated>decision", "decision>approved",
    "decision>approved_with_conditions", "decision>not_approved", "decision>deferred",
    "deferred>decision", "deferred>screening", "approved>active", "approved>screening",
    "approved_with_conditions>active", "approved_with_conditions>screening", "active>monitored",
    "active>suspended", "active>expired", "active>screening", "active>completed",
    "monitored>active", "monitored>interceded", "monitored>suspended", "monitored>expired",
    "monitored>screening", "monitored>completed", "interceded>active", "interceded>suspended",
    "interceded>expired", "interceded>screening", "suspended>active", "suspended>screening",
    "suspended>withdrawn", "expired>screening", "expired>completed",
)  # fmt: skip
"""The table of moves as this migration found it; a test holds it against `rules.MOVES`."""

ADDED_ONLY = (
    "support_casemove", "support_riskassessment", "support_screeninganswer",
    "support_consolidation", "support_supportdecision", "support_recipientruling",
    "support_waiver", "support_clearance", "support_delivery", "support_policyversion",
    "support_screeningoffice", "support_countryframework",
)  # fmt: skip


class Migration(migrations.Migration):
    """The gate of support."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("support", "0001_initial")]

    operations: ClassVar[list[Operation]] = [
        *(AppendOnly(table) for table in ADDED_ONLY),
        Gate("support_supportcase", NEW_CASE),
        Gate("support_supportcase", case_checks(MOVES), column="state"),
        Gate("support_clearance", CLEARANCE),
        gated("support_delivery"),
        # No check of their own: on PostgreSQL they wait for deliveries under way, and keep others
        # out until they are written.
        Gate("support_stopentry", (), alone=True),
        Gate("support_gravefinding", (), alone=True),
    ]

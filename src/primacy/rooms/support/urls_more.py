"""Routes of support beyond cases, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.support.views import (
    deliveries,
    inbox,
    joint,
    procedure,
    reports,
    rosters,
    stops,
)

urlpatterns = [
    path("support/deliveries/", deliveries.ledger, name="support-deliveries"),
    path("support/deliveries.<str:form>", deliveries.export, name="support-deliveries-export"),
    path("support/rosters/", rosters.rosters, name="support-rosters"),
    path("support/rosters/<uuid:pk>/", rosters.roster, name="support-roster"),
    path("support/stops/", stops.stops, name="support-stops"),
    path("support/notices/", stops.host_notices, name="support-notices"),
    path("support/inbox/", inbox.inbox, name="support-inbox"),
    path("support/procedure/", procedure.procedure, name="support-procedure"),
    path("support/framework/", procedure.framework, name="support-framework"),
    path("support/report/", reports.report, name="support-report"),
    path("support/report.<str:form>", reports.export, name="support-report-export"),
    path("support/<uuid:pk>/joint/", joint.joint, name="support-joint"),
]

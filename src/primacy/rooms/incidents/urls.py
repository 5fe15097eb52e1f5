"""Routes of incidents, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.incidents.views import record, register, responsibility

urlpatterns = [
    path("incidents/", register.register, name="incidents"),
    path("incidents.<str:form>", register.export, name="incidents-export"),
    path("incidents/new/", record.new_incident, name="incident-new"),
    path("incidents/<uuid:pk>/", record.incident, name="incident"),
    path("incidents/<uuid:pk>/responsible/", responsibility.name_one, name="incident-responsible"),
    path(
        "incidents/responsibility/<uuid:claim>/",
        responsibility.responsibility,
        name="responsibility",
    ),
    path(
        "incidents/responsibility/<uuid:claim>/withdraw/",
        responsibility.withdraw,
        name="responsibility-withdraw",
    ),
]

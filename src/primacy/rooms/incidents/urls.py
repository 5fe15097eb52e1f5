"""Routes of incidents, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.incidents.views import record, register

urlpatterns = [
    path("incidents/", register.register, name="incidents"),
    path("incidents.<str:form>", register.export, name="incidents-export"),
    path("incidents/new/", record.new_incident, name="incident-new"),
    path("incidents/<uuid:pk>/", record.incident, name="incident"),
]

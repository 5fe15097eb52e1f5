"""Routes inside one compartment."""

from django.urls import path

from primacy.faces.web.views import compartment_inside as inside
from primacy.faces.web.views import compartments

urlpatterns = [
    path("<slug:code>/", inside.compartment, name="compartment"),
    path("<slug:code>/report/", compartments.report, name="compartment-report"),
    path("<slug:code>/identities/<uuid:pk>/open/", inside.open_page, name="identity-open"),
    path("<slug:code>/identities/<uuid:pk>/erase/", inside.erase, name="identity-erase"),
    path("<slug:code>/admit/", inside.admit, name="compartment-admit"),
    path("<slug:code>/remove/<uuid:account>/", inside.remove, name="compartment-remove"),
    path("<slug:code>/rotate/", inside.rotate, name="compartment-rotate"),
    path("<slug:code>/holders/", inside.holders, name="compartment-holders"),
    path("<slug:code>/recover/", inside.recover, name="compartment-recover"),
    path("<slug:code>/recover/<uuid:pk>/", inside.recover_finish, name="compartment-recovery"),
]

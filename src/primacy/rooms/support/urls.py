"""Routes of support, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.support import urls_more
from primacy.rooms.support.views import case, desk, queue, request, risk

urlpatterns = [
    path("support/", queue.queue, name="support"),
    path("support.<str:form>", queue.export, name="support-export"),
    path("support/new/", request.new, name="support-new"),
    path("support/desk/", desk.desk, name="support-desk"),
    path("support/<uuid:pk>/", case.case_page, name="support-case"),
    path("support/<uuid:pk>/do/<slug:what>/", case.do, name="support-do"),
    path("support/<uuid:pk>/edit/", request.edit, name="support-edit"),
    path("support/<uuid:pk>/scope/", request.scope, name="support-scope"),
    path("support/<uuid:pk>/risk/", risk.risk, name="support-risk"),
    *urls_more.urlpatterns,
]

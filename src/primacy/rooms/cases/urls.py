"""Routes of facts, below /m/<mission>/. The case page itself is put together by the face."""

from django.urls import path

from primacy.rooms.cases import views

urlpatterns = [
    path("case/facts/", views.fact_list, name="case-facts"),
    path("case/facts.<str:form>", views.export, name="case-facts-export"),
    path("case/facts/<slug:reference>/", views.fact, name="case-fact"),
]

"""Routes of the exchange, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.exchange import views

urlpatterns = [
    path("exchange/", views.overview, name="exchange"),
    path("exchange/<slug:form>.zip", views.export, name="exchange-export"),
]

"""Routes of places, below /m/<mission>/. Area pages belong to readiness, the map to the face."""

from django.urls import path

from primacy.rooms.places import views

urlpatterns = [
    path("sites/", views.site_list, name="sites"),
    path("sites.<str:form>", views.export, name="sites-export"),
]

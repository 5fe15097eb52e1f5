"""Routes of places, below /m/<mission>/. Area pages belong to readiness, the map to the face."""

from django.urls import URLPattern, path

from primacy.rooms.places import views

urlpatterns: list[URLPattern] = [
    path("sites/", views.site_list, name="sites"),
    path("sites/<str:code>/", views.site, name="site"),
]

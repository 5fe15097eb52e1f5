"""Routes of forces, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.forces import views

urlpatterns = [
    path("forces/", views.forces, name="forces"),
    path("forces.<str:form>", views.export, name="forces-export"),
    path("forces/<str:code>/", views.unit, name="unit"),
]
